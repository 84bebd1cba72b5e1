"""Faults of the mail sender, the disk, the database, the clock, and of workers among themselves."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
from pydantic import SecretStr

import pipeline.store.engine
from benchmarks.faults import worker
from benchmarks.faults.kinds import Kind, Unfit, after, go, must_have_said, start
from benchmarks.faults.worker import Life
from benchmarks.faults.world import World
from pipeline.app import App

YEAR = timedelta(days=400)


def sender_down(here: World, mails: int) -> None:
    """No mail server takes letters, for longer than a letter has attempts."""
    here.sink.stop()
    here.deliver(mails)
    go(here)
    for hours in range(1, 20):
        go(here, life=Life(rounds=1, ahead=timedelta(hours=3 * hours)))
    must_have_said_waiting(here, mails)
    here.sink.start()


def must_have_said_waiting(here: World, mails: int) -> None:
    """Every letter still waits to be sent, though nobody took any."""
    app = App.open(here.settings())
    try:
        queued = sum(letter.state == "queued" for contact in app.contacts() for letter in contact.correspondence)
    finally:
        app.close()
    if queued != mails:
        raise RuntimeError(f"{queued} of {mails} letters wait")


def sender_refuses(here: World, mails: int) -> None:
    """The server takes no letter for now."""
    here.sink.behave("refuse")
    here.deliver(mails)
    go(here)
    go(here, life=Life(rounds=1, ahead=timedelta(hours=3)))
    here.sink.behave("take")


def sender_rejects(here: World, mails: int) -> None:
    """The server refuses letters for good: they stay, for a person."""
    here.sink.behave("reject")
    here.deliver(mails)
    go(here)
    here.sink.behave("take")


def sender_slow(here: World, mails: int) -> None:
    """The server takes its time with each letter, and the worker is killed while it waits."""
    here.sink.behave("slow 1")
    here.deliver(mails)
    for _ in range(3):
        child = start(here, life=Life())
        if worker.finish(child, 2.0) is None:
            worker.kill(child)
    here.sink.behave("take")


def sender_vanishes(here: World, mails: int) -> None:
    """The server takes a letter, and the line breaks before it says so."""
    here.sink.behave("vanish")
    here.deliver(mails)
    go(here)
    here.sink.behave("take")


def sender_refuses_us(here: World, mails: int) -> None:
    """The sign-in at the sender is refused, and its certificate is not trusted."""
    here.deliver(mails)
    go(here, here.settings(smtp_password=SecretStr("last-months-word")))
    go(here, here.settings(smtp_ca_file=None), Life(rounds=1, ahead=timedelta(hours=3)))


@contextmanager
def _small_disk(here: World, size: str) -> Iterator[Path]:
    """The data folder on a disk of its own."""
    folder = here.settings().data_dir
    folder.mkdir(mode=0o700)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "none", str(folder)], capture_output=True, check=False)
    if made.returncode:
        raise Unfit("a small disk can only be made by root")
    yield folder
    # Left mounted for the examination; the world's folder is unmounted with it.


def _remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def disk_full(here: World, mails: int) -> None:
    """The disk fills up with mails, and is made larger."""
    with _small_disk(here, "2m") as folder:
        (folder / "ballast").write_bytes(b"x" * 1_500_000)
        here.deliver(mails)
        for _ in range(4):
            go(here)
        must_have_said(here, "full")
        (folder / "ballast").unlink()
        _remount(folder, "size=64m")


def disk_read_only(here: World, mails: int) -> None:
    """The disk is suddenly read-only, as after an error of the machine."""
    with _small_disk(here, "64m") as folder:
        here.deliver(mails)
        child = start(here, life=Life())
        worker.finish(child, 0.7)
        worker.kill(child)
        _remount(folder, "ro")
        go(here)
        must_have_said(here, "permissions")
        _remount(folder, "rw")


def database_locked(here: World, mails: int) -> None:
    """Somebody holds the database for longer than we wait."""
    here.deliver(mails)
    go(here, life=Life(rounds=0))
    before, pipeline.store.engine.BUSY_SECONDS = pipeline.store.engine.BUSY_SECONDS, 1
    try:
        with closing(sqlite3.connect(here.settings().data_dir / "mash-intake.sqlite3", isolation_level=None)) as other:
            child = start(here, life=Life(rounds=6))
            for _ in range(4):
                other.execute("BEGIN IMMEDIATE")
                worker.finish(child, 2.5)
                other.execute("ROLLBACK")
                time.sleep(0.2)
            after(here, child)
    finally:
        pipeline.store.engine.BUSY_SECONDS = before
    must_have_said(here, "locked")


def database_restarted(here: World, mails: int) -> None:
    """The database crashes under us, again and again, and recovers."""
    url = str(here.database).replace("postgresql+psycopg", "postgresql")
    here.deliver(mails)
    child = start(here, life=Life(rounds=12))

    def crash() -> None:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                pid = connection.execute("SELECT pg_backend_pid()").fetchone()
            # A backend that is killed makes the server throw everybody out and recover.
            with psycopg.connect(url, autocommit=True) as connection:
                pid = connection.execute("SELECT pg_backend_pid()").fetchone()
                os.kill(int(pid[0]) if pid else 0, signal.SIGKILL)
        except psycopg.Error:
            return

    after(here, child, crash, every=0.6)
    must_have_said(here, "down")


def clock_jumps(here: World, mails: int) -> None:
    """The clock is a year ahead while workers die, then right, then a year behind, then right."""
    for ahead in (YEAR, timedelta(0), -YEAR, YEAR, timedelta(0)):
        here.deliver(max(1, mails // 5))
        here.sink.behave("refuse")
        for _ in range(2):
            child = start(here, life=Life(ahead=ahead))
            if worker.finish(child, 0.5) is None:
                worker.kill(child)
        here.sink.behave("take")
    go(here, life=Life(rounds=3))


def many_workers(here: World, mails: int) -> None:
    """Four workers on one mailbox and one store."""
    here.deliver(mails)
    children = [start(here, life=Life(rounds=3)) for _ in range(4)]
    here.deliver(mails)
    for child in children:
        after(here, child)


def stood_still(here: World, mails: int) -> None:
    """A worker's machine stands still past its lease, another takes over, and the first wakes up."""
    here.deliver(mails)
    for point in ("letter composed", "mail fetched", "before the mail server is asked"):
        here.deliver(1)
        child = start(here, life=Life(rounds=2))
        worker.finish(child, 0.15 if point == "mail fetched" else 0.4)
        if Path(f"/proc/{child}").exists():
            os.kill(child, signal.SIGSTOP)
            go(here, life=Life(rounds=1, ahead=timedelta(hours=1)))
            os.kill(child, signal.SIGCONT)
        after(here, child)


def bytes_damaged(here: World, mails: int) -> None:
    """A kept mail is damaged on the disk before it was worked through: it alone goes to a person."""
    here.deliver(mails)
    app = App.open(here.settings())
    try:
        app.poll_once()
        paths = sorted((here.settings().data_dir / "mail").glob("??/*"))
        whole = paths[0].read_bytes()
        paths[0].write_bytes(whole[: len(whole) // 2])
    finally:
        app.close()
    go(here)
    paths[0].write_bytes(whole)


def prefect_gone(here: World, mails: int) -> None:
    """Prefect's database is ruined: the poll goes on without it, and says so."""
    home = here.settings().data_dir / "prefect"
    home.mkdir(parents=True, mode=0o700)
    (home / "prefect.db").write_bytes(b"no database" * 1000)
    here.deliver(mails)
    command = [sys.executable, "-m", "pipeline.cli", "poll", "--once"]
    environment = {**os.environ, **here.environment()}
    told = subprocess.run(command, env=environment, cwd=here.folder, capture_output=True, text=True, check=False, timeout=240)
    if told.returncode or "Prefect" not in told.stdout or f"{mails} new" not in told.stdout:
        raise RuntimeError(f"poll said: {told.stdout[-500:]} {told.stderr[-500:]}")


KINDS = (
    Kind("sender down for two days", sender_down),
    Kind("sender refuses for now", sender_refuses),
    Kind("sender refuses for good", sender_rejects),
    Kind("sender slow, worker killed meanwhile", sender_slow),
    Kind("sender takes a letter and hangs up", sender_vanishes),
    Kind("sender refuses our sign-in, and is not trusted", sender_refuses_us),
    Kind("disk full", disk_full),
    Kind("disk read-only", disk_read_only),
    Kind("database locked", database_locked),
    Kind("database crashes and recovers", database_restarted, database=True),
    Kind("clock jumps", clock_jumps),
    Kind("four workers at once", many_workers),
    Kind("a worker stands still past its lease", stood_still),
    Kind("kept bytes damaged", bytes_damaged),
    Kind("Prefect's server gone", prefect_gone),
)
