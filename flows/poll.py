"""Poll: take in what is new in the inbox, then work through what waits."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Awaitable
from datetime import UTC, datetime
from time import monotonic
from typing import cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.guard import on_hub
from flows.hub import Hub
from flows.process import BATCH, process
from models.runs import PollSummary

LONGEST_SECONDS = 40
"""After so long no further batch is begun: what came into the inbox meanwhile is to be taken in first, and the next run goes on."""


def _run_name() -> str:
    return f"poll {datetime.now(UTC):%d %b %H:%M}"


@task(name="take in mail", task_run_name="take in mail", persist_result=False, cache_policy=NO_CACHE)
async def take_in() -> State[PollSummary]:
    """One pass over the inbox: store, then move."""

    async def body(hub: Hub) -> State[PollSummary]:
        summary = await to_thread(hub.poll_once)
        return Completed(name="With a note" if summary.note else "Completed", message=_told(summary), data=summary)

    return await on_hub(body, "take-in")


@flow(name="poll", flow_run_name=_run_name, persist_result=False)
async def poll() -> State[None]:
    """Take in what is new, and work through what waits: that, too, when the mailbox is not ready."""
    return await on_hub(_poll, "poll", alone_as="poll")


async def _poll(hub: Hub) -> State[None]:
    taken = await cast("Awaitable[State[PollSummary]]", take_in(return_state=True))
    waiting = await to_thread(hub.pending)
    worked, left, begun = [], waiting, monotonic()
    while left and monotonic() - begun < LONGEST_SECONDS:
        worked.append(await process(left[:BATCH], return_state=True))
        left = left[BATCH:]
    message = f"{taken.message}; {len(waiting)} waited to be worked through" + (f", {len(left)} still do" if left else "")
    good = taken.is_completed() and all(state.is_completed() for state in worked)
    return Completed(message=message) if good else Failed(message=message)


def _told(summary: PollSummary) -> str:
    counted = f"{summary.seen} in the inbox, {summary.stored} new, {summary.already} known, {summary.moved} moved"
    return f"{counted}; {summary.note}" if summary.note else counted
