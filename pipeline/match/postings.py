"""Sorted postings: which rows stand under which key, in eight bytes each, with a small overlay for changes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

Rowset = npt.NDArray[np.uint32]
Worth = npt.NDArray[np.float64]
LONG = 1_000
"""From so many rows on, a key's rows are only counted for rows that other keys found, unless they could come to the front by themselves."""
_HALF = np.uint64(32)


class Postings:
    """Key to rows. One sorted array, key in the upper half and row in the lower; later rows go to a dictionary beside it."""

    def __init__(self) -> None:
        self._sorted: npt.NDArray[np.uint64] = np.empty(0, np.uint64)
        self._later: dict[int, list[int]] = {}
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

    def count(self, key: int) -> int:
        """How many rows stand under one key."""
        return int(self.counts([key])[0])

    def counts(self, keys: Sequence[int]) -> npt.NDArray[np.int64]:
        """How many rows stand under each key."""
        low, high = self._bounds(np.array(keys, np.uint64))
        found = high - low
        if self._later:
            found += np.array([len(self._later.get(key, ())) for key in keys], np.int64)
        return found

    def _bounds(self, keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        # One search for both ends: neighbours in the list are neighbours in memory.
        ends = np.repeat(keys << _HALF, 2)
        ends[1::2] |= np.uint64(0xFFFFFFFF)
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

    @property
    def nbytes(self) -> int:
        """What the sorted array takes."""
        return int(self._sorted.nbytes)


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
