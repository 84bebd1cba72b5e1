"""What people did to a contact: kept on it beside what was read, so that a later mail is laid beside their work and never over it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from models.base import Frozen
from models.extraction import Source
from models.narrative import Category, ConcernStatus, Factuality, Who

Says = Literal["same", "not_same", "not_sure"]
Colour = Literal["red", "amber", "green"]
ActKind = Literal[
    "value", "confirm", "label", "concern", "match", "question", "letter", "rating", "authorisation", "pass", "urgency", "decide", "seen", "undo"
]


class Signed(Frozen):
    """Who did it, and when. `by` is a user's id."""

    by: str
    at: datetime


class Settled(Signed):
    """A value that a person looked at: corrected to what they saw, or confirmed as it was read."""

    path: str
    how: Literal["corrected", "confirmed"]


class LabelMark(Signed):
    """How a person labelled a sentence. `sentence` is its words, `nth` which of several with the same words, from nought."""

    sentence: str
    nth: int = 0
    factuality: Factuality


class ConcernMark(Signed):
    """A concern that a person added to a sentence or took out of it."""

    sentence: str
    nth: int = 0
    category: Category
    words: str
    added: bool
    status: ConcernStatus = "affirmed"
    who: Who = "unknown"


class Verdict(Signed):
    """What a person says of a candidate: `person` is the path of who is named on the form ("children.0")."""

    person: str
    record_id: str
    says: Says


class Dropped(Signed):
    """A question that need not be asked, and why."""

    field: str
    because: str


class Asked(Signed):
    """A question that a person added."""

    field: str
    question: str


class Rating(Signed):
    """Colour, pathway and stream, as a person set them."""

    rag: Colour | None = None
    pathway: str | None = None
    stream: str | None = None


class Authorisation(Signed):
    """A manager asked to authorise sharing without consent: the reasons given, and the answer."""

    reasons: str
    answer: Literal["granted", "refused"] | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    words: str | None = None


class Passed(Signed):
    """Whom the contact was passed to."""

    to: str


class StoodDown(Signed):
    """A person looked at what was urgent and says that it no longer is. `signals` are the rules and reasons they saw: a new one is urgent again."""

    because: str
    signals: tuple[str, ...] = ()


class Outcome(Signed):
    """What was decided, by a person. `family_told` is None until somebody says."""

    pathway: str
    rag: Colour | None = None
    because: str | None = None
    family_told: bool | None = None


class Screening(Frozen):
    """Everything that people did to one contact, as it stands now. Every act that led here is a row of its own in the store."""

    seen: Signed | None = None
    settled: tuple[Settled, ...] = ()
    labels: tuple[LabelMark, ...] = ()
    concerns: tuple[ConcernMark, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    asked: tuple[Asked, ...] = ()
    rating: Rating | None = None
    authorisation: Authorisation | None = None
    passed: Passed | None = None
    stood_down: StoodDown | None = None
    outcome: Outcome | None = None
    edited: tuple[str, ...] = ()
    """Message-IDs of letters that a person has written in: they are never written anew by the program."""

    def settled_at(self, path: str) -> Settled | None:
        """Who settled a value last."""
        return next((one for one in reversed(self.settled) if one.path == path), None)

    def verdict(self, person: str, record_id: str) -> Verdict | None:
        """What was said of a candidate last."""
        return next((one for one in reversed(self.verdicts) if one.person == person and one.record_id == record_id), None)


class Correction(Frozen):
    """One act as data: what stood before and after, where it had been read, and how sure the reading was. Never applied in silence.

    `detail` is what the kind needs to be fitted from: the query of a match, the sentence of a label.
    """

    reference: str
    number: int
    kind: ActKind
    at: datetime
    by: str
    path: str | None = None
    before: JsonValue = None
    after: JsonValue = None
    how: str | None = None
    confidence: float | None = None
    source: Source | None = None
    document: str | None = None
    form: str | None = None
    detail: JsonValue = None
    undone: bool = False
