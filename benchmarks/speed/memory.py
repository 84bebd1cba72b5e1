"""The most memory that this process's descendants hold at one moment, watched from outside while something is done."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_EVERY = 0.005


def peak_while(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the megabytes that the document's child and everything it started held at most.

    The sandbox's server and its child share what the server had loaded; like any tool that reads resident memory, this counts it for the child too.
    """
    peak = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.is_set():
            peak = max(peak, _held())
            done.wait(_EVERY)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return work(), peak
    finally:
        done.set()
        watcher.join()


def _held() -> float:
    """Megabytes of all processes below this one's children: the server itself is not a document's."""
    parents = _parents()
    servers = {process for process, parent in parents.items() if parent == os.getpid()}
    below = {process for process in parents if _descends(process, servers, parents)}
    return sum(_most_resident(process) for process in below)


def _descends(process: int, ancestors: set[int], parents: dict[int, int]) -> bool:
    while process in parents:
        process = parents[process]
        if process in ancestors:
            return True
    return False


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
    return found


def _most_resident(process: int) -> float:
    """The most this process has held so far: a short life has few moments to be looked at."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, ValueError, IndexError):
        return 0.0
