"""The comparison: a list of features, each with named levels and the words a screener reads.

A new comparison is one function with its levels and one row in FEATURES; its weights stand in `data/weights.json` after a fit.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.match import date_features, name_features, place_features
from pipeline.match.asked import Asked
from pipeline.match.commonness import Commonness
from pipeline.match.date_features import birth_level
from pipeline.match.held import Held
from pipeline.match.name_features import Level, family_among_given, family_level, given_level
from pipeline.match.names import Order
from pipeline.match.place_features import address_level, gender_level, mother_level, nhs_level, school_level, upn_level

ORDER = {
    "as_written": "in the order written",
    "split": "with the words divided another way",
    "reversed": "with given and family name the other way round",
    "also": "by another name the referrer gives",
    "alias": "by another name on the record",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of evidence: its name for people, and what each level says."""

    id: str
    label: str
    levels: dict[str, str]


FEATURES = (
    Feature("given", "given name", name_features.GIVEN),
    Feature("family", "family name", name_features.FAMILY),
    Feature("order", "name order", ORDER),
    Feature("birth", "birth date", date_features.BIRTH),
    Feature("address", "address", place_features.ADDRESS),
    Feature("gender", "gender", place_features.GENDER),
    Feature("nhs", "NHS number", place_features.NUMBER),
    Feature("upn", "pupil number", place_features.NUMBER),
    Feature("school", "school", place_features.SCHOOL),
    Feature("mother", "mother", place_features.MOTHER),
)
LEVEL_NAMES = tuple(tuple(feature.levels) for feature in FEATURES)
GIVEN, FAMILY, ORDERED, BIRTH, ADDRESS, GENDER, NHS, UPN, SCHOOL, MOTHER = range(len(FEATURES))

_GIVEN_ABSENT = list(name_features.GIVEN).index("absent")
_GIVEN_DIFFERENT = list(name_features.GIVEN).index("different")
_GIVEN_SAME = list(name_features.GIVEN).index("same")
_FAMILY_PART = list(name_features.FAMILY).index("part")
_FAMILY_PART_DIFFERS = list(name_features.FAMILY).index("part_differs")
_FAMILY_APART = list(name_features.FAMILY).index("parent")
_NOT_NAMED = list(name_features.GIVEN).index("not_named")
_BOTH_UNNAMED = list(name_features.GIVEN).index("both_unnamed")
_ALIAS = list(ORDER).index("alias")
_BIRTH_COUNTED = {list(date_features.BIRTH).index(level) for level in ("same", "same_dummy")}
_YEAR_COUNTED = {list(date_features.BIRTH).index(level) for level in ("partial_month", "partial_year", "age", "dummy_year", "year", "month")}
_PLACE_COUNTED = {list(place_features.ADDRESS).index(level) for level in ("postcode_house_differs", "postcode", "previous")}
_HOME_COUNTED = {list(place_features.ADDRESS).index(level) for level in ("same", "house_street", "house_postcode_near")}


@dataclass(frozen=True, slots=True)
class QuickWeights:
    """What each name level is worth, to choose the best reading of a name."""

    given: tuple[tuple[float, float], ...]
    family: tuple[tuple[float, float], ...]
    order: tuple[float, ...]


Comparison = tuple[list[int], list[float]]
"""A level for each feature, and how rare what agreed is."""


def compare(asked: Asked, held: Held, common: Commonness, quick: QuickWeights) -> Comparison:
    """Compares one query with one record."""
    (given, given_bits), (family, family_bits), order = _names(asked, held, common, quick)
    birth = birth_level(asked.born, held.born)
    address = address_level(asked, held)
    levels = [
        given, family, order, birth, address, gender_level(asked.gender, held.gender), nhs_level(asked, held), upn_level(asked, held),
        school_level(asked.school, held.school), mother_level(asked.name.mother, held.parents),
    ]  # fmt: skip
    birth_bits = common.birth if birth in _BIRTH_COUNTED else common.year if birth in _YEAR_COUNTED else 0.0
    place_bits = common.home if address in _HOME_COUNTED else common.postcode if address in _PLACE_COUNTED else 0.0
    bits = [given_bits, family_bits, 0.0, birth_bits, place_bits, 0.0, 0.0, 0.0, 0.0, 0.0]
    return levels, bits


def _names(asked: Asked, held: Held, common: Commonness, quick: QuickWeights) -> tuple[Level, Level, int]:
    """The reading of the name under which the record fits best."""
    best: tuple[Level, Level, int] = ((_GIVEN_ABSENT, 0.0), (len(name_features.FAMILY) - 2, 0.0), 0)
    best_worth = -1e9
    for reading in asked.name.readings:
        for number, (held_given, held_family) in enumerate(held.names):
            given = _given(asked, held, reading.given, held_given, common)
            # A parent's family name speaks only where the given name does.
            parents = () if given[0] == _GIVEN_DIFFERENT else held.parents
            family = family_level(reading.family, held_family, parents, common.word)
            turned = reading.order in {Order.SPLIT, Order.REVERSED}
            if turned and family[0] == _FAMILY_PART and len(reading.family) > len(held_family):
                # Read so, a given name would be part of the family name: a twin's second name must not stand for the first.
                family = (_FAMILY_PART_DIFFERS, family[1])
            if family[0] >= _FAMILY_APART and given[0] != _GIVEN_DIFFERENT and not turned:
                family = family_among_given((reading.given, reading.family), (held_given, held_family), common.word) or family
            order = int(reading.order) if number == 0 or reading.order else _ALIAS
            worth = _worth(quick.given, given) + _worth(quick.family, family) + quick.order[order]
            if worth > best_worth:
                best, best_worth = (given, family, order), worth
                if given[0] <= _GIVEN_SAME and family[0] == 0 and order == 0:
                    return best
    return best


def _given(asked: Asked, held: Held, one: tuple[str, ...], other: tuple[str, ...], common: Commonness) -> Level:
    if asked.unborn and not one and held.unborn:
        return _BOTH_UNNAMED, 0.0
    if (asked.unborn and not one) or (held.unborn and not other):
        return _NOT_NAMED, 0.0
    return given_level(one, other, common.word, common.a_name)


def _worth(weights: tuple[tuple[float, float], ...], level: Level) -> float:
    base, rate = weights[level[0]]
    return base + rate * level[1]
