"""Functions that the tests of the sandbox run in it: good ones and ruinous ones."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import time

from models.mail import FileKind
from pipeline.errors import Unreadable


def measure(data: bytes, name: str, kind: FileKind, times: int) -> dict[str, int]:
    return {name + kind: len(data) * times}


def refuse(data: bytes, name: str, kind: FileKind) -> int:
    raise Unreadable("no_text", f"{name}: nothing to read in {len(data)} bytes of {kind}")


def fail(data: bytes, name: str, kind: FileKind) -> int:
    raise ValueError(f"private words of the file: {data!r}")


def spin(data: bytes, name: str, kind: FileKind) -> int:
    while True:
        pass


def sleep(data: bytes, name: str, kind: FileKind) -> int:
    time.sleep(60)
    return 0


def sleep_deaf(data: bytes, name: str, kind: FileKind) -> int:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(60)
    return 0


def devour(data: bytes, name: str, kind: FileKind) -> int:
    return len(b"x" * 4_000_000_000)


def abort(data: bytes, name: str, kind: FileKind) -> int:
    os.abort()


def crash(data: bytes, name: str, kind: FileKind) -> int:
    return int(ctypes.string_at(0)[0])


def vanish(data: bytes, name: str, kind: FileKind) -> int:
    os._exit(0)


def core_limit(data: bytes, name: str, kind: FileKind) -> int:
    return resource.getrlimit(resource.RLIMIT_CORE)[1]


def lie(data: bytes, name: str, kind: FileKind) -> int:
    return "no number"  # type: ignore[return-value]
