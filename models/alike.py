"""Whether two papers speak of one person, and the keys by which an earlier paper about the same child is found again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import combinations

from models.record import Person, Record

_MOST_WORDS = 6


def same_person(one: Person, other: Person) -> bool:
    """The same name in any order, or one name within the other, and no whole birth date that says otherwise.

    A birth date that differs within the same year leaves two people of exactly one name the same: a slip of the pen in the day or the month.
    """
    mine, theirs = name_words(one.name), name_words(other.name)
    if one.date_of_birth and other.date_of_birth and not dates_agree(one.date_of_birth, other.date_of_birth):
        return mine == theirs and len(mine) > 1 and one.date_of_birth[:4] == other.date_of_birth[:4]
    if not mine or not theirs:
        return one.unborn and other.unborn
    return mine == theirs or (min(len(mine), len(theirs)) > 1 and (mine <= theirs or theirs <= mine))


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
