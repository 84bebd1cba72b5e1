"""A large file sealed in pieces: back as it was, and never when anything about it was changed."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime

import pytest

from pipeline.store.keyring import KeyMissing, Keyring, new_key
from pipeline.store.sealed_stream import PIECE, SealedReader, SealedWriter
from pipeline.store.sealer import Damaged, Sealer

AROUND = 42
START = 9 + 16


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(Keyring([new_key(datetime.now(UTC))], "the test"))


def sealed(sealer: Sealer, *pieces: bytes, bound: str = "here") -> bytes:
    file = io.BytesIO()
    sink = SealedWriter(file, sealer, bound)
    for piece in pieces:
        sink.write(piece)
    sink.close()
    return file.getvalue()


def opened(sealer: Sealer, kept: bytes, length: int, bound: str = "here") -> bytes:
    source = SealedReader(io.BytesIO(kept), sealer, bound)
    found = source.read(length)
    source.finish()
    return found


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17])
def test_it_comes_back_as_it_was(sealer: Sealer, length: int) -> None:
    plain = os.urandom(length)
    at = length // 3
    kept = sealed(sealer, plain[:at], plain[at : at + 5], plain[at + 5 :])
    assert opened(sealer, kept, length) == plain
    assert len(kept) == START + length + AROUND * (length // PIECE + 1)


def test_no_word_of_it_stands_in_the_file(sealer: Sealer) -> None:
    assert b"Zqvarn" not in sealed(sealer, b"Zqvarn" * 1000)


def test_a_torn_file_is_known(sealer: Sealer) -> None:
    plain = os.urandom(2 * PIECE + 9)
    kept = sealed(sealer, plain)
    for length in (0, 5, START, START + 1, START + PIECE + AROUND, START + 2 * (PIECE + AROUND), len(kept) - 1):
        with pytest.raises(Damaged):
            opened(sealer, kept[:length], len(plain))


def test_a_changed_or_longer_file_is_known(sealer: Sealer) -> None:
    plain = os.urandom(PIECE + 9)
    kept = sealed(sealer, plain)
    for at in (3, 12, START + 3, START + 20, START + 5000, len(kept) - 3):
        with pytest.raises((Damaged, KeyMissing)):
            opened(sealer, kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :], len(plain))
    with pytest.raises(Damaged):
        opened(sealer, kept + b"x", len(plain))
    with pytest.raises(Damaged, match="longer"):
        opened(sealer, kept, len(plain) - 1)


def test_pieces_are_not_exchanged_nor_taken_from_another_file_or_place(sealer: Sealer) -> None:
    plain = os.urandom(3 * PIECE)
    one, other, elsewhere = sealed(sealer, plain), sealed(sealer, plain), sealed(sealer, plain, bound="there")
    size = PIECE + AROUND
    first, second = slice(START, START + size), slice(START + size, START + 2 * size)
    for wrong in (
        one[:START] + one[second] + one[first] + one[second.stop :],
        one[:START] + one[second] + one[second.stop :],
        one[:START] + other[first] + one[first.stop :],
        elsewhere,
    ):
        with pytest.raises(Damaged):
            opened(sealer, wrong, len(plain))


def test_another_key_does_not_open_it(sealer: Sealer) -> None:
    with pytest.raises(KeyMissing):
        opened(Sealer(Keyring([new_key(datetime.now(UTC))], "another")), sealed(sealer, b"words"), 5)
