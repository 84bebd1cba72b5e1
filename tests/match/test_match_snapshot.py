"""The index in a file: it answers as the one it was made from, holds nothing of who was taken out, and is used by no program that would read it otherwise."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Sequence

import pytest

from models.matching import KnownPerson, Query
from pipeline.match import snapshot
from pipeline.match.index import Index
from pipeline.match.snapshot import NotUsable
from tests.match.match_people import crowd, known, query

_STREETS = ("Pier Road", "Quay Street", "Chapel Lane")


class Kept:
    """A file in memory."""

    def __init__(self, data: bytes = b"") -> None:
        self._file = io.BytesIO(data)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._file.write(data)

    def read(self, length: int) -> bytes:
        return self._file.read(length)

    def fill(self, into: memoryview) -> None:
        if self._file.readinto(into) != len(into):
            raise EOFError

    def finish(self) -> None:
        if self._file.read(1):
            raise EOFError

    @property
    def data(self) -> bytes:
        return self._file.getvalue()


def kept(index: Index) -> bytes:
    file = Kept()
    snapshot.write(index, file, 7, 99)
    return file.data


def loaded(data: bytes) -> Index:
    file = Kept(data)
    head = snapshot.read_head(file)
    assert (head.version, head.mark) == (7, 99)
    return snapshot.read(head, file)


def somebody(chance: random.Random, record_id: str) -> KnownPerson:
    return known(
        record_id,
        chance.choice(("Zoë", "Muhammad Ali", "Anneliese", "Tomasz", None)),
        chance.choice(("O’Shea-Marsh", "Begum", "Kowalska", "Núñez")),
        chance.choice(("2015-02-03", "2016-07", "1988", None)),
        gender=chance.choice(("F", "M", None)),
        aliases=chance.choice(((), ("Zo Marsh", "Tomek Kowalski"))),
        address=f"{chance.randint(1, 40)} {chance.choice(_STREETS)}, Seaton",
        postcode=chance.choice(("ZZ1 1AA", "ZZ2 3BB", None)),
        previous_postcodes=chance.choice(((), ("ZZ9 9ZZ",))),
        nhs_number=chance.choice((None, "9990000018")),
        household_id=chance.choice((None, f"C{chance.randint(0, 60)}")),
        relationships=chance.choice((None, "child of Alice Archer and Ben Begum", "unborn twin")),
        case_status=chance.choice(("open", "none")),
        flags=chance.choice(((), ("restricted",))),
    )


def asked(people: Sequence[KnownPerson], chance: random.Random) -> list[Query]:
    return [
        query(
            f"{one.family_name}, {one.given_names or 'Baby'}" if chance.random() < 0.3 else f"{one.given_names or 'Baby'} {one.family_name}",
            one.date_of_birth if chance.random() < 0.7 else "approx 7",
            postcode=one.postcode if chance.random() < 0.5 else None,
            address=one.address if chance.random() < 0.5 else None,
            nhs_number=one.nhs_number,
        )
        for one in chance.sample(people, 60)
    ]


def change(indexes: Sequence[Index], people: dict[str, KnownPerson], chance: random.Random) -> None:
    """The same additions, changes and removals for each: some of what was added goes again, some of what went comes back."""
    for _ in range(60):
        record_id = f"N{chance.randint(0, 25)}" if chance.random() < 0.6 else chance.choice([*people, "X3", "X4"])
        if chance.random() < 0.35:
            people.pop(record_id, None)
            for index in indexes:
                index.remove(record_id)
        else:
            people.pop(record_id, None)
            people[record_id] = somebody(chance, record_id)
            for index in indexes:
                index.add(people[record_id])


@pytest.mark.parametrize("seed", range(4))
def test_it_answers_as_the_index_it_was_made_from_and_follows_changes_as_that_does(seed: int) -> None:
    chance = random.Random(seed)
    people = {one.record_id: one for one in [*crowd(), *(somebody(chance, f"Y{number}") for number in range(60))]}
    built = Index.build(people.values())
    again = loaded(kept(built))
    change([built, again], people, chance)
    compact = loaded(kept(again))
    change([built, again, compact], people, chance)
    anew = Index.build(people.values())
    last = loaded(kept(compact))
    for one in asked(list(people.values()), chance):
        answers = [index.match(one) for index in (built, again, compact, last, anew)]
        assert answers[1:] == answers[:-1], one
    for record_id in {*people, "X3", "N1", "nobody"}:
        assert last.person(record_id) == built.person(record_id) == people.get(record_id)
    assert [len(index) for index in (built, again, compact, last)] == [len(people)] * 4
    for record_id in chance.sample(list(people), 40):
        related = [{(who.record_id, how) for who, how in index.relatives(people[record_id])} for index in (built, again, compact, last)]
        assert related[1:] == related[:-1]


def test_nothing_of_who_was_taken_out_or_replaced_is_kept() -> None:
    index = Index.build([*crowd(), known("GONE-1", "Belzinda", "Zqvarn", "2016-02-29", address="9 Quimblethorp Row")])
    index.add(known("GONE-2", "Thaddora", "Zqvarn", "2016-02-29"))
    index.add(known("X5", "Fribbleton", "Wexmoor", "2011-01-02"))
    index.add(known("X5", "Ordinary", "Name", "2011-01-02"))
    held = kept(index).lower()
    assert all(word in held for word in (b"belzinda", b"thaddora", b"ordinary"))
    assert b"fribbleton" not in held
    index.remove("GONE-1")
    index.remove("GONE-2")
    held = kept(index).lower()
    assert [
        word for word in (b"belzinda", b"zqvarn", b"thaddora", b"quimblethorp", b"gone-1", b"gone-2", b"fribbleton", b"wexmoor") if word in held
    ] == []


def test_an_empty_index_and_one_of_which_nobody_is_left_are_kept() -> None:
    assert len(loaded(kept(Index.build(())))) == 0
    index = Index.build([known("A", "Ana", "Reed")])
    index.remove("A")
    left = loaded(kept(index))
    assert len(left) == 0
    left.add(known("B", "Ana", "Reed", "2015-02-03"))
    assert left.match(query("Ana Reed", "2015-02-03")).candidates[0].record_id == "B"
    later = Index()
    later.add(known("C", "Ana", "Reed", "2015-02-03"))
    assert loaded(kept(later)).match(query("Ana Reed", "2015-02-03")).candidates[0].record_id == "C"


def _with_head(data: bytes, old: bytes, new: bytes) -> bytes:
    (length,) = struct.unpack("<I", data[:4])
    head = data[4 : 4 + length].replace(old, new)
    assert head != data[4 : 4 + length]
    return struct.pack("<I", len(head)) + head + data[4 + length :]


def test_what_another_program_made_is_not_used() -> None:
    data = kept(Index.build(crowd()))
    others = {
        "another format": _with_head(data, b'"format":1', b'"format":0'),
        "another version of the program": _with_head(data, snapshot.fingerprint().encode(), b"0" * 64),
        "another number of records": _with_head(data, b'"records":320', b'"records":321'),
        "cannot be read": _with_head(data, b"{", b"["),
        "too long": struct.pack("<I", 1 << 30) + data[4:],
    }
    for why, other in others.items():
        with pytest.raises(NotUsable, match=why):
            loaded(other)


def test_what_a_record_is_filed_under_decides_the_fingerprint_and_weights_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    deciding = list(snapshot._deciding())
    assert {b"keys.py", b"held.py", b"rows.py", b"fold.py", b"naming.toml", b"nicknames.txt", b"spellings.txt"} <= set(deciding)
    assert b"weights.json" not in deciding
    ours = snapshot.fingerprint()
    for at in range(0, len(deciding), 5):
        changed = [*deciding[:at], deciding[at] + b" ", *deciding[at + 1 :]]
        snapshot.fingerprint.cache_clear()
        monkeypatch.setattr(snapshot, "_deciding", lambda changed=changed: changed)
        assert snapshot.fingerprint() != ours
    snapshot.fingerprint.cache_clear()
