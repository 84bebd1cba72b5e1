"""Every row of the requirements is claimed by a rule or a feature and shown by a test; no rule cites a row that is none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.contact import Deadline
from pipeline.authorities import authority_names, load_authority
from pipeline.route.redirect import redirect
from tests import factory

ROOT = Path(__file__).parents[2]
COUNTS = {"DC": 12, "TH": 6, "LE": 19, "TK": 3, "OX": 8, "HE": 7}
ROWS = tuple(f"{letters}-{number}" for letters, count in COUNTS.items() for number in range(1, count + 1))
CLAIMS: dict[str, dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "requirements.toml").read_text())["rows"]


def rules_in(value: Any) -> set[str]:
    """Every row that a part of an authority cites."""
    if isinstance(value, dict):
        own = {text for key, text in value.items() if isinstance(text, str) and (key == "rule" or key.endswith("_rule"))}
        return own.union(*(rules_in(inner) for inner in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(rules_in(inner) for inner in value))
    return set()


def names_of_tests() -> str:
    return "\n".join(name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text()))


@pytest.fixture(scope="module")
def cited() -> set[str]:
    return set().union(*(rules_in(load_authority(name).model_dump()) for name in authority_names()))


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_claimed(row: str, cited: set[str]) -> None:
    features = CLAIMS.get(row, {}).get("feature", [])
    assert row in cited or features, f"nothing claims {row}: name its feature in requirements.toml, or cite it in a rule"
    for path in features:
        assert (ROOT / path).exists(), f"{row} is claimed by {path}, which is not there"


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_shown(row: str) -> None:
    shown = CLAIMS.get(row, {}).get("shown", [])
    token = row.lower().replace("-", "_")
    by_name = re.search(rf"_{token}(_|$)", names_of_tests(), re.MULTILINE)
    assert by_name or shown, f"no test carries {token} in its name"
    for path in shown:
        assert path.startswith("tests/"), f"{row} is shown by {path}, which is no test"
        assert (ROOT / path).exists(), f"{row} is shown by {path}, which is not there"


def test_no_rule_cites_what_is_no_row(cited: set[str]) -> None:
    assert cited <= set(ROWS)
    in_code = {row for path in (ROOT / "pipeline" / "route").glob("*.py") for row in re.findall(r'rule="([A-Z]+-\d+)"', path.read_text())}
    assert in_code
    assert in_code <= set(ROWS)


def test_no_council_is_named_in_code() -> None:
    for path in (ROOT / "pipeline" / "route").glob("*.py"):
        for name in authority_names():
            assert name not in path.read_text().casefold(), f"{path.name} names {name}: a council's choice is a data file"


def test_passing_a_contact_on_moves_the_duty_to_acknowledge_he_6() -> None:
    owed = factory.contact(deadlines=(Deadline(what="acknowledge", due_at=factory.RECEIVED),))
    moved = redirect(owed, "Targeted Advice Service", "user-7", factory.RECEIVED)
    assert moved.routing.pass_to == "Targeted Advice Service"
    assert moved.deadlines == owed.deadlines
    assert "the duty to acknowledge goes with it" in moved.routing.reasons[-1].because
    assert (moved.history[-1].by, "Targeted" in moved.history[-1].what) == ("user-7", False)
    met = owed.model_copy(update={"deadlines": (owed.deadlines[0].model_copy(update={"met_at": factory.RECEIVED}),)})
    assert "has been acknowledged" in redirect(met, "x", "user-7", factory.RECEIVED).history[-1].what


def test_every_authority_says_how_long_everything_is_kept_le_17() -> None:
    for name in authority_names():
        assert {entry.what for entry in load_authority(name).retention} == {"mail", "files", "letters", "contact", "audit"}
