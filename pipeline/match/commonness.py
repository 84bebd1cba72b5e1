"""How common what is asked for is among the records: what agrees on a rare thing weighs more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2

import numpy as np

from pipeline.match.asked import Asked
from pipeline.match.fold import sound
from pipeline.match.held import Held
from pipeline.match.keys import pair_key, stable_hash, street_key
from pipeline.match.parts import Kept, Part, array_part, bytes_part
from pipeline.match.postings import Postings

RAREST = 16.0
SMALL = 400
"""Fewer records than this do not tell how common a name is: a name is no commoner because only three people are held."""
OF_ITS_OWN = 3
"""From so many records on a word is a name and not somebody's slip; more in a large register, where slips repeat."""


@dataclass(frozen=True, slots=True)
class Commonness:
    """Rarity in bits, once for each query.

    `a_name` says whether so many records bear a word that it is a name of its own and no slip. `home` is how rare the house number and street are, where they say more than the postcode; `crowded` is by how much the whole name is commoner than its two parts make it (Mohammed Khan); `same_name` how many records sound so.
    """

    word: Callable[[str], float]
    a_name: Callable[[str], bool]
    birth: float
    year: float
    postcode: float
    home: float
    crowded: float
    same_name: int


class Counts:
    """How often each word of a name, and each year of birth, stands among the records."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._years: dict[int, int] = {}

    def count(self, row: Held, step: int) -> None:
        """Counts a record in, or with -1 out."""
        words = self._words
        for token in {token for name in row.names for part in name for token in part}:
            words[token] = words.get(token, 0) + step
        if row.born.year:
            self._years[row.born.year] = self._years.get(row.born.year, 0) + step

    def parts(self) -> Iterator[Part]:
        """All that is counted. A word that nobody bears any more is not kept."""
        words = {word: count for word, count in self._words.items() if count > 0}
        years = {year: count for year, count in self._years.items() if count > 0}
        yield bytes_part("words", "\n".join(words).encode())
        yield array_part("word counts", "<i8", np.fromiter(words.values(), np.int64))
        yield array_part("years", "<i8", np.fromiter(years, np.int64))
        yield array_part("year counts", "<i8", np.fromiter(years.values(), np.int64))

    @classmethod
    def kept(cls, kept: Kept) -> Counts:
        """What a file kept."""
        found = cls()
        words = bytes(kept["words"]).decode().split("\n")
        found._words = dict(zip(words, np.asarray(kept["word counts"]).tolist(), strict=True)) if kept["words"] else {}
        found._years = dict(zip(np.asarray(kept["years"]).tolist(), np.asarray(kept["year counts"]).tolist(), strict=True))
        return found

    def commonness(self, asked: Asked, postings: Postings, records: int) -> Commonness:
        """What the words, dates and places of one query are worth."""
        total = max(records, SMALL)
        words, found = self._words, {}

        def rarity(count: float) -> float:
            return max(0.0, min(RAREST, log2(total / (count + 0.5))))

        def word(token: str) -> float:
            if token not in found:
                found[token] = rarity(words.get(token, 0))
            return found[token]

        many = max(OF_ITS_OWN, total // 20_000)

        def a_name(token: str) -> bool:
            return words.get(token, 0) >= many

        born = asked.born
        dob = stable_hash("dob", born.year * 10_000 + born.month * 100 + born.day)
        names = _spoken_names(asked)
        home = street_key(asked.house, asked.street) if asked.house and asked.street else stable_hash("postcode", asked.postcode)
        keys = [dob, stable_hash("postcode", asked.postcode), home]
        for given, family in names:
            keys += [pair_key(given, family), stable_hash("name", given), stable_hash("name", family)]
        counts = postings.counts(keys).tolist()
        same_name, crowded = _crowd(counts[3:], total)
        place = rarity(counts[1])
        return Commonness(word, a_name, rarity(counts[0]), self._year_rarity(asked, rarity), place, max(place, rarity(counts[2])), crowded, same_name)

    def _year_rarity(self, asked: Asked, rarity: Callable[[float], float]) -> float:
        born = asked.born
        years = [born.year] if born.year else [day.year for day in (born.first, born.last) if day]
        return rarity(sum(self._years.get(year, 0) for year in years) / len(years)) if years else 0.0


def _spoken_names(asked: Asked) -> list[tuple[str, str]]:
    return [
        (given, family)
        for reading in asked.name.readings[:2]
        if reading.given and reading.family and (given := sound(reading.given[0])) and (family := sound(reading.family[-1]))
    ]


def _crowd(counts: list[int], total: int) -> tuple[int, float]:
    """The most people of one sounding name, and how far that is above chance in bits."""
    same_name, crowded = 0, 0.0
    for pair, given, family in zip(counts[::3], counts[1::3], counts[2::3], strict=True):
        if pair > same_name:
            same_name = pair
            crowded = max(0.0, log2(pair / (given * family / total + 1))) if pair > 3 else 0.0
    return same_name, crowded
