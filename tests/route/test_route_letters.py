"""Letters: every kind for every authority as a golden set, and what a letter may never hold."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contact import LetterKind
from models.extraction import FormIdentity
from models.record import Referral
from models.routing import MailFacts, RouteInput, UnreadableFile
from pipeline.authorities import authority_names, load_authority
from pipeline.route.blocks import blocks, tidy
from pipeline.route.decide import route
from pipeline.route.letters import compose
from pipeline.route.preview import preview
from tests import factory
from tests import rich_contact as rich

GOLDEN = Path(__file__).parent / "golden"
REMAKE = "MASH_REMAKE_GOLDEN"
OPEN = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
RECIPIENT = "h.verity@pinfold.example.org"
SHIPPED = ("hertfordshire", "lewisham", "oxfordshire", "thurrock", "tower-hamlets")


def check(name: str, text: str) -> None:
    """Hold a text against its golden file; with the flag set, write it anew."""
    path = GOLDEN / name
    if os.environ.get(REMAKE):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("name", SHIPPED)
def test_golden_letters(name: str, kind: LetterKind) -> None:
    letter = preview(kind, load_authority(name), OPEN)
    attached = "".join(f"Attached: {file.filename}\n" for file in letter.files)
    check(f"{name}.{kind.value}.txt", f"Subject: {letter.subject}\n\n{letter.text}{attached}")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_golden_letters_without_names_and_out_of_hours(kind: LetterKind) -> None:
    letter = preview(kind, load_authority("lewisham"), NIGHT, shareable=False)
    check(f"lewisham.{kind.value}.untrusted-night.txt", f"Subject: {letter.subject}\n\n{letter.text}")


def test_golden_html() -> None:
    check("lewisham.incomplete.html", preview(LetterKind.INCOMPLETE, load_authority("lewisham"), OPEN).html or "")


def test_golden_letters_are_not_being_remade() -> None:
    if os.environ.get("CI"):
        assert REMAKE not in os.environ, f"unset {REMAKE}: golden letters are remade by hand and read before they are committed"
    assert len(list(GOLDEN.iterdir())) == len(SHIPPED) * len(LetterKind) + len(LetterKind) + 1


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("name", SHIPPED)
def test_an_untrusted_recipient_learns_nothing_that_was_read(name: str, kind: LetterKind) -> None:
    contact = rich.rich_contact(authority=name)
    authority = load_authority(name)
    given = RouteInput(
        mail=MailFacts(received_at=OPEN), record=contact.record, fields=contact.fields, gaps=contact.gaps, extractions=contact.extractions
    )
    whole = contact.model_copy(update={"gaps": route(given, authority, OPEN).gaps})
    letter = compose(kind, whole, authority, RECIPIENT, OPEN, shareable=False)
    said = f"{letter.subject}\n{letter.text}\n{letter.html}"
    for word in (
        "Orla",
        "Fintan",
        "Una",
        "Tennick",
        "Craig",
        "Dunmore",
        "Sallow",
        "Verity",
        "Pinfold Primary",
        "Fernbank",
        "bruise",
        "9990000018",
        "2019",
    ):
        assert word not in said
    for child in whole.record.children:
        assert not child.given_names or child.given_names not in letter.subject


def test_a_trusted_referrer_is_asked_by_name() -> None:
    children = (factory.person(date_of_birth=None),)
    record = factory.record(children=children)
    given = RouteInput(mail=MailFacts(received_at=OPEN), record=record, extractions=(factory.extraction(record=record),))
    contact = factory.contact(record=record, gaps=route(given, load_authority("lewisham"), OPEN).gaps)
    letter = compose(LetterKind.INCOMPLETE, contact, load_authority("lewisham"), RECIPIENT, OPEN, shareable=True)
    assert "Dear Hal Verity," in letter.text
    assert "About Orla Tennick: What is the child's date of birth?" in letter.text
    assert "Orla" not in letter.subject
    assert [file.filename.rpartition(".")[2] for file in letter.files] == ["docx", "json"]


def test_what_is_asked_once_for_all_children_is_about_none_of_them() -> None:
    children = (factory.person(address=None, postcode=None), factory.person(given_names="Fintan", address=None, postcode=None))
    record = factory.record(children=children)
    lewisham = load_authority("lewisham")
    given = RouteInput(mail=MailFacts(received_at=OPEN), record=record, extractions=(factory.extraction(record=record),))
    contact = factory.contact(record=record, gaps=route(given, lewisham, OPEN).gaps)
    text = compose(LetterKind.INCOMPLETE, contact, lewisham, RECIPIENT, OPEN, shareable=True).text
    assert ". At what address do the children live now" in text


def test_the_incoming_subject_and_file_names_are_not_echoed() -> None:
    contact = factory.contact(
        message=factory.message(subject="Orla Tennick URGENT", files=("Orla Tennick.pdf",)), extractions=(factory.unreadable("Orla Tennick.pdf"),)
    )
    letter = compose(LetterKind.COULD_NOT_OPEN, contact, load_authority("lewisham"), RECIPIENT, OPEN, shareable=True)
    assert "Orla" not in f"{letter.subject}{letter.text}"
    assert "The first file (a PDF) is locked with a password." in letter.text


@pytest.mark.parametrize("code", ["encrypted", "corrupt", "unsupported", "too_large", "too_slow", "empty", "no_text"])
def test_every_problem_has_its_remedy(code: str) -> None:
    contact = factory.contact(extractions=(factory.unreadable("x.bin", code=code),))
    text = compose(LetterKind.COULD_NOT_OPEN, contact, load_authority("lewisham"), RECIPIENT, OPEN).text
    assert "- The first file " in text


def test_schools_are_told_their_own_line_th_2() -> None:
    tower = load_authority("tower-hamlets")
    school = compose(LetterKind.ACKNOWLEDGEMENT, factory.contact(), tower, RECIPIENT, OPEN).text
    nurse = factory.record(referrer=factory.record().referrer.model_copy(update={"agency": "St Brannock's Hospital", "role": "Ward sister"}))
    health = compose(
        LetterKind.ACKNOWLEDGEMENT, factory.contact(record=nurse, message=factory.message(sender="a@b.example")), tower, RECIPIENT, OPEN
    ).text
    assert "advice line for schools on 020 7946 0502" in school
    assert "duty line on 020 7946 0501" in health
    assert "0502" not in health


def test_out_of_hours_the_duty_team_is_named_le_2() -> None:
    by_night = compose(LetterKind.ACKNOWLEDGEMENT, factory.contact(), load_authority("lewisham"), RECIPIENT, NIGHT).text
    by_day = compose(LetterKind.ACKNOWLEDGEMENT, factory.contact(), load_authority("lewisham"), RECIPIENT, OPEN).text
    assert "Emergency Duty Team (EDT) answers on 020 7946 0669" in by_night
    assert "we pick up what they have done on the next working day" in by_night
    assert "Emergency Duty Team" not in by_day


@pytest.mark.parametrize("name", SHIPPED)
def test_every_acknowledgement_says_what_happens_next_and_how_to_disagree_tk_3_he_5_ox_7(name: str) -> None:
    text = preview(LetterKind.ACKNOWLEDGEMENT, load_authority(name), OPEN).text
    assert "Thursday 19 November 2026" in text
    assert "If you have heard nothing by Monday 23 November 2026" in text
    assert f"https://{name}.example.org/escalation" in text
    assert "ring 999" in text


def test_hertfordshire_says_that_who_takes_over_answers_he_6() -> None:
    assert "whoever takes it over answers you" in preview(LetterKind.ACKNOWLEDGEMENT, load_authority("hertfordshire"), OPEN).text


def test_a_member_of_the_public_is_told_nothing_of_the_family_ox_8() -> None:
    record = rich.rich_record().model_copy(update={"referrer": factory.record().referrer.model_copy(update={"kind": "public"})})
    facts = MailFacts(received_at=OPEN, sender="neighbour@example.net", authentication="pass")
    outcome = route(RouteInput(mail=facts, record=record, extractions=(factory.extraction(record=record),)), load_authority("lewisham"), OPEN)
    (plan, *_) = outcome.letters
    contact = factory.contact(record=record, gaps=outcome.gaps, routing=outcome.routing)
    letter = compose(plan.kind, contact, load_authority("lewisham"), plan.recipient, OPEN, shareable=plan.shareable)
    assert not plan.shareable
    assert "Tennick" not in f"{letter.text}{letter.html}"


def test_an_urgent_contact_is_not_told_to_wait_and_no_promise_is_made_for_the_night_ox_6() -> None:
    record = factory.record(children=(factory.person(date_of_birth=None),), referral=Referral(type="child_protection"))
    given = RouteInput(mail=MailFacts(received_at=OPEN, sender=RECIPIENT), record=record, extractions=(factory.extraction(record=record),))
    outcome = route(given, load_authority("lewisham"), OPEN)
    contact = factory.contact(record=record, gaps=outcome.gaps, routing=outcome.routing)
    for kind in LetterKind:
        by_day = compose(kind, contact, load_authority("lewisham"), RECIPIENT, OPEN).text
        by_night = compose(kind, contact, load_authority("lewisham"), RECIPIENT, NIGHT).text
        if kind is LetterKind.REMINDER:
            continue
        assert "goes to a social worker before anything else" in by_day
        assert "if the child may come to harm before then, ring the Emergency Duty Team (EDT) on 020 7946 0669 now" in by_night
        assert "before then" not in by_day


def test_the_wrong_form_letter_names_both_forms_le_1() -> None:
    contact = factory.contact(extractions=(factory.extraction(form=FormIdentity(type="EHA")),))
    text = compose(LetterKind.WRONG_FORM, contact, load_authority("lewisham"), RECIPIENT, OPEN).text
    assert "You sent the Early Help Assessment (EHA)." in text
    assert "please reply to this mail with the Multi-Agency Referral Form (MARF)" in text


def test_the_same_letter_has_the_same_message_id_and_another_has_another() -> None:
    authority = load_authority("lewisham")

    def built(kind: LetterKind = LetterKind.INCOMPLETE, to: str = RECIPIENT, answers: str = "<one@example.org>") -> str:
        return compose(kind, factory.contact(), authority, to, OPEN, answers).message_id

    assert built() == built() == built(to=RECIPIENT.upper())
    assert len({built(), built(LetterKind.REMINDER), built(to="b@example.org"), built(answers="<two@example.org>")}) == 4
    assert built().endswith("@lewisham.example.org>")


def test_a_letter_after_its_promise_says_so() -> None:
    contact = factory.contact(received_at=OPEN, deadlines=())
    late = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert "You should have had word from us by" in compose(LetterKind.COMPLETED, contact, load_authority("lewisham"), RECIPIENT, late).text


def test_a_name_cannot_write_the_letter() -> None:
    evil = "Al\n\n# Urgent\n1. Send all\n- names <script>alert(1)</script> {{ authority }}"
    record = factory.record(referrer=factory.record().referrer.model_copy(update={"name": evil}))
    letter = compose(LetterKind.ACKNOWLEDGEMENT, factory.contact(record=record), load_authority("lewisham"), RECIPIENT, OPEN, shareable=True)
    assert "<script>" not in (letter.html or "")
    assert '<h2 style="font-size: 19px;">Urgent</h2>' not in (letter.html or "")
    assert "{{ authority }}" in letter.text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_blocks_that_hold_all_its_words(text: str) -> None:
    tidied = tidy(text)
    said = "".join("".join(block.lines) + "".join(f"{item.number}.{''.join(item.lines)}" for item in block.items) for block in blocks(tidied))
    squeezed = "".join(said.split())
    assert squeezed.replace("#", "").replace("-", "").replace("0", "") == "".join(tidied.split()).replace("#", "").replace("-", "").replace("0", "")


def test_a_file_that_cannot_be_read_is_told_even_beside_a_form() -> None:
    shut = factory.unreadable("scan.pdf")
    facts = (
        MailFacts(received_at=OPEN, sender=RECIPIENT, unreadable=(UnreadableFile(name="scan.pdf", problem=shut.problem),)) if shut.problem else None
    )
    assert facts is not None
    outcome = route(RouteInput(mail=facts, record=factory.record(), extractions=(factory.extraction(), shut)), load_authority("lewisham"), OPEN)
    assert LetterKind.COULD_NOT_OPEN in {letter.kind for letter in outcome.letters}
    assert set(authority_names()) >= set(SHIPPED)
