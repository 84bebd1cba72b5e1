"""The index in a file: a head that says what is in it, then its arrays. Another process has it so in a second instead of making it anew.

The head is JSON: what the arrays are called, their types, lengths and places, what they were made by, and whatever the caller has to know of them.
How records are read and filed is told by a fingerprint of this room itself: a file that another version of it made is never used.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version as version_of
from importlib.resources import files
from typing import Any, Protocol

import numpy as np

from models.base import Frozen
from models.matching import KnownPerson
from pipeline.errors import WrongSetup
from pipeline.match.index import Index
from pipeline.match.parts import Bytes, Kept, Part
from pipeline.match.weights import Weights

FORMAT = 1
_LENGTH = struct.Struct("<I")
_LONGEST_HEAD = 64 * 1024


class NotUsable(WrongSetup):
    """A file that holds no index this program may use; its words say why."""


class Sink(Protocol):
    """What an index is written to."""

    def write(self, data: Bytes, /) -> None:
        """Add some bytes."""


class Source(Protocol):
    """What an index is read from."""

    def read(self, length: int, /) -> bytes:
        """So many bytes."""

    def fill(self, into: memoryview, /) -> None:
        """The next bytes, as many as `into` takes."""

    def finish(self) -> None:
        """Raises when this is not the end."""


class Piece(Frozen):
    """One array: its type as numpy writes it, its length in items, and where it starts behind the head."""

    name: str
    kind: str
    length: int
    start: int


class Head(Frozen):
    """What a file says of itself. `version` and `mark` are the store's: how far its records had come."""

    format: int
    fingerprint: str
    version: int
    mark: int
    records: int
    pieces: tuple[Piece, ...]


def write(index: Index, sink: Sink, version: int, mark: int) -> None:
    """Write an index that stands at a version of the store."""
    parts = tuple(index.parts())
    pieces, start = [], 0
    for part in parts:
        pieces.append(Piece(name=part.name, kind=part.kind, length=part.length, start=start))
        start += part.length * np.dtype(part.kind).itemsize
    head = Head(format=FORMAT, fingerprint=fingerprint(), version=version, mark=mark, records=len(index), pieces=tuple(pieces))
    told = head.model_dump_json().encode()
    sink.write(_LENGTH.pack(len(told)) + told)
    for part in parts:
        _write_part(part, sink)


def _write_part(part: Part, sink: Sink) -> None:
    for piece in part.pieces:
        sink.write(piece)


def read_head(source: Source) -> Head:
    """What the file says of itself. Raises NotUsable when this program may not use it."""
    (length,) = _LENGTH.unpack(source.read(_LENGTH.size))
    if length > _LONGEST_HEAD:
        raise NotUsable("its head is too long")
    try:
        told = json.loads(source.read(length))
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            raise NotUsable("it is of another format")
        head = Head.model_validate(told)
    except ValueError:
        raise NotUsable("its head cannot be read") from None
    if head.fingerprint != fingerprint():
        raise NotUsable("another version of the program made it")
    return head


def read(head: Head, source: Source, weights: Weights | None = None) -> Index:
    """The index behind the head, read straight to where it stays."""
    kept: Kept = {}
    for piece in head.pieces:
        size = piece.length * np.dtype(piece.kind).itemsize
        array: Any = bytearray(size) if piece.kind == "|u1" else np.empty(piece.length, piece.kind)
        if size:
            source.fill(memoryview(array).cast("B"))
        kept[piece.name] = array
    source.finish()
    index = Index.kept(kept, weights)
    if len(index) != head.records:
        raise NotUsable("it holds another number of records than it says")
    return index


@cache
def fingerprint() -> str:
    """What decides how a record is read, filed and kept: this room's code and tables, the letters it folds, the shape of a record. Weights do not."""
    made = hashlib.sha256()
    for told in _deciding():
        made.update(len(told).to_bytes(8, "little") + told)
    return made.hexdigest()


def _deciding() -> Iterable[bytes]:
    room = files("pipeline.match")
    for folder in (room, room / "data"):
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            if file.is_file() and file.name.endswith((".py", ".toml", ".txt")):
                yield file.name.encode()
                yield file.read_bytes()
    yield json.dumps(KnownPerson.model_json_schema(), sort_keys=True).encode()
    yield f"{sys.byteorder} {sys.version_info[:2]} {unicodedata.unidata_version} {version_of('anyascii')}".encode()
