"""Work messages through: one task a message, so that each is seen on the dashboard under its own name."""

from __future__ import annotations

from asyncio import Semaphore, gather, to_thread
from collections.abc import Awaitable
from random import sample
from typing import cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.guard import on_hub
from flows.hub import Hub, width_of
from models.runs import ProcessSummary

BATCH = 100
"""Messages in one flow run: more would make a run that nobody can read."""

_NAMES = {"person": "With a person", "retry": "To be tried again", "elsewhere": "Taken by another"}


def _run_name() -> str:
    given: list[int] = flow_run.parameters.get("ledger_ids") or []
    if not given:
        return "process what waits"
    return f"process message {given[0]}" if len(given) == 1 else f"process {len(given)} messages, {min(given)} to {max(given)}"


@task(name="process message", task_run_name="message {ledger_id}", persist_result=False, cache_policy=NO_CACHE)
async def process_message(ledger_id: int) -> State[ProcessSummary]:
    """One message, from its bytes to a contact."""

    async def body(hub: Hub) -> State[ProcessSummary]:
        summary = await to_thread(hub.process, ledger_id)
        return Completed(name=_NAMES.get(summary.state, "Completed"), message=_told(summary), data=summary)

    return await on_hub(body, "message")


@flow(name="process", flow_run_name=_run_name, persist_result=False)
async def process(ledger_ids: list[int] | None = None) -> State[list[ProcessSummary]]:
    """Work through these messages of the ledger, or through those that wait. A message that fails never stops the others."""

    async def body(hub: Hub) -> State[list[ProcessSummary]]:
        waiting = _share(await to_thread(hub.pending)) if ledger_ids is None else ledger_ids
        states = await _side_by_side(waiting[:BATCH], width_of(hub))
        done = [await state.aresult() for state in states if state.is_completed()]
        return _ended(done, len(states))

    return await on_hub(body, "process")


def _share(waiting: list[int]) -> list[int]:
    """A run's part of a backlog that others work at too: of the oldest, some by chance, so that they seldom reach for the same."""
    oldest = waiting[: 4 * BATCH]
    return sorted(sample(oldest, min(BATCH, len(oldest))))


async def _side_by_side(ledger_ids: list[int], width: int) -> list[State[ProcessSummary]]:
    """The final states, in the order of the ids; as many at a time as there are workers."""
    room = Semaphore(width)

    async def one(ledger_id: int) -> State[ProcessSummary]:
        async with room:
            return await _state_of(ledger_id)

    return list(await gather(*(one(ledger_id) for ledger_id in ledger_ids)))


async def _state_of(ledger_id: int) -> State[ProcessSummary]:
    """The task's final state. Prefect's types say that a task which answers with a state answers at once; it is awaited all the same."""
    return await cast("Awaitable[State[ProcessSummary]]", process_message(ledger_id, return_state=True))


def _ended(done: list[ProcessSummary], tried: int) -> State[list[ProcessSummary]]:
    message = f"{len(done)} of {tried} messages worked through, {sum(one.urgent for one in done)} urgent"
    if len(done) == tried:
        return Completed(message=message, data=done)
    return Failed(message=f"{message}; {tried - len(done)} failed: see their tasks")


def _told(summary: ProcessSummary) -> str:
    decision = summary.decision.replace("_", " ") if summary.decision else None
    return ", ".join(part for part in (summary.reference, decision, "urgent" if summary.urgent else None) if part) or summary.state
