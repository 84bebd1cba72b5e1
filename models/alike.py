"""Whether two papers speak of one person, and the keys by which an earlier paper about the same child is found again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import combinations

from models.record import Person, Record

_MOST_WORDS = 6
_HOUSE = re.compile(r"\b\d+[a-z]?\b")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)


def same_person(one: Person, other: Person) -> bool:
    """The same name in any order, or one name within the other, and no whole birth date that says otherwise.

    A birth date that differs within the same year leaves two people of exactly one name the same, unless they live apart: a slip of the pen in the day or
    the month. Two babies who are not born and have no name are one where their homes, or else their dates, agree.
    """
    mine, theirs = name_words(one.name), name_words(other.name)
    if one.date_of_birth and other.date_of_birth and not dates_agree(one.date_of_birth, other.date_of_birth):
        return mine == theirs and len(mine) > 1 and one.date_of_birth[:4] == other.date_of_birth[:4] and same_home(one, other) is not False
    if not mine or not theirs:
        return one.unborn and other.unborn and _same_baby(one, other) is True
    return mine == theirs or (min(len(mine), len(theirs)) > 1 and (mine <= theirs or theirs <= mine))


def may_be_same(one: Person, other: Person) -> bool:
    """The same person, or a baby without a name of whom nothing tells that it is another: for papers that are known to be of one family."""
    nameless = one.unborn and other.unborn and not (one.name and other.name)
    return same_person(one, other) or (nameless and _same_baby(one, other) is not False)


def _same_baby(one: Person, other: Person) -> bool | None:
    """Whether the homes agree, or where these are not known the dates; None where neither is known."""
    home = same_home(one, other)
    if home is None and one.expected_delivery_date and other.expected_delivery_date:
        return dates_agree(one.expected_delivery_date, other.expected_delivery_date)
    return home


def same_home(one: Person, other: Person) -> bool | None:
    """Whether two people live in one place; None where that is not told of both. Neighbours share a postcode: then the numbers must not say otherwise."""
    if one.postcode and other.postcode:
        return squeezed(one.postcode) == squeezed(other.postcode) and not _numbers_differ(one.address, other.address)
    here, there = squeezed(one.address), squeezed(other.address)
    if not here or not there:
        return None
    return (here.startswith(there) or there.startswith(here)) and not _numbers_differ(one.address, other.address)


def _numbers_differ(one: str | None, other: str | None) -> bool:
    """14 and 16 of a street, flats 3 and 5 of a house; "14 High Street" and "Flat 3, 14 High Street" may be one."""
    here, there = (set(_HOUSE.findall(_POSTCODE.sub(" ", text or "").casefold())) for text in (one, other))
    return bool(here and there) and not (here <= there or there <= here)


def name_words(name: str) -> frozenset[str]:
    """The words of a name, in no order, without case."""
    return frozenset(re.findall(r"[^\W\d_]+", name.casefold()))


def squeezed(text: str | None) -> str:
    """Letters and digits alone, without case: an address or a phone number as two people may write it."""
    return re.sub(r"\W+", "", text or "").casefold()


def dates_agree(one: str, other: str) -> bool:
    """ISO dates of which either may be only a year, or a year and month."""
    return one.startswith(other) or other.startswith(one)


def child_keys(record: Record) -> frozenset[str]:
    """Keys that the children of two records share when `same_person` may hold for them: digests, so that an index of them holds no names.

    Every two words of a name make a key; a name of one word makes one with its birth date.
    """
    found: set[str] = set()
    for child in record.children:
        words = sorted(name_words(child.name))[:_MOST_WORDS]
        found.update(_key(pair) for pair in combinations(words, 2))
        if len(words) == 1 and child.date_of_birth:
            found.add(_key((words[0], child.date_of_birth)))
    return frozenset(found)


def _key(words: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
