"""`mash-intake serve` on a real PostgreSQL while the world around it fails: the database goes and comes back, the settings change, Prefect's server dies."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.settings import SETTINGS_FILE
from pipeline.store.keyring import new_file, new_key
from tests.databases import PostgreSQL, postgresql
from tests.flows.asking import ask
from tests.mails import mail
from tests.servers import Dovecot, Mailbox, SmtpServer, free_port

pytestmark = pytest.mark.timeout(2400)

SECONDS = 600
"""Far more than anything here takes on a busy machine."""
MARKER = "Quillfeather"


@dataclass
class _Hub:
    """A hub that is served, with what it says and what a monitor is told of it."""

    folder: Path
    mailbox: Mailbox
    process: subprocess.Popen[bytes]
    health: str
    sent: list[bytes] = field(default_factory=list)

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait for it; the hub must not end meanwhile."""
        end = time.monotonic() + SECONDS
        while not true():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, f"{what} never came: {self.said()}"
            time.sleep(0.25)

    def told(self) -> dict[str, Any]:
        """What /health says; nothing where nobody answers yet."""
        with contextlib.suppress(OSError):
            try:
                with urllib.request.urlopen(f"{self.health}/health", timeout=30) as answer:
                    return dict(json.load(answer))
            except urllib.error.HTTPError as error:
                return dict(json.load(error))
        return {}

    def is_good(self) -> bool:
        return self.told().get("status") == "good"

    def bring(self, text: str) -> None:
        """A mail into the mailbox, and wait until all that came are worked through."""
        self.deliver(text)
        self.until(lambda: self._finished() == len(self.sent), "the mail's contact")

    def deliver(self, text: str) -> None:
        one = mail(body=f"{text} {MARKER}", sender=f"{MARKER.lower()}{len(self.sent)}@example.net")
        self.sent.append(one)
        self.mailbox.deliver(one)

    def _finished(self) -> int:
        mails = self.told().get("mails", {})
        return int(mails.get("done", 0)) + int(mails.get("person", 0))

    def polls(self) -> list[str]:
        """What the dashboard says of the polls."""
        url = (self.folder / "data/prefect/server.url").read_text().strip()
        return [str((run["state"] or {}).get("message")) for run in ask(url, "flow_runs/filter") if run["name"].startswith("poll ")]

    def settings(self, **given: Any) -> None:
        """Write the settings file anew."""
        lines = [f"{name} = {json.dumps(value)}" for name, value in given.items()]
        (self.folder / "new.toml").write_text("\n".join(lines) + "\n")
        (self.folder / "new.toml").replace(self.folder / SETTINGS_FILE)

    def children(self, module: str) -> list[int]:
        """Processes of this hub that run a module of ours."""
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if _runs(path, self.folder, module)]


def _runs(environ: Path, folder: Path, module: str) -> bool:
    try:
        here = f"MASH_KEY_FILE={folder / 'keys'}".encode() in environ.read_bytes()
        words = environ.with_name("cmdline").read_bytes().decode().split("\0")
    except OSError:
        return False
    return here and words[1:3] == ["-m", module]


@pytest.fixture
def database() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


@pytest.fixture
def hub(tmp_path: Path, database: PostgreSQL, dovecot: Dovecot, smtp_server: SmtpServer) -> Iterator[_Hub]:
    mailbox, health = dovecot.mailbox(), free_port()
    account = mailbox.account
    new_file(tmp_path / "keys", new_key(datetime.now(UTC)))
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MASH_", "PREFECT_"))}
    given = {
        "KEY_FILE": tmp_path / "keys",
        "DATABASE_URL": database.url,
        "HEALTH_PORT": health,
        "LOG_FORMAT": "json",
        "IMAP_HOST": account.host,
        "IMAP_PORT": account.port,
        "IMAP_USER": account.user,
        "IMAP_PASSWORD": account.password,
        "IMAP_CA_FILE": account.ca_file,
        "SMTP_HOST": "localhost",
        "SMTP_PORT": smtp_server.tls_port,
        "SMTP_USER": smtp_server.user,
        "SMTP_PASSWORD": smtp_server.password,
        "SMTP_CA_FILE": smtp_server.certificate.certificate,
        "SMTP_FROM": "mash@example-council.example",
    }
    (tmp_path / SETTINGS_FILE).write_text('authority = "lewisham"\ndata_dir = "data"\n')
    environment = clean | {f"MASH_{name}": str(value) for name, value in given.items()}
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen([sys.executable, "-m", "pipeline.cli", "serve"], env=environment, cwd=tmp_path, stdout=said, stderr=said)
    served = _Hub(tmp_path, mailbox, process, f"http://127.0.0.1:{health}")
    try:
        served.until(served.is_good, "the first poll")
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)


def test_the_database_goes_the_settings_change_and_prefect_dies(hub: _Hub, database: PostgreSQL) -> None:
    hub.bring("Is this the right address?")
    _while_the_database_is_down(hub, database)
    _while_the_settings_change(hub)
    _until_prefect_dies(hub)
    lines = [json.loads(line) for line in (hub.folder / "data/prefect/runner.log").read_text().splitlines()]
    assert len({line["ledger_id"] for line in lines if line.get("event") == "message"}) == len(hub.sent)
    assert any(line.get("event") == "take-in" and line.get("error") == "Retry" for line in lines)
    assert MARKER.lower() not in json.dumps(lines).lower()


def _while_the_database_is_down(hub: _Hub, database: PostgreSQL) -> None:
    """It is told, nothing of ours ends, what comes meanwhile stays at the mail server, and is worked through afterwards."""
    before = hub.children("flows.runner")
    database.stop()
    hub.deliver("Sent while the database was down.")
    hub.until(lambda: "store" in hub.told().get("troubles", {}), "health's word")
    hub.until(lambda: any("retry: " in words for words in hub.polls()), "a poll that failed")
    database.start()
    hub.until(hub.is_good, "health")
    hub.bring("Sent when it was there again.")
    assert hub.children("flows.runner") == before, "the same process goes on"


def _while_the_settings_change(hub: _Hub) -> None:
    hub.settings(authority="atlantis", data_dir="data")
    hub.until(lambda: "are not taken: " in hub.said() and "atlantis" in hub.said(), "the refusal")
    hub.settings(authority="lewisham", data_dir="elsewhere")
    hub.until(lambda: "data_dir cannot change under way" in hub.said(), "the second refusal")
    before = hub.children("flows.runner")
    hub.bring("Sent while the settings were wrong.")
    hub.settings(authority="lewisham", data_dir="data", imap_watch="look")
    hub.until(lambda: "go on with the new ones" in hub.said(), "the new settings")
    hub.until(lambda: hub.children("flows.runner") not in ([], before), "a runner of the new settings")
    hub.bring("Sent after they were changed.")
    assert not (hub.folder / "elsewhere").exists()


def _until_prefect_dies(hub: _Hub) -> None:
    """`serve` says so and ends, with everything it started: whoever started it starts it again."""
    for number in hub.children("flows.orderly"):
        os.kill(number, signal.SIGKILL)
    assert hub.process.wait(SECONDS) == 1
    assert hub.said().splitlines()[-1].startswith("mash-intake: Prefect's server ended by itself")
    assert "Traceback" not in hub.said()
    left = [pid for module in ("flows.runner", "flows.orderly", "pipeline.workers.server") for pid in hub.children(module)]
    assert left == []
