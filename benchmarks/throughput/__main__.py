"""Mails a second from mailbox to committed contact and outbox: `python -m benchmarks.throughput [--mails 60] [--records 300000] [--workers 1 2]`.

Dovecot on loopback, a new store for each line; the crew has everything loaded and has read one form before the clock starts. With `--prefect` the same again
through the flows, under a Prefect server of our own: the difference is what Prefect costs. `--database postgresql` takes a real PostgreSQL. `--backlog`
times short mails with so many of them waiting. Nothing here is sent to anybody. "Worked" counts the mails a second without the time the poll took: what more
workers can make faster.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import signal
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.throughput.mails import mixed, short
from flows.embedded import prefect_session
from flows.rounds import round_alone, run_round
from flows.runner import Crewed
from models.runs import PollSummary
from pipeline.app import App
from pipeline.settings import load_settings
from pipeline.store import ledger
from pipeline.workers.crew import Crew
from tests.databases import postgresql_server
from tests.servers import Dovecot, dovecot_server

CACHE = Path(".venv/bench-throughput")
TIMED_OF_BACKLOG = 200


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=60)
    parser.add_argument("--records", type=int, default=300_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--prefect", action="store_true")
    parser.add_argument("--backlog", type=int, nargs="*", default=[])
    given = parser.parse_args()
    mails, records = mixed(given.mails, 11, CACHE), register(given.records)
    print(f"{given.mails} mails, half DOCX and half PDF; {given.records} records; {given.database}; {os.cpu_count()} processors")
    print(f"{'':<34}{'mails a second':>16}{'worked':>10}{'ms a mail':>12}{'processor ms':>14}{'own MB':>10}{'load s':>10}{'replaced s':>12}")
    with _databases(given.database) as database, dovecot_server() as dovecot:
        for workers in given.workers:
            for prefect in (False, True) if given.prefect else (False,):
                _line(workers, prefect, measured(mails, records, workers, prefect, database, dovecot))
        for waiting in given.backlog:
            print(f"{f'short mails, {waiting} waiting':<34}{'':>26}{backlog(waiting, max(given.workers), database, dovecot):>12.1f}")


def _line(workers: int, prefect: bool, found: dict[str, float]) -> None:
    title = f"{workers} worker{'s' if workers > 1 else ''}" + (", through Prefect" if prefect else "")
    print(
        f"{title:<34}{found['a second']:>16.2f}{found['worked']:>10.2f}{1000 / found['a second']:>12.0f}{found['processor']:>14.0f}{found['megabytes']:>10.0f}{found['load']:>10.1f}{found['replaced']:>12.2f}",
        flush=True,
    )


def register(people: int) -> Path:
    """So many made-up records as a CSV file, kept for the next time."""
    from benchmarks.matching.scale import make

    folder = CACHE / f"register-{people}"
    if not (folder / "records.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        make(folder, people)
    return folder / "records.csv"


@contextlib.contextmanager
def _databases(kind: str) -> Iterator[str | None]:
    if kind == "sqlite":
        yield None
        return
    with postgresql_server() as url:
        yield url


@contextlib.contextmanager
def hub(database: str | None, dovecot: Dovecot) -> Iterator[tuple[App, Dovecot, object]]:
    """A new hub on a new store and a new mailbox, its settings in the environment as its workers need them."""
    mailbox = dovecot.mailbox()
    account = mailbox.account
    with tempfile.TemporaryDirectory() as folder:
        url = _new_database(database, Path(folder).name) if database else None
        given = {
            "AUTHORITY": "lewisham",
            "DATA_DIR": folder,
            "DATABASE_URL": url,
            "IMAP_HOST": account.host,
            "IMAP_PORT": str(account.port),
            "IMAP_USER": account.user,
            "IMAP_PASSWORD": account.password,
            "IMAP_CA_FILE": str(account.ca_file),
        }
        os.environ.update({f"MASH_{name}": value for name, value in given.items() if value})
        intake = App.open(load_settings())
        try:
            yield intake, dovecot, mailbox
        finally:
            intake.close()


def _new_database(url: str, name: str) -> str:
    import psycopg

    wanted = "".join(character for character in name.lower() if character.isalnum())
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {wanted}")  # type: ignore[call-overload, unused-ignore]
    return url.rpartition("/")[0] + f"/{wanted}"


def measured(mails: list[bytes], records: Path, workers: int, prefect: bool, database: str | None, dovecot: Dovecot) -> dict[str, float]:
    """One line of the table."""
    with hub(database, dovecot) as (intake, _, mailbox), Crew(workers, intake.settings) as crew:
        intake.import_records(records, None, lambda _: None)
        begun = time.perf_counter()
        _ready(crew)
        load, replaced = time.perf_counter() - begun, _replaced(crew)
        one = _Clocked(intake, crew)
        with prefect_session(Path(intake.settings.data_dir)) if prefect else contextlib.nullcontext() as session:
            if session is not None and session.ready():
                run_round(one, session)
            mailbox.deliver(mails[0])  # type: ignore[attr-defined]
            round_alone(one)
            mailbox.deliver(*mails[1:])  # type: ignore[attr-defined]
            one.polling = 0.0
            begun, used = time.perf_counter(), processor_seconds()
            while _left(intake):
                run_round(one, session) if session is not None else round_alone(one)
            took, used = time.perf_counter() - begun, processor_seconds() - used
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        count = len(mails) - 1
        worked = count / (took - one.polling)
        return {
            "a second": count / took,
            "worked": worked,
            "processor": 1000 * used / count,
            "megabytes": megabytes,
            "load": load,
            "replaced": replaced,
        }


class _Clocked(Crewed):
    """A hub that knows how long its polls took."""

    polling = 0.0

    def poll_once(self) -> PollSummary:
        """Take in what is new, by the clock."""
        begun = time.perf_counter()
        try:
            return super().poll_once()
        finally:
            self.polling += time.perf_counter() - begun


def processor_seconds() -> float:
    """What this process and everything it started have used, those that ended among them."""
    mine, found = {os.getpid()}, 0.0
    table = [[*told.rpartition(")")[2].split(), number] for number, told in _processes()]
    while more := {int(row[-1]) for row in table if int(row[1]) in mine} - mine:
        mine |= more
    for row in table:
        if int(row[-1]) in mine:
            found += sum(int(ticks) for ticks in row[11:15])
    return found / os.sysconf("SC_CLK_TCK")


def _processes() -> Iterator[tuple[str, str]]:
    """Number and `stat` of each process; one may end while it is read."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                yield entry.name, (entry / "stat").read_text()


def _left(intake: App) -> bool:
    """Whether the round has work: mail in the inbox, or in the ledger."""
    from pipeline.edges import mailbox
    from pipeline.ingest.imap import Inbox

    with intake.store.reading() as session:
        if ledger.waiting(session):
            return True
    with Inbox(mailbox(intake.settings)) as inbox:
        return bool(inbox.uids())


def _ready(crew: Crew) -> None:
    """Until every worker has answered."""
    threads = [threading.Thread(target=crew.process, args=(0,)) for _ in range(crew.width)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _replaced(crew: Crew) -> float:
    """How long until a worker that was killed has a successor that answers: median of five."""
    times = []
    for _ in range(5):
        server = crew._server  # noqa: SLF001 - measured from the inside
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split() if server else []
        os.kill(int(children[0]), signal.SIGKILL)
        begun = time.perf_counter()
        _ready(crew)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def backlog(waiting: int, workers: int, database: str | None, dovecot: Dovecot) -> float:
    """Milliseconds for a short mail with so many in the ledger, over a part of them."""
    from pipeline.shell.backfill import _record

    with hub(database, dovecot) as (intake, _, _mailbox), Crew(workers, intake.settings) as crew:
        _ready(crew)
        for number in range(waiting):
            _record(intake, short(number).as_bytes(), "bench", "bench", 1, number + 1, intake.now())
        one = Crewed(intake, crew)
        begun = time.perf_counter()
        numbers = one.pending()[:TIMED_OF_BACKLOG]
        parts = [numbers[part::workers] for part in range(workers)]
        threads = [threading.Thread(target=lambda part=part: [one.process(number) for number in part]) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return 1000 * (time.perf_counter() - begun) / len(numbers)


if __name__ == "__main__":
    main()
