"""The form as a household: one found lifts the others; other children, open cases and the household's worker are listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from models.matching import Candidate, FamilyLink, HouseholdMatch, KnownPerson, MatchResult, Query
from pipeline.match.decide import REVIEW, decide, without_address
from pipeline.match.held import restricted
from pipeline.match.index import Index
from pipeline.match.score import Shortlist
from pipeline.match.standing import standing

LIFT, LOWER = 6.0, -1.0
"""The most bits that a household already found adds (as much as living at one address), and takes from everybody else."""
TRUSTED = 0.5
"""From this chance on a candidate's household speaks for the others on the form."""


def match_household(queries: Sequence[Query], index: Index, elsewhere: frozenset[str] = frozenset()) -> HouseholdMatch:
    """Everyone on one form, looked up together. `elsewhere` names the queries whose people the form says live at another place."""
    shortlists = [index.look_up(query) for query in queries]
    lifted = [_lift(number, shortlists, elsewhere) for number in range(len(shortlists))]
    for shortlist, bits in zip(shortlists, lifted, strict=True):
        if bits is not None:
            index.settle(shortlist, bits)
    results = [decide(shortlist, index.weights, index.shown) for shortlist in shortlists]
    as_of = next((shortlist.asked.as_of for shortlist in shortlists if shortlist.asked.as_of), None)
    results, notes = _one_record_one_person(results)
    notes += _new_babies(shortlists, results)
    links = _links(results, index, as_of)
    workers = _workers(results, links)
    if len(workers) > 1:
        notes.append(f"{len(workers)} workers hold open cases in this family; the children of one household go to the same worker: choose one")
    return HouseholdMatch(people=tuple(results), links=links, worker=workers[0] if workers else None, notes=tuple(notes))


def _lift(number: int, shortlists: list[Shortlist], elsewhere: frozenset[str]) -> np.ndarray | None:
    """Bits for each candidate whose household another person of the form was found in."""
    mine = shortlists[number]
    support: dict[str, float] = {}
    surest = 0.0
    apart = mine.asked.id in elsewhere
    for other, shortlist in enumerate(shortlists):
        if other == number or not len(shortlist.odds):
            continue
        best = int(np.argmax(shortlist.odds))
        chance = float(shortlist.probabilities[best])
        household = shortlist.held[best].household
        if household and chance >= TRUSTED:
            support[household] = max(support.get(household, 0.0), chance)
            if not apart and shortlist.asked.id not in elsewhere:  # somebody who lives elsewhere says nothing against another household
                surest = max(surest, chance)
    if not support or not mine.held:
        return None
    return np.array([LIFT * support[row.household] if row.household in support else LOWER * surest for row in mine.held])


def _one_record_one_person(results: list[MatchResult]) -> tuple[list[MatchResult], list[str]]:
    """Two people of one form cannot both be one record: then neither is a match, and a person is told."""
    claimed: dict[str, list[int]] = {}
    for number, result in enumerate(results):
        if result.candidates and result.candidates[0].probability >= 0.5:
            claimed.setdefault(result.candidates[0].record_id, []).append(number)
    notes = []
    for record_id, numbers in claimed.items():
        if len(numbers) < 2:
            continue
        notes.append(f"{' and '.join(results[number].id for number in numbers)} both look like record {record_id}: a twin, or one person named twice")
        for number in numbers:
            results[number] = results[number].model_copy(update={"decision": "review"})
    return results, notes


def _new_babies(shortlists: list[Shortlist], results: list[MatchResult]) -> list[str]:
    """An unborn or new baby that is not held while somebody else of the form is."""
    known = [r.candidates[0].record_id for r in results if r.candidates and r.candidates[0].probability >= 0.9]
    return [
        f"{result.id}: no record of this baby; the family is known through {', '.join(known)}"
        for shortlist, result in zip(shortlists, results, strict=True)
        if shortlist.asked.unborn and known and (not result.candidates or result.candidates[0].probability < REVIEW)
    ]


def _links(results: list[MatchResult], index: Index, as_of: date | None) -> tuple[FamilyLink, ...]:
    """The rest of each found household, and each found person's own standing."""
    found: dict[str, FamilyLink] = {}
    taken = {r.candidates[0].record_id for r in results if r.candidates and r.candidates[0].probability >= TRUSTED}
    for result in results:
        for candidate in result.candidates[:1]:
            if candidate.probability < TRUSTED or candidate.person is None:
                continue
            for link in _around(result.id, candidate, index, as_of):
                if link.record_id not in taken or link.record_id == candidate.record_id:
                    found.setdefault(link.record_id, link)
    return tuple(found.values())


def _around(through: str, candidate: Candidate, index: Index, as_of: date | None) -> list[FamilyLink]:
    person = candidate.person
    links: list[FamilyLink] = []
    if person is None:
        return links
    own = standing(person, as_of)
    if own:
        links.append(FamilyLink(record_id=person.record_id, through=through, why=own, person=person))
    for other, how in index.relatives(person):
        words = "; ".join(word for word in (how, standing(other, as_of)) if word)
        hidden = candidate.restricted or restricted(other)  # a relative's address would give away the restricted one's
        links.append(FamilyLink(record_id=other.record_id, through=through, why=words, person=without_address(other) if hidden else other))
    return links


def _workers(results: list[MatchResult], links: tuple[FamilyLink, ...]) -> list[str]:
    """Who holds an open case here: of the people found first, then of their household."""
    own = [r.candidates[0].person for r in results if r.candidates and r.candidates[0].probability >= TRUSTED]
    everyone: list[KnownPerson | None] = [*own, *(link.person for link in links)]
    return list(dict.fromkeys(p.allocated_worker for p in everyone if p and p.case_status == "open" and p.allocated_worker))
