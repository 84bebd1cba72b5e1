"""A contact at a glance: what a row of the queue shows, so that a list of fifty needs no fifty whole contacts; and what the team's figures count.

`read` counts the values that were read, `clear` those of them read clearly that nobody corrected; `blanks` are the questions the referral came without.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from models.base import Frozen
from models.contact import Contact, Deadline, Decision, Rag
from models.record import Person

MOST_CHILDREN = 4
EVEN = 0.5
CLEAR = 0.9
"""From this chance of being right a value counts as read clearly."""
EDITION = 4
"""Raised when a glance holds something else than before: those kept earlier are then made again."""


class GlanceChild(Frozen):
    """A child by name and birth, as far as the form tells."""

    name: str | None = None
    born: str | None = None
    due: str | None = None
    age: float | int | None = None


class Glance(Frozen):
    """A contact in a few words. `known` says how the children stand against existing records; `flags` what those records say must be seen at once."""

    children: tuple[GlanceChild, ...] = ()
    more_children: int = 0
    agency: str | None = None
    form: str | None = None
    decision: Decision
    urgent: tuple[str, ...] = ()
    questions: int = 0
    returned: bool = False
    unreadable: int = 0
    known: Literal["known", "maybe", "none"] | None = None
    flags: tuple[str, ...] = ()
    suggested: Rag | None = None
    rating: Rag | None = None
    outcome: str | None = None
    passed_to: str | None = None
    restricted: bool = False
    opened: bool = False
    clock: str | None = None
    due_at: datetime | None = None
    acknowledged_at: datetime | None = None
    decide_by: datetime | None = None
    decided_at: datetime | None = None
    read: int = 0
    clear: int = 0
    domain: str | None = None
    public: bool = False
    blanks: tuple[str, ...] = ()

    @property
    def waiting(self) -> bool:
        """Whether the referrer was asked something and has not answered it all."""
        return self.returned and self.questions > 0

    @property
    def for_reading(self) -> bool:
        """Whether a person must open what the program could not."""
        return self.unreadable > 0 or self.decision == "manual"


def glance_of(contact: Contact) -> Glance:
    """The contact in a few words."""
    routing, work, record = contact.routing, contact.screening, contact.record
    clock = next_clock(contact.deadlines)
    forms = [one.form for one in contact.extractions if one.status == "read"]
    return Glance(
        children=tuple(_child(one) for one in record.children[:MOST_CHILDREN]),
        more_children=max(0, len(record.children) - MOST_CHILDREN),
        agency=record.referrer.agency or ("A member of the public" if record.referrer.kind in {"public", "anonymous"} else None),
        form=next((form.title or form.type for form in forms), None),
        decision=routing.decision,
        urgent=tuple(dict.fromkeys(one.says for one in routing.urgent))[:2],
        questions=sum(gap.question is not None for gap in contact.gaps),
        returned=routing.returned,
        unreadable=sum(one.status == "unreadable" or one.problem is not None for one in contact.extractions),
        known=_known(contact),
        flags=_flags(contact),
        suggested=routing.suggested.rag,
        rating=work.rating.rag if work.rating else None,
        outcome=work.outcome.pathway if work.outcome else None,
        passed_to=work.passed.to if work.passed else routing.pass_to,
        restricted=is_restricted(contact),
        opened=work.seen is not None,
        clock=clock.what if clock else None,
        due_at=clock.due_at if clock else None,
        acknowledged_at=next((one.met_at for one in contact.deadlines if one.what == "acknowledge"), None),
        decide_by=next((one.due_at for one in contact.deadlines if one.what == "decide"), None),
        decided_at=work.outcome.at if work.outcome else None,
        domain=(contact.message.sender or "").rpartition("@")[2].casefold() or None,
        public=record.referrer.kind in {"public", "anonymous"},
        blanks=_blanks(contact),
        **_reading(contact),
    )


def _reading(contact: Contact) -> dict[str, int]:
    """How many values were read, and how many of them clearly: what a person corrected was read, but not clearly."""
    corrected = {one.path for one in contact.screening.settled if one.how == "corrected"}
    doubted = {gap.field for gap in contact.gaps if gap.kind != "missing"}
    read = [one for one in contact.fields if one.value is not None and not _answered(one.source.where)]
    return {"read": len(read), "clear": sum(one.confidence >= CLEAR and one.path not in corrected | doubted for one in read)}


def _blanks(contact: Contact) -> tuple[str, ...]:
    """What the referral came without: what is missing still, and what an answer has filled since."""
    missing = [gap.field for gap in contact.gaps if gap.kind == "missing"]
    filled = [one.path for one in contact.fields if _answered(one.source.where)]
    return tuple(sorted({re.sub(r"\.\d+(?=\.|$)", ".*", path) for path in (*missing, *filled)}))


def _answered(where: str | None) -> bool:
    return bool(where and where.startswith(("contact record", "answer to question")))


def next_clock(deadlines: tuple[Deadline, ...]) -> Deadline | None:
    """The clock that runs out first, of those that still run."""
    return min((one for one in deadlines if one.met_at is None), key=lambda one: one.due_at, default=None)


def is_restricted(contact: Contact) -> bool:
    """Whether somebody on the referral is likely to be a person whose record is restricted: the first candidate, or one as likely as not."""
    return any(
        candidate.restricted and (place == 0 or candidate.probability >= EVEN)
        for match in contact.matches
        if match.decision != "none"
        for place, candidate in enumerate(match.candidates)
    )


def _child(person: Person) -> GlanceChild:
    return GlanceChild(name=person.name or None, born=person.date_of_birth, due=person.expected_delivery_date, age=person.age)


def _known(contact: Contact) -> Literal["known", "maybe", "none"] | None:
    decisions = {match.decision for match in contact.matches if match.id.startswith("children.")}
    if not decisions:
        return None
    return "known" if "match" in decisions else "maybe" if "review" in decisions else "none"


def _flags(contact: Contact) -> tuple[str, ...]:
    """What the record of a child who is matched says: a plan, being looked after, living in another authority."""
    sure = [match.candidates[0] for match in contact.matches if match.decision == "match" and match.candidates and match.id.startswith("children.")]
    return tuple(dict.fromkeys(flag for one in sure if one.person and not one.restricted for flag in one.person.flags))
