"""The flows inside this process, under a Prefect server of our own: for the command line and the demonstration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.server import PrefectServer, healthy
from pipeline.errors import Retry

FLUSH_SECONDS = 10


class PrefectSession:
    """A Prefect server to run flows under. It starts beside other work: nobody waits until the first flow."""

    def __init__(self, server: PrefectServer) -> None:
        self.server = server
        self._ready: bool | None = None

    @property
    def dashboard(self) -> str:
        """Where the dashboard is."""
        return self.server.url

    @property
    def note(self) -> str | None:
        """What a user should know, when there is no server to run under."""
        return None if self.ready() else f"Prefect's server did not start, so the dashboard does not show this; see {self.server.log}."

    def ready(self) -> bool:
        """Wait for the server the first time; afterwards ask whether it still answers."""
        if self._ready is None:
            try:
                self.server.wait()
                self._ready = True
            except Retry:
                self._ready = False
        elif self._ready:
            self._ready = healthy(self.server.url)
        return self._ready

    @contextmanager
    def client(self) -> Iterator[None]:
        """Flows that run inside talk to this server, whether or not Prefect was imported before."""
        with _variables(self.server.environment):
            import prefect.context
            import prefect.settings

            with prefect.context.SettingsContext(profile=prefect.context.get_settings_context().profile, settings=prefect.settings.Settings()):
                try:
                    yield
                finally:
                    _flush()


def _flush() -> None:
    """Send what Prefect still holds of logs and events while its server can be reached: at exit it would wait a minute for one that is gone."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=FLUSH_SECONDS)


@contextmanager
def prefect_session(data_dir: Path) -> Iterator[PrefectSession]:
    """A server with its home under the data folder, stopped at the end."""
    with PrefectServer(data_dir) as server:
        yield PrefectSession(server)


@contextmanager
def _variables(wanted: dict[str, str]) -> Iterator[None]:
    before: dict[str, Any] = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
