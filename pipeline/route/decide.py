"""Where a contact goes first, and why. Urgency before everything, a person before everything that is not plain, completeness last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.authority import Authority
from models.contact import ConsentFinding, Decision, LetterKind, Reason, Routing
from models.extraction import Gap
from models.mail import MailClass
from models.routing import PlannedLetter, RouteInput, RouteOutcome
from pipeline.route.checklist import checklist
from pipeline.route.completeness import gaps_of, referrer_kind
from pipeline.route.consent import consent_finding, consent_reasons
from pipeline.route.deadlines import deadlines
from pipeline.route.forms import Papers, papers_of
from pipeline.route.known import Known, known_family
from pipeline.route.replying import is_trusted, why_nobody
from pipeline.route.suggest import suggested
from pipeline.route.urgency import signals, urgent_reasons

_NO_ANSWER = {MailClass.AUTOMATIC, MailClass.BOUNCE, MailClass.LIST, MailClass.OURSELVES}


def route(case: RouteInput, authority: Authority, now: datetime) -> RouteOutcome:
    """Route one contact. Every outcome is in front of a person; `return_to_referrer` only says that questions went out first."""
    urgent = urgent_reasons(case, authority)
    papers = papers_of(case, authority)
    known = known_family(case, authority, now)
    finding = consent_finding(case, authority)
    gaps = gaps_of(case, authority) if papers.referral or papers.alone else tuple(case.gaps)
    gaps = tuple(gap for gap in gaps if gap.field not in case.dropped)
    needed = tuple(gap for gap in gaps if gap.needed)
    decision, because = _decision(case, urgent, papers, known, needed)
    offer, offered = suggested(case, authority, urgent=bool(urgent))
    letters, no_letter = _letters(case, papers, gaps, authority)
    routing = Routing(
        decision=decision,
        returned=any(letter.kind in {LetterKind.INCOMPLETE, LetterKind.WRONG_FORM} for letter in letters),
        suggested=offer,
        reasons=_unique((*urgent, *because, *papers.reasons, *known.reasons, *_consent(case, finding, papers, authority), *offered)),
        urgent=signals(case),
        consent=finding,
        checklist=checklist(case, finding, urgent),
        pass_to=known.worker or (authority.known.absent if known.open_case else None),
    )
    return RouteOutcome(
        routing=routing,
        gaps=gaps,
        deadlines=deadlines(case.mail.received_at, authority, referrer_kind(case.record)),
        letters=letters,
        no_letter=no_letter,
    )


def _decision(case: RouteInput, urgent: Sequence[Reason], papers: Papers, known: Known, needed: Sequence[Gap]) -> tuple[Decision, list[Reason]]:
    """The first thing that holds. Nothing stands before urgency."""
    unread = [
        Reason(rule="DC-1", because=f"A file could not be read ({file.problem.code}); its bytes are kept for a person.")
        for file in case.mail.unreadable
    ]
    if urgent:
        beside = [Reason(rule="OX-6", because=f"{_answers(needed)} missing; the questions go out beside, not instead.")] if needed else []
        return "screen_urgently", unread + beside
    if not papers.referral and (unread or not papers.alone):
        return "manual", unread or [_why_manual(case)]
    if known.open_case:
        return "allocated_worker", [
            *unread,
            Reason(rule="LE-12", because="A child on the form has an open case, so the contact passes to the allocated worker."),
        ]
    if papers.alone:
        return "return_to_referrer", []
    if unread:
        return "screen", unread  # what seems missing may stand in the file a person will open
    if needed:
        return "return_to_referrer", [Reason(rule="DC-8", because=f"{_answers(needed)} missing.")]
    return "screen", [Reason(rule="LE-13", because="Everything this authority needs is there.")]


def _answers(needed: Sequence[Gap]) -> str:
    return "One answer that this authority needs is" if len(needed) == 1 else f"{len(needed)} answers that this authority needs are"


def _why_manual(case: RouteInput) -> Reason:
    if case.mail.mail_class in _NO_ANSWER:
        return Reason(rule="DC-1", because="The mail was not written by a person and holds no referral; it is kept where a person sees it.")
    return Reason(rule="DC-1", because="No referral form was found in the mail: a person reads what it says.")


def _consent(case: RouteInput, finding: ConsentFinding, papers: Papers, authority: Authority) -> tuple[Reason, ...]:
    return consent_reasons(case, finding, authority) if papers.referral or papers.alone else ()


def _letters(case: RouteInput, papers: Papers, gaps: Sequence[Gap], authority: Authority) -> tuple[tuple[PlannedLetter, ...], str | None]:
    """One letter as a rule: the acknowledgement, which also asks what would only help, or the return, which acknowledges too. A file that could not be opened is told in one of its own."""
    if because := why_nobody(case.mail, authority):
        return (), because
    recipient, shareable = case.mail.sender or "", is_trusted(case.mail, authority)
    if papers.alone:
        kind = LetterKind.WRONG_FORM
    elif papers.referral and any(gap.question and (gap.needed or gap.kind != "missing") for gap in gaps):
        kind = LetterKind.INCOMPLETE
    else:
        kind = LetterKind.ACKNOWLEDGEMENT
    kinds = [kind] if papers.referral or papers.alone or not case.mail.unreadable else []
    if case.mail.unreadable:
        kinds.append(LetterKind.COULD_NOT_OPEN)
    return tuple(PlannedLetter(kind=one, recipient=recipient, shareable=shareable) for one in kinds), None


def _unique(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))
