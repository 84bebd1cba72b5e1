"""Which form it is, by what stands on it; and what is no referral at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.document import Document
from models.extraction import FormIdentity, FormType
from models.forms import FormDefinition
from pipeline.authorities.forms import load_forms
from pipeline.extract.recognise import identify, outline
from tests.extract.paper import child_table, document, line, read, table


def recognise(document: Document, forms: tuple[FormDefinition, ...]) -> tuple[FormIdentity, FormDefinition | None]:
    """As the reader does it: the outline is made once and looked at for more than the form's name."""
    return identify(outline(document), forms)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Inter-Agency Referral Form", "IAF"),
        ("Multi Agency Referral Form (MARF)", "MARF"),
        ("MASH – Safeguarding Children REFERRAL Form", "MARF"),
        ("Children's Social Care Referral Form", "MARF"),
        ("SINGLE SERVICE REQUEST (SSR)", "SSR"),
        ("SINGLE POINT REFERRAL FORM", "SSR"),
        ("Common Assessment Framework", "CAF"),
        ("Family CAF Form", "CAF"),
        ("Strengths and Needs Form", "SNF"),
        ("Early Help Assessment and Plan", "EHA"),
        ("Signs of Safety mapping tool", "SOS"),
        ("Green form", "OTHER"),
    ],
)
def test_a_form_is_known_by_its_title(title: str, kind: FormType) -> None:
    identity, _ = recognise(document(line(title, heading=1), child_table()), ())
    assert (identity.type, identity.title) == (kind, title)


def test_headings_settle_which_definition_corrects_the_reading() -> None:
    blocks = [line("Common Assessment Framework – full CAF form", heading=1)]
    blocks += [
        line(text, heading=2)
        for text in (
            "Identifying details",
            "Assessment information",
            "Details of parents/carers",
            "Current family and home situation",
            "Details of person(s) undertaking assessment",
        )
    ]
    identity, definition = recognise(document(*blocks), load_forms())
    assert (identity.type, identity.definition) == ("CAF", "national-caf")
    assert definition is not None
    assert identity.confidence > 0.8


def test_a_heading_or_two_in_common_is_no_definition() -> None:
    identity, definition = recognise(
        document(line("Common Assessment Framework", heading=1), line("Consent", heading=2), child_table()), load_forms()
    )
    assert (definition, identity.type) == (None, "CAF")


def test_the_file_name_says_nothing() -> None:
    from dataclasses import replace

    identity, _ = recognise(replace(document(line("Early Help Assessment", heading=1), child_table()), name="MARF v9 final.docx"), ())
    assert identity.type == "EHA"


@pytest.mark.parametrize(
    "words",
    [
        "Invoice 4471\nAmount due: 120.00\nPlease pay within 30 days. VAT number 123.",
        "Automatic reply: I am on annual leave until Monday and will answer then.",
        "School newsletter, autumn term. The choir sang. To stop receiving this, unsubscribe.",
        "Minutes of the partnership meeting. Apologies: two. The agenda was agreed.",
    ],
)
def test_what_is_clearly_none_is_not_a_referral(words: str) -> None:
    assert read(*words.split("\n")).status == "not_a_referral"


@pytest.mark.parametrize(
    "words",
    [
        "I am ringing about a boy who came in with a bruise and I think somebody should see him today.",
        "Safeguarding concern about Tom Gale, who was not collected from school.",
        "Please see the attached. He is not safe at home and his mother cannot be reached; we have tried four times since Monday morning and nobody answers.",
    ],
)
def test_in_doubt_it_is_read(words: str) -> None:
    assert read(words).status == "read"


def test_a_form_half_empty_is_still_a_referral() -> None:
    assert read(line("Multi-Agency Referral Form", heading=1), table(["Name of child", ""], ["Date of birth", ""])).status == "read"


@pytest.mark.parametrize(
    ("margin", "printed", "title"),
    [
        ("IAF v9 Page 1 of 1", "Inter-Agency Referral Form", "Inter-Agency Referral Form"),
        ("Inter-Agency Referral, October 2024 Page 1 of 2", "Tower House, 2 High Street", "Inter-Agency Referral, October 2024"),
        ("MARF v3 | Page 2/4", "Child's details", "MARF v3"),
        ("Page 1 of 3", "Green form", "Green form"),
    ],
)
def test_a_title_is_the_forms_own_without_the_number_of_a_page(margin: str, printed: str, title: str) -> None:
    shown = replace(document(line(printed, heading=1), child_table()), margins=(line(margin),))
    assert recognise(shown, ())[0].title == title
