"""Every kind of fault we know of, one after another: each in a world of its own, and after each the same questions.

A kind is a function that lets mails arrive and does its worst; what it leaves is then finished without faults and examined.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.faults import worker
from benchmarks.faults.check import Findings, drain, examine
from benchmarks.faults.worker import Life
from benchmarks.faults.world import World, world
from pipeline.settings import Settings

Worst = Callable[[World, int], None]
LONGEST = 240.0


class Unfit(Exception):
    """This machine cannot make the fault; the words say why."""


@dataclass(frozen=True)
class Kind:
    """A kind of fault. `server` are options of Dovecot, `folder` is what is polled, `database` says that it needs PostgreSQL."""

    name: str
    worst: Worst
    server: dict[str, Any] = field(default_factory=dict)
    folder: str = "INBOX"
    database: bool = False


@dataclass
class Outcome:
    """What came of one kind. `findings` None where the machine could not make the fault, with `note` saying why."""

    kind: Kind
    seconds: float
    findings: Findings | None
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing was lost, doubled or half written."""
        return self.findings is None or self.findings.good

    def __str__(self) -> str:
        verdict = "left out" if self.findings is None else ("ok " if self.good else "BAD")
        return f"{verdict} {self.kind.name:58s} {self.seconds:5.0f} s  {self.findings or self.note}"


def suffer(kind: Kind, mails: int, database: str | None = None) -> Outcome:
    """One kind of fault from beginning to end."""
    begun = time.monotonic()
    with world(database, kind.folder, **kind.server) as here:
        try:
            kind.worst(here, mails)
        except Unfit as reason:
            return Outcome(kind, time.monotonic() - begun, None, str(reason))
        drain(here, here.folder / "said", limit=LONGEST)
        return Outcome(kind, time.monotonic() - begun, examine(here))


def go(here: World, settings: Settings | None = None, life: Life | None = None) -> int:
    """One worker from beginning to end. Anything but a fault of the world is raised."""
    return after(here, start(here, settings, life))


def start(here: World, settings: Settings | None = None, life: Life | None = None) -> int:
    """One worker on its way."""
    return worker.start(settings or here.settings(), life or Life(rounds=1), here.folder / "said")


def after(here: World, child: int, meanwhile: Callable[[], object] | None = None, every: float = 0.2) -> int:
    """Wait for a worker, doing something again and again meanwhile; say how it ended."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        code = worker.finish(child, every)
        if code is not None:
            if code == 3:
                raise RuntimeError(f"a worker ended by itself: {said(here)[-4000:]}")
            return code
        if meanwhile is not None:
            meanwhile()
    worker.kill(child)
    raise RuntimeError("a worker did not end in time")


def said(here: World) -> str:
    """All that workers said of what went wrong."""
    path = here.folder / "said"
    return path.read_text() if path.exists() else ""


def must_have_said(here: World, words: str) -> None:
    """The fault was met: otherwise a kind would be good because nothing happened."""
    if words not in said(here):
        raise RuntimeError(f"the fault was never met: {words!r} is not in {said(here)[-2000:]!r}")
