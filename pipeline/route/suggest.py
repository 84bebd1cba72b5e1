"""Suggestions of a colour, a pathway and a stream, each with its reason. A person sets all three."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.authority import Authority, PathwayKind, Stream, Suggestion
from models.contact import Rag, Reason, Suggested
from models.routing import RouteInput

_COLOURS: tuple[Rag, ...] = ("green", "amber", "red")
_DENIED = re.compile(r"\b(no|not|never|nor|without|den(y|ies|ied)|n['’]t)\b[^.;:!?\n]{0,40}$")
_PATHS: tuple[PathwayKind, ...] = ("no_further_action", "early_help", "enhanced", "child_in_need", "child_protection")


def suggested(case: RouteInput, authority: Authority, *, urgent: bool) -> tuple[Suggested, tuple[Reason, ...]]:
    """The most serious of what the authority's rules of thumb say; nothing said means that enquiries are suggested, never that nothing is to be done."""
    if not urgent and case.narrative is None and not any(one.status == "read" for one in case.extractions):
        return Suggested(), ()  # nothing was read that a suggestion could rest on
    held = [rule for rule in authority.suggestions if _holds(rule, case, urgent=urgent)]
    rag = max((rule.rag for rule in held if rule.rag), key=_COLOURS.index, default=None)
    kind = max((rule.pathway for rule in held if rule.pathway), key=_PATHS.index, default=None)
    reasons = [Reason(rule=rule.rule, because=f"Suggestion{_offers(rule, authority)}: {rule.because}.") for rule in held]
    if kind is None:
        kind = "enhanced"
        reasons.append(Reason(rule="LE-15", because="Suggestion: need and risk are unclear, so enquiries come first."))
    stream, why = _stream(case, kind, authority)
    reasons += why
    return Suggested(rag=rag or "amber", pathway=_named(kind, authority), stream=stream), tuple(reasons)


def _holds(rule: Suggestion, case: RouteInput, *, urgent: bool) -> bool:
    raised = case.narrative.raised if case.narrative else {}
    scale = case.record.safety.scale
    return all(
        (
            rule.urgent is None or rule.urgent == urgent,
            not rule.kinds or case.record.referral.type in rule.kinds,
            not rule.raised or any(raised.get(category, 0.0) >= rule.surely for category in rule.raised),
            rule.scale_at_most is None or (scale is not None and scale <= rule.scale_at_most),
        )
    )


def _offers(rule: Suggestion, authority: Authority) -> str:
    parts = [rule.rag, _named(rule.pathway, authority) if rule.pathway else None]
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _named(kind: PathwayKind, authority: Authority) -> str:
    return next((pathway.name for pathway in authority.pathways if pathway.kind == kind), kind)


def _stream(case: RouteInput, kind: PathwayKind, authority: Authority) -> tuple[str | None, list[Reason]]:
    """A stream whose words stand in the referral, then that of its kind, then that of the pathway.
    A child who may need protection comes first: words of another stream are then told beside.
    """
    named = list(_in_words(case, authority))
    by_kind = _by_kind(case, kind, authority)
    if named and not (kind == "child_protection" and by_kind is not None):
        stream, words = named[0]
        return stream.name, [Reason(rule=stream.rule, because=f"Suggestion: {stream.name}, because of the words “{words}”.")]
    if by_kind is None:
        return None, []
    first, why = by_kind
    beside = [Reason(rule=one.rule, because=f"Suggestion: {one.name} beside it, because of the words “{words}”.") for one, words in named]
    return first.name, [Reason(rule=first.rule, because=f"Suggestion: {first.name}, by the {why}."), *beside]


def _in_words(case: RouteInput, authority: Authority) -> Iterator[tuple[Stream, str]]:
    """Each stream whose words the referral uses, unless it says that there is no such thing."""
    words = "\n".join(_words(case)).casefold()
    for stream in authority.streams:
        found = (
            match for cue in stream.cues for match in re.finditer(cue, words) if not _DENIED.search(words[max(0, match.start() - 60) : match.start()])
        )
        if match := next(found, None):
            yield stream, match.group(0)


def _by_kind(case: RouteInput, kind: PathwayKind, authority: Authority) -> tuple[Stream, str] | None:
    """The stream of the kind of referral, failing that of the pathway; where protection is suggested, its stream whatever the form's kind."""
    referral = case.record.referral.type
    by_referral = next((stream for stream in authority.streams if referral is not None and referral in stream.kinds), None)
    by_pathway = next((stream for stream in authority.streams if kind in stream.pathways), None)
    if by_pathway is not None and (by_referral is None or (kind == "child_protection" and by_pathway is not by_referral)):
        return by_pathway, "pathway suggested"
    return (by_referral, "kind of referral") if by_referral is not None else None


def _words(case: RouteInput) -> Iterator[str]:
    if case.narrative is not None and case.narrative.text:
        yield case.narrative.text
    for text in case.record.narrative.model_dump().values():
        if text:
            yield text
