"""How long this process may still take: scans are slow for good reasons, other files are not."""

from __future__ import annotations

import signal

_scan_seconds: float | None = None


def start(seconds: float, scan_seconds: float) -> None:
    """Let this process die after so many seconds on the clock, and remember what a scan may take instead.

    The alarm's action is the system's own, to end the process: code inside a C library listens to nothing else.
    """
    global _scan_seconds  # noqa: PLW0603  (one child process, one document, one clock)
    _scan_seconds = scan_seconds
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def allow_a_scan() -> None:
    """Give a document that turned out to be scanned the time of one. Does nothing where no clock was started."""
    if _scan_seconds is not None:
        signal.setitimer(signal.ITIMER_REAL, _scan_seconds)
