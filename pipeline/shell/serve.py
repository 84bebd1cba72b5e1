"""`mash-intake serve`: Prefect's server and dashboard, the flows on their schedules, and the screeners' console, on this machine alone.

Child processes, watched: when Prefect's server or the flows end by themselves the others are stopped and the command ends with one line, so that whatever
started it starts it again. The console is started again by itself: mail is never left waiting because a page failed.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from pipeline.errors import IntakeError, Retry, WrongSetup
from pipeline.settings import SETTINGS_FILE, Settings, load_settings

if TYPE_CHECKING:
    from flows.server import PrefectServer
    from pipeline.shell.console import Beside

PORT = 4200
"""Prefect's own, so that its documentation fits; another when it is taken."""
STOP_SECONDS = 30
FIXED = ("data_dir", "database_url", "key", "key_file", "health_port", "log_format")
"""What this process and Prefect's server have taken up themselves, and cannot change while they run."""


class _Stopped(Exception):
    """Somebody asked us to stop."""


def serve(settings: Settings, *, every: Mapping[str, float] | None = None, say: Callable[[str], object] | None = None) -> None:
    """Run until Ctrl-C or SIGTERM. `every` gives a flow another interval in seconds, by its name. Raises WrongSetup or Retry in one line."""
    from flows.server import PrefectServer, free_port, is_free

    tell = say or _say
    _check(settings)
    before = signal.signal(signal.SIGTERM, _stop), signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` has it ignored
    try:
        with PrefectServer(settings.data_dir, PORT if is_free(PORT) else free_port()) as server:
            if server.joined:
                raise WrongSetup(f"this data folder is already being served at {server.url}; stop that first, or set MASH_DATA_DIR to another folder")
            tell("Starting Prefect's server. The first time takes about a quarter of a minute.")
            server.wait()
            with _health(settings) as health:
                tell(f"Dashboard: {server.url}/dashboard" + (f"\nFor a monitor: {health}/health and {health}/metrics" if health else ""))
                tell("The flows run on their schedules. Ctrl-C stops everything; no mail is lost.")
                _run(server, every or {}, settings, tell)
    except (KeyboardInterrupt, _Stopped):
        tell("Stopped.")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])


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
    from pipeline.troubles import HOURS

    if not settings.health_port:
        yield None
        return
    with open_app(settings, authority=False) as intake, health_served(lambda: intake.figures(HOURS), settings.health_port) as address:
        yield address


def _start(server: PrefectServer, every: Mapping[str, float]) -> subprocess.Popen[bytes]:
    """The runner: a process of its own on a leash."""
    from flows.leash import leashed

    command = [sys.executable, "-m", "flows.runner", *(word for name, seconds in every.items() for word in ("--every", f"{name}={seconds}"))]
    with (server.home / "runner.log").open("ab") as kept:
        return leashed(command, server.client_environment, kept)


class _SettingsFile:
    """The settings file, looked at now and then. A change that can be worked with is taken under way; one that cannot is told, and the earlier stand."""

    def __init__(self, folder: Path, taken: Settings, tell: Callable[[str], object]) -> None:
        self._path, self._taken, self._tell = folder / SETTINGS_FILE, taken, tell
        self._seen = self._stamp()

    def changed(self) -> Settings | None:
        """Other settings to go on with, if there are any."""
        if (now := self._stamp()) == self._seen:
            return None
        self._seen = now
        try:
            self._taken = self._checked(load_settings())
        except IntakeError as error:
            self._tell(f"The settings were changed, and are not taken: {error} The earlier ones stand until then.")
            return None
        self._tell("The settings were changed: the flows and the console go on with the new ones.")
        return self._taken

    def _checked(self, other: Settings) -> Settings:
        """Raises WrongSetup where some of them cannot be changed while others still work with the earlier ones: half the hub would be elsewhere."""
        moved = [name for name in FIXED if getattr(other, name) != getattr(self._taken, name)]
        if moved:
            raise WrongSetup(f"{', '.join(moved)} cannot change under way; stop `mash-intake serve` and start it again for that.")
        _check(other)
        return other

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size


def _run(server: PrefectServer, every: Mapping[str, float], settings: Settings, tell: Callable[[str], object]) -> None:
    from flows.leash import end

    log, file = server.home / "runner.log", _SettingsFile(Path.cwd(), settings, tell)
    runner, console = _start(server, every), _console(settings, server, tell)
    try:
        while True:
            if other := file.changed():
                end(runner, STOP_SECONDS)
                runner, console = _start(server, every), _console(other, server, tell, console)
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


def _console(settings: Settings, server: PrefectServer, tell: Callable[[str], object], before: Beside | None = None) -> Beside | None:
    """The console of these settings, in the place of the one before."""
    from pipeline.shell.console import beside

    if before is not None:
        before.stop()
    console, says = beside(settings, server.home)
    tell(says)
    return console


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
