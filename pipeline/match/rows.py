"""The records beside the index, compact: two blobs of text and their offsets, and a dictionary for what came later."""

from __future__ import annotations

from array import array
from datetime import date
from typing import Any

from models.matching import KnownPerson
from pipeline.match.held import Held, pack, unpack

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

    @property
    def nbytes(self) -> int:
        """What both blobs take."""
        return len(self._compared) + len(self._shown) + 16 * len(self._compared_ends)


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
