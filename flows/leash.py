"""A child that never outlives us: `python -m flows.leash COMMAND...` runs a command until it ends, or until whoever started the leash is gone.

The leash holds the reading end of a pipe. When its owner dies, even by `kill -9`, the pipe closes and the command is ended: otherwise a Prefect server
would stay behind and hold its database.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import IO

STOP_SECONDS = 15


def leashed(command: Sequence[str], environment: dict[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a command on a leash, in a process group of its own; its words go to the log."""
    whole = [sys.executable, "-m", "flows.leash", *command]
    return subprocess.Popen(whole, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, umask=0o077)


def end(leash: subprocess.Popen[bytes], seconds: float = STOP_SECONDS) -> None:
    """Stop it with its whole group: politely, then not."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        _to_group(leash, sign)
        try:
            leash.wait(seconds)
            break
        except subprocess.TimeoutExpired:
            continue
    _to_group(leash, signal.SIGKILL)
    if leash.stdin:
        leash.stdin.close()


def _to_group(leash: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    try:
        os.killpg(leash.pid, sign)
    except (ProcessLookupError, PermissionError):
        return


def main(command: Sequence[str]) -> int:
    """Run the command. Signals go to the whole group, so the leash itself only waits; a handler, unlike SIG_IGN, is not handed down."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _stay)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_watch, args=(child,), daemon=True).start()
    return child.wait()


def _watch(child: subprocess.Popen[bytes]) -> None:
    """End the child when the pipe closes."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    child.send_signal(signal.SIGINT)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def _stay(number: int, frame: FrameType | None) -> None:
    del number, frame


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
