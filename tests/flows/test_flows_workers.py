"""Several machines, as far as one can show it: Prefect's server and the hub on PostgreSQL, `mash-intake deploy`, and two `prefect worker`s, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from pipeline.app import App, open_app
from pipeline.settings import Settings
from pipeline.store import ledger
from pipeline.store.keyring import new_file, new_key
from tests.databases import postgresql_server
from tests.flows.asking import ask
from tests.mails import CHILD, form, mail
from tests.servers import Mailbox, free_port

pytestmark = pytest.mark.timeout(2400)

SECONDS = 600
"""Far more than anything here takes on a busy machine."""
CHILDREN = [CHILD | {"Forename(s)": name, "Date of birth": f"{day:02}/04/2016"} for day, name in enumerate(("Perran", "Isla", "Oriel", "Tamsin"), 3)]


@dataclass
class _Site:
    """A Prefect server that several machines share, and what each of them has in its environment."""

    environment: dict[str, str]
    folder: Path

    @property
    def url(self) -> str:
        return self.environment["PREFECT_API_URL"].removesuffix("/api")

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{command[0]}.log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", "prefect", *command], env=self.environment | more, cwd=self.folder, stdout=log, stderr=log)

    def deployments(self) -> dict[str, str]:
        """Their ids, by the names of their flows."""
        flows = {one["id"]: one["name"] for one in ask(self.url, "flows/filter")}
        return {flows[one["flow_id"]]: one["id"] for one in ask(self.url, "deployments/filter")}

    def post(self, what: str, data: str = "") -> None:
        """Have the server do something, as from the dashboard."""
        asked = urllib.request.Request(f"{self.url}/api/{what}", data=data.encode(), headers={"Content-Type": "application/json"})
        urllib.request.urlopen(asked, timeout=60).close()

    def run(self, flow: str) -> None:
        """Have a run begun now."""
        self.post(f"deployments/{self.deployments()[flow]}/create_flow_run", '{"state": {"type": "SCHEDULED"}}')

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.environment['PREFECT_API_URL']}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def _until(true: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.25)


def _descendants(number: int) -> list[int]:
    """A process and all that it started, and they in turn."""
    found = [number]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def _end(process: subprocess.Popen[bytes]) -> None:
    """With all that it started."""
    for number in reversed(_descendants(process.pid)):
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait(SECONDS)


@pytest.fixture
def site(tmp_path: Path, pymap_server: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Site]:
    account = pymap_server.account
    new_file(tmp_path / "keys", new_key(datetime.now(UTC)))
    with postgresql_server() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE prefect")
            connection.execute("CREATE DATABASE hub")
        given = {
            "AUTHORITY": "lewisham",
            "DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": url.replace("/postgres", "/hub"),
            "KEY_FILE": str(tmp_path / "keys"),
            "IMAP_HOST": account.host,
            "IMAP_PORT": str(account.port),
            "IMAP_SECURITY": "none",
            "IMAP_USER": account.user,
            "IMAP_PASSWORD": account.password,
        }
        for name, value in given.items():
            monkeypatch.setenv(f"MASH_{name}", value)
        monkeypatch.chdir(tmp_path)
        port = free_port()
        prefect = {
            "PREFECT_HOME": str(tmp_path / "prefect"),
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }
        made = _Site({name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | prefect, tmp_path)
        stored = url.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres", "/prefect")
        server = made.start("server", "start", "--host", "127.0.0.1", "--port", str(port), PREFECT_SERVER_DATABASE_CONNECTION_URL=stored)
        try:
            _until(lambda: made.answers() or server.poll() is not None)
            yield made
        finally:
            _end(server)


def test_two_workers_of_which_one_is_killed_lose_and_double_nothing(site: _Site, pymap_server: Mailbox) -> None:
    deployed = subprocess.run([sys.executable, "-m", "pipeline.cli", "deploy"], env=site.environment, capture_output=True, text=True, check=False)
    assert deployed.returncode == 0, deployed.stderr
    for number in site.deployments().values():
        site.post(
            f"deployments/{number}/pause_deployment"
        )  # nothing comes due by itself: each run starts a process, and two cores are enough for those asked for
    mails = [mail(("Referral.docx", form(child)), subject=f"Referral {number}") for number, child in enumerate(CHILDREN)]
    mails += [mail(body=f"Is this the right address? {number}", sender=f"someone{number}@example.net") for number in range(4)]
    pymap_server.deliver(*mails)
    workers = [site.start("worker", "start", "--pool", "mash-intake") for _ in range(2)]
    try:
        site.run("poll")
        with open_app(Settings()) as intake:
            _until(lambda: sum(_counts(intake).values()) == len(mails))
            site.run("process")
            _until(lambda: _finished(intake) >= 1)
            _end(max(workers, key=lambda worker: len(_descendants(worker.pid))))  # the one that is at work
            _work_off(site, intake, len(mails))
            held = Counter(one.message.id for one in intake.contacts())
            assert max(held.values()) == 1, "a contact for each mail and no second"
            assert len(held) == len(mails)
        _until(lambda: any(run["state_name"] == "Completed" and run["work_pool_name"] == "mash-intake" for run in ask(site.url, "flow_runs/filter")))
    finally:
        for worker in workers:
            _end(worker)
    told = json.dumps([ask(site.url, what) for what in ("flow_runs/filter", "task_runs/filter", "logs/filter")])
    assert "someone1@example.net" not in told
    assert "Perran" not in told


def _work_off(site: _Site, intake: App, mails: int) -> None:
    """As the schedule does: a run now and then, until nothing waits."""
    end = time.monotonic() + SECONDS
    while _finished(intake) < mails and time.monotonic() < end:
        site.run("process")
        again = time.monotonic() + 30
        while _finished(intake) < mails and time.monotonic() < again:
            time.sleep(0.25)
    assert _finished(intake) == mails


def _counts(intake: App) -> dict[str, int]:
    with intake.store.reading() as session:
        return dict(ledger.counts(session))


def _finished(intake: App) -> int:
    found = _counts(intake)
    return found["done"] + found["person"]
