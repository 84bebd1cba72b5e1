"""Sealing: what is written to a disk is encrypted (AES-256-GCM), and tied to the place it is written to.

`bound` names that place, such as a column and its row: moved anywhere else, or changed by one bit, it no longer opens. Digests are for finding a
value without keeping it: the same value gives the same digest, and only who has the key can tell which value it was.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import zlib

from cryptography.exceptions import InvalidTag

from pipeline.errors import WrongSetup
from pipeline.store.keyring import Key, Keyring

FILE_MARK = b"MASHSEAL\x01"
TEXT_MARK = "s1"
HEAD = len(FILE_MARK) + 4
"""How much of a file tells which key it is sealed with."""
_NONCE = 12
_PACKED = 1
_PACK_FROM = 1024
_LONGEST = 2**30


class Sealer:
    """Seals and opens by a ring of keys, and makes digests by a key of their own."""

    def __init__(self, ring: Keyring, digest_key: bytes = b"") -> None:
        self.ring = ring
        self._digest_key = digest_key

    def seal(self, plain: bytes, bound: str, *, pack: bool = True) -> bytes:
        """The bytes as a file keeps them. What must open fast, or keep its length, is not packed."""
        key = self.ring.newest
        return FILE_MARK + bytes.fromhex(key.id) + _closed(key, plain, bound, pack=pack)

    def open(self, kept: bytes, bound: str) -> bytes:
        """The bytes as they were. Raises WrongSetup when the key is missing, Damaged when they were changed or moved."""
        name = key_of(kept)
        if name is None:
            raise _changed(bound)
        return _opened(self.ring.find(name), memoryview(kept)[HEAD:], bound)

    def seal_text(self, text: str, bound: str) -> str:
        """A text as a column keeps it."""
        key = self.ring.newest
        return f"{TEXT_MARK}.{key.id}.{base64.b64encode(_closed(key, text.encode('utf-8', 'surrogatepass'), bound)).decode('ascii')}"

    def open_text(self, kept: str, bound: str) -> str:
        """The text as it was. Raises WrongSetup when the key is missing, Damaged when it was changed or moved."""
        name, body = text_key_of(kept), kept[12:]
        if name is None:
            raise _changed(bound)
        try:
            return _opened(self.ring.find(name), base64.b64decode(body, validate=True), bound).decode("utf-8", "surrogatepass")
        except binascii.Error:
            raise _changed(bound) from None

    def digest(self, purpose: str, value: str) -> str:
        """64 characters to find a value by. Values of one purpose never meet those of another."""
        return hmac.digest(self._digest_key, f"{purpose}\0{value}".encode("utf-8", "surrogatepass"), "sha256").hex()


class Damaged(WrongSetup):
    """What is held was changed outside this program, moved to another place, or is broken."""


def key_of(kept: bytes) -> str | None:
    """The id of the key that the bytes of a file are sealed with; None when they are not sealed."""
    return kept[len(FILE_MARK) : HEAD].hex() if kept.startswith(FILE_MARK) and len(kept) >= HEAD else None


def text_key_of(kept: str) -> str | None:
    """The id of the key that a text is sealed with; None when it is not sealed."""
    mark, _, rest = kept[:16].partition(".")
    return rest.partition(".")[0] if mark == TEXT_MARK and rest[8:9] == "." else None


def _closed(key: Key, plain: bytes, bound: str, *, pack: bool = True) -> bytes:
    flag, packed = 0, plain
    if pack and len(plain) >= _PACK_FROM and len(smaller := zlib.compress(plain, 1)) < len(plain):
        flag, packed = _PACKED, smaller
    nonce = os.urandom(_NONCE)
    return bytes([flag]) + nonce + key.cipher.encrypt(nonce, packed, _place(flag, bound))


def _opened(key: Key, closed: bytes | memoryview, bound: str) -> bytes:
    if len(closed) <= _NONCE + 1:
        raise _changed(bound)
    flag, nonce = closed[0], closed[1 : _NONCE + 1]
    try:
        plain = key.cipher.decrypt(nonce, closed[_NONCE + 1 :], _place(flag, bound))
    except InvalidTag:
        raise _changed(bound) from None
    return zlib.decompressobj().decompress(plain, _LONGEST) if flag & _PACKED else plain


def _place(flag: int, bound: str) -> bytes:
    return bytes([flag]) + bound.encode()


def _changed(bound: str) -> Damaged:
    return Damaged(f"{bound.replace(chr(0), ' ')[:80]} was changed outside this program, or is damaged; restore it from the backup")
