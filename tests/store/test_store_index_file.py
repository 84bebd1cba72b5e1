"""The file of the index: written only as the store stands, by one at a time, and opened by no one once a record in it is erased. On SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete

from models.matching import KnownPerson
from pipeline.store import index_key, people
from pipeline.store.engine import Store
from pipeline.store.index_file import IndexFile
from pipeline.store.keyring import KeyMissing
from pipeline.store.sealed_stream import SealedWriter
from pipeline.store.tables import Counter

WORDS = b"what is held of everybody"


def take_in(store: Store, *names: str) -> int:
    with store.session() as session:
        return people.import_people(session, (KnownPerson(record_id=name, family_name="Quill") for name in names)).version


def words(marks: list[int]) -> Callable[[SealedWriter, int], None]:
    """Writes the words, and notes the mark."""

    def dump(sink: SealedWriter, mark: int) -> None:
        sink.write(WORDS)
        marks.append(mark)

    return dump


def text_of(file: IndexFile) -> bytes | None:
    with file.opened() as source:
        return None if source is None else source.read(len(WORDS))


def _removed_and_undone(store: Store, record_id: str) -> None:
    with store.session() as session:
        people.remove(session, record_id)
        raise RuntimeError


def test_it_is_written_as_the_store_stands_and_known_by_its_mark(store: Store, tmp_path: Path) -> None:
    file, marks = IndexFile(store, tmp_path), list[int]()
    assert text_of(file) is None
    version = take_in(store, "R1", "R2")
    with file.alone(0) as ours:
        assert ours
        assert file.write(version, words(marks))
    assert text_of(file) == WORDS
    assert file.knows(version, marks[0])
    assert not file.knows(version, marks[0] + 1)
    assert not file.knows(version + 1, marks[0])
    later = take_in(store, "R3")
    assert not file.write(version, words([]))
    assert file.write(later, words(marks))
    assert marks[0] != marks[1]
    assert file.knows(version, marks[0]), "what was written before can still be followed"


def test_a_store_of_an_earlier_program_has_no_mark_and_gets_one(store: Store, tmp_path: Path) -> None:
    version = take_in(store, "R1")
    with store.session() as session:
        session.execute(delete(Counter).where(Counter.name.like("people@%")))
    marks: list[int] = []
    file = IndexFile(store, tmp_path)
    assert file.write(version, words(marks))
    assert file.knows(version, marks[0])


def test_marks_long_past_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_key, "MARKS", 3)
    for number in range(6):
        take_in(store, f"R{number}")
    with store.reading() as session:
        assert [index_key.mark(session, version) is not None for version in range(1, 7)] == [False] * 3 + [True] * 3


def test_what_has_not_changed_makes_no_version(store: Store) -> None:
    version = take_in(store, "R1", "R2")
    assert take_in(store, "R2", "R1") == version
    with store.reading() as session:
        assert people.version(session) == version


def test_an_erased_record_takes_the_key_of_every_file_along(store: Store, tmp_path: Path) -> None:
    version = take_in(store, "R1", "R2")
    here, elsewhere = IndexFile(store, tmp_path / "here"), IndexFile(store, tmp_path / "elsewhere")
    for folder in (tmp_path / "here", tmp_path / "elsewhere"):
        folder.mkdir()
    assert here.write(version, words([]))
    assert elsewhere.write(version, words([]))
    with store.session() as session:
        assert people.remove(session, "R1")
    assert text_of(here) is None
    with store.reading() as session:
        now = people.version(session)
    assert here.write(now, words([]))
    with pytest.raises(KeyMissing):
        text_of(elsewhere)
    with pytest.raises(RuntimeError):
        _removed_and_undone(store, "R2")
    assert text_of(here) == WORDS, "an erasure that was undone took nothing"


def test_its_key_changes_with_the_others(store: Store, tmp_path: Path) -> None:
    version = take_in(store, "R1")
    file = IndexFile(store, tmp_path)
    file.change_key(0)
    assert file.write(version, words([]))
    with store.reading() as session:
        before = index_key.sealer(session)
    file.change_key(0)
    with store.reading() as session:
        after = index_key.sealer(session)
    assert before is not None
    assert after is not None
    assert before.ring.newest.id != after.ring.newest.id
    assert text_of(file) == WORDS


def test_a_session_that_is_steady_reads_one_moment(store: Store) -> None:
    take_in(store, "R1")
    with store.reading() as session:
        people.steady(session)
        version = people.version(session)
        take_in(store, "R2")
        assert people.count(session) == 1
        assert people.version(session) == version
    with store.reading() as session:
        assert people.count(session) == 2
