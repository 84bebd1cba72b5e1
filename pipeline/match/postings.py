"""Sorted postings: which rows stand under which key, in eight bytes each, with a small overlay for changes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.match.parts import GONE, Bytes, Kept, Part, Renumbered

Rowset = npt.NDArray[np.uint32]
Worth = npt.NDArray[np.float64]
LONG = 1_000
"""From so many rows on, a key's rows are only counted for rows that other keys found, unless they could come to the front by themselves."""
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_PIECE = 1 << 17
_KIND = "<u8"
Sorted = npt.NDArray[np.uint64]


class Postings:
    """Key to rows. One sorted array, key in the upper half and row in the lower; later rows go to a dictionary beside it."""

    def __init__(self) -> None:
        self._sorted: Sorted = np.empty(0, np.uint64)
        self._later: dict[int, list[int]] = {}
        self._gone: dict[int, int] = {}
        self._open = array("Q")

    def file(self, row: int, keys: Iterable[int]) -> None:
        """Files a row while the index is being built."""
        self._open.extend([key << 32 | row for key in keys])

    def finish(self) -> None:
        """Sorts what was filed, where it stands: nothing is in memory twice."""
        self._sorted = np.frombuffer(self._open, np.uint64) if self._open else self._sorted
        self._sorted.sort()

    def file_later(self, row: int, keys: Iterable[int]) -> None:
        """Files a row after the index was built."""
        for key in keys:
            self._later.setdefault(key, []).append(row)

    def forget(self, keys: Iterable[int]) -> None:
        """Counts a row no longer that was filed under these keys. It still comes up: whoever asks knows that it is gone."""
        for key in keys:
            self._gone[key] = self._gone.get(key, 0) + 1

    def count(self, key: int) -> int:
        """How many rows stand under one key."""
        return int(self.counts([key])[0])

    def counts(self, keys: Sequence[int]) -> npt.NDArray[np.int64]:
        """How many rows stand under each key."""
        low, high = self._bounds(np.array(keys, np.uint64))
        found = high - low
        if self._later:
            found += np.array([len(self._later.get(key, ())) for key in keys], np.int64)
        if self._gone:
            found -= np.array([self._gone.get(key, 0) for key in keys], np.int64)
        return found

    def _bounds(self, keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        # One search for both ends: neighbours in the list are neighbours in memory.
        ends = np.repeat(keys << _HALF, 2)
        ends[1::2] |= _LOWER
        found = np.searchsorted(self._sorted, ends, "left")
        return found[::2], found[1::2]

    def _run(self, low: int, high: int) -> Rowset:
        run: Rowset = self._sorted[low:high].astype(np.uint32)  # the lower half
        return run

    def gather(self, looked: dict[int, float], limit: int, floor: Callable[[Worth], float] | None = None) -> tuple[Rowset, Worth, int]:
        """The rows under any of the keys, each with the sum of its keys' weights; and how many keys were left out because more than `limit` rows stand there.

        `floor` says, of what has been found, below which worth a row would not be looked at. Long keys whose rows all stay below it bring no row of their own.
        """
        keys = np.fromiter(looked, np.uint64, len(looked))
        weights = np.fromiter(looked.values(), np.float64, len(looked))
        order = np.argsort(keys)
        keys, weights = keys[order], weights[order]
        low, high = self._bounds(keys)
        counts = high - low
        short = np.flatnonzero((counts > 0) & (counts <= min(LONG, limit)))
        long = np.flatnonzero((counts > LONG) & (counts <= limit))
        runs = [(self._run(low[at], high[at]), weights[at]) for at in short.tolist()]
        runs += self._runs_of_later(looked)
        rows, worth = _merged(runs)
        if len(long):
            more = [(self._run(low[at], high[at]), weights[at]) for at in long.tolist()]
            rows, worth = _with_long(rows, worth, more, floor)
        return rows, worth, int(np.count_nonzero(counts > limit))

    def _runs_of_later(self, looked: dict[int, float]) -> list[tuple[Rowset, float]]:
        if not self._later:
            return []
        return [(np.array(later, np.uint32), weight) for key, weight in looked.items() if (later := self._later.get(key))]

    def part(self, renumbered: Renumbered) -> Part:
        """All of it sorted, as the rows are numbered in a file."""
        same = bool((renumbered != GONE).all())
        later = _sorted_later(self._later, renumbered)
        kept = len(self._sorted) if same else sum(len(_renumber(piece, renumbered)) for piece in self._pieces())
        pieces = self._pieces() if same else (_renumber(piece, renumbered) for piece in self._pieces())
        return Part("postings", _KIND, kept + len(later), _merged_in(pieces, later))

    def _pieces(self) -> Iterator[Sorted]:
        return (self._sorted[at : at + _PIECE] for at in range(0, len(self._sorted), _PIECE))

    @classmethod
    def kept(cls, kept: Kept) -> Postings:
        """Those that a file kept."""
        found = cls()
        found._sorted = np.asarray(kept["postings"], np.uint64)
        return found

    @property
    def nbytes(self) -> int:
        """What the sorted array takes."""
        return int(self._sorted.nbytes)


def _sorted_later(later: dict[int, list[int]], renumbered: Renumbered) -> Sorted:
    pairs = np.fromiter((key << 32 | row for key, rows in later.items() for row in rows), np.uint64)
    pairs = _renumber(pairs, renumbered)
    pairs.sort()
    return pairs


def _renumber(pairs: Sorted, renumbered: Renumbered) -> Sorted:
    """The pairs of the rows that are kept. Rows keep their order, so what was sorted stays so."""
    rows = renumbered[(pairs & _LOWER).astype(np.intp)]
    kept: Sorted = (pairs & ~_LOWER | rows)[rows != GONE]
    return kept


def _merged_in(pieces: Iterable[Sorted], later: Sorted) -> Iterator[Bytes]:
    for piece in pieces:
        if len(piece) and len(later):
            upto = int(np.searchsorted(later, piece[-1]))
            piece, later = np.sort(np.concatenate([piece, later[:upto]])), later[upto:]  # noqa: PLW2901
        yield piece.astype(_KIND, copy=False).tobytes()
    yield later.astype(_KIND, copy=False).tobytes()


Runs = list[tuple[Rowset, float]]


def _merged(runs: Runs) -> tuple[Rowset, Worth]:
    if not runs:
        return np.empty(0, np.uint32), np.empty(0)
    worth = np.repeat([weight for _, weight in runs], [len(run) for run, _ in runs])
    rows, place = np.unique(np.concatenate([run for run, _ in runs]), return_inverse=True)
    return rows, np.bincount(place, worth).astype(np.float64)


def _with_long(rows: Rowset, worth: Worth, long: Runs, floor: Callable[[Worth], float] | None) -> tuple[Rowset, Worth]:
    """What long runs add: to the rows found already, and rows of their own where these could come to the front."""
    total = worth.copy()
    for run, weight in long:
        at = np.minimum(np.searchsorted(run, rows), len(run) - 1)
        total[run[at] == rows] += weight
    if floor is not None and len(rows) and sum(weight for _, weight in long) < floor(total):
        return rows, total
    return _merged([(rows, 0.0), *long]) if not len(rows) else _joined(rows, worth, long)


def _joined(rows: Rowset, worth: Worth, long: Runs) -> tuple[Rowset, Worth]:
    everything = np.concatenate([rows, *(run for run, _ in long)])
    weights = np.concatenate([worth, np.repeat([weight for _, weight in long], [len(run) for run, _ in long])])
    found, place = np.unique(everything, return_inverse=True)
    return found, np.bincount(place, weights).astype(np.float64)
