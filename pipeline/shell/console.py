"""The console as a running server: by itself (`python -m pipeline.shell.console`), beside the flows under `mash-intake serve`, or in the demonstration.

Its log says what failed and where, never with which words: a traceback may quote a name.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import logs
from pipeline.app import App
from pipeline.errors import IntakeError, WrongSetup
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    import uvicorn

START_SECONDS, AGAIN_SECONDS = 60, 10
PORTS_TRIED = 50


def address(settings: Settings) -> str:
    """Where browsers find the console."""
    if settings.console_url:
        return settings.console_url.rstrip("/")
    host = f"[{settings.console_host}]" if ":" in settings.console_host else settings.console_host
    return f"{'https' if settings.console_certificate else 'http'}://{host}:{settings.console_port}"


def run(settings: Settings) -> None:
    """Serve the console until the process is told to stop. Raises WrongSetup in one line."""
    intake = App.open(settings)
    try:
        if not is_free(settings.console_host, settings.console_port):
            raise WrongSetup(f"port {settings.console_port} of {settings.console_host} is taken; set MASH_CONSOLE_PORT to another")
        server(intake).run()
    finally:
        intake.close()


def server(intake: App) -> uvicorn.Server:
    """The server of a hub's console, not started yet."""
    import uvicorn

    from pipeline.review.web import create_app

    settings = intake.settings
    _quiet_log(settings.log_format)
    options: dict[str, Any] = {"ssl_certfile": settings.console_certificate, "ssl_keyfile": settings.console_certificate_key}
    return uvicorn.Server(
        uvicorn.Config(
            create_app(intake),
            host=settings.console_host,
            port=settings.console_port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
            **(options if settings.console_certificate else {}),
        )
    )


@contextlib.contextmanager
def in_a_thread(intake: App) -> Iterator[str]:
    """A hub's console beside whatever else this process does; its address."""
    running = server(intake)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    end = time.monotonic() + START_SECONDS
    while not running.started and thread.is_alive() and time.monotonic() < end:
        time.sleep(0.05)
    try:
        yield address(intake.settings)
    finally:
        running.should_exit = True
        thread.join(10)


class Beside:
    """The console as a child process of `mash-intake serve`. When it ends it is started again: the flows never wait for it, nor it for them."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings, self._log = settings, log
        self._child: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def keep_up(self) -> None:
        """Start it, or start it again."""
        if (self._child is None or self._child.poll() is not None) and time.monotonic() - self._started > AGAIN_SECONDS:
            from flows.leash import leashed

            self._started = time.monotonic()
            with self._log.open("ab") as kept:
                self._child = leashed([sys.executable, "-m", "pipeline.shell.console"], _environment(self._settings), kept)

    def stop(self) -> None:
        """End it."""
        if self._child is not None:
            from flows.leash import end

            end(self._child)


def beside(settings: Settings, folder: Path) -> tuple[Beside | None, str]:
    """The console of `mash-intake serve`, started, and what to tell of it. What it lacks is told; the flows run without it."""
    if settings.console_sign_in is None:
        return None, "No console: MASH_CONSOLE_SIGN_IN is not set; docs/console.md tells how screeners sign in."
    try:
        from pipeline.review.web import static
        from pipeline.review.web.entrance import doors

        static.assets()
        doors(settings)
        if not is_free(settings.console_host, settings.console_port):
            raise WrongSetup(f"port {settings.console_port} of {settings.console_host} is taken; set MASH_CONSOLE_PORT to another")
    except IntakeError as error:
        return None, f"No console: {error}"
    child = Beside(settings, folder / "console.log")
    child.keep_up()
    return child, f"Console: {address(settings)}"


def is_free(host: str, port: int) -> bool:
    """Whether a port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(first: int) -> int:
    """A port of loopback from `first` on."""
    return next((port for port in range(first, first + PORTS_TRIED) if is_free("127.0.0.1", port)), 0)


def _environment(settings: Settings) -> dict[str, str]:
    """The child reads the same settings; those given in code go along."""
    return {**os.environ, "MASH_DATA_DIR": str(settings.data_dir), **({"MASH_AUTHORITY": settings.authority} if settings.authority else {})}


def _quiet_log(form: logs.Form) -> None:
    """One line a fault: its kind and its place."""
    handler = logging.StreamHandler()
    handler.setFormatter(logs.formatter(form))
    for name in ("uvicorn", "uvicorn.error", "mash.console"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler] if name != "uvicorn.error" else [], name == "uvicorn.error"
        logger.setLevel(logging.WARNING)


def main() -> int:
    """Serve the console that the settings describe; one line on standard error when it cannot."""
    try:
        settings = load_settings()
        logs.tell(settings.log_format)  # what nobody foresaw is told by kind and place, too
        run(settings)
    except IntakeError as error:
        sys.stderr.write(f"mash-intake console: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
