"""A large file sealed in pieces: written and read through without ever being in memory whole.

After a mark and a random name of the file itself come the pieces, each sealed, bound to the file's name and to its own number: pieces left out, moved, or
taken from another file do not open. Nothing is packed: it must open fast.
"""

from __future__ import annotations

import secrets
from typing import BinaryIO

from pipeline.store.sealer import HEAD, Damaged, Sealer

MARK = b"MASHSTRM\x01"
PIECE = 1 << 20
_NAME = 16
_AROUND = HEAD + 1 + 12 + 16
"""What sealing adds to a piece: whose key, how, the nonce, the tag."""


class SealedWriter:
    """Seals what is written, a piece at a time. `close` writes the last piece; without it the file is torn and known to be."""

    def __init__(self, file: BinaryIO, sealer: Sealer, bound: str) -> None:
        name = secrets.token_bytes(_NAME)
        self._file, self._sealer, self._bound = file, sealer, _bound(bound, name)
        self._pending, self._number = bytearray(), 0
        file.write(MARK + name)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Add some bytes."""
        rest = memoryview(data)
        if self._pending:
            taken = PIECE - len(self._pending)
            self._pending += rest[:taken]
            rest = rest[taken:]
            if len(self._pending) == PIECE:
                self._put(bytes(self._pending))
                self._pending.clear()
        while len(rest) >= PIECE:
            self._put(bytes(rest[:PIECE]))
            rest = rest[PIECE:]
        self._pending += rest

    def close(self) -> None:
        """Seal what is left: always a last piece, short of a whole one, so that a file cut off between two pieces shows."""
        self._put(bytes(self._pending))
        self._pending.clear()

    def _put(self, piece: bytes) -> None:
        self._file.write(self._sealer.seal(piece, f"{self._bound}{self._number}", pack=False))
        self._number += 1


class SealedReader:
    """Opens what a SealedWriter wrote. Raises Damaged when it is torn or changed, KeyMissing when it is sealed with another key."""

    def __init__(self, file: BinaryIO, sealer: Sealer, bound: str) -> None:
        start = file.read(len(MARK) + _NAME)
        self._place = bound.replace("\0", " ")
        if len(start) != len(MARK) + _NAME or not start.startswith(MARK):
            raise Damaged(f"{self._place} is no file of ours")
        self._file, self._sealer, self._bound = file, sealer, _bound(bound, start[len(MARK) :])
        self._piece, self._number, self._last = memoryview(b""), 0, False

    def read(self, length: int) -> bytes:
        """So many bytes."""
        found = bytearray(length)
        self.fill(memoryview(found))
        return bytes(found)

    def fill(self, into: memoryview) -> None:
        """The next bytes, as many as `into` takes."""
        at = 0
        while at < len(into):
            if not self._piece and not self._next():
                raise Damaged(f"{self._place} is torn")
            taken = min(len(self._piece), len(into) - at)
            into[at : at + taken] = self._piece[:taken]
            self._piece = self._piece[taken:]
            at += taken

    def piece(self) -> bytes:
        """The next piece whole; empty at the end."""
        if not self._piece and not self._next():
            return b""
        piece, self._piece = bytes(self._piece), memoryview(b"")
        return piece

    def finish(self) -> None:
        """Raises Damaged unless this is the end."""
        if self._piece or self._next() or self._file.read(1):
            raise Damaged(f"{self._place} is longer than it says")

    def _next(self) -> bool:
        """Open the next piece. Whether there is anything in it."""
        if self._last:
            return False
        sealed = self._file.read(PIECE + _AROUND)
        piece = self._sealer.open(sealed, f"{self._bound}{self._number}")
        self._number += 1
        self._last = len(piece) < PIECE
        self._piece = memoryview(piece)
        return bool(piece)


def _bound(place: str, name: bytes) -> str:
    return f"{place}\0{name.hex()}\0"
