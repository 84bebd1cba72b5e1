"""Whether and to whom a letter may go (RFC 3834): a mail from a machine is taken in like any other, only nobody is answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from models.authority import Authority
from models.contact import LetterKind
from models.mail import MailClass
from models.routing import MailFacts

_MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?|listserv|majordomo|owner-.*|.*-(request|bounces?))([+=].*)?@",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^[^@\s<>,;:\"\\()\[\]]+@[^@\s<>,;:\"\\()\[\]]+$")
_CLASSES = {
    MailClass.AUTOMATIC: "the mail was sent by a machine",
    MailClass.BOUNCE: "the mail is a report that a letter could not be delivered",
    MailClass.LIST: "the mail came from a mailing list",
    MailClass.OURSELVES: "the mail is our own",
}


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that left or is about to, as the caps count it. `thread` is the contact's reference."""

    recipient: str
    thread: str
    kind: LetterKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """`hold` keeps a letter for a person to let go; `no` means it must not be written at all."""

    answer: Literal["send", "hold", "no"]
    because: str


def why_nobody(mail: MailFacts, authority: Authority) -> str | None:
    """Why a mail is not answered; None when it may be."""
    if mail.mail_class is not MailClass.PERSON:
        return _CLASSES[mail.mail_class]
    sender = mail.sender
    if not sender or not _ADDRESS.match(sender) or not sender.isascii():
        return "the mail names no sender who can be written to"
    if _MACHINES.match(sender):
        return "the sender's address takes no answers"
    if sender.casefold() == authority.hub.email.casefold():
        return _CLASSES[MailClass.OURSELVES]
    if mail.authentication == "fail":
        return "the sender's address failed authentication: a letter might go to somebody else"
    return None


def is_trusted(mail: MailFacts, authority: Authority) -> bool:
    """Whether letters to this sender may hold what was read: an agency on the authority's list whose mail our own server found genuine."""
    return mail.authentication == "pass" and bool(mail.sender) and on_domains(mail.sender or "", authority.trusted_domains)


def on_domains(address: str, domains: Iterable[str]) -> bool:
    """Whether a mail address stands on one of the domains or below it."""
    domain = address.rpartition("@")[2].casefold().rstrip(".")
    return any(domain == one.casefold() or domain.endswith(f".{one.casefold()}") for one in domains)


def may_send(kind: LetterKind, recipient: str, thread: str, history: Iterable[SentLetter], now: datetime, authority: Authority) -> Verdict:
    """The caps against loops. What is over a cap is held for a person, never dropped; whether to write at all is `why_nobody`'s to say."""
    limits = authority.letters.limits
    sent = [letter for letter in history if letter.at <= now]
    whom = recipient.casefold()
    window = now - timedelta(minutes=limits.per_thread_minutes)
    same = [
        letter for letter in sent if letter.thread == thread and letter.kind == kind and letter.recipient.casefold() == whom and letter.at > window
    ]
    if len(same) >= limits.per_thread:
        return Verdict(
            "hold", f"{len(same)} letters of this kind went to this sender about the same contact within {limits.per_thread_minutes} minutes"
        )
    today = [letter for letter in sent if letter.recipient.casefold() == whom and letter.at > now - timedelta(days=1)]
    if len(today) >= limits.per_sender_a_day:
        return Verdict("hold", f"{len(today)} letters went to this sender within a day")
    hour = [letter for letter in sent if letter.at > now - timedelta(hours=1)]
    if len(hour) >= limits.all_an_hour:
        return Verdict("hold", f"{len(hour)} letters left within an hour: a person must look before more do")
    return Verdict("send", "within the caps")
