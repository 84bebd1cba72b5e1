"""A child process for each document, because a hostile file can stop a reader in ways no `except` sees: endless work, gigabytes, an abort in C.

A small server process has the readers loaded and forks a child for each document (sandbox_server.py). The child limits its own memory,
processor time and time on the clock, answers in JSON, and ends. Nothing of the caller goes with it: no threads, no main module, no pickle.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import ValidationError

from models.mail import FileKind
from pipeline.errors import OurBug, Unreadable, WrongSetup
from pipeline.extract import sandbox_wire as wire
from pipeline.extract.caps import CAPS, MEGABYTE, problem

T = TypeVar("T")

READERS = (
    "pipeline.extract.reader",
    "pipeline.extract.docx",
    "pipeline.extract.pdf",
    "pipeline.extract.body",
    "pydantic",
    "models.document",
    "models.extraction",
)
_GRACE = 2.0
_TOO_SLOW = {-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL}
_START = "import sys, json; order = json.loads(sys.argv[1]); sys.path[:] = order['path']; from pipeline.extract.sandbox_server import main; main(order['fd'], order['preload'])"
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "MKL_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: bytes of memory beyond the loaded readers, seconds of processor, seconds on the clock; more of these for a scan."""

    memory: int = 640 * MEGABYTE
    cpu: int = 20
    wall: float = 22.0
    scan_wall: float = 28.0
    file_bytes: int = CAPS.file_bytes


class Sandbox:
    """Runs readers in child processes. One can be shared by threads; it starts its server when first used and again if that ever dies."""

    def __init__(self, limits: Limits | None = None, preload: tuple[str, ...] = ()) -> None:
        self._limits = limits or Limits()
        self._preload = [*READERS, *preload]
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def run(self, function: Callable[..., T], data: bytes, name: str, kind: FileKind, *more: object, limits: Limits | None = None) -> T:
        """Call `function(data, name, kind, *more)` in a child and give its result; `limits` other than the sandbox's own where given.

        The function must be importable by name and annotated: arguments and result travel as JSON of the annotated types. Raises Unreadable, whether
        the function raised it or the child came to grief, within the limits' time.
        """
        limits = limits or self._limits
        if len(data) > limits.file_bytes:
            raise problem(
                "too_large",
                name,
                f"the file has {len(data) // MEGABYTE} MB; we read up to {limits.file_bytes // MEGABYTE} MB. Ask for the form by itself.",
            )
        order = self._order(function, (name, kind, *more), limits)
        with self._connect() as connection:
            return self._converse(connection, function, order, data, name)

    def close(self) -> None:
        """End the server. Children at work finish."""
        with self._lock:
            self._forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @staticmethod
    def _order(function: Callable[..., Any], arguments: tuple[object, ...], limits: Limits) -> dict[str, Any]:
        if function.__module__ == "__main__" or "<" in function.__qualname__:
            raise OurBug("a sandboxed function must be importable: move it out of the script or the other function into a module")
        return {
            "function": f"{function.__module__}:{function.__qualname__}",
            "arguments": wire.pack_arguments(function, arguments),
            "path": _import_path(),
            "memory": limits.memory,
            "cpu": limits.cpu,
            "wall": limits.wall,
            "scan_wall": limits.scan_wall,
        }

    def _converse(self, connection: socket.socket, function: Callable[..., T], order: dict[str, Any], data: bytes, name: str) -> T:
        deadline = time.monotonic() + max(order["wall"], order["scan_wall"]) + _GRACE
        child = 0
        try:
            # A child that dies early breaks the pipe; what it said before, and how it ended, can still be read.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.settimeout(order["wall"] + _GRACE)
                wire.send_json(connection, wire.REQUEST, order)
                wire.send(connection, wire.DATA, data)
            while frame := self._next(connection, deadline):
                kind, payload = frame
                if kind == wire.STARTED:
                    child = int(json.loads(payload))
                else:
                    return _settle(kind, payload, function, name)
        except TimeoutError as error:
            if child > 1:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(child, signal.SIGKILL)
            raise _too_slow(name) from error
        raise problem("corrupt", name, "reading it brought the reader down. Ask for it in another format.")

    @staticmethod
    def _next(connection: socket.socket, deadline: float) -> tuple[bytes, bytes] | None:
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            return wire.receive(connection)
        except ConnectionResetError:
            return None

    # The server -------------------------------------------------------------------------------------------------

    def _connect(self) -> socket.socket:
        """A connection to a new child."""
        for _ in range(2):
            ours, theirs = socket.socketpair()
            with self._lock, theirs:
                try:
                    socket.send_fds(self._serving(), [b"!"], [theirs.fileno()])
                except (BrokenPipeError, ConnectionResetError):
                    self._forget()
                    ours.close()
                    continue
                return ours
        raise WrongSetup("the document sandbox does not start: run `mash-intake doctor`")

    def _serving(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid() or self._server is None or self._server.poll() is not None:
            self._forget()
            self._start()
        if self._control is None:
            raise OurBug("the sandbox has no control connection after its start")
        return self._control

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            order = json.dumps({"path": _import_path(), "fd": theirs.fileno(), "preload": self._preload})
            self._server = subprocess.Popen(
                [sys.executable, "-c", _START, order],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**_harmless(), **_ONE_THREAD},
            )
        self._owner = os.getpid()

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._server is not None and self._owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(timeout=_GRACE)
        self._control = self._server = None

    def __del__(self) -> None:
        control = getattr(self, "_control", None)
        if control is not None:
            control.close()


def _harmless() -> dict[str, str]:
    """The environment without our settings: a hostile document must not find a password or a key in its process."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MASH_")}


def _import_path() -> list[str]:
    return [entry or str(Path.cwd()) for entry in sys.path]


def _settle(kind: bytes, payload: bytes, function: Callable[..., T], name: str) -> T:
    if kind == wire.RESULT:
        try:
            result: T = wire.unpack_result(function, payload)
        except ValidationError as error:
            raise problem("corrupt", name, "what was read of it makes no sense. Ask for it in another format.") from error
        return result
    said = json.loads(payload)
    if kind == wire.PROBLEM:
        raise Unreadable(said[0], said[1])
    if kind == wire.FAILED:
        raise _too_large(name) if said == "MemoryError" else problem("corrupt", name, f"reading it failed ({said}). Ask for it in another format.")
    raise _ended(int(said), name)


def _ended(status: int, name: str) -> Unreadable:
    """What a child's way of dying says about the file. An abort is how C++ says that memory has run out."""
    if status in _TOO_SLOW:
        return _too_slow(name)
    if status == -signal.SIGABRT:
        return _too_large(name)
    return problem("corrupt", name, "reading it brought the reader down. Ask for it in another format.")


def _too_slow(name: str) -> Unreadable:
    return problem("too_slow", name, "reading it takes longer than any form should. Ask for the form by itself, saved afresh.")


def _too_large(name: str) -> Unreadable:
    return problem("too_large", name, "reading it takes more memory than any form should. Ask for the form by itself, saved afresh.")
