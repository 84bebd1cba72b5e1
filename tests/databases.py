"""A real PostgreSQL for tests, where the machine has one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.servers import START_SECONDS, free_port, give_to, server_folder, unprivileged, wait_for


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of Debian's, run as an ordinary user in a folder of its own; gives its URL. Raises FileNotFoundError where it is not installed."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not binaries:
        raise FileNotFoundError("PostgreSQL is not on this machine; install it with: sudo apt-get install postgresql")
    user, group = unprivileged()
    with server_folder() as folder:
        give_to(folder, user, group)
        as_user = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"] if os.geteuid() == 0 else []
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        make = [*as_user, str(binaries[-1] / "initdb"), "-D", str(folder / "data"), "-U", "mash", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        subprocess.run(make, check=True, **quiet)
        port = free_port()
        settings = ["-c", "listen_addresses=127.0.0.1", "-c", f"port={port}", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
        run = [*as_user, str(binaries[-1] / "postgres"), "-D", str(folder / "data"), *settings]
        process = subprocess.Popen(run, start_new_session=True, **quiet)
        try:
            wait_for(port, process)
            yield f"postgresql://mash@127.0.0.1:{port}/postgres"
        finally:
            os.killpg(process.pid, signal.SIGQUIT)
            process.wait(timeout=START_SECONDS)
