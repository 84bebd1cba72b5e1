"""What the process that stays begins, leaves and skips: which runs are one order, and when a poll follows a poll at once. Without a Prefect server."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from prefect.states import Completed, Failed, Pending

from flows import resident
from flows.deployments import PLANS
from flows.resident import Resident
from tests.flows.fake_hub import FakeHub

FLOWS = {plan.flow.name: plan.flow for plan in PLANS}


class _Client:
    """What is asked of Prefect, and what it was told."""

    def __init__(self) -> None:
        self.told: dict[Any, str] = {}

    async def set_flow_run_state(self, number: Any, state: Any, force: bool = False) -> None:
        del force
        self.told[number] = state.name

    async def read_flow_run(self, number: Any) -> Any:
        return SimpleNamespace(id=number, parameters={})


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The runs that were begun. Each ends when it is let."""
    found: list[Any] = []

    async def propose(client: Any, state: Any, flow_run_id: Any) -> Any:
        del client, state
        found.append(flow_run_id)
        return Pending()

    async def run(*_: Any, **__: Any) -> Any:
        return Completed()

    monkeypatch.setattr(resident, "propose_state", propose)
    monkeypatch.setattr(resident, "run_flow_async", run)
    return found


def _run(**parameters: Any) -> Any:
    return SimpleNamespace(id=uuid4(), parameters=parameters)


def test_an_order_with_other_parameters_is_not_dropped_for_a_later_run(begun: list[Any]) -> None:
    older, ordered, newest = _run(), _run(dry_run=False), _run()
    client: Any = _Client()

    async def turns() -> None:
        one, number = Resident(FakeHub(), [], lambda: None), uuid4()
        one._flows[number] = FLOWS["purge"]
        await one._begin_newest(client, number, [older, ordered, newest])
        assert begun == [ordered.id]
        assert client.told == {older.id: "Skipped"}
        await one._begin_newest(client, number, [newest])
        assert newest.id not in client.told, "it is another order than the one at work: it waits"
        await asyncio.gather(*one._begun.values())
        await asyncio.sleep(0)
        await one._begin_newest(client, number, [newest])
        await asyncio.gather(*one._begun.values())

    asyncio.run(turns())
    assert begun == [ordered.id, newest.id]


def test_a_run_that_falls_due_while_the_same_is_at_work_is_skipped(begun: list[Any]) -> None:
    first, second = _run(), _run()
    client: Any = _Client()

    async def turns() -> None:
        one, number = Resident(FakeHub(), [], lambda: None), uuid4()
        one._flows[number] = FLOWS["watch-deadlines"]
        await one._begin_newest(client, number, [first])
        await one._begin_newest(client, number, [second])
        await asyncio.gather(*one._begun.values())

    asyncio.run(turns())
    assert begun == [first.id]
    assert client.told == {second.id: "Skipped"}


@pytest.mark.parametrize(("ended", "at_once"), [(Completed(), True), (Failed(), False)])
def test_a_backlog_is_gone_on_with_at_once_but_not_after_a_poll_that_failed(ended: Any, at_once: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that stays would otherwise be met every few seconds, with a run on the dashboard for each."""

    async def run(*_: Any, **__: Any) -> Any:
        return ended

    monkeypatch.setattr(resident, "run_flow_async", run)

    async def poll() -> bool:
        one = Resident(FakeHub(), [], lambda: None)
        monkeypatch.setattr(one, "_waits", lambda: True)
        await one._work(FLOWS["poll"], _run())
        return one._rung.is_set()

    assert asyncio.run(poll()) is at_once


@pytest.mark.parametrize(("since", "rounds"), [(resident.BESIDE_AFTER_SECONDS + 1, 1), (1, 0)])
def test_mail_that_comes_while_a_poll_stands_over_another_is_worked_beside_it(
    begun: list[Any], since: float, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    ended = asyncio.Event()
    client: Any = _Client()

    async def stands(*_: Any, **__: Any) -> Any:
        await ended.wait()
        return Completed()

    monkeypatch.setattr(resident, "run_flow_async", stands)

    async def turns() -> None:
        one, number = Resident(FakeHub(), [], lambda: done.append(1)), uuid4()
        one._flows[number] = FLOWS["poll"]
        await one._begin_newest(client, number, [_run()])
        await one._begin_newest(client, number, [_run()])
        assert one._rung.is_set(), "the poll that was skipped is asked for again"
        one._since[number] -= since
        await one._answer(client, number)
        assert one._rung.is_set() is not bool(rounds), "until it is answered it goes on ringing"
        if one._alone is not None:
            await one._alone
        ended.set()
        await asyncio.gather(*one._begun.values())

    asyncio.run(turns())
    assert len(begun) == 1
    assert len(done) == rounds


@pytest.mark.parametrize("rung", [True, False])
def test_a_ring_that_cannot_be_answered_yet_does_not_have_prefect_asked_without_a_pause(rung: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    listened: list[Any] = []

    async def turns() -> None:
        one, stopping = Resident(FakeHub(), [], lambda: None), asyncio.Event()

        async def turn() -> None:
            if rung:
                one.ring()

        async def first_of(events: Any, _: float) -> None:
            await asyncio.sleep(0)
            listened.append(one._rung in events)
            if len(listened) == 2:
                stopping.set()

        one._known = True
        monkeypatch.setattr(one, "_turn", turn)
        monkeypatch.setattr(resident, "_first_of", first_of)
        await one.run(stopping)

    asyncio.run(turns())
    assert listened[-1] is not rung
