"""Record ids to rows in twelve bytes each: a million ids in a dictionary would take more room than their records."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from pipeline.match.parts import GONE, Kept, Part, Renumbered, array_part

IdOf = Callable[[int], str]
"""The id that stands in a row."""


def _hash(record_id: str) -> int:
    return int.from_bytes(blake2b(record_id.encode(), digest_size=8).digest(), "little")


class Ids:
    """Sorted hashes of ids with their rows, and a dictionary for what came later. Two ids of one hash are told apart by the record itself."""

    def __init__(self, id_of: IdOf) -> None:
        self._id_of = id_of
        self._open = array("Q")
        self._hashes: npt.NDArray[np.uint64] = np.empty(0, np.uint64)
        self._rows: npt.NDArray[np.uint32] = np.empty(0, np.uint32)
        self._later: dict[str, int | None] = {}

    def append(self, record_id: str) -> None:
        """The id of the next row, while the index is being built."""
        self._open.append(_hash(record_id))

    def finish(self) -> Iterator[int]:
        """Sorts; answers the rows that a later row with the same id replaces."""
        hashes = np.frombuffer(self._open, np.uint64) if self._open else self._hashes
        self._rows = np.argsort(hashes, kind="stable").astype(np.uint32)
        self._hashes = hashes[self._rows]
        self._open = array("Q")
        for at in np.flatnonzero(self._hashes[1:] == self._hashes[:-1]).tolist():
            row = int(self._rows[at])
            if self._built(self._id_of(row)) != row:
                yield row

    def find(self, record_id: str) -> int | None:
        """The row of an id."""
        if record_id in self._later:
            return self._later[record_id]
        return self._built(record_id)

    def set(self, record_id: str, row: int | None) -> None:
        """Another row for an id, or none any more."""
        self._later[record_id] = row

    def _built(self, record_id: str) -> int | None:
        wanted = np.uint64(_hash(record_id))
        low, high = np.searchsorted(self._hashes, wanted, "left"), np.searchsorted(self._hashes, wanted, "right")
        rows: list[int] = self._rows[low:high].tolist()
        return next((row for row in reversed(rows) if self._id_of(row) == record_id), None)

    def parts(self, renumbered: Renumbered, later: Sequence[int]) -> Iterator[Part]:
        """All of it, as the rows are numbered in a file; `later` are the rows kept that came after the index was built."""
        rows = renumbered[self._rows]
        hashes = np.concatenate([self._hashes[rows != GONE], np.fromiter((_hash(self._id_of(row)) for row in later), np.uint64)])
        rows = np.concatenate([rows[rows != GONE], renumbered[np.array(later, np.intp)]])
        order = np.argsort(hashes, kind="stable")
        yield array_part("id hashes", "<u8", hashes[order])
        yield array_part("id rows", "<u4", rows[order])

    @classmethod
    def kept(cls, kept: Kept, id_of: IdOf) -> Ids:
        """Those that a file kept."""
        found = cls(id_of)
        found._hashes, found._rows = np.asarray(kept["id hashes"], np.uint64), np.asarray(kept["id rows"], np.uint32)
        return found

    @property
    def nbytes(self) -> int:
        """What the sorted arrays take."""
        return int(self._hashes.nbytes + self._rows.nbytes)
