"""A mail that belongs to a contact: a referrer's answer completes it, a bounce or an out-of-office note only joins it.

An answer may come as our contact record filled in, as the form sent again, or in the reply's own words. Whatever it is, the clocks that run from
the first mail keep running, and the whole contact is routed anew: an answer may be what makes it urgent. People also answer the last letter that they
find in order to send the next referral: another family's form is handed back, for a contact of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.authority import Authority
from models.contact import Contact, ContactNarrative, Event, LetterKind
from models.extraction import Extraction, Gap
from models.mail import Attachment, FileKind, InboundMail, MailClass
from models.narrative import Narrative
from models.routing import PlannedLetter, RouteOutcome
from pipeline.again import marked, worked_out_again
from pipeline.extract.budget import Bounded
from pipeline.extract.combine import narrative_parts, same_family
from pipeline.extract.mail import PASSED_OVER, read_mail, shown_name
from pipeline.ingest.sender import is_machines_answer
from pipeline.route.answers import Merged, merge
from pipeline.route.replies import Answer, from_paper, from_reply
from pipeline.route.replying import on_domains
from pipeline.story import Arrival, Stages, half_read, mail_facts, with_forms

WORDS = "reply"
_GOING_WELL = frozenset({"delivered", "delayed", "relayed", "expanded"})
"""What a mail system says of a letter that nobody need look at."""
_PAPERS = frozenset({FileKind.DOCX, FileKind.DOCM, FileKind.DOC, FileKind.ODT, FileKind.RTF, FileKind.PDF})
"""What a contact record comes back as: people save it in the format their program likes, or as a PDF."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A contact with a mail joined to it, the letters that causes, and what the mail brought of other families."""

    contact: Contact
    letters: tuple[PlannedLetter, ...] = ()
    others: tuple[Extraction, ...] = ()


def may_answer(contact: Contact, arrival: Arrival, authority: Authority) -> bool:
    """Whether a mail that names this contact may join it: the people it was written with, a colleague of theirs on a trusted domain, or a mail system.

    Anybody can type a reference; what a stranger sends under one is a contact of its own, linked, for a person. So is what a mail system brings that is
    to be read: a case system's notice with a form, or what a colleague sends on from the hub's own address.
    """
    if _is_of_a_system(arrival.mail):
        return bool(arrival.mail.returned.message_ids) or not _fresh(contact, arrival)
    sender = (arrival.mail.sender.email or "").casefold()
    known = {(message.sender or "").casefold() for message in (contact.message, *contact.messages)} - {""}
    if sender in known:
        return True
    domain = sender.rpartition("@")[2]
    return on_domains(sender, authority.trusted_domains) and domain in {one.rpartition("@")[2] for one in known}


def asks_for_a_person(arrival: Arrival) -> bool:
    """Whether somebody must look at a mail that joins a contact which waits for nobody any more: all but notes of absence and a letter's good news."""
    asks_nothing = arrival.mail.mail_class is MailClass.OURSELVES or is_machines_answer(arrival.mail)
    return not asks_nothing and arrival.mail.returned.action not in _GOING_WELL


def _is_of_a_system(mail: InboundMail) -> bool:
    """Whose mails join a contact unread, where they bring nothing to read: notes of absence, receipts, reports of our letters.

    What a portal or a case system passes on is somebody's words, though nobody there takes an answer.
    """
    return mail.mail_class in (MailClass.BOUNCE, MailClass.OURSELVES) or is_machines_answer(mail)


def _fresh(contact: Contact, arrival: Arrival) -> tuple[Attachment, ...]:
    """The files of a mail that were not read for this contact before. Containers that were opened hold nothing themselves."""
    known = {digest for message in contact.messages for digest in message.forms}
    shut = {index for index, _ in arrival.unopened}
    return tuple(
        one
        for one in arrival.mail.attachments
        if one.sha256 not in known and not one.decorative and (one.index in shut or one.kind not in PASSED_OVER)
    )


def answered(contact: Contact, arrival: Arrival, stages: Stages, now: datetime, *, again: bool = False) -> Answered:
    """The contact with a mail joined to it. `again` is a referral sent a second time: its sender hears what they heard before."""
    joined = contact.model_copy(update={"messages": (*contact.messages, arrival.ref)})
    if _is_of_a_system(arrival.mail):
        return Answered(_noted(joined, now, f"a mail of a mail system joined ({arrival.mail.mail_class.value})"))
    open_before = sum(1 for gap in contact.gaps if gap.question)
    merged, closed, forms = _with_papers(joined, arrival, _fresh(contact, arrival), stages, now)
    others = tuple(one for one in forms if one.status == "read" and not same_family(contact.record, one.record))
    for extraction in forms:
        if extraction not in others:
            merged, more = _with_form(merged, extraction, stages.authority, now)
            closed += more
    merged, more = _with_words(merged, arrival, stages.authority, now)
    named = merged.model_copy(update={"messages": (*contact.messages, with_forms(arrival, (*merged.extractions, *others)))})
    changed, letters = _routed(named, arrival, stages, now, (open_before, closed + more), again=again)
    return Answered(changed, letters, others)


def _with_papers(
    contact: Contact, arrival: Arrival, files: Sequence[Attachment], stages: Stages, now: datetime
) -> tuple[Contact, int, tuple[Extraction, ...]]:
    """Our own papers that came back filled in, by their tags; and what every other file is read as, with what could not be read or unpacked."""
    reader, closed, rest = Bounded(stages.reader), 0, []
    for file in files:
        name = shown_name(file)
        paper = reader.paper(file.content, name, file.kind) if file.kind in _PAPERS else {}
        if paper:
            contact, more = _merged(contact, merge(contact, from_paper(paper, name), stages.authority, now))
            closed += more
        else:
            rest.append(file)
    bare = arrival.mail.model_copy(update={"attachments": tuple(rest), "body_text": None, "body_html": None})
    return contact, closed, (*read_mail(bare, reader, arrival.unopened), *half_read(arrival))


def _with_form(contact: Contact, extraction: Extraction, authority: Authority, now: datetime) -> tuple[Contact, int]:
    """One form of the answer laid beside what is there; a file that could not be read is told."""
    kept = (*contact.extractions, extraction)
    if extraction.status != "read":
        return contact.model_copy(update={"extractions": kept}), 0
    changed, closed = _merged(contact, merge(contact, extraction, authority, now))
    return changed.model_copy(update={"extractions": kept}), closed


def _with_words(contact: Contact, arrival: Arrival, authority: Authority, now: datetime) -> tuple[Contact, int]:
    """The reply's own words: answers under our questions are placed, the rest stands for a person."""
    answers = from_reply(arrival.mail.body_text or "", contact, f"{WORDS}, {arrival.ref.id}")
    return _merged(contact, merge(contact, answers, authority, now)) if answers else (contact, 0)


def _merged(contact: Contact, merged: Merged) -> tuple[Contact, int]:
    gaps = (*merged.gaps, *_loose(merged.unplaced, merged.gaps))
    return contact.model_copy(update={"record": merged.record, "fields": merged.fields, "gaps": gaps, "asked": merged.asked}), len(merged.closed)


def _loose(unplaced: Iterable[Answer], gaps: Iterable[Gap]) -> Iterable[Gap]:
    """Words that answer no question of ours: shown, never dropped. Those that a gap holds already are not told twice."""
    told = " ".join(gap.message for gap in gaps)
    for answer in unplaced:
        words = " ".join(answer.words.split())
        if answer.number is None and answer.path is None and words not in told:
            yield Gap(field="narrative.other", kind="unclear", message=f"The referrer also wrote, and a person must place it: “{words}”")


def _routed(
    contact: Contact, arrival: Arrival, stages: Stages, now: datetime, counts: tuple[int, int], *, again: bool
) -> tuple[Contact, tuple[PlannedLetter, ...]]:
    """Narrative, matching and routing of the contact as it stands now; the clocks stay those of the first mail. `counts`: questions open before, and closed."""
    narrative = _narrative(contact, arrival, stages)
    changed, outcome = worked_out_again(contact, mail_facts(arrival, contact.extractions), narrative, stages, now, later=True)
    still_open = sum(1 for gap in outcome.gaps if gap.question)
    what = "the same referral came again and joined" if again else "an answer joined"
    open_before, closed = counts
    noted = _noted(changed, now, f"{what}: {closed} of {open_before} questions closed, {still_open} open; put to {outcome.routing.decision}")
    return noted, outcome.letters if again and not closed else _letters(outcome, closed)


def _letters(outcome: RouteOutcome, closed: int) -> tuple[PlannedLetter, ...]:
    """What the referrer is told of an answer: that it completed the referral, or what is still missing. An answer without any is not answered."""
    letters = []
    for letter in outcome.letters:
        if letter.kind is LetterKind.ACKNOWLEDGEMENT:
            letters.append(letter.model_copy(update={"kind": LetterKind.COMPLETED}))
        elif letter.kind is not LetterKind.INCOMPLETE or closed:
            letters.append(letter)
    return tuple(letters)


def _narrative(contact: Contact, arrival: Arrival, stages: Stages) -> ContactNarrative | None:
    """The boxes as they stand now, the words of earlier mails, and those of this one: any of them may hold what is urgent."""
    before = contact.narrative
    mails = [(name, before.text[start:end]) for name, start, end in before.parts if name.startswith(("mail", WORDS))] if before else []
    own = "\n".join(answer.words for answer in from_reply(arrival.mail.body_text or "", contact, WORDS))
    text, parts = narrative_parts(contact.record, [*mails, (f"{WORDS} {arrival.ref.id}", own)])
    if not text:
        return None
    told = stages.narrate(arrival.ref.id, text)
    read = ContactNarrative(**{name: getattr(told, name) for name in Narrative.model_fields}, text=text, parts=parts)
    return marked(read, contact.screening)


def _noted(contact: Contact, now: datetime, what: str) -> Contact:
    return contact.model_copy(update={"history": (*contact.history, Event(at=now, by="pipeline", what=what))})
