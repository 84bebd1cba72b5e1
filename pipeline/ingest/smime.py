"""Mail that is signed as one opaque block (S/MIME `smime.p7m`): the mail inside is taken out, its signature neither checked nor trusted."""

from __future__ import annotations

from collections.abc import Iterator

_OBJECT_ID, _OCTETS, _SEQUENCE, _CONTEXT_0 = 0x06, 0x04, 0x30, 0xA0
_OCTETS_IN_PIECES = 0x24
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DEEPEST = 8


class Malformed(ValueError):
    """The block does not follow its own encoding."""


def signed_content(block: bytes) -> bytes | None:
    """The bytes that were signed; None when the block holds only a signature over something else. Raises Malformed."""
    outer = list(_items(_expect(block, _SEQUENCE), 0))
    if len(outer) < 2 or outer[0] != (_OBJECT_ID, _SIGNED_DATA) or outer[1][0] != _CONTEXT_0:
        raise Malformed("not signed data")
    fields = list(_items(_expect(outer[1][1], _SEQUENCE), 0))
    holder = next((value for tag, value in fields if tag == _SEQUENCE), None)
    if holder is None:
        raise Malformed("no content")
    inner = list(_items(holder, 0))
    if len(inner) < 2 or inner[1][0] != _CONTEXT_0:
        return None
    return b"".join(_octets(inner[1][1], 0))


def _octets(data: bytes, depth: int) -> Iterator[bytes]:
    """An octet string, whole or in pieces."""
    for tag, value in _items(data, depth):
        if tag == _OCTETS:
            yield value
        elif tag == _OCTETS_IN_PIECES:
            yield from _octets(value, depth + 1)
        else:
            raise Malformed("content of another kind")


def _expect(data: bytes, wanted: int) -> bytes:
    tag, value = next(_items(data, 0), (0, b""))
    if tag != wanted:
        raise Malformed("another structure")
    return value


def _items(data: bytes, depth: int) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each element, lengths given or left open."""
    at = 0
    while at < len(data) and data[at : at + 2] != b"\x00\x00":
        tag, start, length = _head(data, at)
        if length is None:
            end = _end(data, start, depth + 1)
            yield tag, data[start:end]
            at = end + 2
        else:
            if start + length > len(data):
                raise Malformed("cut short")
            yield tag, data[start : start + length]
            at = start + length


def _head(data: bytes, at: int) -> tuple[int, int, int | None]:
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
        raise Malformed("no element")
    first = data[at + 1]
    if first == 0x80:
        return data[at], at + 2, None
    if first < 0x80:
        return data[at], at + 2, first
    count = first & 0x7F
    if count > 4 or at + 2 + count > len(data):
        raise Malformed("length out of range")
    return data[at], at + 2 + count, int.from_bytes(data[at + 2 : at + 2 + count], "big")


def _end(data: bytes, at: int, depth: int) -> int:
    """Where an element whose length was left open ends: before its two zero bytes."""
    if depth > _DEEPEST:
        raise Malformed("too deep")
    while data[at : at + 2] != b"\x00\x00":
        _, start, length = _head(data, at)
        at = _end(data, start, depth + 1) + 2 if length is None else start + length
        if at > len(data):
            raise Malformed("cut short")
    return at
