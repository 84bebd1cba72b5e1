"""Whether a new contact is one that came before: the same mail again, a form sent twice, a form that confirms a telephone call.

What surely only says again what one contact says joins that contact; everything else stands beside it, linked, for a person to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.alike import same_person, squeezed
from models.contact import Contact, ContactLink, Relation
from models.record import Record

_AGAIN = timedelta(days=14)
_CALL = timedelta(days=3)
_CALLED = re.compile(
    r"\b((further|following|confirm\w*|subsequent) (to )?(my|our|the|a)? ?(telephone|phone)? ?(call|conversation|referral)|(spoke|discussed|rang|called|telephoned|phoned) .{0,40}\b(duty|mash|hub|front door|desk|today|yesterday|earlier)|(telephone|phone) referral)\b",
    re.IGNORECASE,
)
_SAYS: dict[Relation, str] = {
    "same_mail": "the same mail came before",
    "same_file": "the same file came before",
    "sent_again": "the same referral seems to have been sent again",
    "same_children": "a child on the form is on an earlier contact too",
    "confirms_call": "the form seems to confirm a telephone call that is on record",
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of a contact before it has a reference. `forms` are the digests of the files that were read as referrals, `words` the mail's own."""

    received_at: datetime
    record: Record
    sha256: str
    sender: str | None = None
    forms: frozenset[str] = frozenset()
    words: str = ""


def links(new: Newcomer, earlier: Iterable[Contact]) -> tuple[ContactLink, ...]:
    """Each earlier contact that a new one belongs with, the plainest first. A Message-ID never makes two mails the same: senders reuse them."""
    found = [link for contact in earlier if (link := _link(new, contact))]
    order = list(_SAYS)
    return tuple(sorted(found, key=lambda link: (order.index(link.relation), link.reference)))


def repeats(found: Iterable[ContactLink]) -> str | None:
    """The reference of the one contact that the new mail only says again; None when there is none, more than one, or any doubt."""
    sure = [link.reference for link in found if link.relation in {"same_file", "sent_again"} and not link.doubtful]
    return sure[0] if len(sure) == 1 else None


def _link(new: Newcomer, contact: Contact) -> ContactLink | None:
    relation, doubtful = _relation(new, contact)
    if relation is None:
        return None
    return ContactLink(reference=contact.reference, relation=relation, because=_SAYS[relation], doubtful=doubtful)


def _relation(new: Newcomer, contact: Contact) -> tuple[Relation | None, bool]:
    mails = (contact.message, *contact.messages)
    if new.sha256 in {message.sha256 for message in mails}:
        return "same_mail", False
    before = {digest for message in mails for digest in message.forms}
    if new.forms & before:
        return "same_file", not new.forms <= before
    common = shared_children(new.record, contact.record)
    if not common:
        return None, False
    apart = abs(new.received_at - contact.received_at)
    if _is_call(contact) and apart <= _CALL and (_CALLED.search(new.words) or _same_referrer(new.record, contact.record)):
        return "confirms_call", not _CALLED.search(new.words)
    everybody = common == len(new.record.children) == len(contact.record.children)
    if everybody and apart <= _AGAIN and _same_sender(new, contact):
        told, before_told = _narrative(new.record), _narrative(contact.record)
        return "sent_again", not told or told != before_told
    return "same_children", True


def shared_children(one: Record, other: Record) -> int:
    """How many children of one record are on the other, by name and without a birth date that says otherwise."""
    return sum(any(same_person(child, known) for known in other.children) for child in one.children if child.name)


def _is_call(contact: Contact) -> bool:
    """A contact somebody took by telephone: no file was read, and its record was typed in."""
    return not contact.extractions and bool(contact.record.children)


def _same_referrer(one: Record, other: Record) -> bool:
    mine, theirs = squeezed(one.referrer.name), squeezed(other.referrer.name)
    return bool(mine) and mine == theirs


def _same_sender(new: Newcomer, contact: Contact) -> bool:
    mine, theirs = (new.sender or "").casefold(), (contact.message.sender or "").casefold()
    return bool(mine) and (mine == theirs or mine.rpartition("@")[2] == theirs.rpartition("@")[2])


def _narrative(record: Record) -> str:
    return squeezed(" ".join(text for text in record.narrative.model_dump().values() if text))
