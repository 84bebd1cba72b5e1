"""What no probability may override: rules that keep a candidate from being a match, each with the words for it."""

from __future__ import annotations

import numpy as np

from pipeline.match.asked import Asked
from pipeline.match.compare import ADDRESS, BIRTH, FAMILY, GENDER, GIVEN, LEVEL_NAMES, MOTHER, NHS, ORDERED, SCHOOL, UPN
from pipeline.match.score import Shortlist
from pipeline.match.weights import Floats

HELD_BACK = 0.98
"""The most for one that a rule keeps from being a match."""
UNDATED = 0.895
"""The most without a birth date, an age, a school or a number that agrees (father and son may share name and address), with a name only similar, for a baby at another address, or where date and address are both a little off."""
ONLY_THE_YEAR = 0.85
"""The most where an age or a year agrees and the address does not: a namesake of that age is as near."""
VETOED = 0.4
"""The most where two verified numbers differ."""
CLOSE = float(np.log2(10))
"""A runner-up within ten times the odds, in bits."""

_SPEAKS_FOR = {
    GIVEN: {"same_all", "same", "same_middle_differs", "nickname", "nickname_own", "spelling", "slip", "middle", "both_unnamed", "shortened"},
    BIRTH: {"same", "same_dummy", "swapped", "digit", "digit_year", "days_off", "partial_month", "due", "due_near"},
    ADDRESS: {"same", "postcode_house_differs", "postcode", "house_street", "house_postcode_near", "previous"},
    MOTHER: {"same", "similar"},
    NHS: {"same"},
    UPN: {"same"},
}  # fmt: skip


def _numbers(feature: int, names: set[str]) -> frozenset[int]:
    return frozenset(number for number, name in enumerate(LEVEL_NAMES[feature]) if name in names)


_AGREE = {feature: _numbers(feature, names) for feature, names in _SPEAKS_FOR.items()}
_DIFFERS = _numbers(NHS, {"differs_verified"})
_SIMILAR = _numbers(GIVEN, {"close", "prefix_only"})
_HALF = _numbers(FAMILY, {"part_differs", "different", "titles", "initial"})
_MAY_BE_ANOTHERS = {
    **dict.fromkeys(
        _numbers(GIVEN, {"initial", "absent"}), "no more than the initial of the given name is known: it may be a twin, a brother or a sister"
    ),
    **dict.fromkeys(
        _numbers(GIVEN, {"middle"}), "the name used is a second name on the other side: a twin, a brother or a sister may bear it as a first name"
    ),
    **dict.fromkeys(
        _numbers(GIVEN, {"shortened", "nickname_own"}), "both given names are borne by people of their own: it may be a twin, a brother or a sister"
    ),
}
_OTHER_SEX = _numbers(GENDER, {"different"})
_OWN_NAME = _numbers(GIVEN, {"same_all", "same", "same_middle_differs", "both_unnamed", "not_named"})
_TURNED = _numbers(ORDERED, {"split", "reversed"})
_UNNAMED = _numbers(GIVEN, {"both_unnamed", "not_named"})
_ITS_DATE = _numbers(BIRTH, {"same", "same_dummy", "due", "due_near"})
_NO_DATE = _numbers(BIRTH, {"absent"})
_OTHER_PLACE = _numbers(ADDRESS, {"different", "district", "sector", "street"})
_SAME_SCHOOL = _numbers(SCHOOL, {"same", "similar"})
_NAMESAKES = {
    **dict.fromkeys(
        _numbers(BIRTH, {"age", "age_near", "partial_year", "partial_near", "dummy_year", "year_and_days", "year", "month"}),
        (ONLY_THE_YEAR, "no more than an age or a year agrees, and the address is another: it may be somebody of the same name"),
    ),
    **dict.fromkeys(
        _numbers(BIRTH, {"digit", "days_off"}),
        (UNDATED, "the birth date is a slip away and the address is another: it may be somebody of the same name"),
    ),
}
"""Where the name alone agrees wholly: the most, and the words, by what the birth date does. Day and month the same in another year is rarer than that."""


def thin(asked: Asked) -> bool:
    """Whether a query holds almost nothing: a name alone, or less."""
    return not (asked.nhs or asked.upn or asked.postcode or asked.house or asked.school) and asked.born.kind in {"none", "baby"}


def held_back(shortlist: Shortlist) -> tuple[Floats, dict[int, str]]:
    """The chances after the rules, and for each candidate a rule touched, why."""
    chances = shortlist.probabilities.copy()
    why: dict[int, str] = {}
    for at in np.flatnonzero(chances > VETOED).tolist():
        most, words = _most(shortlist, at)
        if chances[at] > most:
            chances[at], why[at] = most, words
    return chances, why


def _most(shortlist: Shortlist, at: int) -> tuple[float, str]:
    levels = shortlist.comparisons[at][0]
    if levels[NHS] in _DIFFERS or levels[UPN] in _DIFFERS:
        return VETOED, "two verified numbers differ"
    same_number = levels[NHS] in _AGREE[NHS] or levels[UPN] in _AGREE[UPN]
    if levels[BIRTH] in _NO_DATE and not same_number and levels[SCHOOL] not in _SAME_SCHOOL:
        return UNDATED, "no birth date, age, school or number agrees"
    if not same_number and (words := _may_be_a_relative(levels)):
        return UNDATED, words
    if not same_number and levels[ADDRESS] in _OTHER_PLACE and levels[SCHOOL] not in _SAME_SCHOOL and levels[BIRTH] in _NAMESAKES:
        return _NAMESAKES[levels[BIRTH]]
    if not same_number and (words := _MAY_BE_ANOTHERS.get(levels[GIVEN]) or _twin_known(shortlist, at)):
        return HELD_BACK, words
    if levels[GIVEN] in _UNNAMED and levels[ADDRESS] in _OTHER_PLACE and (levels[MOTHER] not in _AGREE[MOTHER] or levels[BIRTH] not in _ITS_DATE):
        return UNDATED, "this baby's address is another, and its mother's name and its date do not both agree"
    if sum(levels[feature] in good for feature, good in _AGREE.items()) < 2:
        return HELD_BACK, "only one of name, whole birth date, address and numbers agrees"
    if shortlist.held[at].restricted:
        return HELD_BACK, "the record is restricted"
    if close_runner_up(shortlist, at):
        return HELD_BACK, "another record fits almost as well"
    return 1.0, ""


def _twin_known(shortlist: Shortlist, at: int) -> str:
    """Where the records tell of a twin, a given name that is not the same is not put down to a slip of the pen."""
    row = shortlist.held[at]
    if shortlist.comparisons[at][0][GIVEN] in _OWN_NAME:
        return ""
    born_together = bool(row.household and row.born.day) and any(
        other.household == row.household and other.born == row.born for place, other in enumerate(shortlist.held) if place != at
    )
    return "the records tell of a twin, and the given name is not the same" if row.twin or born_together else ""


def _may_be_a_relative(levels: list[int]) -> str:
    """Names that come near without being the same: what brothers, sisters and twins have."""
    if levels[GIVEN] in _SIMILAR:
        return "the given name is only similar: it may be a twin, a brother or a sister"
    if levels[GENDER] in _OTHER_SEX and levels[GIVEN] not in _OWN_NAME:
        return "the given name is not the same, and the gender differs: it may be a twin, a brother or a sister"
    if levels[FAMILY] in _HALF and levels[ORDERED] in _TURNED:
        return "the name fits only in another order, and in part"
    return ""


def close_runner_up(shortlist: Shortlist, at: int) -> bool:
    """Whether any other candidate comes within ten times the odds."""
    return int(np.count_nonzero(shortlist.odds > shortlist.odds[at] - CLOSE)) > 1
