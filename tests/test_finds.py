"""What fuzzing found stays answered, and the fuzzer's promises hold for its own seeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz.targets import TARGETS, seeds

FINDS = sorted(path for path in (Path(__file__).parent / "finds").glob("*/*") if path.is_file())


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_and_all_finds_are_answered(target: str) -> None:
    found = list(seeds(target))
    assert len(found) >= 2
    for seed in (*found[:3], *(find.read_bytes() for find in FINDS if find.parent.name == target)):
        TARGETS[target](seed)
