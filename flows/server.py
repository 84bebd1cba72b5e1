"""Prefect's own server as a child process on loopback, its data under ours, saying nothing to the outside."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.leash import end, leashed
from pipeline.errors import Retry

START_SECONDS = 240
"""A fresh database takes a quarter of a minute on two idle cores, and took 95 where seven others worked on them; a server that dies is known at once. Prefect's own 20 are too few."""


ANSWER_SECONDS = 12
"""Longer than the server waits for its own database, which answers in milliseconds otherwise."""


def environment(home: Path, url: str) -> dict[str, str]:
    """What every Prefect process of ours runs under, server and client alike."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"{url}/api",
        "PREFECT_UI_API_URL": f"{url}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_SECONDS),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        # Fewer writers, and fewer writes: nothing of ours pauses, and task runs are written down by the second, not one by one.
        "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "25",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        # A server that does not answer is asked again soon, and not for long: no round waits a minute on it.
        "PREFECT_API_REQUEST_TIMEOUT": str(ANSWER_SECONDS),
        "PREFECT_CLIENT_MAX_RETRIES": "2",
        "PREFECT_LOGGING_LOG_PRINTS": "false",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_CLI_COLORS": "false",
    }


def free_port() -> int:
    """A port on loopback that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody holds a port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class PrefectServer:
    """A running server: started at once, ready when `wait` says so, gone at the end of the `with`.

    Where one already serves the same folder it is used and left running: two servers on one SQLite file lock each other out.
    """

    def __init__(self, data_dir: Path, port: int | None = None) -> None:
        self.home = (data_dir / "prefect").absolute()
        self.log = self.home / "server.log"
        self._note = self.home / "server.url"
        self._process: subprocess.Popen[bytes] | None = None
        there = self._running()
        self.joined = there is not None
        self.url = there or f"http://127.0.0.1:{port or free_port()}"

    def _running(self) -> str | None:
        """The address of a server that already serves this folder."""
        try:
            url = self._note.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return url if url.startswith("http://127.0.0.1:") and healthy(url) else None

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this server and its clients."""
        return environment(self.home, self.url)

    @property
    def client_environment(self) -> dict[str, str]:
        """All that a process which talks to this server runs under."""
        return _clean() | self.environment

    @property
    def alive(self) -> bool:
        """Whether the server still runs."""
        if self.joined:
            return healthy(self.url)
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> Self:
        """Start it. Raises Retry when the folder cannot be written."""
        if self.joined:
            return self
        command = [sys.executable, "-m", "flows.orderly", "server", "start", "--host", "127.0.0.1", "--port", self.url.rsplit(":", 1)[-1]]
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.log.open("ab") as log:
                self._process = leashed(command, self.client_environment, log)
            self._note.write_text(self.url, encoding="ascii")
        except OSError as error:
            raise Retry(f"Prefect's server could not be started under {self.home}: {error.strerror}. Check the folder, then run again.") from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop it: politely, then not."""
        if self._process is None:
            return
        end(self._process)
        self._note.unlink(missing_ok=True)

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Until it answers. Raises Retry when it does not in time, or has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.alive:
                break
            if healthy(self.url):
                if not serves(self.url, self.home):
                    raise Retry(f"another Prefect server took {self.url} while ours was starting; start again, and another port is taken")
                return
            time.sleep(0.25)
        raise Retry(f"Prefect's server did not start. What it said is in {self.log}; run again, and if it stays so, move {self.home} aside.")


def healthy(url: str) -> bool:
    """Whether a Prefect server answers there."""
    try:
        with urllib.request.urlopen(f"{url}/api/health", timeout=2) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def serves(url: str, home: Path) -> bool:
    """Whether the server that answers there is the one of this folder: two that start together may have chosen the same port."""
    try:
        with urllib.request.urlopen(f"{url}/api/admin/settings", timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - our own loopback address
            return bool(json.load(answer).get("home") == str(home))
    except (OSError, urllib.error.URLError, ValueError):
        return False


def _clean() -> dict[str, str]:
    """This process's environment without anybody else's Prefect settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
