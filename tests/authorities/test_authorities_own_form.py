"""A council adds a form of its own, as docs/add-a-form.md says, without code."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from pipeline.authorities import authority_names, load_authority
from pipeline.authorities.forms import own_forms
from pipeline.authorities.load import HERE
from pipeline.cli import app
from pipeline.errors import WrongSetup

GUIDE = Path(__file__).parents[2] / "docs" / "add-a-form.md"


def definition() -> str:
    """The definition that the guide shows."""
    shown = re.search(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    return shown[1]


def sample() -> bytes:
    """A filled form of the council in the guide, in words that no shipped form has."""
    made = docx.Document()
    made.add_heading("Anytown multi-agency referral", 0)
    for heading, rows in (
        ("About the child", [("Key person:", "Orla Fennimore"), ("Date of birth", "03/02/2016"), ("Library card", "A1234")]),
        ("The one who rang", [("Name", "Pat Quill"), ("Rung at:", "01632 960123")]),
        ("About you", [("Story", "She came to school with bruises and would not say how.")]),
        ("Desk use", [("Name", "Sam Desk"), ("Telephone", "01632 960999")]),
    ):
        made.add_heading(heading, 1)
        table = made.add_table(rows=0, cols=2)
        for pair in rows:
            for cell, text in zip(table.add_row().cells, pair, strict=True):
                cell.text = text
    made.add_paragraph("☒ We are worried for today")
    made.add_paragraph("☐ We would like advice")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A council's own folder, with its form in it, and a filled sample beside it."""
    folder = tmp_path / "anytown"
    (folder / "forms").mkdir(parents=True)
    (folder / "forms" / "referral.toml").write_text(definition(), encoding="utf-8")
    (tmp_path / "filled.docx").write_bytes(sample())
    monkeypatch.setenv("MASH_AUTHORITY", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def said(*command: str) -> str:
    done = CliRunner().invoke(app, [*command])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_form_is_listed_and_read_by(council: Path) -> None:
    assert re.search(r"^anytown-marf\s+MARF\s+anytown", said("forms", "list"), re.MULTILINE)
    read = said("extract", "filled.docx")
    assert "read by the definition anytown-marf" in read
    for path, value in {
        "children.0.given_names": "Orla",
        "children.0.date_of_birth": "2016-02-03",
        "referrer.name": "Pat Quill",
        "referrer.phone": "01632 960123",
        "referral.marked_urgent": "True",
        "narrative.reason": "She came to school with bruises and would not say how.",
    }.items():
        assert re.search(rf"^ *{re.escape(path)} +{re.escape(value)}", read, re.MULTILINE), path
    assert "A1234" not in read
    assert "Sam Desk" not in read
    assert "advice" not in read


def test_a_check_shows_what_the_definition_finds_and_changes(council: Path) -> None:
    told = said("forms", "check", str(council / "forms" / "referral.toml"), "filled.docx")
    assert "The definition is sound." in told
    assert "recognised: yes" in told
    assert "labels: 4 of 4 stand in the sample" in told
    assert "requires referrer.phone: found" in told
    assert re.search(r"^ \+ children\.0\.given_names +Orla", told, re.MULTILINE)
    assert re.search(r"^   referrer\.name +Pat Quill", told, re.MULTILINE), "read as well without the definition, so not marked"


def test_a_check_says_what_does_not_fit_the_sample(council: Path) -> None:
    path = council / "forms" / "referral.toml"
    wrong = definition().replace("Anytown multi-agency referral", "Anytown single form").replace('"Library card"', '"Library ticket"')
    path.write_text(wrong.replace('"referrer.phone"]', '"referrer.phone", "children.*.nhs_number"]'), encoding="utf-8")
    told = said("forms", "check", str(path), "filled.docx", "missing.docx")
    assert "recognised: NO" in told
    assert 'titles: 0 of 1 stand in the sample; not: "Anytown single form"' in told
    assert '"Library ticket"' in told
    assert "requires children.*.nhs_number: NOT FOUND" in told
    assert "missing.docx" in told
    assert "There is no such file" in told


def test_an_id_that_is_taken_is_told_with_its_file(council: Path) -> None:
    path = council / "forms" / "referral.toml"
    path.write_text(definition().replace("anytown-marf", "national-caf"), encoding="utf-8")
    with pytest.raises(WrongSetup, match=r"referral\.toml, line 1: the id national-caf is taken"):
        own_forms(str(council))


@pytest.mark.parametrize("name", authority_names())
def test_a_folder_copied_from_one_that_ships_works_as_it_stands(name: str, tmp_path: Path) -> None:
    copied = tmp_path / "brookshire"
    shutil.copytree(HERE / name, copied)
    assert own_forms(str(copied)) == ()
    assert load_authority(copied).name == load_authority(name).name
    changed = next((copied / "forms").glob("*.toml"))
    changed.write_text(
        re.sub(r"^titles = \[", 'titles = ["Brookshire referral", ', changed.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE),
        encoding="utf-8",
    )
    with pytest.raises(WrongSetup, match="Choose an id of its own"):
        own_forms(str(copied))


def test_an_authority_that_ships_has_no_forms_twice() -> None:
    assert own_forms("lewisham") == ()
    assert own_forms(None) == ()
    assert own_forms("/nowhere/at/all") == ()
