"""Other programs that help to read: found when they are needed, run with a time limit, and ended with all they started."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from functools import cache

OFFICE = ("soffice", "libreoffice")
TESSERACT = ("tesseract",)
_ROOMY = ("/bin/sh", "-c", 'ulimit -S -v "$(ulimit -H -v)"; exec "$@"', "sh")


class ProgramFailed(Exception):
    """A helper program gave no result; `slow` says that it ran out of time."""

    def __init__(self, program: str, *, slow: bool = False) -> None:
        super().__init__(f"{program} gave no result")
        self.slow = slow


@cache
def find_program(names: tuple[str, ...]) -> str | None:
    """Where the first of these programs is installed, or None."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run_program(arguments: list[str], *, given: bytes = b"", seconds: float, folder: str | None = None, roomy: bool = False) -> bytes:
    """Run a program on given input and return its output. Raises ProgramFailed when it fails or takes too long.

    A reader's memory limit is too narrow for an office suite: a `roomy` program gets as much as the hard limit allows.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MASH_")}  # no program that reads a document needs them
    environment = {**ours, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [*_ROOMY, *arguments] if roomy else arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        process_group=0,
    ) as process:
        try:
            output, _ = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise ProgramFailed(arguments[0], slow=True) from error
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode != 0:
        raise ProgramFailed(arguments[0])
    return output
