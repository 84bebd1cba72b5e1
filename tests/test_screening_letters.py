"""A screener's hand on letters: none is lost, doubled or sent by itself, and what goes with one says what the contact says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.contact import Contact, LetterKind
from pipeline.screening.acts import Refused
from pipeline.store import acts, outbox, outbox_edits
from pipeline.store.tables import FAILED, HELD, OutboxRow
from tests.mails import CHILD, form, mail
from tests.screened import AUTHENTIC, Hub, hub

SURNAMES = iter("Ashdown Brack Coombe Dunstall Eddery Farrow Gaunt Hesketh".split())


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub(tmp_path_factory.mktemp("hub")) as made:
        yield made


def incomplete(house: Hub) -> Contact:
    """A fresh contact about a child of a family of their own, who has no date of birth: its letter waits."""
    name = next(SURNAMES)
    child = {**CHILD, "Surname": name, "Forename(s)": f"Perran{name[:2].lower()}", "Date of birth": "", "Gender": ""}
    return house.receive(mail(("Referral.docx", form(child | {"Home address": f"{len(name)} {name} Street, Easterham"})), headers=AUTHENTIC))


def letters(house: Hub, contact: Contact) -> list[OutboxRow]:
    with house.app.store.reading() as session:
        return outbox.letters_of(session, contact.reference)


def correct(house: Hub, contact: Contact, path: str, words: str) -> None:
    house.app.screening.correct(contact.reference, house.hand(contact.reference), path, words)


@pytest.mark.parametrize("kind", [LetterKind.INCOMPLETE, LetterKind.ACKNOWLEDGEMENT])
def test_a_second_letter_never_keeps_the_contact_from_being_worked_on(house: Hub, kind: LetterKind) -> None:
    contact = incomplete(house)
    house.app.screening.write_letter(contact.reference, house.hand(contact.reference), kind)
    correct(house, contact, "children.0.date_of_birth", "14 March 2017")
    correct(house, contact, "children.0.gender", "male")
    correct(house, contact, "children.0.gender", "")
    there = letters(house, contact)
    assert len(there) == 2
    assert [row.state for row in there].count(HELD) == 1


def test_a_letter_is_written_whatever_became_of_those_before_it(house: Hub) -> None:
    contact = incomplete(house)
    work = house.app.screening
    first = contact.correspondence[0].message_id
    work.write_letter(contact.reference, house.hand(contact.reference), LetterKind.INCOMPLETE)
    second = next(row.message_id for row in letters(house, contact) if row.message_id != first)
    work.edit_letter(contact.reference, house.hand(contact.reference), second, "Yours", "Please ring us.")
    for field in [gap.field for gap in house.app.contact(contact.reference).gaps if gap.question]:
        work.drop_question(contact.reference, house.hand(contact.reference), field, "It is on our own record.")
    assert [row.kind for row in letters(house, contact)].count("incomplete") == 1
    work.write_letter(contact.reference, house.hand(contact.reference), LetterKind.INCOMPLETE)
    assert len(letters(house, contact)) == 3


def test_the_record_that_goes_with_a_letter_says_what_was_corrected(house: Hub) -> None:
    contact = incomplete(house)
    correct(house, contact, "children.0.postcode", "EJ4 2QZ")
    (row,) = letters(house, contact)
    record = next(file for file in outbox.letter(row).files if file.content_type == "application/json")
    assert b"EJ4 2QZ" in record.content


def test_a_letter_that_could_not_be_sent_goes_only_by_a_persons_hand(house: Hub) -> None:
    contact = incomplete(house)
    (row,) = letters(house, contact)
    with house.app.store.session() as session:
        taken = outbox.mark_sending(session, row.id, house.app.now())
        assert taken is not None
        outbox.mark_failed(session, taken, house.app.now(), "refused", for_good=True)
    correct(house, contact, "children.0.date_of_birth", "14 March 2017")
    (row,) = letters(house, contact)
    assert row.state in {HELD, FAILED}
    house.app.screening.send_letter(contact.reference, house.hand(contact.reference), row.message_id)
    house.app.screening.undo(contact.reference, house.hand(contact.reference))
    assert letters(house, contact)[0].state == HELD


def test_sending_a_failed_letter_again_can_be_undone(house: Hub) -> None:
    contact = incomplete(house)
    (row,) = letters(house, contact)
    with house.app.store.session() as session:
        taken = outbox.mark_sending(session, row.id, house.app.now())
        assert taken is not None
        outbox.mark_failed(session, taken, house.app.now(), "refused", for_good=True)
    house.app.screening.send_letter(contact.reference, house.hand(contact.reference), row.message_id)
    house.app.screening.undo(contact.reference, house.hand(contact.reference))
    assert letters(house, contact)[0].state == HELD


def test_words_for_a_letter_that_leaves_at_that_moment_are_refused(house: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = incomplete(house)
    monkeypatch.setattr(outbox_edits, "remove", lambda session, number: False)
    with pytest.raises(Refused, match="left already"):
        house.app.screening.edit_letter(contact.reference, house.hand(contact.reference), contact.correspondence[0].message_id, "Yours", "Ring us.")
    with house.app.store.reading() as session:
        assert acts.of_contact(session, contact.reference) == []


def test_a_question_that_names_a_child_goes_to_nobody_who_may_not_be_told(house: Hub) -> None:
    name = next(SURNAMES)
    child = {**CHILD, "Surname": name, "Forename(s)": f"Perran{name[:2].lower()}", "Date of birth": "", "Home address": f"{name} Street, Easterham"}
    contact = house.receive(mail(("Referral.docx", form(child)), sender="i.sallow@elsewhere.example.net"))
    asked = f"Where will Perran{name[:2].lower()} sleep tonight?"
    with pytest.raises(Refused, match="names a child"):
        house.app.screening.add_question(contact.reference, house.hand(contact.reference), "safety.current_location", asked)
    house.app.screening.add_question(
        contact.reference, house.hand(contact.reference), "safety.current_location", "Where will the child sleep tonight?"
    )
    (row,) = letters(house, contact)
    assert "Perran" not in outbox.letter(row).text
    assert "Where will the child sleep tonight?" in outbox.letter(row).text
