"""Several processes that work mails through side by side, each with the models and the index loaded, all copied from one that loaded them once.

The loading process (server.py) forks a worker for each channel and a new one for any that dies, in some milliseconds and without another copy of
the index in memory. Orders and answers are lines of JSON: a ledger id, and what became of it. Nothing else travels.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import socket
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from importlib.metadata import version
from types import TracebackType
from typing import IO, Self, cast

from models.runs import ProcessSummary
from pipeline import errors
from pipeline.errors import Retry
from pipeline.settings import Settings
from pipeline.store.engine import newest_schema

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""A process with threads of its own cannot be copied; and a worker each processor is enough."""
STOP_SECONDS = 20


def program() -> str:
    """The version of this program and of its database, as its files say now."""
    return f"{version('mash-intake')} {newest_schema()}"


def width_of(asked: int) -> int:
    """How many workers: as many as asked for, or one for each processor that is ours, four at the most."""
    return asked or min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class Crew:
    """Workers to be shared by threads. They are started with the first order, and again when the process that copies them is gone."""

    def __init__(self, width: int, settings: Settings) -> None:
        self.width, self._settings, self._program = width, settings, program()
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._free: queue.Queue[_Channel] = queue.Queue()
        self._orders = 0
        self._day = date.min

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Begin to load, in the background: an order given now waits until a worker is there."""
        with self._lock:
            self._present()

    def _present(self) -> None:
        """Workers of today: they read dates by the day they were loaded on, so each day has new ones, as soon as none is at work."""
        today = datetime.now(UTC).astimezone().date()
        if self._server is None or self._server.poll() is not None or (self._day != today and not self._orders):
            self._start()
            self._day = today

    def process(self, ledger_id: int) -> ProcessSummary:
        """Work one mail through in the next worker that is free. Raises what the worker raised. A worker that dies leaves the mail for the next round."""
        with self._lock:
            self._present()
            self._orders += 1
            free = self._free
        channel = self._next(free)
        try:
            answer = channel.ask(ledger_id)
        except OSError as error:
            raise Retry("the workers ended; the next run starts them again") from error
        finally:
            free.put(channel)
            with self._lock:
                self._orders -= 1
        return _understood(ledger_id, answer)

    def _next(self, free: queue.Queue[_Channel]) -> _Channel:
        """The next free worker. Raises Retry where the workers were exchanged meanwhile: nobody comes back to that queue."""
        while True:
            try:
                return free.get(timeout=1)
            except queue.Empty:
                if free is not self._free:
                    with self._lock:
                        self._orders -= 1
                    raise Retry("the workers ended; the next run starts them again") from None

    def close(self) -> None:
        """End the workers; each finishes the mail it has."""
        with self._lock:
            self._stop()

    def _start(self) -> None:
        self._stop()
        channels, theirs = [], []
        for _ in range(self.width):
            ours, other = socket.socketpair()
            channels.append(_Channel(ours))
            theirs.append(other)
        numbers = [one.fileno() for one in theirs]
        command = [sys.executable, "-m", "pipeline.workers.server", *map(str, numbers)]
        self._server = subprocess.Popen(command, pass_fds=numbers, stdin=subprocess.PIPE, env={**os.environ, **ONE_THREAD})
        self._hand_down(self._server)
        self._free = queue.Queue()
        for one in theirs:
            one.close()
        for channel in channels:
            self._free.put(channel)

    def _hand_down(self, server: subprocess.Popen[bytes]) -> None:
        """The settings, as this process has them: the file may have been spoiled since. And which program they are of, for its files may have been replaced."""
        with contextlib.suppress(BrokenPipeError), cast("IO[bytes]", server.stdin) as line:
            line.write(json.dumps({"program": self._program, "settings": self._settings.handed_down()}).encode() + b"\n")

    def _stop(self) -> None:
        while not self._free.empty():
            self._free.get_nowait().close()
        if self._server is None:
            return
        try:
            self._server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None


class _Channel:
    """The line to one worker after another. Every order has a number, so that an answer to an earlier one is known."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lines = connection.makefile("rb")
        self._number = 0

    def ask(self, ledger_id: int) -> dict[str, object]:
        """The answer. A worker may have died before it had the order or over it, which nobody can tell: it is given once more, and the first answer counts."""
        first = self._number + 1
        for _ in range(2):
            self._number += 1
            self._connection.sendall(json.dumps({"id": ledger_id, "number": self._number}).encode() + b"\n")
            answer = self._answer(first)
            if "died" not in answer:
                return answer
        return answer

    def _answer(self, first: int) -> dict[str, object]:
        """The next line that answers this order: a death, or a number not below its first."""
        while line := self._lines.readline():
            answer: dict[str, object] = json.loads(line)
            if "died" in answer or int(str(answer.get("number", first))) >= first:
                return answer
        raise ConnectionResetError

    def close(self) -> None:
        self._lines.close()
        self._connection.close()


def _understood(ledger_id: int, answer: dict[str, object]) -> ProcessSummary:
    if "summary" in answer:
        return ProcessSummary.model_validate(answer["summary"])
    if "raised" in answer:
        kind = getattr(errors, str(answer["raised"]), errors.OurBug)
        raise kind(str(answer.get("words") or f"message {ledger_id}: {answer['raised']} in a worker"))
    return ProcessSummary(ledger_id=ledger_id, state="retry")
