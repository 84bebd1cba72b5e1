"""The process that forks one child for each document. It has the readers loaded, one thread, and no documents of its own.

Started by sandbox.py as a program of its own, so that neither the caller's threads nor its main module come along.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import Unreadable
from pipeline.extract import clock
from pipeline.extract.confine import confine
from pipeline.extract.sandbox_wire import DATA, ENDED, FAILED, PROBLEM, RESULT, STARTED, pack_result, receive, send, send_json, unpack_arguments

_SPARE_CPU = 2
_FILE_SIZE = 512 * 1024 * 1024
_HELPER_MEMORY = 960 * 1024 * 1024
_MOMENT = 1.0
_NORMAL_SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)


def main(control_fd: int, preload: list[str]) -> None:
    """Load the readers, then fork for every connection handed over until the owner is gone."""
    for module in preload:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    _Server(socket.socket(fileno=control_fd)).serve()


class _Server:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._children: dict[int, socket.socket] = {}
        self._wake, wake = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(wake, False)
        self._pipes = (self._wake, wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        while True:
            waiting: list[socket.socket | int] = [self._control, self._wake]
            ready, _, _ = select.select(waiting, [], [])
            if self._wake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wake, 4096)
            self._bury()
            if self._control in ready and not self._accept():
                self._wait_a_moment()
                return

    def _wait_a_moment(self) -> None:
        """Children that have answered end in a moment, and their folders go with them; one that is still at work is not waited for."""
        end = time.monotonic() + _MOMENT
        while self._children and time.monotonic() < end:
            time.sleep(0.01)
            self._bury()

    def _accept(self) -> bool:
        message, handles, _, _ = socket.recv_fds(self._control, 16, 1)
        if not message:
            return False
        connection = socket.socket(fileno=handles[0])
        child = os.fork()
        if child == 0:
            self._become_child(connection)
        self._children[child] = connection
        return True

    def _become_child(self, connection: socket.socket) -> None:
        try:
            signal.set_wakeup_fd(-1)
            for number in _NORMAL_SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            os.setsid()
            for handle in (*self._pipes, self._control.fileno(), *(other.fileno() for other in self._children.values())):
                os.close(handle)
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            answer(connection)
        finally:
            os._exit(0)

    def _bury(self) -> None:
        """Say how each dead child ended, and end what it left running."""
        while self._children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
            shutil.rmtree(_folder(child), ignore_errors=True)
            connection = self._children.pop(child, None)
            if connection is not None:
                with contextlib.suppress(OSError), connection:
                    connection.settimeout(0.5)
                    send_json(connection, ENDED, os.waitstatus_to_exitcode(status))


def answer(connection: socket.socket) -> None:
    """One request, inside the child: limits first, then the work, then its result or its problem."""
    send_json(connection, STARTED, os.getpid())
    request = receive(connection)
    data = receive(connection)
    if request is None or data is None or data[0] != DATA:
        return
    order = json.loads(request[1])
    sys.path[:] = order["path"]
    function = _named(order["function"])
    arguments = unpack_arguments(function, order["arguments"])
    _own_folder()
    confine()
    limit(order["memory"], order["cpu"])
    clock.start(order["wall"], order["scan_wall"])
    try:
        result = pack_result(function, function(data[1], *arguments))
    except Unreadable as error:
        send_json(connection, PROBLEM, [error.problem.code, error.problem.detail])
    except MemoryError:
        send_json(connection, FAILED, "MemoryError")
    except Exception as error:
        send_json(connection, FAILED, type(error).__name__)
    else:
        send(connection, RESULT, result)


def _own_folder() -> None:
    """A temporary folder that no other child can see into: programs that read for us put documents there."""
    with contextlib.suppress(OSError):  # a full disk costs those programs, not the reading
        home = _folder(os.getpid())
        home.mkdir(mode=0o700)
        tempfile.tempdir = os.environ["TMPDIR"] = str(home)


def _folder(child: int) -> Path:
    return Path(tempfile.gettempdir(), f"paper-{child}")


def _named(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found = importlib.import_module(module)
    for step in function.split("."):
        found = getattr(found, step)
    return found  # type: ignore[return-value]


def limit(memory: int, cpu: int) -> None:
    """Bind this process: memory it may add to what it has, processor time, no core file, no huge files."""
    ceiling = _mapped() + memory
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, max(ceiling, _HELPER_MEMORY)))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + _SPARE_CPU))
    # One byte is less than any dump. Nought would not stop a dump that the system pipes into a program of its own.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_SIZE, _FILE_SIZE))


def _mapped() -> int:
    """The address space this process already has."""
    try:
        with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123  (cheaper than a Path, once a document)
            return int(status.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1024 * 1024 * 1024
