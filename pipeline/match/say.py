"""What is said about a shortlist: by what was looked, what agrees and disagrees, who else a record may be, and what a person should know."""

from __future__ import annotations

import numpy as np

from models.matching import Evidence
from pipeline.match.asked import Asked
from pipeline.match.compare import ADDRESS, BIRTH, FAMILY, FEATURES, GIVEN, LEVEL_NAMES
from pipeline.match.holds import close_runner_up, thin
from pipeline.match.place_features import MOTHER, mother_level
from pipeline.match.score import Shortlist
from pipeline.match.weights import STORIES, Floats, Weights

WORTH_SAYING = 0.05
MANY = 20
"""From so many records of one name on, a name is no way to find a person."""
_STORY_WORDS = {"sibling": "sibling", "twin": "twin", "elder": "parent"}
_MOTHER_AGREES = list(MOTHER).index("same")


def many(shortlist: Shortlist) -> bool:
    """Whether the name is too common for what else was given."""
    asked = shortlist.asked
    return (
        shortlist.common.same_name > MANY and asked.born.kind not in {"full", "due"} and not (asked.postcode or asked.house or asked.nhs or asked.upn)
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


def notes(shortlist: Shortlist, chances: Floats, order: list[int], why: dict[int, str]) -> list[str]:
    """What a person should know before reading the candidates."""
    asked = shortlist.asked
    found = []
    if not asked.name.readings and not asked.nhs and not asked.upn:
        found.append("there is almost nothing to search by: add a name, a birth date, an address or a number")
    elif thin(asked):
        found.append("only a name was given: add a birth date, an address or a school before relying on any of these")
    if many(shortlist):
        found.append(f"many people have this name ({shortlist.common.same_name} records): add a birth date, address or school")
    if shortlist.left_out:
        found.append("some of what was given is shared by too many records to search by alone")
    if order and order[0] in why:
        found.append(f"held back from a match: {why[order[0]]}")
    elif len(order) > 1 and chances[order[0]] >= WORTH_SAYING and close_runner_up(shortlist, order[0]):
        found.append("two records fit almost equally well")
    if mothers := [at for at in order if is_mother(shortlist, at)]:
        found.append(
            f"{len(mothers)} of these may be the mother that the name speaks of; the baby itself "
            + ("may be held" if chances[order[0]] >= WORTH_SAYING else "is not held")
        )
    return found


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
    if is_mother(shortlist, at):
        return "mother"
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


def is_mother(shortlist: Shortlist, at: int) -> bool:
    """Whether this record bears the name of the mother in "Unborn baby of ..."."""
    mother, row = shortlist.asked.name.mother, shortlist.held[at]
    return bool(mother) and not row.unborn and mother_level(mother, row.names) == _MOTHER_AGREES
