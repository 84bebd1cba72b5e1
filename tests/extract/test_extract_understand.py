"""The whole answer: a field for every value with its place and confidence, gaps, definitions applied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.document import Cell, Document, Line, Origin, Place, Span, Table
from models.forms import FormDefinition
from models.paths import is_path, value_at
from pipeline.extract.understand import understand
from tests.extract.paper import CHILD, OFF, ON, TODAY, UNKNOWN, child_table, line, read, table


def _leaves(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _leaves(value, f"{path}.{name}" if path else name)
    elif isinstance(data, list | tuple):
        for number, value in enumerate(data):
            yield from _leaves(value, f"{path}.{number}")
    elif data not in (None, False, ""):
        yield path, data


def test_every_value_of_the_record_has_its_field() -> None:
    found = read(
        CHILD,
        table(
            ["Surname", "Gale", "First name", "Tom"],
            ["Date of birth", "01/02/2015", "AKA", "Tommy"],
            ["Ethnicity", "White British", "NHS Number", "9998889340"],
        ),
        line("Household members", heading=1),
        table(["Name", "Relationship", "PR"], ["Ann Gale", "Mother", "Yes"]),
        line("Details of referrer", heading=1),
        table(["Name", "Rae Poole", "Role", "Teacher"], ["Email", "r.poole@school.example", "Telephone", "020 7946 0100"]),
        table(["Are the parents aware of this referral?", ("Yes ", OFF, " No ", ON)], ["Reason for referral", "He was seen with a bruise."]),
    )
    told = {field.path for field in found.fields if field.value is not None}
    expected = {path for path, _ in _leaves(found.record.model_dump(mode="json"))}
    assert expected <= told | {path for path in expected if path.endswith("marked_urgent")}
    for field in found.fields:
        assert is_path(field.path.replace(".aliases.0", ".aliases"))
        assert 0 < field.confidence < 1
        assert field.source.document == "made.docx"
        if field.value is not None and ".aliases" not in field.path:
            assert value_at(found.record, field.path) == field.value


def test_the_place_of_a_value_is_that_of_its_answer() -> None:
    here = Place(2, (10.0, 20.0, 90.0, 30.0), "table 1, row 1, cell 2")
    cells = (Cell(0, 0, lines=(line("Name of child"),)), Cell(0, 1, lines=(line("Tom Gale"),), place=here))
    found = understand(Document("made.pdf", "pdf", (Table(1, 2, cells),)), (), TODAY)
    field = next(one for one in found.fields if one.path == "children.0.given_names")
    assert (field.source.page, field.source.box, field.source.where, field.raw) == (2, (10.0, 20.0, 90.0, 30.0), "table 1, row 1, cell 2", "Tom Gale")


def test_invalid_values_are_gaps() -> None:
    found = read(
        CHILD,
        table(
            ["Surname", "Gale", "First name", "Tom"],
            ["Date of birth", "31/02/2015", "NHS Number", "9998889341"],
            ["UPN", "A764985123971", "Postcode", "nowhere"],
        ),
    )
    assert {(gap.field, gap.kind) for gap in found.gaps} == {
        ("children.0.date_of_birth", "invalid"),
        ("children.0.nhs_number", "invalid"),
        ("children.0.upn", "invalid"),
        ("children.0.postcode", "invalid"),
    }
    assert found.record.children[0].nhs_number == "9998889341"
    assert found.record.children[0].date_of_birth is None


def test_two_places_that_differ_are_a_conflict_and_not_a_choice_in_silence() -> None:
    household = table(["Name", "Relationship", "DOB"], ["Tom Gale", "Subject", "02/02/2015"])
    found = read(CHILD, child_table(), line("Household members", heading=1), household)
    assert [(gap.field, gap.kind) for gap in found.gaps] == [("children.0.date_of_birth", "conflict")]
    confidence = {field.path: field.confidence for field in found.fields}
    assert confidence["children.0.date_of_birth"] < confidence["children.0.family_name"]


def test_two_answers_marked_or_a_mark_not_made_out_are_unclear() -> None:
    both = read(CHILD, child_table(), table(["Are the parents aware of this referral?", ("Yes ", ON, " No ", ON)]))
    assert [(gap.field, gap.kind) for gap in both.gaps] == [("consent.parents_aware", "unclear")]
    assert both.record.consent.parents_aware is None
    dim = read(CHILD, child_table(), table(["Are the parents aware of this referral?", ("Yes ", UNKNOWN, " No ", OFF)]))
    assert [gap.kind for gap in dim.gaps] == ["unclear"]


def test_the_likelihood_falls_with_what_is_seen() -> None:
    def confidence(*blocks: Any) -> float:
        return next(field.confidence for field in read(*blocks).fields if field.path == "children.0.given_names")

    sure = confidence(CHILD, table(["First name", "Tom"], ["Surname", "Gale"]))
    split = confidence(CHILD, table(["Name of child", "Tom Ali Gale"]))
    dim = Line((Span("Tom", origin=Origin.OCR, confidence=0.5),))
    scanned = confidence(CHILD, table(["First name", [dim]], ["Surname", "Gale"]))
    assert sure > split
    assert sure > 2 * scanned


def test_nobody_is_professional_by_guess() -> None:
    assert (
        read(
            CHILD, child_table(), line("Details of referrer", heading=1), table(["Name", "Jo Ash", "Relationship to child", "Neighbour"])
        ).record.referrer.kind
        == "public"
    )
    assert (
        read(CHILD, child_table(), line("Details of referrer", heading=1), table(["Name", "Rae Poole", "Role", "Teacher"])).record.referrer.kind
        == "professional"
    )
    assert read(CHILD, child_table(), line("Details of referrer", heading=1), table(["Name", "Jo Ash"])).record.referrer.kind is None
    assert (
        read(CHILD, child_table(), line("Details of referrer", heading=1), table(["Name", "Wishes to remain anonymous"])).record.referrer.kind
        == "anonymous"
    )


def test_a_definition_corrects_one_form() -> None:
    own = FormDefinition(
        id="allotment",
        type="OTHER",
        title="Allotment form",
        authority="made-up",
        titles=("Allotment form",),
        labels={"Sprout": "child.name", "Sown on": "child.born", "Weather": "ignore", "Weeds": "narrative.worries"},
        blocks={"The gardener": "referrer"},
        statements={"Needs water today": "referral.marked_urgent=true"},
    )
    blocks = (
        line("Allotment form", heading=1),
        table(
            ["Sprout", "Tom Gale"],
            ["Sown on", "01/02/2015"],
            ["Weather", "Domestic violence"],
            ["Weeds", "He is often alone."],
            ["Needs water today", ON],
        ),
        line("The gardener", heading=1),
        table(["Name", "Rae Poole"]),
    )
    with_it = read(*blocks, forms=(own,))
    record = with_it.record
    assert with_it.form.definition == "allotment"
    assert (record.children[0].given_names, record.children[0].date_of_birth, record.narrative.worries) == ("Tom", "2015-02-01", "He is often alone.")
    assert (record.referrer.name, record.referral.marked_urgent) == ("Rae Poole", True)
    without = read(*blocks)
    assert without.form.definition is None
    assert without.record.narrative.worries is None


def test_urgent_is_what_the_form_says() -> None:
    assert read(line("URGENT"), CHILD, child_table()).record.referral.marked_urgent
    assert not read(line("If a child is in immediate danger ring 999."), CHILD, child_table()).record.referral.marked_urgent
