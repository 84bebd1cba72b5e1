"""Leases of killed processes are free at once; those of the living, and of other machines, are not."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from pipeline.store import leases, ledger, owners
from pipeline.store.engine import Store
from pipeline.store.ledger import Arrived

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def killed() -> str:
    """The owner's name of a process that was alive and was then killed."""
    say = "import sys, time; from pipeline.store import owners; print(owners.me(), flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", say], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        owner = process.stdout.readline().strip()
        assert owner
        assert not owners.is_dead(owner)
        process.kill()
    return owner


def test_only_a_killed_process_of_this_machine_is_dead() -> None:
    owner = killed()
    assert owners.is_dead(owner)
    assert not owners.is_dead(owners.me())
    assert not owners.is_dead("othermachine-1." + owner.partition(".")[2])
    assert not owners.is_dead("somebody")
    assert not owners.is_dead(None)


def test_a_process_id_used_again_is_not_the_old_process() -> None:
    machine, _, started, rest = owners.me().split(".")
    assert owners.is_dead(f"{machine}.{os.getpid()}.{int(started) - 5}.{rest}")


def test_the_mail_and_the_lease_of_a_killed_worker_are_free_at_once(store: Store) -> None:
    owner = killed()
    with store.session() as session:
        arrived = Arrived("hub@mail.example", "INBOX", 7, 1, "a" * 64, 10, NOW)
        number = ledger.record(session, arrived)
        assert leases.acquire(session, "poll", owner, NOW, HOUR) == 1
    with store.session() as session:
        claimed = ledger.claim(session, owner, NOW, HOUR)
    assert claimed is not None
    with store.reading() as session:
        assert ledger.pending(session, NOW) == [number]
    with store.session() as session:
        again = ledger.claim(session, owners.me(), NOW, HOUR)
        assert again is not None
        assert (again.id, again.attempt) == (number, 2)
        assert leases.acquire(session, "poll", owners.me(), NOW, HOUR) == 2
    with store.session() as session:
        assert ledger.claim(session, owners.me(), NOW, HOUR) is None
        assert ledger.pending(session, NOW) == []
        assert leases.acquire(session, "poll", owners.me(), NOW, HOUR) is None
