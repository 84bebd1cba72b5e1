"""Form definitions: those that ship are sound, and a fault is told with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.authorities.forms import load_form, load_forms
from pipeline.errors import WrongSetup

SOUND = """id = "ours"
type = "MARF"
title = "Our form"
authority = "ours"
titles = ["Our form"]
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_definitions_that_ship_are_sound() -> None:
    forms = load_forms()
    assert {form.type for form in forms} >= {"IAF", "MARF", "SSR", "CAF", "SNF", "EHA", "SOS"}
    assert {form.authority for form in forms} >= {"tower-hamlets", "lewisham", "thurrock", "oxfordshire", "hertfordshire", "national"}
    assert len({form.id for form in forms}) == len(forms)


def test_a_council_adds_its_own_without_code(tmp_path: Path) -> None:
    form = load_form(
        _written(tmp_path, SOUND + '\n[labels]\n"Who is this about?" = "child.name"\n"Colour" = "ignore"\n\n[blocks]\n"Part 9" = "agency"\n')
    )
    assert form.labels["Who is this about?"] == "child.name"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (SOUND.replace('"MARF"', '"MURF"'), 2, "type"),
        (SOUND.replace('titles = ["Our form"]\n', ""), 1, "titles"),
        (SOUND + 'colour = "red"\n', 6, "colour"),
        (SOUND + '\n[labels]\n"Name" = "child.nmae"\n', 8, "child.name"),
        (SOUND + '\n[labels]\n"Reason" = "narrative.reasons"\n', 8, "narrative.reason"),
        (SOUND + '\n[blocks]\n"Part 9" = "kid"\n', 8, "block"),
        (SOUND + '\n[statements]\n"At risk" = "child protection"\n', 8, "referral.type=child_protection"),
        (SOUND + 'requires = ["children.*.hat"]\n', 6, "children.*.hat"),
        (SOUND + "labels = [\n", 7, "TOML"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = _written(tmp_path, text)
    with pytest.raises(WrongSetup) as fault:
        load_form(path)
    said = str(fault.value)
    assert str(path) in said
    assert f"line {line}" in said
    assert words in said


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(WrongSetup, match="does not exist"):
        load_form(tmp_path / "none.toml")
