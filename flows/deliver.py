"""Deliver: send the letters that are due."""

from __future__ import annotations

from asyncio import to_thread
from datetime import UTC, datetime

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.guard import on_hub
from flows.hub import Hub
from models.runs import DeliverSummary


def _run_name() -> str:
    return f"deliver {datetime.now(UTC):%d %b %H:%M}"


@flow(name="deliver", flow_run_name=_run_name, persist_result=False)
async def deliver() -> State[DeliverSummary]:
    """One round of the outbox."""

    async def body(hub: Hub) -> State[DeliverSummary]:
        summary = await to_thread(hub.deliver_due)
        told = f"{summary.sent} sent, {summary.failed} failed, {summary.waiting} waiting"
        return Completed(name="Some letters failed" if summary.failed else "Completed", message=told, data=summary)

    return await on_hub(body, "deliver")
