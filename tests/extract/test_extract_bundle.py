"""Several forms in one file: cut where the next one surely begins, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.authorities.forms import load_forms
from pipeline.extract.bundle import understand_all
from pipeline.extract.combine import by_family, together
from tests.extract.made_documents import cell, paragraph, read_body_xml, read_drawn, run, table

TODAY = date(2026, 11, 16)
ORLA = ("Orla Fennimore", "03/02/2016", "1 Larch Road, Northtown")
FINN = ("Finn Fennimore", "01/05/2018", "1 Larch Road, Northtown")
TARIQ = ("Tariq Osman", "09/09/2011", "7 Elm Court, Southtown")


def title(text: str) -> str:
    return paragraph(run(text, '<w:b/><w:sz w:val="36"/>'), properties='<w:outlineLvl w:val="0"/>')


def rows(*pairs: tuple[str, str]) -> str:
    return table(*[cell(label) + cell(value) for label, value in pairs])


def child(name: str, born: str, address: str) -> str:
    return paragraph(run("Child's details", "<w:b/>")) + rows(("Name of child", name), ("Date of birth", born), ("Address", address))


def rest(reason: str = "She came to school with bruises and would not say how.") -> str:
    return (
        paragraph(run("Details of referrer", "<w:b/>"))
        + rows(("Name", "Pat Quill"), ("Telephone", "01632 960123"), ("Email", "pat.quill@school.example"))
        + paragraph(run("Reason for referral", "<w:b/>"))
        + rows(("Why are you making this referral?", reason))
    )


MARF = title("Multi-Agency Referral Form")


def names(*parts: str) -> list[list[str | None]]:
    found = understand_all(read_body_xml("".join(parts)), load_forms(), TODAY, path="batch.docx")
    return [[one.given_names for one in extraction.record.children] for extraction in found]


def test_the_same_form_for_two_families_is_two() -> None:
    found = understand_all(read_body_xml(MARF + child(*ORLA) + rest() + MARF + child(*TARIQ) + rest()), load_forms(), TODAY, path="batch.docx")
    assert [one.path for one in found] == ["batch.docx#1", "batch.docx#2"]
    assert [(one.record.children[0].name, one.record.children[0].address, one.record.referrer.name) for one in found] == [
        ("Orla Fennimore", ORLA[2], "Pat Quill"),
        ("Tariq Osman", TARIQ[2], "Pat Quill"),
    ]
    assert len(by_family(found)) == 2


def test_three_forms_are_three() -> None:
    assert names(*[MARF + child(*one) + rest() for one in (ORLA, FINN, TARIQ)]) == [["Orla"], ["Finn"], ["Tariq"]]


def test_a_form_for_each_child_of_a_family_is_one_referral_of_both() -> None:
    found = understand_all(read_body_xml(MARF + child(*ORLA) + rest() + MARF + child(*FINN) + rest("He was with her.")), load_forms(), TODAY)
    assert len(found) == 2
    (family,) = by_family(found)
    record, _, _ = together(family)
    assert {one.given_names for one in record.children} == {"Orla", "Finn"}
    assert record.narrative.reason == "She came to school with bruises and would not say how.\n\nHe was with her."


def test_another_form_under_its_own_title_is_another() -> None:
    other = title("Inter-Agency Referral Form")
    assert names(MARF + child(*ORLA) + rest(), other + child(*TARIQ) + rest()) == [["Orla"], ["Tariq"]]


@pytest.mark.parametrize(
    "second",
    [child(*FINN), child(*ORLA) + rest(), rest(), child("", "", "") + rest()],
    ids=["a sheet for another child", "the same child again", "no child", "a blank copy"],
)
def test_a_title_that_comes_again_over_less_than_a_form_cuts_nothing(second: str) -> None:
    assert len(names(MARF + child(*ORLA) + rest() + MARF + second)) == 1


def test_children_of_one_form_stay_in_one_form() -> None:
    assert names(MARF + child(*ORLA) + child(*FINN) + rest()) == [["Orla", "Finn"]]


def test_in_a_pdf_only_a_page_begins_a_form() -> None:
    def draw(canvas: object) -> None:
        for number, (name, born, address) in enumerate((ORLA, TARIQ)):
            if number:
                canvas.showPage()  # type: ignore[attr-defined]
            lines = ["Multi-Agency Referral Form", f"Name of child: {name}", f"Date of birth: {born}", f"Address: {address}", "Details of referrer"]
            lines += ["Name: Pat Quill", "Telephone: 01632 960123", "Reason for referral: She came to school with bruises and would not say how."]
            for line, words in enumerate(lines):
                canvas.drawString(50, 780 - 30 * line, words)  # type: ignore[attr-defined]

    found = understand_all(read_drawn(draw), load_forms(), TODAY, path="batch.pdf")
    assert [one.record.children[0].name for one in found] == ["Orla Fennimore", "Tariq Osman"]
    pages = [{value.source.page for value in one.fields if value.source and value.source.page} for one in found]
    assert pages == [{1}, {2}]
