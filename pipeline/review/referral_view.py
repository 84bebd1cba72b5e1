"""The referral page as one value, in the order a screener asks. It adds to the confidence report what people did, and what is theirs to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.authority import Authority
from models.contact import Contact, MessageRef
from models.screening import Correction
from pipeline.again import OPENED_AGAIN
from pipeline.review import clocks, dates, known, overview, reading, words
from pipeline.review.pages import FileEntry, mails_of
from pipeline.review.referral_acts import SUGGESTED
from pipeline.review.referral_letters import LetterView
from pipeline.screening.acting import Seen
from pipeline.store.acts import Kept
from pipeline.store.contacts import Saved
from pipeline.store.drafts import Draft

_PATH = re.compile(
    r"(children|people|agencies)\.\d+\.[a-z_]+|(referral|referrer|safeguarding_lead|consent|narrative|safety|history|indicators)\.[a-z_]+"
)


@dataclass(frozen=True, slots=True)
class Look:
    """Something that needs a person's eye, and where it stands on the page."""

    anchor: str
    said: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock in working hours, in words."""

    what: str
    left: str
    by: str
    tone: str


@dataclass(frozen=True, slots=True)
class LastAct:
    """The act that can be taken back: what was done, by whom, when."""

    said: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A pathway to decide for, or a colour."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ReferralView:
    """Everything on the page."""

    contact: Contact
    state: str
    seen: str
    report: overview.Report
    clocks: tuple[ClockView, ...]
    looks: tuple[Look, ...]
    last: LastAct | None
    letters: tuple[LetterView, ...]
    letter_kinds: tuple[Choice, ...]
    files: tuple[FileEntry, ...]
    pathways: tuple[Choice, ...]
    suggested: Choice | None
    drafts: Mapping[str, Draft]
    asked_by: Mapping[str, str]
    ask_about: tuple[Choice, ...]
    focus: str | None

    @property
    def subject(self) -> str:
        """Who the referral is about, in a heading."""
        names = [child.name for child in self.report.children]
        return ", ".join(names) if names else "No child was read"

    @property
    def opened_again(self) -> datetime | None:
        """When something came after it was done with, where nobody has decided since."""
        if self.contact.screening.outcome is not None:
            return None
        return next((event.at for event in reversed(self.contact.history) if event.what == OPENED_AGAIN), None)

    @property
    def mails(self) -> tuple[MessageRef, ...]:
        """Its mails as their addresses count them."""
        return mails_of(self.contact)

    @property
    def group_of(self) -> Mapping[str, tuple[reading.Section, ...]]:
        """Sections by child, then everything else: the tabs of siblings."""
        found: dict[str, tuple[reading.Section, ...]] = {}
        for number, _ in enumerate(self.report.children):
            found[f"children.{number}"] = tuple(one for one in self.report.sections if one.id == f"read-children-{number}")
        return found

    @property
    def other_sections(self) -> tuple[reading.Section, ...]:
        """What was read beside the children; the narrative has its own part of the page."""
        return tuple(one for one in self.report.sections if not one.id.startswith("read-children-") and one.id != "read-narrative")

    def to_check(self, section: reading.Section) -> int:
        """How many values of a section need a look."""
        return section.count("check")


def view_of(
    saved: Saved,
    authority: Authority,
    now: datetime,
    *,
    letters: tuple[LetterView, ...] = (),
    files: tuple[FileEntry, ...] = (),
    done: Sequence[Kept] = (),
    drafts: Mapping[str, Draft] | None = None,
    after: str | None = None,
) -> ReferralView:
    """The page of a contact. `after` is the anchor of what was just settled: focus goes to the next thing that needs a look."""
    contact = saved.contact
    report = overview.report(contact, now, authority)
    looks = tuple(_looks(contact, report, letters))
    names = {one.name: one for one in authority.pathways}
    suggested = contact.routing.suggested
    offered = None
    if suggested.pathway in names:
        colour = f", {words.RAGS[suggested.rag].lower()}" if suggested.rag else ""
        offered = Choice(f"{SUGGESTED}{suggested.rag or ''}:{suggested.pathway}", f"As suggested: {suggested.pathway}{colour}")
    last = next((one.correction for one in reversed(done) if not one.correction.undone and one.correction.kind != "undo"), None)
    return ReferralView(
        contact=contact,
        state=saved.state,
        seen=str(Seen.of(saved)),
        report=report,
        clocks=tuple(_clocks(contact, authority, now)),
        looks=looks,
        last=_last(contact, last) if last else None,
        letters=letters,
        letter_kinds=(
            Choice("incomplete", "Questions to the referrer, with the contact record to fill in"),
            Choice("acknowledgement", "Acknowledgement"),
            Choice("completed", "Thanks for an answer"),
        ),
        files=files,
        pathways=tuple(Choice(one.kind, one.name, _levels(one.levels)) for one in authority.pathways),
        suggested=offered,
        drafts=drafts or {},
        asked_by={one.field: one.by for one in contact.screening.asked},
        ask_about=tuple(_ask_about(contact)),
        focus=_next(looks, after) if after is not None else None,
    )


def _looks(contact: Contact, report: overview.Report, letters: tuple[LetterView, ...]) -> Iterator[Look]:
    """In the order of the page: who the child is, what was read, what waits for a hand."""
    for person in (*report.children, *report.people, *report.strays):
        if needs_a_verdict(contact, person):
            yield Look(person.anchor, f"Is {person.name} known to us?")
    for section, row in report.to_check:
        yield Look(row.anchor, f"{section.title}: {row.label}")
    for letter in letters:
        if letter.state in {"held", "failed"}:
            yield Look(letter.anchor, f"{letter.title}: {letter.state_words.lower()}")


def needs_a_verdict(contact: Contact, person: known.PersonView) -> bool:
    """Whether a person on the form has a likely record that nobody has settled."""
    verdicts = {one.record_id: one.says for one in contact.screening.verdicts if one.person == person.path}
    if "same" in verdicts.values() or not person.to_compare:
        return False
    return any(one.record_id not in verdicts for one in person.shown)


def _next(looks: tuple[Look, ...], after: str) -> str:
    """Where focus goes: what follows on the page, else the first that is left, else the decision."""
    anchors = [one.anchor for one in looks]
    if after in anchors:
        return after
    return anchors[0] if anchors else "decide"


def _clocks(contact: Contact, authority: Authority, now: datetime) -> Iterator[ClockView]:
    for clock in sorted(contact.deadlines, key=lambda one: one.due_at):
        what = words.look_up(words.CLOCKS, clock.what)
        if clock.met_at:
            yield ClockView(what, f"Done on {dates.moment(clock.met_at)}", "", "met")
        else:
            left = clocks.left(clock.what, clock.due_at, authority, now)
            yield ClockView(what, left.words, left.by, left.tone)


def _last(contact: Contact, act: Correction) -> LastAct:
    return LastAct(said_of(act), who(act.by), dates.moment(act.at))


def said_of(act: Correction) -> str:
    """An act in words for the page: places by their labels."""
    where = words.label(act.path) if act.path and act.kind in {"value", "confirm", "question"} else ""
    told = {
        "value": f"{where} corrected",
        "confirm": f"{where} checked",
        "label": f"Sentence labelled {words.look_up(words.FACTUALITY, str(act.after)).lower()}",
        "concern": "A concern changed",
        "match": "A match settled",
        "question": f"Question {'added' if act.after else 'dropped'}: {where}",
        "letter": f"Letter {act.how or 'changed'}",
        "rating": "Rating set",
        "authorisation": "Manager asked" if act.after is None else "Manager answered",
        "pass": "Passed on",
        "urgency": "No longer urgent",
        "decide": "Decided",
    }
    return told.get(act.kind, act.kind)


def event_words(what: str) -> str:
    """A line of the history as people read it: paths and codes in words."""
    for code, told in (
        ("put to ", words.DECISIONS),
        ("letter sent: ", words.LETTERS),
        ("letter written anew: ", words.LETTERS),
        ("letter held: ", words.LETTERS),
    ):
        head, mark, rest = what.partition(code)
        if mark and rest in told:
            opening = "first goes: " if code == "put to " else code
            return f"{head}{opening}{told[rest][:1].lower()}{told[rest][1:]}"
    head, mark, rest = what.rpartition(": ")
    if mark and _PATH.fullmatch(rest):
        return f"{head}: {words.label(rest)}"
    return what


def who(user: str) -> str:
    """A user's id as people read it: "local:sam" is sam."""
    return "the program" if user == "pipeline" else user.partition(":")[2] or user


def _levels(levels: tuple[int, ...]) -> str:
    return f"Level {', '.join(str(one) for one in levels)}" if levels else ""


def _ask_about(contact: Contact) -> Iterator[Choice]:
    """What a question may be about: the fields that a screener asks for most, each child's by name."""
    for number, child in enumerate(contact.record.children or ()):
        name = reading.name_of(child)
        for field in ("date_of_birth", "address", "school", "gp", "ethnicity", "first_language"):
            yield Choice(f"children.{number}.{field}", f"{name}: {words.PERSON[field]}")
    for path in (
        "safety.current_location",
        "safety.current_condition",
        "safety.immediate_protection",
        "consent.status",
        "consent.reason",
        "history.previous_involvement",
        "narrative.child_views",
        "narrative.actions_taken",
        "narrative.other",
    ):
        yield Choice(path, words.label(path))
