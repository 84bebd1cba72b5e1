"""A child never outlives whoever holds its leash, however that one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flows.leash import end, leashed

SLEEPER = [sys.executable, "-c", "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(120)"]
OWNER = """
import os, pathlib, sys, time
from flows.leash import leashed
with open(os.devnull, "wb") as log:
    leash = leashed([sys.executable, "-c", sys.argv[2], sys.argv[1]], dict(os.environ), log)
    time.sleep(120)
"""


def test_the_child_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(note), SLEEPER[2]])
    child = _pid_in(note)
    assert _runs(child)
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert _gone(child)


def test_the_end_reaches_the_child(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with (tmp_path / "log").open("wb") as log:
        leash = leashed([*SLEEPER, str(note)], dict(os.environ), log)
    child = _pid_in(note)
    end(leash)
    assert _gone(child)
    assert leash.poll() is not None


def test_a_child_that_will_not_hear_is_ended_all_the_same(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    deaf = "import signal; [signal.signal(s, signal.SIG_IGN) for s in (signal.SIGINT, signal.SIGTERM)]; " + SLEEPER[2]
    with (tmp_path / "log").open("wb") as log:
        leash = leashed([sys.executable, "-c", deaf, str(note)], dict(os.environ), log)
    child = _pid_in(note)
    end(leash, seconds=0.3)
    assert _gone(child)


def test_the_leash_ends_with_its_child_and_says_how(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        leash = leashed([sys.executable, "-c", "raise SystemExit(7)"], dict(os.environ), log)
    assert leash.wait(30) == 7
    end(leash)


def _pid_in(note: Path) -> int:
    return int(_until(lambda: note.read_text() if note.exists() else ""))


def _gone(pid: int) -> bool:
    return bool(_until(lambda: "" if _runs(pid) else "gone"))


def _until(answer: Callable[[], str]) -> str:
    """The first answer that says something, within half a minute."""
    end_at = time.monotonic() + 30
    while time.monotonic() < end_at:
        if said := answer():
            return said
        time.sleep(0.05)
    return ""


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[-1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
