"""Whether a new contact is one that came before: the same mail again, a form sent twice, a form that confirms a telephone call.

Linked contacts stand beside each other; none is ever dropped or merged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from models.contact import Contact
from models.extraction import Extraction
from models.record import Record
from pipeline.route.same_people import same_person

Relation = Literal["same_mail", "same_file", "sent_again", "same_children", "confirms_call"]
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
class Link:
    """An earlier contact, what it is to the new one, and in plain words why. `doubtful` leaves it to a person."""

    reference: str
    relation: Relation
    because: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of a contact before it has a reference. `files` are the digests of the files that came."""

    received_at: datetime
    record: Record
    sha256: str
    message_id: str | None = None
    sender: str | None = None
    files: frozenset[str] = frozenset()
    words: str = ""
    extractions: tuple[Extraction, ...] = ()


def links(new: Newcomer, earlier: Iterable[Contact], digests: dict[str, frozenset[str]] | None = None) -> tuple[Link, ...]:
    """Each earlier contact that a new one belongs with, the plainest first. `digests` are the file digests of earlier contacts by reference.

    A Message-ID alone never makes two mails the same: senders reuse them.
    """
    found = [link for contact in earlier if (link := _link(new, contact, (digests or {}).get(contact.reference, frozenset())))]
    order = list(_SAYS)
    return tuple(sorted(found, key=lambda link: (order.index(link.relation), link.reference)))


def _link(new: Newcomer, contact: Contact, digests: frozenset[str]) -> Link | None:
    relation, doubtful = _relation(new, contact, digests)
    return Link(contact.reference, relation, f"{_SAYS[relation]} ({contact.reference})", doubtful) if relation else None


def _relation(new: Newcomer, contact: Contact, digests: frozenset[str]) -> tuple[Relation | None, bool]:
    if new.sha256 in {message.sha256 for message in (contact.message, *contact.messages)}:
        return "same_mail", False
    if new.files & digests:
        return "same_file", False
    common = shared_children(new.record, contact.record)
    if not common:
        return None, False
    apart = abs(new.received_at - contact.received_at)
    if _is_call(contact) and apart <= _CALL and (_CALLED.search(new.words) or _same_referrer(new.record, contact.record)):
        return "confirms_call", not _CALLED.search(new.words)
    everybody = common == len(new.record.children) == len(contact.record.children)
    if everybody and apart <= _AGAIN and _same_sender(new, contact):
        return "sent_again", _narrative(new.record) != _narrative(contact.record)
    return "same_children", True


def shared_children(one: Record, other: Record) -> int:
    """How many children of one record are on the other, by name and without a birth date that says otherwise."""
    return sum(any(same_person(child, known) for known in other.children) for child in one.children if child.name)


def _is_call(contact: Contact) -> bool:
    """A contact somebody took by telephone: no file was read, and its record was typed in."""
    return not contact.extractions and bool(contact.record.children)


def _same_referrer(one: Record, other: Record) -> bool:
    mine, theirs = _squeezed(one.referrer.name), _squeezed(other.referrer.name)
    return bool(mine) and mine == theirs


def _same_sender(new: Newcomer, contact: Contact) -> bool:
    mine, theirs = (new.sender or "").casefold(), (contact.message.sender or "").casefold()
    return bool(mine) and (mine == theirs or mine.rpartition("@")[2] == theirs.rpartition("@")[2])


def _narrative(record: Record) -> str:
    return _squeezed(" ".join(text for text in record.narrative.model_dump().values() if text))


def _squeezed(text: str | None) -> str:
    return re.sub(r"\W+", "", text or "").casefold()
