"""Letters that time asks for: the referrer who has heard nothing by the third working day is told to get in touch (TK-3, HE-5)."""

from __future__ import annotations

from datetime import datetime

from models.authority import Authority
from models.contact import Contact, LetterKind
from models.mail import MailClass
from models.routing import Authentication, MailFacts, PlannedLetter
from pipeline.route.deadlines import get_in_touch_at
from pipeline.route.replying import is_trusted, why_nobody


def reminder_due(contact: Contact, authority: Authority, now: datetime, authentication: Authentication = "none") -> PlannedLetter | None:
    """The reminder to write now, or None: too early, already written, or somebody has decided since.

    `authentication` is what was found of the first mail's sender; without it the letter holds nothing that was read.
    """
    if now < get_in_touch_at(contact.received_at, authority) or any(letter.kind is LetterKind.REMINDER for letter in contact.correspondence):
        return None
    if any(clock.what in {"decide", "outcome"} and clock.met_at is not None for clock in contact.deadlines):
        return None
    mail = MailFacts(
        received_at=contact.received_at,
        sender=contact.message.sender,
        mail_class=MailClass(contact.message.mail_class),
        authentication=authentication,
    )
    if why_nobody(mail, authority) or not mail.sender:
        return None
    return PlannedLetter(kind=LetterKind.REMINDER, recipient=mail.sender, shareable=is_trusted(mail, authority))
