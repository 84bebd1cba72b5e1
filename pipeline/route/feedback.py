"""What each sending organisation leaves blank, and how often: for the hub to raise the quality of referrals. Counts only, no child and no name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models.authority import Authority
from models.contact import Contact
from models.extraction import Gap
from pipeline.route.agencies import agency_group

FEW = 5
"""Below this many referrals a share says nothing, and may point at one family."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A question that an organisation's referrals leave open: in how many of them."""

    title: str
    field: str
    referrals: int


@dataclass(frozen=True, slots=True)
class AgencyFeedback:
    """One organisation. `enough` is False while there are too few referrals to speak of shares."""

    organisation: str
    kind: str | None
    referrals: int
    returned: int
    questions: int
    blanks: tuple[Blank, ...]
    enough: bool


def feedback(contacts: Iterable[Contact], authority: Authority) -> tuple[AgencyFeedback, ...]:
    """Each organisation that sent a referral, the one with most first. A member of the public is no organisation and is left out.

    Contacts are taken as they stand: pass them with the gaps they first came with (`first_gaps`) to count what came blank, not what stayed so.
    """
    grouped: dict[str, list[Contact]] = {}
    for contact in contacts:
        if contact.extractions and contact.record.referrer.kind not in {"public", "anonymous"}:
            grouped.setdefault(organisation(contact, authority), []).append(contact)
    found = [_of(name, theirs, authority) for name, theirs in grouped.items()]
    return tuple(sorted(found, key=lambda one: (-one.referrals, one.organisation)))


def organisation(contact: Contact, authority: Authority) -> str:
    """What to call the sending organisation: the domain it writes from, since agencies spell their names in many ways.

    A domain that a whole sector shares (nhs.net) says nothing: there the name on the form is taken.
    """
    domain = (contact.message.sender or "").rpartition("@")[2].casefold()
    shared = {one for group in authority.agencies for one in group.domains}
    return domain if domain and domain not in shared else " ".join((contact.record.referrer.agency or "not known").split())


def first_gaps(contact: Contact) -> tuple[Gap, ...]:
    """What was open when the referral came: what is open now, and what an answer filled since."""
    filled = {
        value.path for value in contact.fields if value.source.where and value.source.where.startswith(("contact record", "answer to question"))
    }
    back = tuple(Gap(field=path, kind="missing", message="filled by an answer") for path in sorted(filled))
    return (*(gap for gap in contact.gaps if gap.kind == "missing"), *back)


def _of(name: str, contacts: list[Contact], authority: Authority) -> AgencyFeedback:
    titles = {path: question.title for question in authority.questions for path in question.fields}
    blanks: Counter[str] = Counter()
    asked = 0
    for contact in contacts:
        open_fields = {re.sub(r"\.\d+\.", ".*.", gap.field) for gap in first_gaps(contact)}
        blanks.update(open_fields)
        asked += len(open_fields)
    group = next((group for contact in contacts if (group := agency_group(contact.record, authority, contact.message.sender))), None)
    return AgencyFeedback(
        organisation=name,
        kind=group.name if group else None,
        referrals=len(contacts),
        returned=sum(contact.routing.returned for contact in contacts),
        questions=asked,
        blanks=tuple(Blank(titles.get(field, field), field, count) for field, count in sorted(blanks.items(), key=lambda pair: (-pair[1], pair[0]))),
        enough=len(contacts) >= FEW,
    )
