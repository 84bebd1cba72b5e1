"""The decision: match only as a suggestion, review where a person must look, none with what was searched."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.matching import Candidate, Evidence, KnownPerson, MatchDecision, MatchResult
from pipeline.match.asked import Asked
from pipeline.match.compare import ADDRESS, BIRTH, FAMILY, FEATURES, GIVEN, LEVEL_NAMES, NHS, UPN
from pipeline.match.score import Shortlist
from pipeline.match.weights import STORIES, Weights

MATCH, REVIEW = 0.99, 0.05
HELD_BACK = 0.98
"""The most that a candidate gets which some rule keeps from being a match."""
VETOED = 0.4
SHOWN = 10
MANY = 20

_STORY_WORDS = {"sibling": "sibling", "twin": "twin", "elder": "parent"}


def decide(shortlist: Shortlist, weights: Weights, person: Callable[[int], KnownPerson]) -> MatchResult:
    """Candidates best first, and what a person should know."""
    chances = _held_back(shortlist)
    order = np.argsort(-chances, kind="stable")[:SHOWN].tolist()
    notes = _notes(shortlist, chances, order)
    candidates = tuple(_candidate(shortlist, at, float(chances[at]), weights, person) for at in order)
    return MatchResult(
        id=shortlist.asked.id,
        decision=_decision(shortlist, chances, order),
        candidates=candidates,
        searched=searched(shortlist.asked),
        notes=tuple(notes),
    )


def _decision(shortlist: Shortlist, chances: np.ndarray, order: list[int]) -> MatchDecision:
    if thin(shortlist.asked) or _many(shortlist):
        return "review"
    best = float(chances[order[0]]) if order else 0.0
    return "match" if best >= MATCH else "review" if best >= REVIEW else "none"


def _held_back(shortlist: Shortlist) -> np.ndarray:
    """What no probability may override: numbers that differ, restricted records, a query with almost nothing in it."""
    chances = shortlist.probabilities.copy()
    for at, (levels, _) in enumerate(shortlist.comparisons):
        if "differs_verified" in (LEVEL_NAMES[NHS][levels[NHS]], LEVEL_NAMES[UPN][levels[UPN]]):
            chances[at] = min(chances[at], VETOED)
        if thin(shortlist.asked) or shortlist.held[at].restricted or agreeing(levels) < 2:
            chances[at] = min(chances[at], HELD_BACK)
    if len(chances) > 1:
        best, second = np.argsort(-shortlist.odds)[:2].tolist()
        if shortlist.odds[best] - shortlist.odds[second] < np.log2(10):
            chances[best] = min(chances[best], HELD_BACK)
    return chances


_AGREE = {
    GIVEN: {"same_all", "same", "same_middle_differs", "nickname", "spelling", "slip", "middle", "both_unnamed", "shortened"},
    BIRTH: {
        "same",
        "same_dummy",
        "swapped",
        "digit",
        "digit_year",
        "days_off",
        "dummy_year",
        "month",
        "partial_month",
        "partial_year",
        "age",
        "due",
        "due_near",
    },
    ADDRESS: {"same", "postcode_house_differs", "postcode", "house_street", "house_postcode_near", "previous"},
    NHS: {"same"},
    UPN: {"same"},
}


def agreeing(levels: list[int]) -> int:
    """How many of name, birth date, address and numbers agree."""
    return sum(LEVEL_NAMES[feature][levels[feature]] in good for feature, good in _AGREE.items())


def thin(asked: Asked) -> bool:
    """Whether a query holds almost nothing: a name alone, or less."""
    return not (asked.nhs or asked.upn) and asked.born.kind in {"none", "baby"} and not asked.postcode and not asked.house and not asked.school


def _many(shortlist: Shortlist) -> bool:
    return (
        shortlist.common.same_name > MANY
        and shortlist.asked.born.kind not in {"full", "due"}
        and not (shortlist.asked.postcode or shortlist.asked.house)
    )


def searched(asked: Asked) -> tuple[str, ...]:
    """By what was looked, in words."""
    found = []
    if asked.name.readings:
        ways = len(asked.name.readings)
        found.append("name" + (f", read {ways} ways" if ways > 1 else "") + ", with short forms and other spellings")
    words = {
        "full": "birth date, and dates one slip away", "month": "month of birth", "year": "year of birth", "age": "age", "due": "due date, three weeks either side", "baby": "babies due or lately born",
    }  # fmt: skip
    if asked.born.kind != "none":
        found.append(words[asked.born.kind])
    for stated, label in (
        (asked.postcode, "postcode, now and earlier"), (asked.house and asked.street, "house number and street"),
        (asked.nhs, "NHS number"), (asked.upn, "pupil number"), (asked.school, "school"), (asked.name.mother, "mother's name"),
    ):  # fmt: skip
        if stated:
            found.append(label)
    return tuple(found)


def _notes(shortlist: Shortlist, chances: np.ndarray, order: list[int]) -> list[str]:
    asked = shortlist.asked
    notes = []
    if not asked.name.readings and not asked.nhs and not asked.upn:
        notes.append("there is almost nothing to search by: add a name, a birth date, an address or a number")
    elif thin(asked):
        notes.append("only a name was given: add a birth date, an address or a school before relying on any of these")
    if _many(shortlist):
        notes.append(f"many people have this name ({shortlist.common.same_name} records): add a birth date, address or school")
    if shortlist.left_out:
        notes.append("some of what was given is shared by too many records to search by alone")
    if len(order) > 1 and chances[order[0]] >= REVIEW and shortlist.odds[order[0]] - shortlist.odds[order[1]] < np.log2(10):
        notes.append("two records fit almost equally well")
    return notes


def _candidate(shortlist: Shortlist, at: int, chance: float, weights: Weights, person: Callable[[int], KnownPerson]) -> Candidate:
    row = shortlist.held[at]
    known = person(shortlist.rows[at])
    if row.restricted:
        known = without_address(known)
    return Candidate(
        record_id=known.record_id,
        probability=round(min(max(chance, 0.0), 1.0), 4),
        evidence=evidence(shortlist, at, weights),
        story=story(shortlist, at),
        restricted=row.restricted,
        person=known,
    )


def without_address(person: KnownPerson) -> KnownPerson:
    """A restricted record: nothing that says where the person lives or goes to school."""
    return person.model_copy(update={"address": None, "postcode": None, "previous_postcodes": (), "school": None})


def evidence(shortlist: Shortlist, at: int, weights: Weights) -> tuple[Evidence, ...]:
    """What agrees and what disagrees, in words, weightiest first."""
    levels, bits = shortlist.comparisons[at]
    found = []
    for place, feature in enumerate(FEATURES):
        level = LEVEL_NAMES[place][levels[place]]
        if level in {"absent", "as_written"}:
            continue
        if shortlist.held[at].restricted and feature.id in {"address", "school"}:
            found.append(Evidence(field=feature.label, comparison="not shown: restricted record", weight=0.0))
            continue
        weight = weights.base[0, place, levels[place]] + weights.rate[0, place, levels[place]] * bits[place]
        found.append(Evidence(field=feature.label, comparison=feature.levels[level], weight=round(float(weight), 1)))
    found.sort(key=lambda line: -abs(line.weight))
    return tuple(found)


def story(shortlist: Shortlist, at: int) -> str | None:
    """What else the record may be: a twin, a brother or sister, a parent or child of the same name, someone of the same name."""
    levels, _ = shortlist.comparisons[at]
    told = shortlist.stories[at]
    likeliest = STORIES[int(np.argmax(told))]
    if likeliest != "same" and told.max() > 8:
        return _STORY_WORDS[likeliest]
    names_agree = LEVEL_NAMES[GIVEN][levels[GIVEN]].startswith("same") and LEVEL_NAMES[FAMILY][levels[FAMILY]] in {"same", "gendered"}
    if names_agree and LEVEL_NAMES[BIRTH][levels[BIRTH]] in {"years", "generation", "near_year", "year"}:
        return "namesake"
    return None
