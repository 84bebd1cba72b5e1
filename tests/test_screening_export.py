"""Corrections as data: what the fits of confidences, labels and weights take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.contact import Contact
from pipeline.cli import app as command
from pipeline.errors import WrongSetup
from pipeline.screening.export import export
from pipeline.store import audit
from tests.mails import form, mail
from tests.screened import AUTHENTIC, Hub, hub
from tests.test_screening import OTHERS, PERRAN


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hub, Contact, Path]]:
    """A referral that was corrected, confirmed, relabelled, matched and decided."""
    folder = tmp_path_factory.mktemp("worked")
    with hub(folder, (PERRAN, *OTHERS)) as house:
        contact = house.receive(mail(("Referral.docx", form()), headers=AUTHENTIC))
        work, name = house.app.screening, contact.reference
        work.correct(name, house.hand(name), "children.0.postcode", "EJ4 2QY")
        work.correct(name, house.hand(name), "children.0.gender", "female")
        work.undo(name, house.hand(name))
        work.confirm(name, house.hand(name), "children.0.family_name")
        work.relabel(name, house.hand(name), 1, "reported")
        work.judge(name, house.hand(name), "children.0", "P-77", "same")
        pathway = house.app.authority.pathways[0].name
        work.decide(name, house.hand(name), pathway, "green")
        yield house, contact, folder


def test_values_tell_what_was_read_and_what_is_right(worked: tuple[Hub, Contact, Path]) -> None:
    house, contact, _ = worked
    lines = {line["path"]: line for line in export(house.app.store, "values")}
    assert (lines["children.0.postcode"]["read"], lines["children.0.postcode"]["right"]) == ("EJ4 2QX", "EJ4 2QY")
    assert lines["children.0.postcode"]["stood"] is False
    assert lines["children.0.family_name"]["stood"] is True
    assert lines["children.0.gender"]["stood"] is True
    read = {one.path: one.confidence for one in contact.fields if one.value is not None}
    assert {path: line["confidence"] for path, line in lines.items()} == read


def test_what_a_person_typed_into_a_blank_is_no_reading(worked: tuple[Hub, Contact, Path]) -> None:
    """Neither as a value that stood, nor, when they put their own typing right, as one that was read wrongly and for certain."""
    house, _, _ = worked
    child = {**dict(_child()), "Surname": "Brack", "Forename(s)": "Osric", "Home address": "8 Mill Lane, Easterham"}
    other = house.receive(mail(("Other.docx", form(child)), headers=AUTHENTIC))
    work, name = house.app.screening, other.reference
    for words in ("Hillside Primary School", "Hillside Primary"):
        work.correct(name, house.hand(name), "children.0.school", words)
    work.correct(name, house.hand(name), "children.0.gp", "Dr Farrow, Mill Surgery")
    between = house.app.now()
    work.decide(name, house.hand(name), house.app.authority.pathways[0].name, "green")
    told = {line["path"] for line in export(house.app.store, "values") if line["reference"] == name}
    assert "children.0.family_name" in told
    assert not told & {"children.0.school", "children.0.gp"}
    later = {line["path"] for line in export(house.app.store, "values", between) if line["reference"] == name}
    assert "children.0.family_name" in later
    assert not later & {"children.0.school", "children.0.gp"}


def test_labels_come_in_the_form_of_the_labelled_narratives(worked: tuple[Hub, Contact, Path]) -> None:
    house, contact, _ = worked
    lines = list(export(house.app.store, "labels"))
    assert contact.narrative is not None
    assert [line["text"] for line in lines] == [one.text for one in contact.narrative.sentences]
    assert (lines[0]["factuality"], lines[0]["by_a_person"]) == ("reported", True)
    assert {"id", "narrative_id", "voice", "text", "factuality", "difficulty", "concerns"} <= set(lines[0])


def test_matches_hold_the_question_and_the_answer(worked: tuple[Hub, Contact, Path]) -> None:
    house, contact, _ = worked
    (line,) = export(house.app.store, "matches")
    assert line["record_id"] == "P-77"
    assert line["query"]["name"] == "Perran Ashdown"
    assert line["reference"] == contact.reference
    assert "P-77" in line["shown"]


def test_a_person_half_decided_is_left_out(worked: tuple[Hub, Contact, Path]) -> None:
    house, _, _ = worked
    other = house.receive(mail(("Again.docx", form({**dict(_child()), "Date of birth": "14/03/2016"})), headers=AUTHENTIC))
    shown = [one.record_id for one in other.matches[0].candidates]
    work = house.app.screening
    for number, record_id in enumerate(shown):
        before = [line for line in export(house.app.store, "matches") if line["reference"] == other.reference]
        assert before == [] or number == len(shown)
        work.judge(other.reference, house.hand(other.reference), "children.0", record_id, "not_same")
    assert [line["record_id"] for line in export(house.app.store, "matches") if line["reference"] == other.reference] == [None]


def _child() -> dict[str, str]:
    from tests.mails import CHILD

    return {**CHILD, "Home address": "3 Other Road, Easterham", "Postcode": "EJ9 9XX"}


def test_everything_says_who_and_whether_it_was_undone(worked: tuple[Hub, Contact, Path]) -> None:
    house, contact, _ = worked
    lines = [line for line in export(house.app.store, "everything") if line["reference"] == contact.reference]
    assert [(line["kind"], line["undone"]) for line in lines[:2]] == [("value", False), ("value", True)]
    assert {line["by"] for line in lines} == {"local:sam"}


def test_the_command_writes_json_lines_to_a_private_file(worked: tuple[Hub, Contact, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    house, _, folder = worked
    monkeypatch.setenv("MASH_DATA_DIR", str(folder / "data"))
    out = folder / "values.jsonl"
    answer = CliRunner().invoke(command, ["corrections", "export", "--for", "values", "-o", str(out)])
    assert answer.exit_code == 0, answer.output
    assert all(json.loads(line)["path"] for line in out.read_text(encoding="utf-8").splitlines())
    assert out.stat().st_mode & 0o077 == 0
    with house.app.store.reading() as session:
        assert audit.rows(session)[-1].what == "exported corrections: values", "who took them is in the trail"
    told = CliRunner().invoke(command, ["corrections", "export", "-o", str(folder / "no such folder" / "out.jsonl")])
    assert isinstance(told.exception, WrongSetup)
