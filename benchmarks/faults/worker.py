"""A worker that can be killed: it does what a round does, again and again, in a process of its own.

It is forked from a process that has everything loaded, because a life is a fraction of a second and loading the language model takes longer. It reads
documents itself unless told to use the sandbox, whose own start is a second or two; rounds under Prefect are real commands (`kills.py`).
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.faults.points import arm
from pipeline.app import App
from pipeline.errors import IntakeError
from pipeline.extract.narrative import Narrator
from pipeline.extract.safe import SafeReader
from pipeline.settings import Settings

BREATH = 0.01


@dataclass(frozen=True)
class Life:
    """How a worker lives: where it dies, how far its clock is off, and whether documents go through the sandbox. `rounds` None is until killed.

    `turn` is the step it begins with: polling, working through and delivering are flows of their own, and short lives would never come to the last.
    """

    point: str | None = None
    times: int = 1
    ahead: timedelta = timedelta()
    sandboxed: bool = False
    rounds: int | None = None
    turn: int = 0


class _Here:
    """The sandbox's manner of asking, without the process."""

    def run(self, function: Callable[..., Any], data: bytes, name: str, kind: Any, *more: Any, limits: Any = None) -> Any:
        del limits
        return function(data, name, kind, *more)

    def close(self) -> None:
        """Nothing was started."""


@cache
def narrator() -> Narrator:
    """The language model, loaded once before the first fork."""
    loaded = Narrator()
    loaded.read("warm", "On Monday there was no lunch.")
    return loaded


def opened(settings: Settings, life: Life) -> App:
    """The app as a worker has it."""
    app = App.open(settings, clock=lambda: datetime.now(UTC) + life.ahead)
    app.narrator = narrator()
    if not life.sandboxed:
        app.reader = SafeReader(date(2026, 11, 20))
        app.reader._sandbox = _Here()  # type: ignore[assignment]  # noqa: SLF001 - the reading is the product's, only the process is missing
    return app


def one_round(app: App, turn: int = 0) -> list[str]:
    """Poll, process and deliver, each whatever became of the one before; the kinds of what went wrong."""
    wrong = []
    steps = (app.poll_once, lambda: [app.process(number) for number in app.pending()], app.deliver_due)
    for step in (*steps[turn:], *steps[:turn]):
        try:
            step()
        except IntakeError as error:
            wrong.append(f"{type(error).__name__}: {error}")
    return wrong


def start(settings: Settings, life: Life, log: Path) -> int:
    """Fork a worker and say its process id. It exits with 3 when something happened that no fault of the world explains."""
    narrator()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _live(settings, life, log)
    return child


def _live(settings: Settings, life: Life, log: Path) -> None:
    try:
        os.setsid()
        if life.point:
            arm(life.point, life.times)
        app = opened(settings, life)
        left = life.rounds
        while left is None or left > 0:
            for said in one_round(app, life.turn):
                _write(log, said)
            left = None if left is None else left - 1
            time.sleep(BREATH)
        app.close()
    except IntakeError as error:
        _write(log, f"{type(error).__name__}: {error}")
        os._exit(1)
    except BaseException:
        _write(log, traceback.format_exc())
        os._exit(3)
    os._exit(0)


def _write(log: Path, said: str) -> None:
    with log.open("a") as file:
        file.write(said + "\n")


def finish(child: int, seconds: float) -> int | None:
    """Wait for a worker: its exit code, below nothing where a signal ended it, or None when it still lives."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    return None


def kill(child: int) -> int:
    """Kill a worker as a power cut would, and say how it ended."""
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
