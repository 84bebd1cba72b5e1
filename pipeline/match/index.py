"""The index: everyone known, in memory, searched by blocking keys and answered with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from models.matching import KnownPerson, MatchResult, Query
from pipeline.match.asked import asked
from pipeline.match.commonness import Counts
from pipeline.match.compare import compare
from pipeline.match.decide import decide
from pipeline.match.held import held
from pipeline.match.ids import Ids
from pipeline.match.keys import query_keys, record_keys
from pipeline.match.parts import GONE, Kept, Part, Renumbered
from pipeline.match.postings import Postings, Rowset
from pipeline.match.relatives import relatives_of
from pipeline.match.rows import Rows
from pipeline.match.score import Shortlist, calibrated, odds, share, stories
from pipeline.match.weights import Floats, Weights, shipped_weights

COMPARED = 60
"""How many candidates are compared in full."""
AT_LEAST = 12
FAR_BEHIND = 0.4
TOO_MANY = 20_000
"""A key under which more rows stand is not followed: it tells nobody apart. What was left out is said in the notes."""


class Index:
    """Everyone known. The store holds the truth; this follows it."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or shipped_weights()
        self._postings = Postings()
        self._rows = Rows()
        self._ids = Ids(self._rows.record_id)
        self._gone: set[int] = set()
        self._counts = Counts()

    @classmethod
    def build(cls, people: Iterable[KnownPerson], weights: Weights | None = None) -> Index:
        """An index over everyone given; the last of several rows with one id counts."""
        index = cls(weights)
        for person in people:
            row = held(person)
            number = index._rows.append(row, person)
            index._postings.file(number, record_keys(row))
            index._ids.append(person.record_id)
            index._counts.count(row, 1)
        index._postings.finish()
        for replaced in index._ids.finish():
            index._forget(replaced)
        return index

    @classmethod
    def kept(cls, kept: Kept, weights: Weights | None = None) -> Index:
        """The index that a file kept: it answers as the one it was made from."""
        index = cls(weights)
        index._postings, index._rows, index._counts = Postings.kept(kept), Rows.kept(kept), Counts.kept(kept)
        index._ids = Ids.kept(kept, index._rows.record_id)
        return index

    def parts(self) -> Iterator[Part]:
        """What a file keeps of it: the records that stand, and nothing of those that were taken out or replaced."""
        renumbered = self._renumbered()
        yield self._postings.part(renumbered)
        yield from self._rows.parts(renumbered)
        yield from self._ids.parts(renumbered, self._rows.kept_later(renumbered))
        yield from self._counts.parts()

    def _renumbered(self) -> Renumbered:
        stands = np.ones(len(self._rows), bool)
        stands[list(self._gone)] = False
        renumbered: Renumbered = np.where(stands, np.cumsum(stands) - 1, GONE).astype(np.uint32)
        return renumbered

    def __len__(self) -> int:
        return len(self._rows) - len(self._gone)

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and self._ids.find(record_id) is not None

    def add(self, person: KnownPerson) -> None:
        """Adds a record, or puts it in place of the one with its id."""
        self.remove(person.record_id)
        row = held(person)
        number = self._rows.append_later(row, person)
        self._postings.file_later(number, record_keys(row))
        self._ids.set(person.record_id, number)
        self._counts.count(row, 1)

    def remove(self, record_id: str) -> bool:
        """Takes a record out; False when it was not there."""
        number = self._ids.find(record_id)
        if number is None:
            return False
        self._ids.set(record_id, None)
        self._forget(number)
        return True

    @property
    def nbytes(self) -> int:
        """What the postings, the rows and their ids take, without the counts of words."""
        return self._postings.nbytes + self._rows.nbytes + self._ids.nbytes

    def person(self, record_id: str) -> KnownPerson | None:
        """A record by its id."""
        number = self._ids.find(record_id)
        return None if number is None else self._rows.person(number)

    def shown(self, row: int) -> KnownPerson:
        """The record of a row of a shortlist."""
        return self._rows.person(row)

    def relatives(self, person: KnownPerson) -> list[tuple[KnownPerson, str]]:
        """Others of the household, and other children of this parent wherever they live, each with how they hang together."""
        own = self._ids.find(person.record_id)
        if own is None:
            return []
        return [(self._rows.person(row), how) for row, how in relatives_of(own, self._rows, self._postings, self._gone)]

    def match(self, query: Query) -> MatchResult:
        """Who this may be, best first, with reasons."""
        return decide(self.look_up(query), self.weights, self._rows.person)

    def look_up(self, query: Query) -> Shortlist:
        """Everyone worth comparing, compared and scored; the decision is still open."""
        wanted = asked(query)
        rows, worth, left_out = self._postings.gather(query_keys(wanted), TOO_MANY, _floor)
        if self._gone:
            kept = ~np.isin(rows, np.fromiter(self._gone, np.uint32))
            rows, worth = rows[kept], worth[kept]
        rows = _most_promising(rows, worth)
        common = self._counts.commonness(wanted, self._postings, len(self))
        records = [self._rows.held(row) for row in rows.tolist()]
        comparisons = [compare(wanted, row, common, self.weights.quick) for row in records]
        told = stories(comparisons, self.weights)
        shortlist = Shortlist(wanted, rows.tolist(), records, comparisons, told, np.empty(0), common, left_out)
        self.settle(shortlist)
        return shortlist

    def settle(self, shortlist: Shortlist, lifted: Floats | None = None) -> None:
        """Works out the chances, with what the household adds."""
        shortlist.odds = odds(shortlist.stories, self.weights.prior, len(self), shortlist.common.crowded, lifted)
        shortlist.probabilities = calibrated(share(shortlist.odds), self.weights.calibration)

    def _forget(self, number: int) -> None:
        self._gone.add(number)
        row = self._rows.held(number)
        self._counts.count(row, -1)
        self._postings.forget(record_keys(row))


def _floor(worth: Floats) -> float:
    """The worth below which a row is not compared: `_most_promising` would leave it out."""
    if len(worth) <= AT_LEAST:
        return 0.0
    best = np.sort(worth)[::-1][:COMPARED]
    return float(max(min(best[AT_LEAST], best[0] * FAR_BEHIND), best[-1] if len(best) == COMPARED else 0.0))


def _most_promising(rows: Rowset, worth: Floats) -> Rowset:
    """The rows with the weightiest keys. Those far behind the first are not worth comparing once there are enough."""
    if len(rows) <= AT_LEAST:
        return rows
    if len(rows) > COMPARED:
        best = np.argpartition(-worth, COMPARED)[:COMPARED]
        rows, worth = rows[best], worth[best]
    order = np.argsort(-worth, kind="stable")
    behind = worth[order] < worth[order[0]] * FAR_BEHIND
    behind[:AT_LEAST] = False
    kept: Rowset = rows[order[~behind]]
    return kept
