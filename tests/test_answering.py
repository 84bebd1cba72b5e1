"""Mails that come under a contact's reference or in its thread: all that they bring is read, nobody else's child is mixed in, and nothing joins unseen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.contact import Contact
from pipeline.extract.narrative import Narrator
from pipeline.store import audit
from tests.mails import CHILD, form, mail
from tests.servers import Dovecot, SmtpServer
from tests.test_app import AUTHENTIC, Hub, opened

OTHER = {
    **CHILD,
    "Surname": "Okafor",
    "Forename(s)": "Chika",
    "Date of birth": "02/05/2019",
    "Home address": "2 Mill Lane, Thornbridge",
    "Postcode": "TB3 1AA",
}
URGENT = "He told me today that Dad strangled Mum last night and that he is afraid to go home."


@pytest.fixture(scope="module")
def narrator() -> Narrator:
    """Loaded once: it holds no state between texts."""
    return Narrator()


@pytest.fixture
def hub(dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path, narrator: Narrator) -> Iterator[Hub]:
    with opened(dovecot, smtp_server, data_dir, narrator) as one:
        yield one


def asked(hub: Hub) -> tuple[Contact, str]:
    """A contact whose referrer was asked something, and the letter's Message-ID."""
    (contact,) = hub.round(mail(("Referral.docx", form({**CHILD, "Date of birth": ""})), headers=AUTHENTIC))
    (letter,) = hub.sent()
    return contact, str(letter["Message-ID"])


def locked(name: str, data: bytes) -> bytes:
    """A zip file that says of its one file that it is encrypted."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(name, data)
    raw = bytearray(whole.getvalue())
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def one(contacts: list[Contact], reference: str) -> Contact:
    return next(contact for contact in contacts if contact.reference == reference)


def test_another_family_s_form_in_an_answer_is_a_contact_of_its_own_and_the_answer_is_taken_all_the_same(hub: Hub) -> None:
    first, letter = asked(hub)
    after = hub.round(mail(("New one.docx", form(OTHER)), body="1. 14 March 2017\n\nAnd here is another family.", answers=letter, headers=AUTHENTIC))
    assert len(after) == 2
    mine = one(after, first.reference)
    assert [child.family_name for child in mine.record.children] == ["Ashdown"]
    assert mine.record.children[0].date_of_birth == "2017-03-14"
    (second,) = [contact for contact in after if contact.reference != first.reference]
    assert [child.family_name for child in second.record.children] == ["Okafor"]
    assert {link.reference for link in second.linked} == {first.reference}
    assert second.reference in {link.reference for link in mine.linked}
    assert len(hub.sent()) == 3, "the answer and the new referral are both acknowledged"
    with hub.app.store.reading() as session:
        assert "contact opened" in [row.what for row in audit.rows(session, second.reference)]


def test_a_sibling_s_form_in_an_answer_stays_with_the_family(hub: Hub) -> None:
    first, letter = asked(hub)
    sister = {**CHILD, "Forename(s)": "Wenna", "Date of birth": "01/02/2020", "Gender": "Female"}
    (after,) = hub.round(mail(("Sister.docx", form(sister)), body="Her sister too.", answers=letter, headers=AUTHENTIC))
    assert after.reference == first.reference
    assert {child.given_names for child in after.record.children} == {"Perran", "Wenna"}


def test_a_packed_file_in_an_answer_that_cannot_be_opened_is_told(hub: Hub) -> None:
    first, letter = asked(hub)
    (after,) = hub.round(mail(("answers.zip", locked("answers.docx", form())), body="Answers attached.", answers=letter, headers=AUTHENTIC))
    assert after.reference == first.reference
    assert [answer.path for answer in after.extractions if answer.problem] == ["answers.zip"]
    assert any("could not be read" in reason.because for reason in after.routing.reasons)


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("noreply@police.example.org", (("Auto-Submitted", "auto-generated"),)),
        ("mash@example-council.example", ()),
        ("notices@list.example.org", (("List-Id", "<notices.list.example.org>"),)),
    ],
)
def test_a_form_that_a_machine_a_list_or_a_colleague_sends_under_a_reference_is_read(
    hub: Hub, sender: str, headers: tuple[tuple[str, str], ...]
) -> None:
    first, _ = asked(hub)
    sent = len(hub.sent())
    after = hub.round(mail(("Notification.docx", form(OTHER)), sender=sender, subject=f"Ref {first.reference}", headers=headers))
    (second,) = [contact for contact in after if contact.reference != first.reference]
    assert [child.family_name for child in second.record.children] == ["Okafor"]
    assert {link.reference for link in second.linked} == {first.reference}
    assert len(hub.sent()) == sent, "and nobody is answered"


def test_an_answer_that_comes_through_a_mailing_list_is_read(hub: Hub) -> None:
    """A school's address may be a list, and so may the hub's own."""
    first, letter = asked(hub)
    sent = len(hub.sent())
    (after,) = hub.round(
        mail(body=f"1. 14 March 2017\n\n{URGENT}", answers=letter, headers=(*AUTHENTIC, ("List-Id", "<staff.larkfield.example.org>")))
    )
    assert after.reference == first.reference
    assert after.record.children[0].date_of_birth == "2017-03-14"
    assert after.routing.decision == "screen_urgently"
    assert len(hub.sent()) == sent, "lists are not answered"


def test_a_letter_of_ours_that_comes_back_in_opens_nothing(hub: Hub) -> None:
    first, _ = asked(hub)
    (letter,) = hub.sent()
    (after,) = hub.round(bytes(letter))
    assert after.reference == first.reference
    assert len(after.messages) == 2
    assert len(hub.sent()) == 1
