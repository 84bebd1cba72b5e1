"""Runs what Prefect schedules in one process that stays: models and index are loaded once, and a run costs a fifth of a second where a process for each cost four.

Prefect still decides when, shows everything, and can be asked for a run by hand. Beside it stands the mailbox, which may ring: then a run of `poll` is begun at
once. And when Prefect does not answer, or a poll stands over one mail for long, rounds go on without it: it schedules and shows, and a referral waits for neither.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import Abort
from prefect.flow_engine import run_flow_async
from prefect.states import Cancelled, Completed, Pending
from prefect.utilities.engine import propose_state

from flows.automations import install
from flows.guard import code_text
from flows.hub import Hub, using

log = logging.getLogger("mash_intake.flows")

ASK_SECONDS = 3.0
"""How often Prefect is asked what is due. The mailbox does not wait for it: it rings."""
ALONE_AFTER_SECONDS = 90
"""How long Prefect may be silent before a round is done without it; and how long until the next."""
BESIDE_AFTER_SECONDS = 60
"""How long a poll may take before the mail that came meanwhile is no longer kept waiting for it: one mail of many scans takes four minutes."""
STOP_SECONDS = 20


class Resident:
    """The deployments of one machine, run here. `poll` runs also when `ring` is called, from any thread."""

    def __init__(
        self, hub: Hub, flows: Sequence[tuple[Flow[..., Any], RunnerDeployment]], without: Callable[[], object], webhook: str | None = None
    ) -> None:
        self._hub, self._without, self._webhook = hub, without, webhook
        self._made = list(flows)
        self._flows: dict[UUID, Flow[..., Any]] = {}
        self._busy: dict[UUID, asyncio.Task[Any]] = {}
        self._begun: dict[UUID, asyncio.Task[Any]] = {}
        self._orders: dict[UUID, dict[str, Any]] = {}
        self._since: dict[UUID, float] = {}
        self._known = self._polled = self._table_made = False
        self._rung = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._answered = time.monotonic()
        self._alone: asyncio.Task[Any] | None = None

    def ring(self) -> None:
        """Something came into the mailbox: poll now. From any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._rung.set)

    async def run(self, stopping: asyncio.Event) -> None:
        """Until told to stop."""
        self._loop = asyncio.get_running_loop()
        await self._announced(stopping)
        while not stopping.is_set():
            await self._patiently(self._turn)
            # A ring that could not be answered waits for the next turn: listened to, it would have Prefect asked without a pause for as long as a poll takes.
            await _first_of((stopping,) if self._rung.is_set() else (stopping, self._rung), ASK_SECONDS)
        await self._end()

    async def _announced(self, stopping: asyncio.Event) -> None:
        """Tell Prefect what we run, as soon as it listens."""
        while not (stopping.is_set() or self._known):
            await self._patiently(self._announce)
            if not self._known:
                await _first_of((stopping,), ASK_SECONDS)

    async def _announce(self) -> None:
        for flow, deployment in self._made:
            if flow not in self._flows.values():
                self._flows[await deployment.aapply()] = flow
        async with get_client() as client:
            await install(client, self._webhook)
            # A hub that was just set up shows at once whether it can: a poll, and after it the table, not a minute and a quarter of an hour later.
            await client.create_flow_run_from_deployment(self._number("poll"), tags=["at-start"])
        self._known = True

    async def _patiently(self, step: Callable[[], Awaitable[None]]) -> None:
        """A step that needs Prefect. Where it fails for long the round is done without."""
        try:
            await step()
            self._answered = time.monotonic()
        except Exception as error:  # whatever Prefect's client raises
            log.warning("prefect: %s", code_text(error))
            if time.monotonic() - self._answered > ALONE_AFTER_SECONDS and self._round(
                "prefect has not answered for long: a round is done without it"
            ):
                self._answered = time.monotonic()

    def _round(self, why: str) -> bool:
        """A round of our own, unless one is under way."""
        if self._alone is not None and not self._alone.done():
            return False
        log.warning("%s", why)
        self._alone = asyncio.create_task(asyncio.to_thread(self._without))
        return True

    async def _turn(self) -> None:
        """Begin what is due, and a poll if the mailbox rang; end what somebody cancelled."""
        async with get_client() as client:
            due = await client.get_scheduled_flow_runs_for_deployments(list(self._flows), scheduled_before=datetime.now(UTC))
            for deployment, runs in groupby(sorted(due, key=_when), key=lambda run: run.deployment_id):
                if deployment is not None:
                    await self._begin_newest(client, deployment, [run for run in runs if run.id not in self._begun])
            if self._rung.is_set():
                await self._answer(client, self._number("poll"))
            if self._polled and not self._table_made:
                self._table_made = True
                await client.create_flow_run_from_deployment(self._number("figures"), tags=["at-start"])
            await self._cancel(client)

    async def _answer(self, client: PrefectClient, polling: UUID) -> None:
        """The mailbox rang: poll. While a poll waits for one mail that takes long, what comes in is taken in and worked beside it, by the workers that are free."""
        if polling not in self._busy:
            self._rung.clear()
            await self._begin(client, polling, await client.create_flow_run_from_deployment(polling, tags=["mail-arrived"]))
        elif time.monotonic() - self._since[polling] > BESIDE_AFTER_SECONDS:
            self._rung.clear()
            self._round("a poll takes long over a mail: a round is done beside it")

    async def _begin_newest(self, client: PrefectClient, deployment: UUID, runs: list[FlowRun]) -> None:
        """Of runs that piled up, as after a stop, only the newest has work to do; and none while one is still working.

        A run with other parameters is another order, given by hand: to remove and not only to tell, to work these messages through. It waits for its turn.
        """
        if not runs:
            return
        *older, newest = runs
        for run in older:
            if run.parameters == newest.parameters:
                await _skip(client, run, "a later run did its work")
        first = next((run for run in older if run.parameters != newest.parameters), newest)
        if deployment not in self._busy:
            await self._begin(client, deployment, first)
        elif newest.parameters == self._orders.get(deployment):
            await _skip(client, newest, "the run before this one is still working")
            if self._flows[deployment].name == "poll":
                self._rung.set()

    async def _begin(self, client: PrefectClient, deployment: UUID, run: FlowRun) -> None:
        try:
            state = await propose_state(client, Pending(), flow_run_id=run.id)
        except Abort:
            return
        if not state.is_pending():
            return
        task = asyncio.create_task(self._work(self._flows[deployment], await client.read_flow_run(run.id)))
        self._busy[deployment] = self._begun[run.id] = task
        self._orders[deployment], self._since[deployment] = run.parameters, time.monotonic()
        task.add_done_callback(lambda _: (self._busy.pop(deployment, None), self._begun.pop(run.id, None)))

    async def _work(self, flow: Flow[..., Any], run: FlowRun) -> None:
        good = False
        try:
            with using(self._hub):
                ended = await run_flow_async(flow, flow_run=run, return_type="state")
                good = ended is not None and ended.is_completed()
        except Exception as error:  # Prefect's: ours end as failed states. The ledger gives the work to the next run
            log.warning("prefect: %s", code_text(error))
        if flow.name == "poll":
            self._polled = True
            # After a poll that failed the next comes by the clock: whatever is wrong would only be met again, many times a minute.
            if good and await asyncio.to_thread(self._waits):
                self._rung.set()

    def _waits(self) -> bool:
        """Whether mails wait that could be worked through now."""
        try:
            return bool(self._hub.pending())
        except Exception:  # told by the run itself
            return False

    async def _cancel(self, client: PrefectClient) -> None:
        """End the runs that somebody cancelled on the dashboard. A message in work is finished; the rest is for the next run."""
        for number, task in list(self._begun.items()):
            if (await client.read_flow_run(number)).state_type == StateType.CANCELLING:
                task.cancel()
                await asyncio.wait({task}, timeout=STOP_SECONDS)
                ended: State[None] = Cancelled(message="cancelled by hand; what was left is for the next run")
                await client.set_flow_run_state(number, ended, force=True)

    def _number(self, name: str) -> UUID:
        """The deployment of a flow, by the flow's name."""
        return next(number for number, flow in self._flows.items() if flow.name == name)

    async def _end(self) -> None:
        """No new runs are made while nobody is here to run them; those that work are let finish their message."""
        for task in self._busy.values():
            task.cancel()
        if self._busy:
            await asyncio.wait(set(self._busy.values()), timeout=STOP_SECONDS)
        if self._flows:
            await self._patiently(self._pause)

    async def _pause(self) -> None:
        async with get_client() as client:
            for deployment in self._flows:
                await client.pause_deployment(deployment)


async def _skip(client: PrefectClient, run: FlowRun, why: str) -> None:
    ended: State[None] = Completed(name="Skipped", message=why)
    await client.set_flow_run_state(run.id, ended, force=True)


def _when(run: FlowRun) -> tuple[str, datetime]:
    return str(run.deployment_id), run.next_scheduled_start_time or run.expected_start_time or datetime.now(UTC)


async def _first_of(events: Sequence[asyncio.Event], seconds: float) -> None:
    """Until one of the events is set, or the time is up."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
