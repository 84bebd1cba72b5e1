"""A contact worked out again, by the same code as for a new mail: after an answer, and after a person's correction.

What people said stands over what a program says: their labels, their word on a match, the questions they dropped, what a manager authorised.
An urgent contact never becomes less urgent here in silence: routing is told how it stood before, and only a person takes that back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from models.authority import Authority
from models.contact import Contact, ContactNarrative, Event, Reason, Routing
from models.extraction import Gap
from models.matching import Candidate, HouseholdMatch, MatchResult, queries_from
from models.narrative import Category, ConcernMention, Narrative, Sentence
from models.routing import MailFacts, RouteInput, RouteOutcome
from models.screening import ConcernMark, Screening, StoodDown
from pipeline.extract.combine import narrative_parts
from pipeline.route import urgency
from pipeline.route.deadlines import deadlines
from pipeline.route.decide import route
from pipeline.route.redirect import passed_reason
from pipeline.route.undelivered import is_about_delivery
from pipeline.story import Stages, highest_number

OPENED_AGAIN = "opened again: something came after it was done with"
_OTHER_WORDS = ("mail", "reply")
"""Parts of a narrative that stand in no field of the record: they are kept as they are."""


def worked_out_again(
    contact: Contact, mail: MailFacts, narrative: ContactNarrative | None, stages: Stages, now: datetime, *, later: bool = False
) -> tuple[Contact, RouteOutcome]:
    """Matching and routing of the contact as it stands now. Its clocks stay those of the first mail. `later` says that the mail is another than the first."""
    work = contact.screening
    as_of = contact.record.referral.date or contact.received_at.date().isoformat()
    household = judged(stages.look_up(queries_from(contact.record, as_of), contact.record), work)
    given = RouteInput(
        mail=mail.model_copy(update={"received_at": contact.received_at}),
        record=contact.record,
        fields=contact.fields,
        gaps=contact.gaps,
        extractions=contact.extractions,
        narrative=narrative,
        household=household,
        before=_as_it_stood(contact),
        asked=contact.asked,
        dropped=tuple(one.field for one in work.dropped),
    )
    outcome = route(given, stages.authority, now)
    outcome = outcome.model_copy(update={"gaps": tuple(_as_asked(gap, work) for gap in outcome.gaps)})
    marked_anew = later and _marked_itself(mail, contact, stages)
    routing = _as_people_said(outcome.routing, contact, stages, marked_anew=marked_anew)
    changed = contact.model_copy(
        update={
            "narrative": narrative,
            "matches": household.people,
            "family": household.links,
            "routing": routing,
            "gaps": outcome.gaps,
            "asked": highest_number(contact.asked, outcome.gaps),
        }
    )
    if work.stood_down is not None and routing.decision == "screen_urgently":  # a new sign: whoever stood it down had not seen it
        changed = changed.model_copy(update={"screening": work.model_copy(update={"stood_down": None})})
    return changed, outcome.model_copy(update={"routing": routing})


def opened_again(contact: Contact, authority: Authority, came_at: datetime, now: datetime) -> Contact:
    """A decided contact, or one out of old mail, that somebody must look at once more: its decision is overtaken, and what came has a clock of its own."""
    decided = contact.screening.outcome is not None
    fresh = {clock.what: clock for clock in deadlines(came_at, authority, contact.record.referrer.kind)}
    clocks = tuple(
        fresh[clock.what] if clock.what in fresh and (clock.what == "decide" or not (decided or clock.met_at)) else clock
        for clock in contact.deadlines
    )
    work = contact.screening.model_copy(update={"outcome": None})
    event = Event(at=now, by="pipeline", what=OPENED_AGAIN)
    return contact.model_copy(update={"deadlines": clocks, "screening": work, "history": (*contact.history, event)})


def _as_it_stood(contact: Contact) -> Routing:
    """How the contact was routed before, but for an urgency that a person took back."""
    if contact.screening.stood_down is None:
        return contact.routing
    return contact.routing.model_copy(update={"decision": "screen"})


def _as_asked(gap: Gap, work: Screening) -> Gap:
    """The question in a person's words, where they asked about a field that the authority asks about too."""
    asked = next((one for one in work.asked if one.field == gap.field), None)
    return gap.model_copy(update={"question": asked.question, "needed": True}) if asked and gap.question != asked.question else gap


def narrative_again(contact: Contact, stages: Stages) -> ContactNarrative | None:
    """The narrative of the record as it stands. Read anew only when its words changed; people's marks are laid over it either way."""
    before = contact.narrative
    others = [(name, before.text[start:end]) for name, start, end in before.parts if name.startswith(_OTHER_WORDS)] if before else []
    text, parts = narrative_parts(contact.record, others)
    if not text:
        return None
    if before is None or text != before.text:
        told = stages.narrate(contact.message.id, text)
        before = ContactNarrative(**{name: getattr(told, name) for name in Narrative.model_fields}, text=text, parts=parts)
    return marked(before, contact.screening)


def judged(household: HouseholdMatch, work: Screening) -> HouseholdMatch:
    """Matches as people settled them. A record somebody confirmed is the match; one they refused no longer counts; one they doubt stays a question."""
    if not work.verdicts:
        return household
    return household.model_copy(update={"people": tuple(_judged(result, work) for result in household.people)})


def _judged(result: MatchResult, work: Screening) -> MatchResult:
    said = {one.record_id: verdict.says for one in result.candidates if (verdict := work.verdict(result.id, one.record_id))}
    if not said:
        return result

    def settled(candidate: Candidate) -> Candidate:
        chance = {"same": 1.0, "not_same": 0.0}.get(said.get(candidate.record_id, ""))
        return candidate if chance is None else candidate.model_copy(update={"probability": chance})

    candidates = tuple(sorted((settled(one) for one in result.candidates), key=lambda one: -one.probability))
    decision = result.decision
    if "same" in said.values():
        decision = "match"
    elif decision == "match" and said.get(result.candidates[0].record_id):
        decision = "review"
    if decision != "match" and all(one.probability < 0.05 for one in candidates):
        decision = "none"
    return result.model_copy(update={"candidates": candidates, "decision": decision})


def marked(narrative: ContactNarrative, work: Screening) -> ContactNarrative:
    """People's labels and concerns over a narrative. A category that they took out everywhere is raised no longer; one they put in is."""
    if not (work.labels or work.concerns):
        return narrative
    labels = {(one.sentence, one.nth): one.factuality for one in work.labels}
    seen: Counter[str] = Counter()
    sentences = []
    for sentence in narrative.sentences:
        key = (sentence.text, seen[sentence.text])
        seen[sentence.text] += 1
        marks = [one for one in work.concerns if (one.sentence, one.nth) == key]
        changed = sentence.model_copy(update={"concerns": _with_concerns(sentence, marks)}) if marks else sentence
        if key in labels:
            changed = changed.model_copy(update={"factuality": labels[key], "confidence": 1.0, "cues": ("a person's label",)})
        sentences.append(changed)
    touched = {one.category for one in work.concerns}
    return narrative.model_copy(update={"sentences": tuple(sentences), "raised": _raised(narrative.raised, sentences, touched)})


def _with_concerns(sentence: Sentence, marks: Sequence[ConcernMark]) -> tuple[ConcernMention, ...]:
    concerns = list(sentence.concerns)
    for mark in marks:
        concerns = [one for one in concerns if not (one.category == mark.category and one.text == mark.words)]
        at = sentence.text.find(mark.words)
        if mark.added and at >= 0:
            start = sentence.start + at
            end = start + len(mark.words)
            says = "Added by a person"
            concerns.append(
                ConcernMention(category=mark.category, status=mark.status, who=mark.who, start=start, end=end, text=mark.words, says=says)
            )
    return tuple(sorted(concerns, key=lambda one: one.start))


def _raised(before: dict[Category, float], sentences: Sequence[Sentence], touched: set[Category]) -> dict[Category, float]:
    counts = {one.category for sentence in sentences for one in sentence.concerns if one.status in {"affirmed", "possible"}}
    raised = {name: chance for name, chance in before.items() if name not in touched or name in counts}
    return {**raised, **{name: raised.get(name, 1.0) for name in touched & counts}}


def _as_people_said(routing: Routing, contact: Contact, stages: Stages, *, marked_anew: bool) -> Routing:
    work, before = contact.screening, contact.routing
    reasons = [*routing.reasons, *(one for one in before.reasons if is_about_delivery(one) and one not in routing.reasons)]
    changes: dict[str, object] = {}
    if any(is_about_delivery(one) for one in reasons) and before.decision == "manual" and routing.decision == "return_to_referrer":
        changes["decision"] = "manual"
    if work.passed is not None:
        changes["pass_to"] = work.passed.to
        reasons.append(passed_reason(contact, work.passed.to))
    if work.stood_down is not None and routing.decision == "screen_urgently" and not (marked_anew or _new_sign(routing, work.stood_down)):
        changes["decision"] = "screen"
        reasons.append(
            Reason(rule="OX-6", because="A person looked at what was urgent and says that it no longer is; the history says who and when.")
        )
    asked = work.authorisation
    if asked is not None and asked.answer == "granted" and routing.consent is not None:
        wanted = stages.authority.consent.authorisation
        changes["consent"] = routing.consent.model_copy(update={"outstanding": tuple(one for one in routing.consent.outstanding if one != wanted)})
        reasons = [one for one in reasons if one.because != wanted]
        reasons.append(Reason(rule="LE-9", because="A manager has authorised sharing without consent; the reasons stand on the contact."))
    return routing.model_copy(update={**changes, "reasons": tuple(dict.fromkeys(reasons))})


def _marked_itself(mail: MailFacts, contact: Contact, stages: Stages) -> bool:
    """Whether a later mail is marked urgent by its own words, and not only by the subject of the mail that it answers."""
    place, first = urgency.marked(mail, stages.authority), contact.message.subject
    return place is not None and not (place == urgency.IN_SUBJECT and first and first in (mail.subject or ""))


def _new_sign(routing: Routing, down: StoodDown) -> bool:
    """Whether something speaks for urgency that whoever stood it down had not seen: another sign, or the same words once more."""
    return bool(Counter(urgent_signs(routing)) - Counter(down.signals))


def urgent_signs(routing: Routing) -> tuple[str, ...]:
    """What spoke for urgency, each as often as it was said, so that a sign that comes later is known to be new. The word of an earlier routing is none."""
    told = [f"{one.rule}: {one.because}" for one in routing.reasons if one.rule in {"TH-2", "LE-3", "LE-6", "LE-11", "HE-7"}]
    return (*dict.fromkeys(told), *(f"{one.rule}: {one.text}" for one in routing.urgent))
