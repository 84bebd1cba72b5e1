"""The decision: match only as a suggestion, review where a person must look, none with what was searched."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.matching import Candidate, Evidence, KnownPerson, MatchDecision, MatchResult
from pipeline.match.asked import Asked
from pipeline.match.compare import ADDRESS, BIRTH, FAMILY, FEATURES, GIVEN, LEVEL_NAMES
from pipeline.match.holds import close_runner_up, held_back, thin
from pipeline.match.score import Shortlist
from pipeline.match.weights import STORIES, Floats, Weights

MATCH, REVIEW = 0.99, 0.05
SETTLED = 0.5
"""From here on the record is likelier the person than anybody else, and no other story is told."""
SHOWN, ALWAYS_SHOWN = 10, 5
MANY = 20

_STORY_WORDS = {"sibling": "sibling", "twin": "twin", "elder": "parent"}


def decide(shortlist: Shortlist, weights: Weights, person: Callable[[int], KnownPerson]) -> MatchResult:
    """Candidates best first, and what a person should know."""
    chances, why = held_back(shortlist)
    order = _shown(chances)
    notes = _notes(shortlist, chances, order, why)
    candidates = tuple(_candidate(shortlist, at, float(chances[at]), weights, person) for at in order)
    return MatchResult(
        id=shortlist.asked.id,
        decision=_decision(shortlist, chances, order),
        candidates=candidates,
        searched=searched(shortlist.asked),
        notes=tuple(notes),
    )


def _shown(chances: Floats) -> list[int]:
    """The best page: five, and more only while they are likely enough to be looked at."""
    order = np.argsort(-chances, kind="stable")[:SHOWN].tolist()
    return [at for place, at in enumerate(order) if place < ALWAYS_SHOWN or chances[at] >= 0.002]


def _decision(shortlist: Shortlist, chances: Floats, order: list[int]) -> MatchDecision:
    if thin(shortlist.asked) or _many(shortlist):
        return "review"
    best = float(chances[order[0]]) if order else 0.0
    return "match" if best >= MATCH else "review" if best >= REVIEW else "none"


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


def _notes(shortlist: Shortlist, chances: Floats, order: list[int], why: dict[int, str]) -> list[str]:
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
    if order and order[0] in why:
        notes.append(f"held back from a match: {why[order[0]]}")
    elif len(order) > 1 and chances[order[0]] >= REVIEW and close_runner_up(shortlist, order[0]):
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
        story=None if chance >= SETTLED else story(shortlist, at),
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
    near = LEVEL_NAMES[ADDRESS][levels[ADDRESS]] not in {"different", "absent", "district", "sector"}
    if likeliest != "same" and told.max() > 8 and (near or likeliest != "elder"):
        return _STORY_WORDS[likeliest]
    names_agree = LEVEL_NAMES[GIVEN][levels[GIVEN]].startswith("same") and LEVEL_NAMES[FAMILY][levels[FAMILY]] in {"same", "gendered"}
    if names_agree and LEVEL_NAMES[BIRTH][levels[BIRTH]] in {"years", "generation", "near_year", "year"}:
        return "namesake"
    return None
