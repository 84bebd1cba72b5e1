"""The hub a flow works on: handed in by a process that runs the flows itself, or opened from the settings where a schedule started the run.

A flow's parameters are stored in clear by Prefect, so the hub and everything in it travels here and not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from models.figures import HubFigures
from models.runs import DeliverSummary, PollSummary, ProcessSummary, WatchSummary


class Hub(Protocol):
    """What the flows ask of `pipeline.app.App`."""

    def poll_once(self) -> PollSummary:
        """Take in what is new in the inbox."""
        ...

    def pending(self) -> list[int]:
        """Ledger ids of messages that wait to be worked through."""
        ...

    def process(self, ledger_id: int) -> ProcessSummary:
        """Work one message through."""
        ...

    def deliver_due(self) -> DeliverSummary:
        """Send the letters that are due."""
        ...

    def watch(self) -> WatchSummary:
        """Find the clocks that need somebody."""
        ...

    def figures(self, hours: int = 0) -> HubFigures:
        """What the hub holds and how it does."""
        ...


def width_of(hub: Hub) -> int:
    """How many messages a hub works through at the same time."""
    return int(getattr(hub, "width", 1))


_handed: ContextVar[Hub | None] = ContextVar("mash_intake_hub", default=None)


@contextmanager
def using(hub: Hub) -> Iterator[None]:
    """Let the flows that run inside work on this hub."""
    token = _handed.set(hub)
    try:
        yield
    finally:
        _handed.reset(token)


def lock_folder() -> Path | None:
    """Where runs that a schedule started keep their locks; a hub that was handed in has its owner to keep order."""
    if _handed.get() is not None:
        return None
    from pipeline.settings import load_settings

    return load_settings().data_dir / "locks"


@contextmanager
def opened() -> Iterator[Hub]:
    """The hub that was handed in, or one opened from the settings and closed again."""
    handed = _handed.get()
    if handed is not None:
        yield handed
        return
    from pipeline import logs
    from pipeline.app import App
    from pipeline.private import keep_private
    from pipeline.settings import load_settings

    keep_private()
    settings = load_settings()
    logs.tell(settings.log_format)
    app = App.open(settings)
    try:
        yield app
    finally:
        app.close()
