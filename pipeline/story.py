"""The story of one message, from a parsed mail to contacts ready to be kept: each stage once, in order, as functions over frozen data.

Nothing here touches a wire, a database or a clock: `App` hands in the edges, and `now`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.authority import Authority
from models.contact import Contact, ContactLink, ContactNarrative, Event, MessageRef
from models.extraction import Extraction, FieldValue, Gap, Problem
from models.mail import InboundMail
from models.matching import HouseholdMatch, Query, queries_from
from models.narrative import Narrative
from models.record import Record
from models.routing import Authentication, MailFacts, RouteInput, RouteOutcome, UnreadableFile
from pipeline.extract.budget import Bounded
from pipeline.extract.combine import by_family, narrative_parts, together
from pipeline.extract.mail import BODY, FileReader, problem, read_mail, shown_name
from pipeline.ingest.message import PERSON_DEFECTS
from pipeline.opening import OpenMail, opened_here
from pipeline.route.decide import route
from pipeline.route.linking import Newcomer

LookUp = Callable[[Sequence[Query], Record], HouseholdMatch]
Narrate = Callable[[str, str], Narrative]


@dataclass(frozen=True, slots=True)
class Stages:
    """What the story is told with: the council's rules, and the stages that hold something loaded."""

    authority: Authority
    reader: FileReader
    narrate: Narrate
    look_up: LookUp
    open_mail: OpenMail = opened_here


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail at the door: parsed, and when it came. `authentication` is what our own mail server found of its sender; `words_are_a_form` says that the
    mail's own words are one family's form, and no other family's covering letter.
    """

    mail: InboundMail
    received_at: datetime
    ref: MessageRef
    authentication: Authentication = "none"
    unopened: tuple[tuple[int, str], ...] = ()
    words_are_a_form: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What one family's part of a mail comes to, before it has a reference."""

    extractions: tuple[Extraction, ...]
    record: Record
    fields: tuple[FieldValue, ...]
    narrative: ContactNarrative | None
    household: HouseholdMatch | None
    outcome: RouteOutcome


def cases(arrival: Arrival, stages: Stages, now: datetime) -> list[Case]:
    """Every referral in a mail, one a family; a mail without any is one case all the same, for a person."""
    extractions = read_mail(arrival.mail, Bounded(stages.reader), arrival.unopened)
    arrival = replace(arrival, words_are_a_form=any(one.path == BODY and one.status == "read" for one in extractions))
    groups = by_family((*extractions, *half_read(arrival))) or [()]
    return [case(arrival, group, *together(group), stages, now) for group in groups]


def half_read(arrival: Arrival) -> tuple[Extraction, ...]:
    """A mail of which parts may not have been seen says so, so that a person opens it."""
    if not PERSON_DEFECTS & set(arrival.mail.defects):
        return ()
    return (problem(BODY, Problem(code="corrupt", detail="Parts of the mail could not be read. Open the kept mail by hand.")),)


def unread_case(arrival: Arrival, authority: Authority, now: datetime) -> Case:
    """A mail nothing could be made of: only what its headers say, and a person."""
    detail = "The mail could not be worked through. Open the kept mail by hand."
    if not arrival.mail.size:
        detail = f"The bytes of this mail could not be had ({arrival.ref.id}). Look for it in the mailbox's folders, or in the backup."
    told = problem(BODY, Problem(code="corrupt", detail=detail))
    given = RouteInput(mail=mail_facts(arrival, (told,)), extractions=(told,))
    return Case((told,), Record(), (), None, None, route(given, authority, now))


def case(
    arrival: Arrival,
    extractions: tuple[Extraction, ...],
    record: Record,
    fields: tuple[FieldValue, ...],
    gaps: tuple[Gap, ...],
    stages: Stages,
    now: datetime,
) -> Case:
    """Narrative, matching and routing of one record."""
    narrative = read_narrative(arrival, extractions, record, stages.narrate)
    queries = queries_from(record, record.referral.date or arrival.received_at.date().isoformat())
    household = stages.look_up(queries, record) if queries else None
    gaps = (*gaps, *tick_conflicts(narrative, record))
    given = RouteInput(
        mail=mail_facts(arrival, extractions),
        record=record,
        fields=fields,
        gaps=gaps,
        extractions=extractions,
        narrative=narrative,
        household=household,
    )
    return Case(extractions, record, fields, narrative, household, route(given, stages.authority, now))


def tick_conflicts(narrative: Narrative | None, record: Record) -> tuple[Gap, ...]:
    """Where the form's ticks and its words say different things."""
    if narrative is None:
        return ()
    from pipeline.extract.narrative import contradictions  # the language model loads with it, so only where text was read

    return tuple(Gap(field="indicators", kind="conflict", message=one) for one in contradictions(narrative, record.indicators))


def read_narrative(arrival: Arrival, extractions: Sequence[Extraction], record: Record, narrate: Narrate) -> ContactNarrative | None:
    """The boxes of the form and the words of the mail itself, as one text: a covering mail may hold what the form does not say."""
    body_is_the_form = arrival.words_are_a_form or any(one.path == BODY for one in extractions)
    own_words = () if body_is_the_form else (("mail", arrival.mail.body_text or ""),)
    text, parts = narrative_parts(record, own_words)
    if not text:
        return None
    told = narrate(arrival.ref.id, text)
    return ContactNarrative(**{name: getattr(told, name) for name in Narrative.model_fields}, text=text, parts=parts)


def mail_facts(arrival: Arrival, extractions: Sequence[Extraction]) -> MailFacts:
    """What routing needs to know of a mail."""
    mail = arrival.mail
    return MailFacts(
        received_at=arrival.received_at,
        subject=mail.subject,
        body=mail.body_text,
        sender=mail.sender.email,
        reply_to=mail.reply_to.email if mail.reply_to else None,
        mail_class=mail.mail_class,
        authentication=arrival.authentication,
        unreadable=tuple(UnreadableFile(name=one.path, problem=one.problem) for one in extractions if one.problem),
        files=len(mail.attachments),
    )


def contact_of(case: Case, arrival: Arrival, reference: str, authority: Authority, now: datetime, *, links: Sequence[ContactLink] = ()) -> Contact:
    """A new contact from a case."""
    household = case.household or HouseholdMatch()
    ref = with_forms(arrival, case.extractions)
    return Contact(
        reference=reference,
        authority=authority.id,
        received_at=arrival.received_at,
        message=ref,
        messages=(ref,),
        extractions=case.extractions,
        record=case.record,
        fields=case.fields,
        gaps=case.outcome.gaps,
        asked=highest_number(0, case.outcome.gaps),
        narrative=case.narrative,
        matches=household.people,
        family=household.links,
        routing=case.outcome.routing,
        deadlines=case.outcome.deadlines,
        history=opening_events(case.outcome, now),
        linked=tuple(links),
    )


def with_forms(arrival: Arrival, extractions: Sequence[Extraction]) -> MessageRef:
    """How a contact names its mail, with the digests of the files that were read for it: by these the same file is known again."""
    read = {name for one in extractions if one.status == "read" for name in (one.path, _file_of(one.path))}
    digests = tuple(dict.fromkeys(one.sha256 for one in arrival.mail.attachments if shown_name(one) in read))
    return arrival.ref.model_copy(update={"forms": digests})


def _file_of(path: str) -> str:
    """The file of one of several forms in it: `batch.pdf#2` is of `batch.pdf`."""
    name, mark, number = path.rpartition("#")
    return name if mark and number.isdigit() else path


def newcomer(case: Case, arrival: Arrival) -> Newcomer:
    """What is compared with earlier contacts."""
    return Newcomer(
        received_at=arrival.received_at,
        record=case.record,
        sha256=arrival.mail.sha256,
        sender=arrival.mail.sender.email,
        forms=frozenset(with_forms(arrival, case.extractions).forms),
        words="\n".join(filter(None, (arrival.mail.subject, arrival.mail.body_text, case.narrative.text if case.narrative else None))),
    )


def opening_events(outcome: RouteOutcome, now: datetime) -> tuple[Event, ...]:
    """The first lines of a contact's history: no personal data, only what was done."""
    done = ["received and read", f"put to {outcome.routing.decision}"]
    if outcome.no_letter:
        done.append(f"no letter written: {outcome.no_letter}")
    return tuple(Event(at=now, by="pipeline", what=what) for what in done)


def highest_number(asked: int, gaps: Sequence[Gap]) -> int:
    """The highest question number given so far: none is ever given twice, since late answers name it."""
    return max([asked, *(gap.number for gap in gaps if gap.number is not None)])
