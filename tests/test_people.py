"""The index that the processes of a machine share by a file: made once, followed, sealed, never outliving a record, and never trusted beyond its store."""

from __future__ import annotations

import logging
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.matching import KnownPerson, Query
from pipeline import people
from pipeline.keeping.held import Held
from pipeline.keeping.keys import retire, rotate
from pipeline.match import snapshot
from pipeline.match.index import Index
from pipeline.people import PeopleIndex
from pipeline.store import index_key
from pipeline.store import people as kept
from pipeline.store.blobs import Blobs
from pipeline.store.copying import copy_to
from pipeline.store.engine import Store, open_store
from pipeline.store.index_file import IndexFile
from tests.match.match_people import crowd, known

NOW = datetime(2026, 11, 20, tzinfo=UTC)
JOEL = known("K1", "Joel", "Reddish", "2016-09-30", postcode="ZQ1 1AA")
ASKED = Query(id="q", name="Joel Reddish", date_of_birth="30/9/16", postcode="ZQ1 1AA", as_of="2026-11-16")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    take_in(opened, *crowd(), JOEL)
    yield opened
    opened.close()


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records were read out of the store each time an index was made anew."""
    made: list[int] = []
    build = Index.build

    def counted(found: Iterator[KnownPerson], weights: object = None) -> Index:
        index = build(found, weights)  # type: ignore[arg-type]
        made.append(len(index))
        return index

    monkeypatch.setattr(Index, "build", staticmethod(counted))
    return made


def take_in(store: Store, *found: KnownPerson) -> int:
    with store.session() as session:
        return kept.import_people(session, found).version


def file_of(folder: Path) -> Path:
    return folder / "index" / "people"


def found(index: PeopleIndex) -> str | None:
    candidates = index.match(ASKED).candidates
    return candidates[0].record_id if candidates and candidates[0].probability > 0.9 else None


def test_the_first_process_makes_it_and_the_others_read_it(store: Store, tmp_path: Path, builds: list[int]) -> None:
    assert found(PeopleIndex(store, None, tmp_path)) == "K1"
    assert found(PeopleIndex(store, None, tmp_path)) == "K1"
    assert builds == [321]
    assert file_of(tmp_path).stat().st_mode & 0o777 == 0o600
    assert file_of(tmp_path).parent.stat().st_mode & 0o777 == 0o700
    assert sorted(file.name for file in file_of(tmp_path).parent.iterdir()) == ["lock", "people"]
    held = file_of(tmp_path).read_bytes().lower()
    assert b"reddish" not in held
    assert b"zq1 1aa" not in held


def test_what_changed_since_is_followed(store: Store, tmp_path: Path, builds: list[int]) -> None:
    PeopleIndex(store, None, tmp_path).ready()
    take_in(store, known("N1", "Oskar", "Nyman", "2012-02-03"), JOEL.model_copy(update={"family_name": "Greenish"}))
    with store.session() as session:
        kept.import_people(session, [known("N2", "Ida", "Nyman", "2014-02-03")])
    later = PeopleIndex(store, None, tmp_path)
    assert len(later.index()) == 323
    assert "N2" in later.index()
    person = later.index().person("K1")
    assert person is not None
    assert person.family_name == "Greenish"
    assert builds == [321]


def test_ready_writes_only_when_something_changed(store: Store, tmp_path: Path, builds: list[int]) -> None:
    known_people = PeopleIndex(store, None, tmp_path)
    assert known_people.ready() == 321
    first = file_of(tmp_path).read_bytes()
    take_in(store, *crowd(), JOEL)
    assert PeopleIndex(store, None, tmp_path).ready() == 321
    assert file_of(tmp_path).read_bytes() == first
    take_in(store, known("N1", "Oskar", "Nyman"))
    assert known_people.ready() == 322
    assert file_of(tmp_path).read_bytes() != first
    assert len(PeopleIndex(store, None, tmp_path).index()) == 322
    assert builds == [321]


def test_whoever_starts_after_many_changes_writes_it_again(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[int]) -> None:
    monkeypatch.setattr(people, "FEW", 5)
    PeopleIndex(store, None, tmp_path).ready()
    first = file_of(tmp_path).read_bytes()
    take_in(store, *(known(f"N{number}", "Oskar", "Nyman") for number in range(4)))
    PeopleIndex(store, None, tmp_path).index()
    assert file_of(tmp_path).read_bytes() == first
    take_in(store, *(known(f"M{number}", "Oskar", "Nyman") for number in range(4)))
    PeopleIndex(store, None, tmp_path).index()
    assert file_of(tmp_path).read_bytes() != first
    assert builds == [321]


def test_a_process_far_behind_begins_again_from_the_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[int]) -> None:
    monkeypatch.setattr(people, "FEW", 5)
    running = PeopleIndex(store, None, tmp_path)
    before = running.index()
    take_in(store, *(known(f"N{number}", "Oskar", "Nyman") for number in range(30)))
    assert running.index() is before
    take_in(store, *(known(f"M{number}", "Oskar", "Nyman") for number in range(30)))
    PeopleIndex(store, None, tmp_path).ready()
    assert running.index() is not before
    assert len(running.index()) == 381
    assert builds == [321]


def test_a_copied_process_follows_longer_so_that_its_memory_stays_shared(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[int]
) -> None:
    monkeypatch.setattr(people, "FEW", 5)
    copied = PeopleIndex(store, None, tmp_path)
    before = copied.index()
    copied._made_by = -1
    take_in(store, *(known(f"N{number}", "Oskar", "Nyman") for number in range(60)))
    PeopleIndex(store, None, tmp_path).ready()
    assert copied.index() is before
    assert len(before) == 381
    take_in(store, *(known(f"M{number}", "Oskar", "Nyman") for number in range(120)))
    PeopleIndex(store, None, tmp_path).ready()
    assert copied.index() is not before
    assert len(copied.index()) == 501
    assert builds == [321]


def test_more_than_half_changed_is_made_anew_where_no_file_has_it(store: Store, monkeypatch: pytest.MonkeyPatch, builds: list[int]) -> None:
    monkeypatch.setattr(people, "FEW", 5)
    running = PeopleIndex(store)
    before = running.index()
    take_in(store, *(known(f"N{number}", "Oskar", "Nyman") for number in range(170)))
    assert running.index() is not before
    assert builds == [321, 491]


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(file.read_bytes()[:-40]),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"SQLite format 3\0" * 100),
        lambda file: file.write_bytes(bytes(byte ^ 1 if at == 5000 else byte for at, byte in enumerate(file.read_bytes()))),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["torn", "empty", "foreign", "changed", "a folder"],
)
def test_a_file_that_is_not_whole_is_told_and_made_anew(
    harm: Callable[[Path], object], store: Store, tmp_path: Path, builds: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    PeopleIndex(store, None, tmp_path).ready()
    harm(file_of(tmp_path))
    with caplog.at_level(logging.WARNING):
        assert found(PeopleIndex(store, None, tmp_path)) == "K1"
    assert "made anew from the store" in caplog.text
    assert "Reddish" not in caplog.text
    assert builds == [321, 321]
    if file_of(tmp_path).is_file():
        assert found(PeopleIndex(store, None, tmp_path)) == "K1"
        assert builds == [321, 321]


def test_another_version_of_the_program_makes_its_own(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[int]) -> None:
    PeopleIndex(store, None, tmp_path).ready()
    monkeypatch.setattr(snapshot, "fingerprint", lambda: "another")
    assert found(PeopleIndex(store, None, tmp_path)) == "K1"
    assert found(PeopleIndex(store, None, tmp_path)) == "K1"
    assert builds == [321, 321]


def test_another_stores_file_is_not_used(store: Store, tmp_path: Path, builds: list[int]) -> None:
    PeopleIndex(store, None, tmp_path).ready()
    (tmp_path / "other").mkdir()
    other = open_store(f"sqlite:///{tmp_path / 'other' / 'store.sqlite3'}")
    take_in(other, *crowd())
    shutil.copytree(tmp_path / "index", tmp_path / "other" / "index")
    assert found(PeopleIndex(other, None, tmp_path / "other")) is None
    assert builds == [321, 320]
    other.close()


def test_a_store_put_back_from_a_backup_does_not_take_the_file_of_what_came_after(store: Store, tmp_path: Path, builds: list[int]) -> None:
    PeopleIndex(store, None, tmp_path).ready()
    with store.reading() as session:
        first = kept.version(session)
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        shutil.copy(tmp_path / "seal.key", tmp_path / name)
        copy_to(store, tmp_path / name / "store.sqlite3")
    one, other = (open_store(f"sqlite:///{tmp_path / name / 'store.sqlite3'}") for name in ("one", "other"))
    assert take_in(one, known("N1", "Oskar", "Nyman")) == take_in(other, known("N2", "Ida", "Nyman")) == first + 1
    PeopleIndex(one, None, tmp_path / "one").ready()
    (tmp_path / "other" / "index").mkdir()
    shutil.copy(file_of(tmp_path / "one"), file_of(tmp_path / "other"))
    after = PeopleIndex(other, None, tmp_path / "other").index()
    assert "N2" in after
    assert "N1" not in after
    shutil.copy(file_of(tmp_path), file_of(tmp_path / "other"))
    made = len(builds)
    assert "N2" in PeopleIndex(other, None, tmp_path / "other").index(), "what was before the two parted is still good"
    assert len(builds) == made
    one.close()
    other.close()


def test_ops_are_told_how_it_stands(store: Store, tmp_path: Path) -> None:
    index = PeopleIndex(store, None, tmp_path)
    assert "321 records; no index on the disk" in index.told()
    index.ready()
    assert index.told().startswith("321 records; their index of 20")
    assert index.told().endswith("UTC is ready")
    take_in(store, known("N1", "Oskar", "Nyman"))
    assert "322 records" in index.told()
    assert index.told().endswith("is ready, 1 changed since")
    file_of(tmp_path).write_bytes(b"torn")
    assert "no index on the disk" in index.told()
    for record_id in (*(one.record_id for one in crowd()), "K1", "N1"):
        with store.session() as session:
            kept.remove(session, record_id)
    assert "no existing records" in index.told()


def test_erasing_a_record_erases_it_from_every_file_in_the_same_act(store: Store, tmp_path: Path, builds: list[int]) -> None:
    known_people = PeopleIndex(store, None, tmp_path)
    known_people.ready()
    elsewhere = tmp_path / "another machine"
    shutil.copytree(tmp_path / "index", elsewhere / "index")
    with store.reading() as session:
        before = index_key.sealer(session)
    assert known_people.remove("K1")
    assert not known_people.remove("K1")
    assert found(known_people) is None
    assert found(PeopleIndex(store, None, tmp_path)) is None
    assert builds == [321], "the file was written again without the record"
    with store.reading() as session:
        after = index_key.sealer(session)
    assert before is not None
    assert after is not None
    assert before.ring.newest.id != after.ring.newest.id
    assert found(PeopleIndex(store, None, elsewhere)) is None
    assert builds == [321, 320], "what another machine had no longer opens"


def test_erasing_leaves_no_file_where_it_cannot_be_made_again(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known_people = PeopleIndex(store, None, tmp_path)
    known_people.ready()
    monkeypatch.setattr(IndexFile, "write", _full)
    assert known_people.remove("K1")
    assert not file_of(tmp_path).exists()
    assert found(known_people) is None


def test_erasing_where_nothing_is_shared_makes_no_file(store: Store, tmp_path: Path) -> None:
    assert PeopleIndex(store, None, tmp_path).remove("K1")
    assert PeopleIndex(store).remove("X1")
    assert not file_of(tmp_path).exists()


def test_what_was_in_memory_before_an_erasure_is_never_written_after_it(store: Store, tmp_path: Path) -> None:
    behind = PeopleIndex(store, None, tmp_path)
    index = behind.index()
    file_of(tmp_path).unlink()
    with store.session() as session:
        kept.remove(session, "K1")
    file = IndexFile(store, tmp_path)
    with file.alone(1) as ours:
        assert ours
        assert not file.write(behind._version, lambda sink, mark: snapshot.write(index, sink, behind._version, mark))
    assert not file_of(tmp_path).exists()
    behind.ready()
    assert found(PeopleIndex(store, None, tmp_path)) is None


def _full(*_: object) -> bool:
    raise OSError(28, "No space left on device")


def test_a_full_disk_costs_the_file_and_never_an_answer(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(snapshot, "_write_part", _full)
    with caplog.at_level(logging.WARNING):
        assert found(PeopleIndex(store, None, tmp_path)) == "K1"
    assert "each process makes its own" in caplog.text
    assert [file.name for file in file_of(tmp_path).parent.iterdir()] == ["lock"]


def test_a_folder_that_cannot_be_written_costs_the_file_and_never_an_answer(store: Store, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way")
    assert found(PeopleIndex(store, None, tmp_path)) == "K1"


def test_one_process_writes_and_the_others_wait_for_it_or_go_on(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[int]
) -> None:
    monkeypatch.setattr(people, "PATIENCE", 0)
    with IndexFile(store, tmp_path).alone(0) as ours:
        assert ours
        with IndexFile(store, tmp_path).alone(0) as theirs:
            assert not theirs
        assert found(PeopleIndex(store, None, tmp_path)) == "K1"
        assert not file_of(tmp_path).exists()
    assert found(PeopleIndex(store, None, tmp_path)) == "K1"
    assert file_of(tmp_path).exists()
    assert builds == [321, 321]


def _begin(folder: Path, told: multiprocessing.Queue[tuple[str | None, int]]) -> None:
    made = []
    build = Index.build
    Index.build = staticmethod(lambda *given: made.append(1) or build(*given))  # type: ignore[assignment, func-returns-value]
    store = open_store(f"sqlite:///{folder / 'store.sqlite3'}")
    told.put((found(PeopleIndex(store, None, folder)), len(made)))


def test_processes_that_start_together_make_it_once(store: Store, tmp_path: Path) -> None:
    del store
    spawn = multiprocessing.get_context("spawn")
    told = spawn.Queue()
    started = [spawn.Process(target=_begin, args=(tmp_path, told)) for _ in range(3)]
    for process in started:
        process.start()
    answers = [told.get(timeout=300) for _ in started]
    for process in started:
        process.join(300)
    assert [who for who, _ in answers] == ["K1"] * 3
    assert sum(made for _, made in answers) == 1


def test_a_change_of_keys_keeps_the_file_under_another_key_and_the_old_ones_go(store: Store, tmp_path: Path, builds: list[int]) -> None:
    held = Held(store, Blobs(tmp_path / "mail", store.sealer), tmp_path)
    PeopleIndex(store, None, tmp_path).ready()
    before = file_of(tmp_path).read_bytes()
    old = store.sealer.ring.newest.id
    rotate(held, "command:ops", NOW, lambda _: None)
    assert retire(held, "command:ops", NOW, at_once=True) == (old,)
    store.close()
    again = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    assert found(PeopleIndex(again, None, tmp_path)) == "K1"
    assert builds == [321]
    after = file_of(tmp_path).read_bytes()
    assert len(after) == len(before)
    assert after[25:38] != before[25:38], "the pieces name another key"
    file_of(tmp_path).write_bytes(before)
    assert found(PeopleIndex(again, None, tmp_path)) == "K1"
    assert builds == [321, 321], "who has the keys of before, and an old copy, cannot open what is written now, nor is the old file used"
    again.close()


def test_a_change_of_keys_takes_a_damaged_file_away(store: Store, tmp_path: Path) -> None:
    held = Held(store, Blobs(tmp_path / "mail", store.sealer), tmp_path)
    PeopleIndex(store, None, tmp_path).ready()
    file_of(tmp_path).write_bytes(b"torn")
    rotate(held, "command:ops", NOW, lambda _: None)
    assert not file_of(tmp_path).exists()
    assert found(PeopleIndex(store, None, tmp_path)) == "K1"
