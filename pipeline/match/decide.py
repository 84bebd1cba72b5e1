"""The decision: match only as a suggestion, review where a person must look, none with what was searched."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.matching import Candidate, KnownPerson, MatchDecision, MatchResult
from pipeline.match.holds import held_back, thin
from pipeline.match.say import evidence, is_mother, many, notes, searched, story
from pipeline.match.score import Shortlist
from pipeline.match.weights import Floats, Weights

MATCH, REVIEW = 0.99, 0.05
SETTLED = 0.5
"""From here on the record is likelier the person than anybody else, and no other story is told."""
SHOWN, ALWAYS_SHOWN = 10, 5


def decide(shortlist: Shortlist, weights: Weights, person: Callable[[int], KnownPerson]) -> MatchResult:
    """Candidates best first, and what a person should know."""
    chances, why = held_back(shortlist)
    order = _shown(chances)
    candidates = tuple(_candidate(shortlist, at, float(chances[at]), weights, person) for at in order)
    return MatchResult(
        id=shortlist.asked.id,
        decision=_decision(shortlist, chances, order),
        candidates=candidates,
        searched=searched(shortlist.asked),
        notes=tuple(notes(shortlist, chances, order, why)),
    )


def _shown(chances: Floats) -> list[int]:
    """The best page: five, and more only while they are likely enough to be looked at."""
    order = np.argsort(-chances, kind="stable")[:SHOWN].tolist()
    return [at for place, at in enumerate(order) if place < ALWAYS_SHOWN or chances[at] >= 0.002]


def _decision(shortlist: Shortlist, chances: Floats, order: list[int]) -> MatchDecision:
    if thin(shortlist.asked) or many(shortlist):
        return "review"
    best = float(chances[order[0]]) if order else 0.0
    if best >= MATCH:
        return "match"
    return "review" if best >= REVIEW or any(is_mother(shortlist, at) for at in order) else "none"


def _candidate(shortlist: Shortlist, at: int, chance: float, weights: Weights, person: Callable[[int], KnownPerson]) -> Candidate:
    row = shortlist.held[at]
    known = person(shortlist.rows[at])
    if row.restricted:
        known = without_address(known)
    return Candidate(
        record_id=known.record_id,
        probability=round(min(max(chance, 0.0), 1.0), 4),
        evidence=evidence(shortlist, at, weights),
        story=None if chance >= SETTLED else story(shortlist, at),
        restricted=row.restricted,
        person=known,
    )


def without_address(person: KnownPerson) -> KnownPerson:
    """A restricted record: nothing that says where the person lives or goes to school."""
    return person.model_copy(update={"address": None, "postcode": None, "previous_postcodes": (), "school": None})
