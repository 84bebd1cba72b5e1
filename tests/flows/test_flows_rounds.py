"""Rounds through a real Prefect server: what it shows, and what it never gets to see."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from flows.embedded import PrefectSession, prefect_session
from flows.rounds import round_alone, run_round
from flows.runner import tidy
from flows.server import serves
from models.runs import DeliverSummary, PollSummary, ProcessSummary
from pipeline.errors import Retry, WrongSetup
from pipeline.settings import Settings
from pipeline.shell.serve import serve
from tests.flows.asking import ask, ask_until, ended
from tests.flows.fake_hub import FakeHub

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # Prefect leaves its sockets to the collector

MARKER = "Zebedee Quillfeather of 12 Marker Lane"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectSession]:
    with prefect_session(tmp_path_factory.mktemp("hub")) as running:
        assert running.ready(), running.server.log.read_text()
        yield running


def test_a_round_polls_processes_and_delivers_in_that_order(session: PrefectSession) -> None:
    hub = FakeHub(messages={7: _done(7, "LE-26-AAAAAA", urgent=True), 8: _done(8, "LE-26-BBBBBB")})
    summary = run_round(hub, session)
    assert hub.calls == ["poll", "pending", "process 7", "process 8", "deliver"]
    assert (summary.seen, summary.stored, summary.contacts, summary.urgent, summary.sent) == (3, 3, 2, 1, 2)
    assert summary.note is None


def test_a_round_without_prefect_keeps_every_worker_busy() -> None:
    both = threading.Barrier(2)

    class Two(FakeHub):
        width = 2

        def process(self, ledger_id: int) -> ProcessSummary:
            both.wait(60)  # broken, and an error, if nobody else is at work meanwhile
            return super().process(ledger_id)

    hub = Two(messages={31: _done(31, "LE-26-AAAAAA"), 32: _done(32, "LE-26-BBBBBB")})
    round_alone(hub)
    assert hub.calls[:2] == ["poll", "pending"]
    assert set(hub.calls[2:4]) == {"process 31", "process 32"}
    assert hub.calls[4:] == ["deliver"]


def test_each_message_is_seen_by_its_ledger_id_and_reference(session: PrefectSession) -> None:
    run_round(FakeHub(messages={41: _done(41, "LE-26-CCCCCC", urgent=True)}), session)
    tasks = {run["name"]: run["state"] for run in ask_until(session.dashboard, "task_runs/filter", ended("message 41"))}
    assert tasks["message 41"]["type"] == "COMPLETED"
    assert tasks["message 41"]["message"] == "LE-26-CCCCCC, screen, urgent"
    assert any(run["name"] == "process message 41" for run in _ask(session, "flow_runs/filter"))


def test_parameters_are_ids_alone(session: PrefectSession) -> None:
    run_round(FakeHub(messages={51: _done(51, "LE-26-DDDDDD")}), session)
    given = [run["parameters"] for run in _ask(session, "flow_runs/filter")]
    assert {"ledger_ids": [51]} in given
    assert all(set(one) <= {"ledger_ids"} for one in given)


def test_a_message_that_fails_never_stops_the_others(session: PrefectSession) -> None:
    hub = FakeHub(messages={61: KeyError("nothing"), 62: _done(62, "LE-26-EEEEEE")})
    summary = run_round(hub, session)
    assert summary.contacts == 1
    assert summary.note is not None
    assert "message 61 failed: unexpected" in summary.note
    assert "deliver" in hub.calls


def test_a_mailbox_that_is_down_is_raised_as_it_was_after_the_rest_is_done(session: PrefectSession) -> None:
    hub = FakeHub(polled=Retry("mail.example: nobody answers; try again later"), messages={71: _done(71, "LE-26-FFFFFF")})
    with pytest.raises(Retry, match="nobody answers"):
        run_round(hub, session)
    assert hub.calls == ["poll", "pending", "process 71", "deliver"]


def test_no_word_of_an_error_reaches_prefect_or_its_disk(session: PrefectSession) -> None:
    hub = FakeHub(
        polled=_nested(),
        messages={81: ValueError(MARKER), 82: Retry(MARKER), 83: WrongSetup(MARKER)},
        delivered=WrongSetup(MARKER),
    )
    with pytest.raises(Retry):
        run_round(hub, session)
    ask_until(session.dashboard, "task_runs/filter", ended("message 81", "message 82", "message 83"))
    shown = json.dumps([_ask(session, what) for what in ("flow_runs/filter", "task_runs/filter", "logs/filter", "artifacts/filter")])
    assert "retry: the mailbox" in shown
    assert "unexpected: a fault nobody foresaw" in shown
    assert MARKER not in shown
    assert "wrong_setup" in shown
    held = [path for path in session.server.home.rglob("*") if path.is_file() and _holds(path, MARKER)]
    assert held == []


def test_the_wall_test_would_see_a_leak(session: PrefectSession) -> None:
    """What a state says is found by the search above: so its silence means something."""
    told = "LE-26-ZZZZZZ"
    run_round(FakeHub(messages={91: _done(91, told)}), session)
    ask_until(session.dashboard, "task_runs/filter", ended("message 91"))
    assert any(_holds(path, told) for path in session.server.home.rglob("*") if path.is_file())


def test_results_are_not_kept(session: PrefectSession) -> None:
    run_round(FakeHub(messages={95: _done(95, "LE-26-GGGGGG"), 96: KeyError("x")}), session)
    stored = session.server.home / "storage"
    assert not stored.exists() or list(stored.iterdir()) == []


def test_a_second_session_on_the_folder_joins_the_server_and_leaves_it_running(session: PrefectSession) -> None:
    with prefect_session(session.server.home.parent) as second:
        assert second.dashboard == session.dashboard
        assert second.ready()
    assert session.ready()


def test_a_server_is_known_by_its_folder(session: PrefectSession, tmp_path: Path) -> None:
    """Two that start together may choose the same port: whoever answers must be ours."""
    assert serves(session.dashboard, session.server.home)
    assert not serves(session.dashboard, tmp_path / "prefect")


def test_prefects_own_client_and_server_understand_each_other(session: PrefectSession) -> None:
    """Its client sends nulls for what it leaves open: newer versions of the web framework answer them with 422, and its command line dies."""

    async def ask() -> int:
        from prefect import get_client

        async with get_client() as client:
            return len(await client.read_flow_runs()) + len(await client.read_deployments()) + len(await client.read_flows())

    run_round(FakeHub(), session)
    with session.client():
        assert asyncio.run(ask()) > 0


def test_a_second_serve_on_the_folder_names_the_first(session: PrefectSession) -> None:
    settings = Settings(
        authority="lewisham",
        data_dir=session.server.home.parent,
        imap_host="127.0.0.1",
        imap_security="none",
        imap_user="hub",
        imap_password=SecretStr("x"),
        smtp_host="127.0.0.1",
        smtp_security="none",
        smtp_from="mash@example-council.example",
    )
    with pytest.raises(WrongSetup, match=f"already being served at {session.dashboard}"):
        serve(settings, say=str)


def test_runs_that_a_killed_runner_left_open_are_closed(session: PrefectSession) -> None:
    async def leave_one_open() -> Any:
        from prefect import get_client
        from prefect.states import Running

        from flows.deliver import deliver

        async with get_client() as client:
            return (await client.create_flow_run(deliver, name="left open", state=Running())).id

    with session.client():
        left = asyncio.run(leave_one_open())
        assert asyncio.run(tidy()) >= 1
        assert asyncio.run(tidy()) == 0
    states = {run["id"]: run["state_name"] for run in _ask(session, "flow_runs/filter")}
    assert states[str(left)] == "Crashed"


def test_prefects_files_are_for_us_alone(session: PrefectSession) -> None:
    assert session.server.home.stat().st_mode & 0o077 == 0


def test_without_prefect_the_round_goes_on_and_says_so(tmp_path: Path) -> None:
    class Nobody(PrefectSession):
        def ready(self) -> bool:
            return False

    with_nobody = Nobody(prefect_server_that_never_was(tmp_path))
    hub = FakeHub(messages={1: _done(1, "LE-26-HHHHHH"), 2: ValueError(MARKER)}, delivered=DeliverSummary(sent=1))
    summary = run_round(hub, with_nobody)
    assert (summary.contacts, summary.sent) == (1, 1)
    assert summary.note is not None
    assert "Prefect's server did not start" in summary.note
    assert MARKER not in summary.note
    assert hub.calls == ["poll", "pending", "process 1", "process 2", "deliver"]


def test_a_poll_with_a_note_passes_it_on(tmp_path: Path) -> None:
    class Nobody(PrefectSession):
        def ready(self) -> bool:
            return False

    hub = FakeHub(polled=PollSummary(note="another poll is running"))
    assert "another poll is running" in (run_round(hub, Nobody(prefect_server_that_never_was(tmp_path))).note or "")


def prefect_server_that_never_was(folder: Path) -> Any:
    from flows.server import PrefectServer

    return PrefectServer(folder)


def _done(ledger_id: int, reference: str, *, urgent: bool = False) -> ProcessSummary:
    return ProcessSummary(ledger_id=ledger_id, reference=reference, decision="screen", urgent=urgent)


def _nested() -> Retry:
    """An error with personal data in its text, its cause and its notes."""
    error = Retry(MARKER)
    error.__cause__ = ValueError(MARKER)
    error.add_note(MARKER)
    return error


def _ask(session: PrefectSession, what: str) -> list[dict[str, Any]]:
    return ask(session.dashboard, what)


def _holds(path: Path, words: str) -> bool:
    return words.encode() in path.read_bytes()
