"""What docs/operations.md promises is there: the tests behind its faults, the codes and settings it names, the pictures it shows."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.settings import Settings
from pipeline.troubles import MEANINGS

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def _section(name: str) -> str:
    return PAGE.split(f"# {name}\n", 1)[1].split("\n## ", 1)[0]


def test_every_fault_is_tried_by_a_test_that_is_there() -> None:
    rows = [row.split(" | ") for row in _section("Faults, and what happens").splitlines() if row.startswith("| ")][2:]
    assert len(rows) >= 15
    for row in rows:
        tried = re.findall(r"`(?:flows/)?test_\w+\.py`", row[-1])
        assert tried, row[0]
        assert all((ROOT / "tests" / name.strip("`")).is_file() for name in tried), row[0]


def test_every_code_that_health_tells_is_explained_and_no_other() -> None:
    told = re.findall(r"^\| `(\w+)` \|", _section("Health and figures").split("### Alarms")[0], re.MULTILINE)
    assert sorted(told) == sorted([*MEANINGS, "store"])


def test_every_setting_it_names_is_one() -> None:
    named = {name.lower() for name in re.findall(r"MASH_([A-Z_]+[A-Z])", PAGE)}
    assert named <= set(Settings.model_fields)
    assert len(named) >= 15


def test_its_pictures_and_units_are_there() -> None:
    for path in re.findall(r"\]\((pictures/[\w.-]+)\)", PAGE):
        assert (ROOT / "docs" / path).is_file(), path
    for path in re.findall(r"`(?:/opt/mash-intake/)?(deploy/[\w.-]+)", PAGE):
        assert (ROOT / path).is_file(), path
