"""A contact: one referral on its way through the hub (shared contract: Contact)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from models.base import Frozen
from models.extraction import Extraction, FieldValue, Gap
from models.matching import FamilyLink, MatchResult
from models.narrative import Narrative, UrgencySignal
from models.record import Record
from models.screening import Screening

Decision = Literal["screen", "screen_urgently", "return_to_referrer", "allocated_worker", "manual"]
Rag = Literal["red", "amber", "green"]


class Reason(Frozen):
    """Why: `rule` is a row of the requirements ("LE-11"), `because` plain words."""

    rule: str
    because: str


class Suggested(Frozen):
    """A suggestion for a person, never a decision."""

    rag: Rag | None = None
    pathway: str | None = None
    stream: str | None = None


class ConsentFinding(Frozen):
    """Where consent stands. `ground` is the lawful ground the rationale reads like; `outstanding` what a person must still do (LE-9)."""

    state: Literal["given", "partial", "refused", "not_sought", "unclear"]
    ground: str | None = None
    words: str | None = None
    outstanding: tuple[str, ...] = ()


class ChecklistItem(Frozen):
    """One line of the screening checklist (LE-18): filled from what was read, or open."""

    item: str
    answer: str | None = None


class Routing(Frozen):
    """Where a contact goes first, and why. `returned` says that questions went to the referrer beside it."""

    decision: Decision
    returned: bool = False
    suggested: Suggested = Suggested()
    reasons: tuple[Reason, ...] = ()
    urgent: tuple[UrgencySignal, ...] = ()
    consent: ConsentFinding | None = None
    checklist: tuple[ChecklistItem, ...] = ()
    pass_to: str | None = None


class Deadline(Frozen):
    """A clock that runs from when the mail arrived."""

    what: Literal["acknowledge", "decide", "outcome", "see_child"]
    due_at: datetime
    met_at: datetime | None = None


class LetterKind(StrEnum):
    """What a letter tells the referrer."""

    ACKNOWLEDGEMENT = "acknowledgement"
    INCOMPLETE = "incomplete"
    WRONG_FORM = "wrong_form"
    COULD_NOT_OPEN = "could_not_open"
    REMINDER = "reminder"
    COMPLETED = "completed"


class Letter(Frozen):
    """One piece of correspondence. `state` is drafted, queued, sent, held, or failed."""

    kind: LetterKind
    message_id: str
    recipient: str
    subject: str
    state: Literal["queued", "sent", "held", "failed"]
    at: datetime
    sent_at: datetime | None = None


class Event(Frozen):
    """Something that happened to the contact. `by` is "pipeline" or a user's id; `what` holds no personal data."""

    at: datetime
    by: str
    what: str


class MessageRef(Frozen):
    """A mail that belongs to the contact. `forms` are the digests of those of its files that were read as referrals."""

    id: str
    sha256: str
    message_id: str | None = None
    subject: str | None = None
    sender: str | None = None
    received_at: datetime
    mail_class: str = "person"
    files: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


Relation = Literal["same_mail", "same_file", "sent_again", "confirms_call", "same_children", "names_it"]


class ContactLink(Frozen):
    """Another contact that this one belongs with, what it is to it, and in plain words why. `doubtful` leaves it to a person."""

    reference: str
    relation: Relation
    because: str
    doubtful: bool = False


class ContactNarrative(Narrative):
    """The narrative of the whole referral: the boxes' texts one after another, `parts` saying which characters came from which box."""

    text: str = ""
    parts: tuple[tuple[str, int, int], ...] = ()


class Contact(Frozen):
    """One referral and all that is known of it. `message` is the mail that opened it; `messages` every mail since.

    `asked` is the highest question number that any letter used: a number is never given twice, since late answers name it. `screening` is what people
    did to it.
    """

    reference: str
    authority: str
    received_at: datetime
    message: MessageRef
    messages: tuple[MessageRef, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    record: Record = Record()
    fields: tuple[FieldValue, ...] = ()
    gaps: tuple[Gap, ...] = ()
    narrative: ContactNarrative | None = None
    matches: tuple[MatchResult, ...] = ()
    family: tuple[FamilyLink, ...] = ()
    routing: Routing
    deadlines: tuple[Deadline, ...] = ()
    correspondence: tuple[Letter, ...] = ()
    history: tuple[Event, ...] = ()
    linked: tuple[ContactLink, ...] = ()
    asked: int = 0
    screening: Screening = Screening()

    @property
    def is_urgent(self) -> bool:
        """Whether it cannot wait: a rule or its words say so, and no person who saw them has said that it can."""
        return self.routing.decision == "screen_urgently" or (bool(self.routing.urgent) and self.screening.stood_down is None)
