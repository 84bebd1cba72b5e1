"""Mails worked through side by side, each in a process that was copied; whoever dies is replaced, and nothing it had is lost."""

from __future__ import annotations

import os
import queue
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from models.runs import ProcessSummary
from pipeline.app import LEASE, App, open_app
from pipeline.errors import Retry, WrongSetup
from pipeline.settings import Settings, taken_over
from pipeline.store import ledger
from pipeline.workers import server
from pipeline.workers.crew import Crew, _Channel, width_of
from tests.mails import form, mail
from tests.servers import Mailbox

SECONDS = 120


@pytest.fixture
def intake(tmp_path: Path, pymap_server: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """A hub whose settings the crew finds in the environment, as it does in a deployment."""
    account = pymap_server.account
    given = {
        "AUTHORITY": "lewisham",
        "DATA_DIR": str(tmp_path / "data"),
        "IMAP_HOST": account.host,
        "IMAP_PORT": str(account.port),
        "IMAP_SECURITY": "none",
        "IMAP_USER": account.user,
        "IMAP_PASSWORD": account.password,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"MASH_{name}", value)
    monkeypatch.chdir(tmp_path)
    with open_app(Settings()) as opened:
        yield opened


def test_a_crew_works_every_mail_once_and_a_dead_worker_is_replaced(intake: App, pymap_server: Mailbox) -> None:
    pymap_server.deliver(*(mail(("Referral.docx", form()), subject=f"Referral {number}") for number in range(4)))
    intake.poll_once()
    first, second, third, fourth = intake.pending()
    with Crew(2, intake.settings) as crew:
        done = _at_once(crew, first, second)
        assert all(one in ("done", "person") for one in done), done
        victim = _workers(crew)[0]
        os.kill(victim, signal.SIGKILL)
        _until(lambda: victim not in _workers(crew) and len(_workers(crew)) == 2)
        told = [crew.process(number).state for number in (third, fourth, third, fourth)]
        assert all(one in ("done", "person") for one in told[:2]), told
        assert told[2:] == ["elsewhere", "elsewhere"], "each answer belongs to its order, though a worker died in between"
    with intake.store.reading() as session:
        assert ledger.pending(session, intake.now()) == []
        assert ledger.counts(session)["received"] == ledger.counts(session)["working"] == 0
    assert len(list(intake.contacts())) >= 1
    took = intake.figures().took
    assert len(took) == 4
    assert took == tuple(sorted(took))
    assert took[-1] < 3600


def test_a_mail_that_another_has_is_said_to_be_elsewhere(intake: App) -> None:
    with Crew(1, intake.settings) as crew:
        assert crew.process(12345).state == "elsewhere"


def test_what_keeps_the_crew_from_starting_is_said_as_it_is(intake: App) -> None:
    with Crew(1, intake.settings.model_copy(update={"authority": "atlantis"})) as crew, pytest.raises(WrongSetup, match="atlantis"):
        crew.process(1)


def test_settings_spoiled_under_way_are_not_read_and_a_replaced_program_is_refused(intake: App, monkeypatch: pytest.MonkeyPatch) -> None:
    with Crew(1, intake.settings) as crew:
        crew.process(1)
        Path("mash-intake.toml").write_text("no = such setting")
        monkeypatch.setenv("MASH_AUTHORITY", "atlantis")
        crew._day -= timedelta(days=1)
        assert crew.process(1).state == "elsewhere", "new workers, with the settings that this process has"
        crew._program = "0.0.1 0001"
        crew._day -= timedelta(days=1)
        with pytest.raises(WrongSetup, match="of one version"):
            crew.process(1)


def test_handed_down_settings_are_the_same_with_their_secrets(intake: App) -> None:
    settings = intake.settings.model_copy(update={"document_passwords": [SecretStr("one"), SecretStr("two")]})
    assert taken_over(settings.handed_down()).model_dump() == settings.model_dump()


def test_a_crew_ends_with_its_owner(intake: App) -> None:
    crew = Crew(2, intake.settings)
    crew.process(1)
    workers = _workers(crew)
    crew.close()
    assert len(workers) == 2
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_each_day_has_workers_of_its_own(intake: App) -> None:
    with Crew(1, intake.settings) as crew:
        crew.process(1)
        before = _workers(crew)
        crew._day -= timedelta(days=1)
        crew.process(1)
        assert _workers(crew) != before


class _Intake:
    """What a worker asks of a hub, with a process of the test's own."""

    def __init__(self, process: Callable[[int], ProcessSummary]) -> None:
        self.owner, self.process = "", process

    def close(self) -> None:
        """Nothing is held."""


def _forked(run: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            run()
        finally:
            os._exit(0)
    return child


def _die(_: int) -> ProcessSummary:
    os._exit(9)


def _hang(_: int) -> ProcessSummary:
    while True:
        time.sleep(1)


def test_a_worker_that_hangs_over_a_mail_ends_and_does_not_hold_up_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_SECONDS", 1)
    ours, theirs = socket.socketpair()
    intake: Any = _Intake(_hang)
    child = _forked(lambda: server._work(intake, theirs))
    ours.sendall(b'{"id": 1, "number": 1}\n')
    _until(lambda: os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGALRM


def test_a_mail_is_given_up_by_its_worker_before_the_ledger_gives_it_to_another() -> None:
    assert LEASE.total_seconds() > server.MOST_SECONDS


def test_after_many_deaths_the_server_ends_and_no_order_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_DEATHS", 1)
    pairs = [socket.socketpair() for _ in range(2)]
    intake: Any = _Intake(_die)

    def serve() -> None:
        for ours, _ in pairs:
            ours.close()
        server._serve(intake, [theirs for _, theirs in pairs])

    child = _forked(serve)
    for _, theirs in pairs:
        theirs.close()
    channel = _Channel(pairs[0][0])
    pairs[0][0].settimeout(SECONDS)
    assert "died" in channel.ask(1)
    with pytest.raises(ConnectionError):
        channel.ask(1)
    os.waitpid(child, 0)


def test_who_waits_for_a_worker_of_a_crew_that_was_exchanged_is_told(intake: App) -> None:
    crew = Crew(1, intake.settings)
    with pytest.raises(Retry, match="ended"):
        crew._next(queue.Queue())


def test_as_many_workers_as_processors_unless_asked() -> None:
    assert width_of(3) == 3
    assert 1 <= width_of(0) <= 4


def _at_once(crew: Crew, *numbers: int) -> list[str]:
    found: list[str] = []
    threads = [threading.Thread(target=lambda number=number: found.append(crew.process(number).state)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return found


def _workers(crew: Crew) -> list[int]:
    """The copies: children of the process that copies itself."""
    assert crew._server is not None
    told = Path(f"/proc/{crew._server.pid}/task/{crew._server.pid}/children").read_text()
    return [pid for pid in map(int, told.split()) if (Path(f"/proc/{pid}/cmdline").read_bytes().count(b"pipeline.workers.server"))]


def _until(true: object) -> None:
    end = time.monotonic() + SECONDS
    assert callable(true)
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    assert true()
