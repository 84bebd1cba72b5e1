"""A mail that comes after a person's word: an answer to a referral that is decided, and a sign of danger after one was stood down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.contact import Contact
from pipeline.review.referral_view import ReferralView, view_of
from pipeline.store import contacts, outbox, queue
from tests.mails import CHILD, form, mail, report_of
from tests.screened import AUTHENTIC, Hub, hub

DANGER = "He said that his stepfather hit him with a belt last night and he is afraid to go home."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub(tmp_path_factory.mktemp("hub")) as made:
        yield made


SURNAMES = iter("Ashdown Brack Coombe Dunstall Eddery Farrow Gaunt Hesketh Ivory Jessop Kettle Lomax Mortlake Nance Oxenham Penrose".split())


def came(house: Hub, body: str = "Please find a referral attached.", **given: str) -> Contact:
    """A fresh contact about a child of a family of their own."""
    name = next(SURNAMES)
    child = {**CHILD, "Surname": name, "Forename(s)": f"Perran{name[:2].lower()}", "Home address": f"{len(name)} {name} Street, Easterham"}
    return house.receive(mail(("Referral.docx", form(child, **given)), body=body, headers=AUTHENTIC))  # type: ignore[arg-type]


def answer(house: Hub, contact: Contact, body: str) -> Contact:
    """The referrer writes once more in the same thread."""
    return house.receive(mail(subject=f"Re: {contact.reference}", body=body, answers=contact.correspondence[0].message_id, headers=AUTHENTIC))


def decide(house: Hub, contact: Contact) -> None:
    """Somebody decides: no further action."""
    pathway = next(one.name for one in house.app.authority.pathways if one.kind == "no_further_action")
    house.app.screening.decide(contact.reference, house.hand(contact.reference), pathway, "green", "Support is there.")


def state_of(house: Hub, reference: str) -> str:
    with house.app.store.reading() as session:
        saved = contacts.get(session, reference)
    assert saved is not None
    return saved.state


def listed(house: Hub, view: queue.View) -> list[str]:
    with house.app.store.reading() as session:
        return [row.reference for row in queue.page(session, view, {}, limit=100)]


def test_an_answer_to_a_decided_referral_puts_it_back_into_the_queue(house: Hub) -> None:
    contact = came(house)
    decide(house, contact)
    assert contact.reference not in listed(house, "todo")
    joined = answer(house, contact, DANGER)
    assert joined.reference == contact.reference
    assert joined.routing.decision == "screen_urgently"
    assert state_of(house, contact.reference) == contacts.OPEN
    assert contact.reference in listed(house, "urgent")


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("noreply@portal.example.org", ()),
        ("case.system@portal.example.org", (("Auto-Submitted", "auto-generated"),)),
        (None, (("X-Auto-Response-Suppress", "OOF"),)),
    ],
)
def test_an_answer_that_a_portal_passes_on_is_read_like_any_other(house: Hub, sender: str | None, headers: tuple[tuple[str, str], ...]) -> None:
    contact = came(house)
    decide(house, contact)
    given: dict[str, Any] = {"sender": sender} if sender else {}
    letter = contact.correspondence[0].message_id
    found = house.receive(mail(subject=f"Re: {contact.reference}", body=DANGER, answers=letter, headers=(*AUTHENTIC, *headers), **given))
    assert found.routing.decision == "screen_urgently"
    assert found.reference == contact.reference or contact.reference in {link.reference for link in found.linked}
    assert found.reference in listed(house, "urgent")


def test_what_came_after_a_decision_has_a_clock_of_its_own_and_is_decided_anew(house: Hub) -> None:
    contact = came(house)
    decide(house, contact)
    joined = answer(house, contact, "Thank you. One more thing: the family moves to Westerham next week.")
    clocks = {clock.what: clock for clock in joined.deadlines}
    assert clocks["decide"].met_at is None
    assert any("opened again" in event.what for event in joined.history)
    decide(house, joined)
    assert state_of(house, contact.reference) == "decided"


def test_a_letter_that_came_back_after_the_decision_is_for_a_person(house: Hub) -> None:
    contact = came(house)
    message_id = contact.correspondence[0].message_id
    with house.app.store.session() as session:
        (number,) = [row.id for row in outbox.letters_of(session, contact.reference)]
        taken = outbox.mark_sending(session, number, house.app.now())
        assert taken is not None
        outbox.mark_sent(session, taken, house.app.now())
    decide(house, contact)
    house.receive(report_of(message_id, "failed", "5.1.1"))
    assert state_of(house, contact.reference) == contacts.OPEN


def test_what_a_person_stood_down_is_urgent_in_no_view_of_the_queue(house: Hub) -> None:
    contact = came(house, reason=DANGER)
    assert contact.reference in listed(house, "urgent")
    house.app.screening.stand_down(contact.reference, house.hand(contact.reference), "Rang the school: another child was meant.")
    assert contact.reference not in listed(house, "urgent")
    assert contact.reference in listed(house, "todo")


def test_the_same_words_said_once_more_are_a_new_sign(house: Hub) -> None:
    contact = came(house, reason=DANGER)
    house.app.screening.stand_down(contact.reference, house.hand(contact.reference), "He is with his grandmother, says the police.")
    later = answer(house, contact, f"It has happened again. {DANGER}")
    assert later.routing.decision == "screen_urgently"
    assert later.screening.stood_down is None
    assert contact.reference in listed(house, "urgent")


def test_an_answer_with_nothing_new_leaves_it_stood_down(house: Hub) -> None:
    contact = came(house, reason=DANGER)
    house.app.screening.stand_down(contact.reference, house.hand(contact.reference), "He is with his grandmother, says the police.")
    later = answer(house, contact, "Thank you for your letter. The school is open until five.")
    assert later.screening.stood_down is not None
    assert contact.reference not in listed(house, "urgent")


def test_a_later_mail_that_is_marked_urgent_itself_is_a_new_sign(house: Hub) -> None:
    contact = came(house, body="Child protection referral. Please find it attached.")
    assert contact.routing.decision == "screen_urgently"
    house.app.screening.stand_down(contact.reference, house.hand(contact.reference), "It was the wrong template, says the school.")
    assert answer(house, contact, "Thank you, here is what you asked for.").screening.stood_down is not None
    later = answer(house, contact, "Child protection referral. This one is meant.")
    assert later.routing.decision == "screen_urgently"


def test_the_page_says_that_it_was_opened_again_until_somebody_decides(house: Hub) -> None:
    contact = came(house)
    assert page_of(house, contact.reference).opened_again is None
    decide(house, contact)
    joined = answer(house, contact, "One more thing: the family moves next week.")
    assert page_of(house, contact.reference).opened_again is not None
    decide(house, joined)
    assert page_of(house, contact.reference).opened_again is None


def page_of(house: Hub, reference: str) -> ReferralView:
    with house.app.store.reading() as session:
        saved = contacts.get(session, reference)
    assert saved is not None
    return view_of(saved, house.app.authority, house.app.now())


def test_taking_a_letters_act_back_closes_nothing_that_was_opened_again(house: Hub) -> None:
    contact = came(house)
    decide(house, contact)
    house.app.screening.hold_letter(contact.reference, house.hand(contact.reference), contact.correspondence[0].message_id)
    answer(house, contact, DANGER)
    house.app.screening.undo(contact.reference, house.hand(contact.reference))
    assert state_of(house, contact.reference) == contacts.OPEN
    assert contact.reference in listed(house, "urgent")
