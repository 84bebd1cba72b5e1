"""The contact record as a PDF: everything a screener's file needs, read back from the printed pages."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pdfplumber

from models.record import NarrativeBoxes, Person, Record
from pipeline.review.paper import build_pdf
from tests import factory
from tests.rich_contact import rich_contact

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def printed(data: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(data)) as paper:
        return [page.extract_text() or "" for page in paper.pages]


def test_every_value_its_certainty_and_every_question_is_on_the_paper() -> None:
    contact = rich_contact()
    text = "\n".join(printed(build_pdf(contact, NOW)))
    assert contact.reference in text
    child = contact.record.children[0]
    assert all(str(value) in text for value in (child.given_names, child.family_name, child.nhs_number, child.postcode))
    assert "Check" in text
    assert "Read clearly" in text
    assert all(str(gap.number) in text for gap in contact.gaps if gap.number)
    assert "a qualified social worker decides" in text


def test_names_of_other_alphabets_print_and_none_prints_as_boxes() -> None:
    people = (Person(given_names="Łucja", family_name="Şahin-Đorđević"), Person(given_names="محمد", family_name="Жуков"))
    text = "\n".join(printed(build_pdf(factory.contact(record=Record(children=people)), NOW)))
    assert "Łucja" in text
    assert "Şahin-Đorđević" in text
    assert "Жуков" in text
    assert "[mhmd]" in text


def test_a_long_story_runs_over_pages_and_nothing_of_it_is_lost() -> None:
    words = [f"w{number}" for number in range(6_000)]
    contact = factory.contact(record=Record(narrative=NarrativeBoxes(worries=" ".join(words) + " <b>&amp; end")))
    pages = printed(build_pdf(contact, NOW))
    assert len(pages) > 5
    text = " ".join(" ".join(pages).split())
    assert {word for word in words if word not in text} == set()
    assert "<b>&amp; end" in text
