"""Functions that the tests of the sandbox run in it: good ones and ruinous ones."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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


def attempts(data: bytes, name: str, kind: FileKind) -> dict[str, str]:
    """What a child that a hostile document has taken over would try; each with how it ended."""
    del name, kind
    port, secret = (word.decode() for word in data.split(b"\n"))
    tries: dict[str, Callable[[], object]] = {
        "call another machine": lambda: socket.create_connection(("127.0.0.1", int(port)), timeout=5),
        "look names up": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "read somebody's file": lambda: Path(secret).read_text(),
        "write beside it": lambda: Path(f"{secret}.new").write_text("x"),
        "read our environment": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
        "stop us": lambda: os.kill(os.getppid(), 0),
        "settings": lambda: os.environ["MASH_SECRET"],
        "use the temporary folder": lambda: tempfile.mkdtemp(),
        "start a program": lambda: subprocess.run(["true"], check=True),
    }
    return {what: _ended(attempt) for what, attempt in tries.items()}


def _ended(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except (OSError, KeyError) as error:
        return type(error).__name__
    return "done"


def gained(data: bytes, name: str, kind: FileKind) -> int:
    """Whether a program that is started may gain privileges: 1 when it may not."""
    del data, name, kind
    return int(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("NoNewPrivs")))
