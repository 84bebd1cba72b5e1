"""Several worker processes at one PostgreSQL: every mail is worked through once, whoever is killed; and one poller at a time."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.app import App, open_app
from pipeline.errors import IntakeError, WrongSetup
from pipeline.settings import Settings
from pipeline.store import ledger
from pipeline.workers.crew import Crew
from tests.databases import postgresql_server
from tests.mails import CHILD, form, mail
from tests.servers import Mailbox

SECONDS = 240
CHILDREN = [
    CHILD | {"Forename(s)": given, "Date of birth": f"{day:02}/03/2017"} for day, given in enumerate(("Perran", "Isla", "Oriel", "Tamsin"), 3)
]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture
def intake(database: str, tmp_path: Path, pymap_server: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    import psycopg

    name = f"hub{random.randrange(10**9)}"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload, unused-ignore]
    account = pymap_server.account
    given = {
        "AUTHORITY": "lewisham",
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": database.rpartition("/")[0] + f"/{name}",
        "IMAP_HOST": account.host,
        "IMAP_PORT": str(account.port),
        "IMAP_SECURITY": "none",
        "IMAP_USER": account.user,
        "IMAP_PASSWORD": account.password,
    }
    for key, value in given.items():
        monkeypatch.setenv(f"MASH_{key}", value)
    monkeypatch.chdir(tmp_path)
    with open_app(Settings()) as opened:
        yield opened


def test_four_workers_of_which_some_are_killed_lose_and_double_nothing(intake: App, pymap_server: Mailbox) -> None:
    mails = [mail(("Referral.docx", form(child)), subject=f"Referral {number}") for number, child in enumerate(CHILDREN)]
    mails += [mail(body=f"Is this the right address? {number}", sender=f"someone{number}@example.net") for number in range(8)]
    pymap_server.deliver(*mails)
    assert intake.poll_once().stored == len(mails)
    with Crew(4, intake.settings) as crew:
        crew.process(0)  # all are there
        stopped = threading.Event()
        killer = threading.Thread(target=_kill_now_and_then, args=(crew, stopped))
        killer.start()
        try:
            _work_off(intake, crew)
        finally:
            stopped.set()
            killer.join(SECONDS)
    with intake.store.reading() as session:
        counted = ledger.counts(session)
        rows = [row for number in range(1, len(mails) + 1) if (row := ledger.get(session, number)) is not None]
    assert counted["received"] == counted["working"] == 0
    assert sum(counted.values()) == len(mails)
    assert all(row.contact_reference for row in rows)
    held = Counter(one.message.id for one in intake.contacts())
    assert max(held.values()) == 1, "a contact for each mail and no second"
    assert set(held) == {f"message-{row.id}" for row in rows}


def _kill_now_and_then(crew: Crew, stopped: threading.Event) -> None:
    """Kill a worker, whatever it is at, six times."""
    chance = random.Random(7)
    for _ in range(6):
        if stopped.wait(chance.uniform(0.1, 1.5)) or crew._server is None:
            return
        told = Path(f"/proc/{crew._server.pid}/task/{crew._server.pid}/children").read_text().split()
        if told:
            os.kill(int(chance.choice(told)), signal.SIGKILL)


def _work_off(intake: App, crew: Crew) -> None:
    """Rounds of all that waits, side by side, until nothing does."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with intake.store.reading() as session:
            left = ledger.counts(session)
        if not left["received"] + left["working"]:
            return
        waiting = intake.pending()
        threads = [threading.Thread(target=_each, args=(crew, waiting[part :: crew.width])) for part in range(crew.width)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)
        time.sleep(0.1)


def _each(crew: Crew, numbers: list[int]) -> None:
    for number in numbers:
        try:
            crew.process(number)
        except IntakeError:
            continue


def test_a_worker_of_an_older_version_writes_nothing_and_goes_on_when_the_versions_fit_again(intake: App, pymap_server: Mailbox) -> None:
    pymap_server.deliver(mail(body="Is this the right address?", sender="someone@example.net"))
    intake.poll_once()
    (number,) = intake.pending()
    with Crew(1, intake.settings) as crew:
        crew.process(0)  # it is there, and knows its own version
        ours = _become(intake, "9999")
        with pytest.raises(WrongSetup, match="update this machine"):
            crew.process(number)
        with pytest.raises(WrongSetup, match="another version"), open_app(Settings()):
            pass
        with intake.store.reading() as session:
            row = ledger.get(session, number)
            assert row is not None
            assert (row.state, row.attempts) == ("received", 0)
        _become(intake, ours)
        assert crew.process(number).state in ("done", "person")


def _become(intake: App, version: str) -> str:
    """Another machine's newer program has updated the database; says what it was before."""
    with intake.store.session() as session:
        before: str = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    return before


def test_one_polls_at_a_time(intake: App, pymap_server: Mailbox) -> None:
    pymap_server.deliver(*(mail(body=f"Hello {number}.", sender=f"one{number}@example.net") for number in range(6)))
    notes: list[str | None] = []

    def poll() -> None:
        with open_app(Settings()) as other:
            notes.append(other.poll_once().note)

    threads = [threading.Thread(target=poll) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert len(notes) == 3
    assert set(notes) <= {None, "another poll is running"}
    with intake.store.reading() as session:
        assert sum(ledger.counts(session).values()) == 6
