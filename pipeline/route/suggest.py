"""Suggestions of a colour, a pathway and a stream, each with its reason. A person sets all three."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.authority import Authority, PathwayKind, Suggestion
from models.contact import Rag, Reason, Suggested
from models.routing import RouteInput

_COLOURS: tuple[Rag, ...] = ("green", "amber", "red")
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
    if why is not None:
        reasons.append(why)
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


def _stream(case: RouteInput, kind: PathwayKind, authority: Authority) -> tuple[str | None, Reason | None]:
    """A stream whose words stand in the referral, then that of its kind, then that of the pathway."""
    words = "\n".join(_words(case)).casefold()
    for stream in authority.streams:
        for cue in stream.cues:
            if found := re.search(cue, words):
                return stream.name, Reason(rule=stream.rule, because=f"Suggestion: {stream.name}, because of the words “{found.group(0)}”.")
    referral = case.record.referral.type
    for stream in authority.streams:
        if referral is not None and referral in stream.kinds:
            return stream.name, Reason(rule=stream.rule, because=f"Suggestion: {stream.name}, by the kind of referral.")
    for stream in authority.streams:
        if kind in stream.pathways:
            return stream.name, Reason(rule=stream.rule, because=f"Suggestion: {stream.name}, by the pathway suggested.")
    return None, None


def _words(case: RouteInput) -> Iterator[str]:
    if case.narrative is not None and case.narrative.text:
        yield case.narrative.text
    for text in case.record.narrative.model_dump().values():
        if text:
            yield text
