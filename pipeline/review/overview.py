"""The whole report as one value: what the templates show, in the order a screener asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.authority import Authority
from models.contact import Contact, Deadline
from models.extraction import Extraction, Gap
from pipeline.review import clocks, dates, known, reading, told, urgent, words


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline in words. `tone` is met, late, soon or running."""

    what: str
    due: str
    left: str
    tone: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to ask or to look at. `kind` is the contract's own word, for the page's order and colour; `number` is the question's in the letters."""

    kind: str
    kind_words: str
    label: str
    message: str
    question: str | None = None
    why: str | None = None
    number: int | None = None
    needed: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """One document and what became of it."""

    name: str
    outcome: str
    advice: str | None
    form: str | None
    form_sure: str | None
    values: int
    unreadable: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page."""

    contact: Contact
    title: str
    decision: str
    received: str
    made: str | None
    urgent: tuple[urgent.Cause, ...]
    urgent_reasons: tuple[str, ...]
    blind_spots: tuple[str, ...]
    clocks: tuple[Clock, ...]
    children: tuple[known.PersonView, ...]
    people: tuple[known.PersonView, ...]
    strays: tuple[known.PersonView, ...]
    links: tuple[known.LinkView, ...]
    sections: tuple[reading.Section, ...]
    missing: tuple[Missing, ...]
    conflicts: tuple[Missing, ...]
    told: told.Told
    files: tuple[FileView, ...]

    @property
    def authority(self) -> str:
        """The authority's name, from its id."""
        return self.contact.authority.replace("-", " ").title()

    @property
    def acknowledged(self) -> bool:
        """Whether the clock of the acknowledgement was met: by a letter, and not by a person."""
        return any(one.what == "acknowledge" and one.met_at for one in self.contact.deadlines)

    @property
    def anything_read(self) -> bool:
        """Whether a single value was read: without one, what is missing was never asked about."""
        return any(row.value for section in self.sections for row in section.rows)

    @property
    def to_check(self) -> tuple[tuple[reading.Section, reading.Row], ...]:
        """Every value that needs a look."""
        return tuple((section, row) for section in self.sections for row in section.rows if row.state == "check")

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """How many values are read clearly, to be checked, and not found though looked for."""
        return tuple((state, name, sum(section.count(state) for section in self.sections)) for state, name in reading.STATES.items())


def report(contact: Contact, now: datetime | None, authority: Authority | None = None) -> Report:
    """The view of a contact. What is left of its clocks is told in the authority's opening hours; without these, or `now`, only when they end."""
    files = _files(contact.extractions)
    asked = tuple(_missing(gap) for gap in contact.gaps if gap.kind != "conflict")
    return Report(
        contact=contact,
        title=f"{contact.reference}: extraction confidence report",
        decision=words.look_up(words.DECISIONS, contact.routing.decision),
        received=dates.moment(contact.received_at),
        made=dates.moment(now) if now else None,
        urgent=urgent.causes(contact),
        urgent_reasons=urgent.reasons(contact),
        blind_spots=_blind_spots(contact, files),
        clocks=tuple(_clock(one, now, authority) for one in sorted(contact.deadlines, key=lambda one: one.due_at)),
        children=known.people(contact, "children"),
        people=known.people(contact, "people"),
        strays=known.strays(contact),
        links=known.stray_links(contact),
        sections=reading.Reading(contact).sections(),
        missing=tuple(sorted(asked, key=lambda one: (not one.needed, ("missing", "unclear", "invalid").index(one.kind)))),
        conflicts=tuple(_missing(gap) for gap in contact.gaps if gap.kind == "conflict"),
        told=told.told(contact),
        files=files,
    )


def _blind_spots(contact: Contact, files: tuple[FileView, ...]) -> tuple[str, ...]:
    """What the urgent rules could not look at: their silence must never be taken for an answer."""
    told_of = []
    unreadable = sum(one.unreadable for one in files)
    if unreadable:
        told_of.append(
            f"{unreadable} file{' was' if unreadable == 1 else 's were'} not read, so no rule has seen what is in {'it' if unreadable == 1 else 'them'}."
        )
    if contact.narrative is None:
        told_of.append("No words of the referrer's own were found for the rules to look at.")
    elif contact.narrative.language:
        told_of.append("The referral does not seem to be written in English, so the rules were not used on it.")
    return tuple(told_of)


def _clock(deadline: Deadline, now: datetime | None, authority: Authority | None) -> Clock:
    what, due = words.look_up(words.CLOCKS, deadline.what), f"by {dates.moment(deadline.due_at)}"
    if deadline.met_at:
        return Clock(what, due, f"Done on {dates.moment(deadline.met_at)}", "met")
    if now is None or authority is None:
        return Clock(what, due, "Not done yet", "running")
    left = clocks.left(deadline.what, deadline.due_at, authority, now)
    return Clock(what, due, left.words, left.tone)


def _missing(gap: Gap) -> Missing:
    return Missing(gap.kind, words.GAP_KINDS[gap.kind], words.label(gap.field), gap.message, gap.question, gap.why, gap.number, gap.needed, gap.field)


def _files(extractions: tuple[Extraction, ...]) -> tuple[FileView, ...]:
    """Unreadable files first: they are the ones that need somebody."""
    return tuple(sorted((_file(one) for one in extractions), key=lambda view: not view.unreadable))


def _file(extraction: Extraction) -> FileView:
    unreadable = extraction.status == "unreadable" or extraction.problem is not None
    outcome = {"read": "Read", "unreadable": "Could not be read", "not_a_referral": "Read; it is not a referral form"}[extraction.status]
    if extraction.problem:
        outcome = f"Could not be read: {words.look_up(words.PROBLEMS, extraction.problem.code).lower()}"
    form, sure = None, None
    if extraction.status == "read":
        form = extraction.form.title or words.look_up(words.FORMS, extraction.form.type)
        form += "" if extraction.form.definition else " (read by general means: no definition for this form)"
        sure = f"{extraction.form.confidence:.2f}"
    return FileView(
        extraction.path, outcome, extraction.problem.detail if extraction.problem else None, form, sure, len(extraction.fields), unreadable
    )
