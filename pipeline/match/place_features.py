"""Addresses, schools, numbers, gender and mothers compared: which named level."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.match.asked import Asked
from pipeline.match.held import Held, Name
from pipeline.match.identifiers import nhs_verified, one_slip, upn_verified
from pipeline.match.names import Reading
from pipeline.match.tokens import Relation, relation

ADDRESS = {
    "same": "same house and postcode",
    "postcode_house_differs": "same postcode, another house number",
    "postcode": "same postcode",
    "house_street": "same house number and street, no postcode to compare",
    "house_postcode_near": "same house number, one slip in postcode or street",
    "previous": "lives where this record lived before",
    "street": "same street, another number",
    "sector": "same postcode sector",
    "district": "same postcode district",
    "different": "another address",
    "absent": "no address to compare",
}
GENDER = {"same": "the same", "different": "different", "absent": "not stated on both sides"}
NUMBER = {
    "same": "the same",
    "slip": "one digit differs",
    "differs": "another number",
    "differs_verified": "two verified numbers that differ",
    "absent": "not on both sides",
}
SCHOOL = {"same": "the same", "similar": "similar", "different": "another school", "absent": "not on both sides"}
MOTHER = {
    "same": "the mother's name agrees",
    "similar": "the mother's name is similar",
    "different": "another mother's name",
    "absent": "no mother's name to compare",
}

_A = {name: number for number, name in enumerate(ADDRESS)}
_N = {name: number for number, name in enumerate(NUMBER)}
_S = {name: number for number, name in enumerate(SCHOOL)}
_M = {name: number for number, name in enumerate(MOTHER)}


def address_level(asked: Asked, held: Held) -> int:
    """House number, street and postcode, now and before."""
    now = held.postcodes[0]
    if not asked.postcode:
        return _without_postcode(asked, held)
    if not now:
        return _without_postcode(asked, held) if not any(held.postcodes) else _elsewhere(asked, held)
    if asked.postcode == now:
        if not asked.house or not held.house:
            return _A["postcode"]
        if asked.house == held.house or one_slip(asked.house, held.house):
            return _A["same"]
        return _A["postcode_house_differs"]
    return _elsewhere(asked, held)


def _elsewhere(asked: Asked, held: Held) -> int:
    now = held.postcodes[0]
    if asked.postcode in held.postcodes:
        return _A["previous"]
    if asked.house and asked.house == held.house and (one_slip(asked.postcode, now) or _streets(asked.street, held.street)):
        return _A["house_postcode_near"]
    if _streets(asked.street, held.street) and asked.postcode[:-2] == now[:-2]:
        return _A["street"]
    if asked.postcode[:-2] == now[:-2]:
        return _A["sector"]
    return _A["district" if asked.postcode[:-3] == now[:-3] else "different"]


def _without_postcode(asked: Asked, held: Held) -> int:
    if not asked.street or not held.street:
        return _A["absent"]
    if _streets(asked.street, held.street):
        if asked.house and asked.house == held.house:
            return _A["house_street"]
        return _A["street"]
    return _A["different"]


@lru_cache(maxsize=100_000)
def _streets(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if one == other:
        return True
    apart = OSA.distance(one, other, score_cutoff=2)
    return min(len(one), len(other)) > 6 and (apart == 1 or (apart == 2 and one[-3:] == other[-3:]))


def gender_level(asked: str, held: str) -> int:
    """The same, different, or not stated."""
    return 2 if not asked or not held else 0 if asked == held else 1


def nhs_level(asked: Asked, held: Held) -> int:
    """Equal, one digit off, or two verified numbers that differ."""
    return _number_level(asked.nhs, held.nhs, asked.nhs_verified and nhs_verified(held.nhs))


def upn_level(asked: Asked, held: Held) -> int:
    """As for the NHS number."""
    return _number_level(asked.upn, held.upn, upn_verified(asked.upn) and upn_verified(held.upn))


def _number_level(asked: str, held: str, verified: bool) -> int:
    if not asked or not held:
        return _N["absent"]
    if asked == held:
        return _N["same"]
    if one_slip(asked, held):
        return _N["slip"]
    return _N["differs_verified" if verified else "differs"]


def school_level(asked: str, held: str) -> int:
    """By the words that tell one school from another."""
    if not asked or not held:
        return _S["absent"]
    if asked == held:
        return _S["same"]
    return _S["similar" if fuzz.token_set_ratio(asked, held) >= 85 else "different"]


def mother_level(asked: tuple[Reading, ...], parents: tuple[Name, ...]) -> int:
    """A mother named in "Unborn baby of ..." against the parents of the record."""
    if not asked or not parents:
        return _M["absent"]
    best = _M["different"]
    for reading in asked:
        for given, family in parents:
            first = bool(reading.given and given) and relation(reading.given[0], given[0])
            last = min((relation(one, other) for one in reading.family for other in family), default=Relation.DIFFERENT)
            if first is not False and first <= Relation.SPELLING and last <= Relation.SPELLING:
                return _M["same"]
            if first is not False and first < Relation.INITIAL and last < Relation.INITIAL:
                best = _M["similar"]
    return best
