"""The records beside the index, compact: two blobs of text and their offsets, and a dictionary for what came later."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np

from models.matching import KnownPerson
from pipeline.match.held import Held, pack, unpack
from pipeline.match.parts import GONE, Bytes, Kept, Part, Renumbered, array_part

_UNIT, _ITEM = "\x1f", "\x1e"
_SINGLE = (
    "record_id",
    "given_names",
    "family_name",
    "date_of_birth",
    "gender",
    "address",
    "postcode",
    "nhs_number",
    "upn",
    "school",
    "household_id",
    "relationships",
    "allocated_worker",
)


class Rows:
    """Row number to record, in both shapes: what is compared, and what is shown."""

    def __init__(self) -> None:
        self._compared = bytearray()
        self._shown = bytearray()
        self._compared_ends = array("Q", [0])
        self._shown_ends = array("Q", [0])
        self._later: dict[int, tuple[Held, KnownPerson]] = {}

    def __len__(self) -> int:
        return len(self._compared_ends) - 1 + len(self._later)

    def append(self, held: Held, person: KnownPerson) -> int:
        """Adds a row while the index is being built; answers its number."""
        self._compared += pack(held).encode()
        self._shown += _show(person).encode()
        self._compared_ends.append(len(self._compared))
        self._shown_ends.append(len(self._shown))
        return len(self._compared_ends) - 2

    def append_later(self, held: Held, person: KnownPerson) -> int:
        """Adds a row after the index was built."""
        number = len(self)
        self._later[number] = (held, person)
        return number

    def held(self, row: int) -> Held:
        """What of the row is compared."""
        if row in self._later:
            return self._later[row][0]
        return unpack(self._compared[self._compared_ends[row] : self._compared_ends[row + 1]].decode())

    def person(self, row: int) -> KnownPerson:
        """What of the row is shown."""
        if row in self._later:
            return self._later[row][1]
        return _unshow(self._shown[self._shown_ends[row] : self._shown_ends[row + 1]].decode())

    def record_id(self, row: int) -> str:
        """The id alone."""
        if row in self._later:
            return self._later[row][1].record_id
        start = self._shown_ends[row]
        return self._shown[start : self._shown.index(b"\x1f", start)].decode()

    def parts(self, renumbered: Renumbered) -> Iterator[Part]:
        """All of it, as the rows are numbered in a file."""
        later = self.kept_later(renumbered)
        compared = [pack(self._later[row][0]).encode() for row in later]
        yield from _blob("compared", (self._compared, self._compared_ends), compared, renumbered)
        shown = [_show(self._later[row][1]).encode() for row in later]
        yield from _blob("shown", (self._shown, self._shown_ends), shown, renumbered)

    def kept_later(self, renumbered: Renumbered) -> list[int]:
        """The rows that came after the index was built and are kept, in their order."""
        return [row for row in self._later if renumbered[row] != GONE]

    @classmethod
    def kept(cls, kept: Kept) -> Rows:
        """Those that a file kept."""
        found = cls()
        found._compared, found._compared_ends = _blob_kept("compared", kept)
        found._shown, found._shown_ends = _blob_kept("shown", kept)
        return found

    @property
    def nbytes(self) -> int:
        """What both blobs take."""
        return len(self._compared) + len(self._shown) + 16 * len(self._compared_ends)


Blob = tuple[bytearray, "array[int]"]
"""Texts one after another, and where each ends."""


def _blob(name: str, blob: Blob, later: Sequence[bytes], renumbered: Renumbered) -> Iterator[Part]:
    text, ends = blob
    bounds = np.array(ends, np.uint64)
    kept = renumbered[: len(bounds) - 1] != GONE
    lengths = np.concatenate([np.zeros(1, np.uint64), np.diff(bounds)[kept], np.fromiter(map(len, later), np.uint64)])
    fresh = np.cumsum(lengths, dtype=np.uint64)
    gone = np.flatnonzero(~kept).tolist()
    runs = [(ends[start], ends[stop]) for start, stop in zip([0, *(row + 1 for row in gone)], [*gone, len(kept)], strict=True)]
    yield Part(name, "|u1", int(fresh[-1]), _runs(text, runs, later))
    yield array_part(f"{name} ends", "<u8", fresh)


def _runs(text: bytearray, runs: Sequence[tuple[int, int]], later: Sequence[bytes]) -> Iterator[Bytes]:
    with memoryview(text) as whole:
        for start, stop in runs:
            if stop > start:
                yield whole[start:stop]
    yield from later


def _blob_kept(name: str, kept: Kept) -> Blob:
    text, ends = kept[name], array("Q")
    ends.frombytes(np.asarray(kept[f"{name} ends"], np.uint64).tobytes())
    return text if isinstance(text, bytearray) else bytearray(text.tobytes()), ends


def _show(person: KnownPerson) -> str:
    single = [getattr(person, name) or "" for name in _SINGLE]
    closed = person.closed_on.isoformat() if person.closed_on else ""
    lists = [_ITEM.join(items) for items in (person.aliases, person.previous_postcodes, person.flags)]
    return _UNIT.join((*single, person.case_status, closed, *lists))


def _unshow(text: str) -> KnownPerson:
    parts = text.split(_UNIT)
    values: dict[str, Any] = {name: part or None for name, part in zip(_SINGLE, parts, strict=False)}
    status, closed, aliases, postcodes, flags = parts[len(_SINGLE) :]
    values |= {"case_status": status, "closed_on": date.fromisoformat(closed) if closed else None}
    values |= {"aliases": _items(aliases), "previous_postcodes": _items(postcodes), "flags": _items(flags)}
    return KnownPerson.model_construct(None, **values)  # our own row again: checked when it came in


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(_ITEM)) if text else ()
