"""Poll: take in what is new in the inbox, then work through what waits."""

from __future__ import annotations

from asyncio import to_thread
from datetime import UTC, datetime
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.guard import on_hub
from flows.hub import Hub
from flows.process import BATCH, process
from models.runs import PollSummary


def _run_name() -> str:
    return f"poll {datetime.now(UTC):%d %b %H:%M}"


@task(name="take in mail", task_run_name="take in mail", persist_result=False, cache_policy=NO_CACHE)
async def take_in() -> State[PollSummary]:
    """One pass over the inbox: store, then move."""

    async def body(hub: Hub) -> State[PollSummary]:
        summary = await to_thread(hub.poll_once)
        return Completed(message=_told(summary), data=summary)

    return await on_hub(body)


@flow(name="poll", flow_run_name=_run_name, persist_result=False)
async def poll() -> State[None]:
    """Take in what is new, and work through what waits: that, too, when the mailbox is not ready."""

    async def body(hub: Hub) -> State[None]:
        taken: Any = await take_in(return_state=True)
        waiting = await to_thread(hub.pending)
        worked: list[Any] = [await process(waiting[start : start + BATCH], return_state=True) for start in range(0, len(waiting), BATCH)]
        message = f"{taken.message}; {len(waiting)} waited to be worked through"
        good = taken.is_completed() and all(state.is_completed() for state in worked)
        return Completed(message=message) if good else Failed(message=message)

    return await on_hub(body)


def _told(summary: PollSummary) -> str:
    return f"{summary.seen} in the inbox, {summary.stored} new, {summary.already} known, {summary.moved} moved"
