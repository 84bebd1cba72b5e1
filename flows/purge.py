"""Purge: remove what is older than the authority keeps it. Told first: a run removes only when it is asked to."""

from __future__ import annotations

from asyncio import to_thread
from datetime import UTC, datetime
from typing import Protocol, cast

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.guard import on_hub
from flows.hub import Hub
from models.runs import PurgeSummary


class Keeper(Protocol):
    """What this flow asks of `pipeline.app.App`, beside what a `Hub` does."""

    def purge(self, who: str, *, dry_run: bool) -> PurgeSummary:
        """Remove what is due, or only tell."""
        ...


def _run_name() -> str:
    return f"purge {datetime.now(UTC):%d %b %H:%M}"


@flow(name="purge", flow_run_name=_run_name, persist_result=False)
async def purge(dry_run: bool = True) -> State[PurgeSummary]:
    """One purge, in counts. The first run of a deployment only tells: set `dry_run` to false when what it tells is right."""

    async def body(hub: Hub) -> State[PurgeSummary]:
        summary = await to_thread(cast("Keeper", hub).purge, "flow:purge", dry_run=dry_run)
        return Completed(name="Told only" if dry_run else "Completed", message=summary.told, data=summary)

    return await on_hub(body, "purge", alone_as="purge")
