"""What the router is given, and what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from models.base import Frozen
from models.contact import ContactNarrative, Deadline, LetterKind, Routing
from models.extraction import Extraction, FieldValue, Gap, Problem
from models.mail import MailClass
from models.matching import HouseholdMatch
from models.record import Record

Authentication = Literal["pass", "fail", "none"]


class UnreadableFile(Frozen):
    """A file that came and could not be read. `name` is never put into a letter: file names hold children's names."""

    name: str
    problem: Problem


class MailFacts(Frozen):
    """What routing needs to know of the mail. `authentication` is what our own server found; `body` the new words of the mail, without quoted mail."""

    received_at: datetime
    subject: str | None = None
    body: str | None = None
    sender: str | None = None
    reply_to: str | None = None
    mail_class: MailClass = MailClass.PERSON
    authentication: Authentication = "none"
    unreadable: tuple[UnreadableFile, ...] = ()
    files: int = 0


class RouteInput(Frozen):
    """One contact before it is routed. `gaps` are those the reading found; `extractions` one for each file and for the mail's own words.

    `before` is how a contact was routed until now, when an answer has come: what was urgent stays urgent until a person says otherwise. `asked` is the
    contact's highest question number so far; `dropped` are the fields that a person said need not be asked for.
    """

    mail: MailFacts
    record: Record = Record()
    fields: tuple[FieldValue, ...] = ()
    gaps: tuple[Gap, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    narrative: ContactNarrative | None = None
    household: HouseholdMatch | None = None
    before: Routing | None = None
    asked: int = 0
    dropped: tuple[str, ...] = ()


class PlannedLetter(Frozen):
    """A letter to write. `shareable` says whether it may hold what was read: only for a sender who is known and trusted."""

    kind: LetterKind
    recipient: str
    shareable: bool = False


class RouteOutcome(Frozen):
    """Where the contact goes. `no_letter` says why nobody is written to, when nobody is."""

    routing: Routing
    gaps: tuple[Gap, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    letters: tuple[PlannedLetter, ...] = ()
    no_letter: str | None = None
