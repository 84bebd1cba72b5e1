"""The process that stays and runs what Prefect schedules: under a real server, and when there is none."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.states import Scheduled

from flows import resident
from flows.deployments import PLANS, deployments
from flows.embedded import PrefectSession, prefect_session
from flows.resident import Resident
from models.runs import ProcessSummary
from tests.flows.asking import PATIENCE_SECONDS, Rows, ask
from tests.flows.fake_hub import FakeHub

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # Prefect leaves its sockets to the collector

LATER = {plan.flow.name: timedelta(days=3650) for plan in PLANS}
"""Nothing comes due by itself."""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectSession]:
    with prefect_session(tmp_path_factory.mktemp("hub")) as running:
        assert running.ready(), running.server.log.read_text()
        yield running


def _runs(session: PrefectSession, flow: str) -> Rows:
    flows = {one["id"]: one["name"] for one in ask(session.dashboard, "flows/filter")}
    return [run for run in ask(session.dashboard, "flow_runs/filter") if flows[run["flow_id"]] == flow]


def _live(session: PrefectSession, hub: FakeHub, doing: Callable[[Resident], Awaitable[None]]) -> None:
    """A resident for as long as something is done beside it."""
    with session.client():
        made = deployments(LATER)
        one = Resident(hub, [(plan.flow, deployment) for plan, deployment in zip(PLANS, made, strict=True)], lambda: None)

        async def both() -> None:
            stopping = asyncio.Event()
            living = asyncio.create_task(one.run(stopping))
            try:
                await _until(lambda: one._known)
                await doing(one)
            finally:
                stopping.set()
                await living

        asyncio.run(both())


async def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not await asyncio.to_thread(true):
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.1)


def test_mail_that_rings_is_polled_at_once_and_seen_as_a_run_of_the_deployment(session: PrefectSession) -> None:
    hub = FakeHub(messages={7: ProcessSummary(ledger_id=7, reference="LE-26-AAAAAA")})
    hub.once = True

    async def ring(one: Resident) -> None:
        one.ring()
        await _until(lambda: any("mail-arrived" in run["tags"] and run["state_name"] == "Completed" for run in _runs(session, "poll")))
        await _until(lambda: any(call.startswith("figures") for call in hub.calls))

    _live(session, hub, ring)
    assert [call for call in hub.calls if not call.startswith("figures")][:3] == ["poll", "pending", "process 7"]
    assert any(call.startswith("figures") for call in hub.calls), "ops see a table from the start"
    (arrived,) = [run for run in _runs(session, "poll") if "mail-arrived" in run["tags"]]
    assert arrived["deployment_id"]


def test_of_runs_that_piled_up_only_the_newest_works(session: PrefectSession) -> None:
    hub = FakeHub()

    async def pile_up(one: Resident) -> None:
        async with get_client() as client:
            (number,) = [number for number, flow in one._flows.items() if flow.name == "watch-deadlines"]
            for minutes in (3, 2, 1):
                due: Any = Scheduled(scheduled_time=datetime.now(UTC) - timedelta(minutes=minutes))
                await client.create_flow_run_from_deployment(number, state=due)
        await _until(lambda: [run["state_name"] for run in _runs(session, "watch-deadlines")].count("Completed") >= 1)

    # Made between two turns or across them: at the most one more may have work to do.
    _live(session, hub, pile_up)
    states = sorted(run["state_name"] for run in _runs(session, "watch-deadlines") if run["state_name"] != "Scheduled")
    assert states.count("Skipped") >= 1, states
    assert hub.calls.count("watch") == states.count("Completed") < 3


@dataclass
class _Held(FakeHub):
    """A message takes until the test lets it go."""

    let_go: threading.Event = field(default_factory=threading.Event)

    def process(self, ledger_id: int) -> ProcessSummary:
        self.let_go.wait(PATIENCE_SECONDS)
        return super().process(ledger_id)


def test_a_run_that_comes_due_while_the_one_before_works_is_skipped(session: PrefectSession) -> None:
    hub = _Held(messages={900: ProcessSummary(ledger_id=900)}, once=True)

    async def overlap(one: Resident) -> None:
        try:
            await _until(lambda: "pending" in hub.calls)
            async with get_client() as client:
                await client.create_flow_run_from_deployment(one._number("poll"), name="second")
            await _until(lambda: any(run["name"] == "second" and run["state_type"] == "COMPLETED" for run in _runs(session, "poll")))
        finally:
            hub.let_go.set()
        await _until(lambda: "process 900" in hub.calls)

    _live(session, hub, overlap)
    (second,) = [run for run in _runs(session, "poll") if run["name"] == "second"]
    assert (second["state_name"], second["state"]["message"]) == ("Skipped", "the run before this one is still working")
    assert hub.calls.count("process 900") == 1


def test_a_hub_that_was_just_started_polls_and_then_shows_its_table(session: PrefectSession) -> None:
    hub = FakeHub()

    async def wait(one: Resident) -> None:
        del one
        await _until(lambda: any(call.startswith("figures") for call in hub.calls))

    _live(session, hub, wait)
    assert next(call for call in hub.calls if call == "poll" or call.startswith("figures")) == "poll"


def test_schedules_are_paused_while_nobody_is_there_and_go_on_afterwards(session: PrefectSession) -> None:
    async def nothing(one: Resident) -> None:
        assert await _paused() == {False}

    _live(session, FakeHub(), nothing)
    with session.client():
        assert asyncio.run(_paused()) == {True}


async def _paused() -> set[bool]:
    async with get_client() as client:
        wanted = DeploymentFilter(name=DeploymentFilterName(any_=[plan.name for plan in PLANS]))
        return {one.paused for one in await client.read_deployments(deployment_filter=wanted)}


def test_a_run_cancelled_on_the_dashboard_ends(session: PrefectSession) -> None:
    hub = FakeHub(messages={number: ProcessSummary(ledger_id=number) for number in range(500, 800)}, seconds=0.1)

    async def cancel(one: Resident) -> None:
        one.ring()
        await _until(lambda: hub.calls.count("pending") > 0 and any(call.startswith("process") for call in hub.calls))
        (number,) = [run["id"] for run in _runs(session, "poll") if run["state_type"] == "RUNNING"]
        async with get_client() as client:
            from prefect.states import Cancelling

            ended: Any = Cancelling()
            await client.set_flow_run_state(number, ended, force=True)
        hub.messages.clear()
        await _until(lambda: next(run["state_type"] for run in _runs(session, "poll") if run["id"] == number) == "CANCELLED")

    _live(session, hub, cancel)
    assert sum(call.startswith("process") for call in hub.calls) < 300


def test_when_prefect_is_silent_the_rounds_go_on_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resident, "ALONE_AFTER_SECONDS", 0)
    monkeypatch.setattr(resident, "ASK_SECONDS", 0.05)
    nobody = PrefectSession(_server_that_never_was(tmp_path))
    done: list[int] = []
    with nobody.client():
        one = Resident(FakeHub(), [(plan.flow, made) for plan, made in zip(PLANS, deployments(), strict=True)], lambda: done.append(1))

        async def wait() -> None:
            stopping = asyncio.Event()
            living = asyncio.create_task(one.run(stopping))
            await _until(lambda: len(done) >= 2)
            stopping.set()
            await living

        asyncio.run(wait())
    assert len(done) >= 2


def _server_that_never_was(folder: Path) -> Any:
    from flows.server import PrefectServer

    return PrefectServer(folder)
