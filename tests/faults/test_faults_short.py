"""The short form of `make faults`: real workers on real servers, killed and troubled, and nothing lost, doubled or half written by it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks.faults.check import Findings
from benchmarks.faults.points import POINTS
from benchmarks.faults.world import mail_of, name_of


def faults(*arguments: str) -> str:
    """Run the harness as a program of its own: it forks, and a fork inherits whatever threads other tests left."""
    told = subprocess.run([sys.executable, "-m", "benchmarks.faults", *arguments], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr[-4000:]
    return told.stdout


@pytest.mark.slow
def test_workers_killed_anywhere_lose_and_double_nothing() -> None:
    told = faults("kills", "--kills", "16", "--mails", "24", "--sandboxed", "0")
    assert "24 mails, 24 contacts" in told
    assert "0 lost, 0 doubled, 0 under a second Message-ID, 0 unsent, 0 half written" in told


@pytest.mark.slow
def test_some_kinds_of_fault_lose_and_double_nothing() -> None:
    told = faults("kinds", "--mails", "3", "hangs up", "clock", "damaged")
    assert "3 kinds of fault, 0 with something" in told


def test_a_run_that_lost_something_would_say_so() -> None:
    assert Findings(mails=2, contacts=2).good
    for wrong in (Findings(lost=1), Findings(doubled=1), Findings(second_id=1), Findings(unsent=1), Findings(half_written=["x"])):
        assert not wrong.good


def test_no_two_mails_are_about_one_child() -> None:
    assert len({name_of(number) for number in range(20_000)}) == 20_000
    assert len({mail_of(number) for number in range(2_000)}) == 2_000


@pytest.mark.parametrize("point", POINTS)
def test_every_named_point_is_there(point: str) -> None:
    import importlib

    module, _, path = POINTS[point][0].partition(":")
    found = importlib.import_module(module)
    for step in path.split("."):
        found = getattr(found, step)
    assert callable(found)
