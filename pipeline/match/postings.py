"""Sorted postings: which rows stand under which key, in eight bytes each, with a small overlay for changes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Rowset = npt.NDArray[np.uint32]


class Postings:
    """Key to rows. The sorted arrays are made once; later rows go to a dictionary beside them."""

    def __init__(self) -> None:
        self._keys: Rowset = np.empty(0, np.uint32)
        self._rows: Rowset = np.empty(0, np.uint32)
        self._later: dict[int, list[int]] = {}
        self._chunks: list[npt.NDArray[np.uint64]] = []
        self._open = array("Q")

    def file(self, row: int, keys: Iterable[int]) -> None:
        """Files a row while the index is being built."""
        self._open.extend([key << 32 | row for key in keys])
        if len(self._open) > 2_000_000:
            self._close_chunk()

    def finish(self) -> None:
        """Sorts what was filed."""
        self._close_chunk()
        total = sum(len(chunk) for chunk in self._chunks)
        everything = np.empty(total, np.uint64)
        at = 0
        while self._chunks:
            chunk = self._chunks.pop()
            everything[at : at + len(chunk)] = chunk
            at += len(chunk)
        everything.sort()
        self._rows = everything.astype(np.uint32)  # the lower half
        everything >>= np.uint64(32)
        self._keys = everything.astype(np.uint32)

    def _close_chunk(self) -> None:
        if self._open:
            self._chunks.append(np.frombuffer(self._open, np.uint64).copy())
            self._open = array("Q")

    def file_later(self, row: int, keys: Iterable[int]) -> None:
        """Files a row after the index was built."""
        for key in keys:
            self._later.setdefault(key, []).append(row)

    def count(self, key: int) -> int:
        """How many rows stand under one key."""
        return int(self.counts([key])[0])

    def counts(self, keys: Sequence[int]) -> npt.NDArray[np.int64]:
        """How many rows stand under each key."""
        low, high = self._bounds(keys)
        found = high - low
        if self._later:
            found += np.array([len(self._later.get(key, ())) for key in keys], np.int64)
        return found

    def _bounds(self, keys: Sequence[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        # One search for both ends: neighbours in the list are neighbours in memory.
        ends = np.repeat(np.array(keys, np.uint32), 2)
        ends[1::2] += np.uint32(1)
        found = np.searchsorted(self._keys, ends, "left")
        return found[::2], np.maximum(found[1::2], found[::2])

    def gather(self, keys: Sequence[int], weights: Sequence[float], limit: int) -> tuple[Rowset, npt.NDArray[np.float64], list[int]]:
        """The rows under any of the keys, each with the sum of its keys' weights; and the keys left out because more than `limit` rows stand there."""
        order = sorted(range(len(keys)), key=keys.__getitem__)
        keys = [keys[at] for at in order]
        weights = [weights[at] for at in order]
        low, high = self._bounds(keys)
        counts = high - low
        pieces, gains, left_out = [], [], []
        for at in np.flatnonzero(counts).tolist():
            if counts[at] > limit:
                left_out.append(keys[at])
                continue
            pieces.append(self._rows[low[at] : high[at]])
            gains.append((weights[at], counts[at]))
        for key, weight in zip(keys, weights, strict=True) if self._later else ():
            if later := self._later.get(key):
                pieces.append(np.array(later, np.uint32))
                gains.append((weight, len(later)))
        if not pieces:
            return np.empty(0, np.uint32), np.empty(0), left_out
        rows, place = np.unique(np.concatenate(pieces), return_inverse=True)
        worth = np.repeat([weight for weight, _ in gains], [count for _, count in gains])
        return rows, np.bincount(place, worth).astype(np.float64), left_out

    @property
    def nbytes(self) -> int:
        """What the sorted arrays take."""
        return int(self._keys.nbytes + self._rows.nbytes)
