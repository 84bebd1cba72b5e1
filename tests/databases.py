"""A real PostgreSQL for tests, where the machine has one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from tests.servers import START_SECONDS, free_port, give_to, server_folder, unprivileged, wait_for


class PostgreSQL:
    """A PostgreSQL of Debian's, run as an ordinary user in a folder of its own; it may be stopped and started again. Raises FileNotFoundError where it is not installed."""

    def __init__(self, folder: Path) -> None:
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not binaries:
            raise FileNotFoundError("PostgreSQL is not on this machine; install it with: sudo apt-get install postgresql")
        user, group = unprivileged()
        give_to(folder, user, group)
        self._as_user = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"] if os.geteuid() == 0 else []
        self._folder, self._binaries, self._port = folder, binaries[-1], free_port()
        self._quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        make = [str(self._binaries / "initdb"), "-D", str(folder / "data"), "-U", "mash", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        subprocess.run([*self._as_user, *make], check=True, **self._quiet)
        self.url = f"postgresql://mash@127.0.0.1:{self._port}/postgres"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers."""
        settings = [
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"port={self._port}",
            "-c",
            f"unix_socket_directories={self._folder}",
            "-c",
            "fsync=off",
        ]
        run = [*self._as_user, str(self._binaries / "postgres"), "-D", str(self._folder / "data"), *settings]
        self._process = subprocess.Popen(run, start_new_session=True, **self._quiet)
        wait_for(self._port, self._process)
        end = time.monotonic() + START_SECONDS
        while not self._answers() and time.monotonic() < end:
            time.sleep(0.05)

    def _answers(self) -> bool:
        """It listens before it is ready."""
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """At once, as a machine does that fails; asking again is harmless."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGQUIT)
            self._process.wait(timeout=START_SECONDS)
            self._process = None


@contextlib.contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """One that runs until the end, whatever was done to it between."""
    with server_folder() as folder:
        server = PostgreSQL(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """Its URL."""
    with postgresql() as server:
        yield server.url
