"""Who holds a lease, named so that a holder that was killed is known for dead at once and nothing has to wait for its lease to run out.

An owner names the machine's boot, the process namespace, the process and when it started. Only a process that this one can see for gone counts
as dead; holders on other machines keep their lease until it ends.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_PROC = Path("/proc")
_STARTED = 19  # the 22nd field of /proc/PID/stat, counted from behind the program's name


def me() -> str:
    """A new owner's name for this process."""
    return f"{_machine()}.{os.getpid()}.{_started(os.getpid())}.{secrets.token_hex(4)}"


def is_dead(owner: str | None) -> bool:
    """Whether the owner is a process of this machine that has ended. In doubt it is alive."""
    parts = (owner or "").split(".")
    if len(parts) != 4 or not parts[1].isdigit() or not parts[2].isdigit() or parts[2] == "0":
        return False
    machine, pid, started, _ = parts
    return machine == _machine() and _started(int(pid)) != int(started)


def _machine() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip().replace("-", "")[:12]
        return f"{boot}-{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        # Not Linux: a name that nobody else has, so that nobody is ever taken for dead.
        return secrets.token_hex(8)


def _started(pid: int) -> int:
    """The process's start in clock ticks since boot; 0 when there is no such process, or it only waits to be buried."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return 0 if fields[0] in ("Z", "X") else int(fields[_STARTED])
    except (OSError, ValueError, IndexError):
        return 0
