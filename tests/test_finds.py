"""What fuzzing found stays answered, and the fuzzer's promises hold for its own seeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz.targets import TARGETS, seeds

FINDS = sorted(path for path in (Path(__file__).parent / "finds").glob("*/*") if path.is_file())


@pytest.mark.parametrize("find", FINDS, ids=lambda path: f"{path.parent.name} {path.name}")
def test_a_find_is_answered(find: Path) -> None:
    TARGETS[find.parent.name](find.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_lead_in(target: str) -> None:
    found = list(seeds(target))
    assert len(found) >= 2
    for seed in found[:3]:
        TARGETS[target](seed)
