"""The index as a file keeps it: named arrays, one after another, each given out in pieces so that nothing is in memory twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Renumbered = npt.NDArray[np.uint32]
"""For each row its number in the file; GONE for one that is not kept."""
GONE = 0xFFFFFFFF
Bytes = bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class Part:
    """One array: `length` items of `kind` (a numpy type such as `<u8`; `|u1` is plain bytes), in pieces."""

    name: str
    kind: str
    length: int
    pieces: Iterable[Bytes]


Kept = dict[str, npt.NDArray[np.generic] | bytearray]
"""What came back out of a file, by name; plain bytes as a bytearray."""


def array_part(name: str, kind: str, array: npt.NDArray[np.generic]) -> Part:
    """A small array in one piece."""
    return Part(name, kind, len(array), [np.ascontiguousarray(array, kind).tobytes()])


def bytes_part(name: str, data: bytes) -> Part:
    """Plain bytes in one piece."""
    return Part(name, "|u1", len(data), [data])
