"""`mash-intake serve`: Prefect's server and dashboard, the flows on their schedules, and the screeners' console, on this machine alone.

Child processes, watched: when Prefect's server or the flows end by themselves the others are stopped and the command ends with one line, so that whatever
started it starts it again. The console is started again by itself: mail is never left waiting because a page failed.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from pipeline.errors import Retry, WrongSetup
from pipeline.settings import Settings

if TYPE_CHECKING:
    from flows.server import PrefectServer
    from pipeline.console import Beside

PORT = 4200
"""Prefect's own, so that its documentation fits; another when it is taken."""
STOP_SECONDS = 30


class _Stopped(Exception):
    """Somebody asked us to stop."""


def serve(settings: Settings, *, every: Mapping[str, float] | None = None, say: Callable[[str], object] | None = None) -> None:
    """Run until Ctrl-C or SIGTERM. `every` gives a flow another interval in seconds, by its name. Raises WrongSetup or Retry in one line."""
    from flows.server import PrefectServer, free_port, is_free
    from pipeline.console import beside

    tell = say or _say
    _check(settings)
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        with PrefectServer(settings.data_dir, PORT if is_free(PORT) else free_port()) as server:
            if server.joined:
                raise WrongSetup(f"this data folder is already being served at {server.url}; stop that first, or set MASH_DATA_DIR to another folder")
            tell("Starting Prefect's server. The first time takes about a quarter of a minute.")
            server.wait()
            with _health(settings) as health:
                tell(f"Dashboard: {server.url}/dashboard" + (f"\nFor a monitor: {health}/health and {health}/metrics" if health else ""))
                tell("The flows run on their schedules. Ctrl-C stops everything; no mail is lost.")
                console, says = beside(settings, server.home)
            tell(says)
            _run(server, every or {}, console)
    except (KeyboardInterrupt, _Stopped):
        tell("Stopped.")
    finally:
        signal.signal(signal.SIGTERM, before)


def _check(settings: Settings) -> None:
    """What would fail every minute is told at once: store, council's rules, mailbox settings."""
    from pipeline.app import open_app
    from pipeline.edges import mailbox, sender

    with open_app(settings):
        mailbox(settings)
        sender(settings)


@contextmanager
def _health(settings: Settings) -> Iterator[str | None]:
    """The addresses for a monitor. They are served from here, so that they answer also while the runner is down."""
    from pipeline.app import open_app
    from pipeline.review.health_server import health_served

    if not settings.health_port:
        yield None
        return
    with open_app(settings, authority=False) as intake, health_served(intake.figures, settings.health_port) as address:
        yield address


def _run(server: PrefectServer, every: Mapping[str, float], console: Beside | None) -> None:
    from flows.leash import end, leashed

    command = [sys.executable, "-m", "flows.runner", *(word for name, seconds in every.items() for word in ("--every", f"{name}={seconds}"))]
    log = server.home / "runner.log"
    with log.open("ab") as kept:
        runner = leashed(command, server.client_environment, kept)
    try:
        while True:
            if runner.poll() is not None:
                raise Retry(f"the flows' runner ended by itself (exit {runner.returncode}); start again, and see {log} if it stays so")
            if not server.alive:
                raise Retry(f"Prefect's server ended by itself; start again, and see {server.log} if it stays so")
            if console is not None:
                console.keep_up()
            time.sleep(0.5)
    finally:
        if console is not None:
            console.stop()
        end(runner, STOP_SECONDS)  # it pauses the schedules and ends its runs; a message cut short is taken up again by the next run


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
