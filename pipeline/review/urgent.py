"""What asks for a person at once: the exact words in their sentence, the rules that found them, and reasons beyond the words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from models.contact import Contact
from models.narrative import UrgencySignal
from pipeline.review import words

_ROWS = frozenset({"TH-2", "LE-3", "LE-6", "LE-11", "HE-3", "HE-7"})
"""Rows of the requirements that speak of urgency, not of cases, consent or suggestions."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that matched, in words."""

    kind: str
    says: str
    id: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A sentence with the words that raised it: `runs` are its characters in order, each with whether it is marked."""

    runs: tuple[tuple[str, bool], ...]
    rules: tuple[Rule, ...]


def causes(contact: Contact) -> tuple[Cause, ...]:
    """The signals, those of one sentence together, in the order of the text."""
    groups: dict[tuple[int, int, str], list[UrgencySignal]] = {}
    for signal in signals(contact):
        groups.setdefault(_around(contact, signal), []).append(signal)
    return tuple(_cause(contact, start, end, found) for (start, end, _), found in groups.items())


def signals(contact: Contact) -> list[UrgencySignal]:
    """The router's signals, and the narrative's own: one that a rule raised is shown even where the router set it aside."""
    found = list(contact.routing.urgent)
    if contact.narrative:
        placed = {(one.rule, one.start, one.end) for one in found}
        found += [one for one in contact.narrative.urgent if (one.rule, one.start, one.end) not in placed]
    return found


def reasons(contact: Contact) -> tuple[str, ...]:
    """Why a contact is urgent, beyond the words that are quoted. All the router's reasons stand further down the page."""
    if contact.routing.decision != "screen_urgently":
        return ("The referrer marked the referral urgent.",) if contact.record.referral.marked_urgent else ()
    quoted = {one.text for one in signals(contact)}
    own = [one for one in contact.routing.reasons if not any(f"“{text}”" in one.because for text in quoted)]
    near = [one for one in own if one.rule in _ROWS and not one.because.startswith("Suggestion")] or ([] if quoted else own)
    return tuple(f"{one.because} ({one.rule})" for one in near)


def _around(contact: Contact, signal: UrgencySignal) -> tuple[int, int, str]:
    """Where the sentences stand that hold a signal; its own words where the text does not bear it out (the subject of a mail is in no narrative)."""
    narrative = contact.narrative
    if narrative is None or narrative.text[signal.start : signal.end] != signal.text:
        return signal.start, signal.end, signal.text
    holding = [one for one in narrative.sentences if one.start < signal.end and one.end > signal.start]
    edges = [(one.start, one.end) for one in holding] + [(signal.start, signal.end)]
    return min(start for start, _ in edges), max(end for _, end in edges), ""


def _cause(contact: Contact, start: int, end: int, found: list[UrgencySignal]) -> Cause:
    rules = tuple(dict.fromkeys(Rule(words.look_up(words.URGENCY_KINDS, one.kind), one.says, one.rule) for one in found))
    text = contact.narrative.text if contact.narrative else ""
    if not all(text[one.start : one.end] == one.text for one in found):
        return Cause(((found[0].text, True),), rules)
    edges = sorted({start, end, *(edge for one in found for edge in (one.start, one.end))})
    runs = tuple((text[a:b], any(one.start < b and one.end > a for one in found)) for a, b in pairwise(edges))
    return Cause(runs, rules)
