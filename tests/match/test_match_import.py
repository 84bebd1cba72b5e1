"""From a council's file to an answer: import, look up, change one record, look up again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from models.matching import Query
from models.record import Person, Record
from models.runs import ImportSummary
from pipeline import people
from pipeline.errors import WrongSetup
from pipeline.match import records
from pipeline.store import people as kept
from pipeline.store.engine import Store, open_store
from tests.match.match_people import crowd

HEADER = "record_id,given_names,family_name,date_of_birth,postcode,household_id"
TARA = "M1,Tara,Reddish,1988-05-04,ZQ1 1AA,H1"
JOEL = "K1,Joel,Reddish,2016-09-30,ZQ1 1AA,H1"
ASKED = Query(id="q", name="Joel Reddish", date_of_birth="30/9/16", postcode="ZQ1 1AA", as_of="2026-11-16")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield opened
    opened.close()


def _import(store: Store, tmp_path: Path, *rows: str, header: str = HEADER) -> ImportSummary:
    file = tmp_path / "people.csv"
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return people.import_file(store, file, None, lambda _count: None)


def test_one_changed_record_reaches_the_index_without_a_rebuild(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, TARA, JOEL)
    known = people.PeopleIndex(store)
    sure = known.match(ASKED).candidates[0].probability
    before = known.index()
    _import(store, tmp_path, TARA, JOEL.replace("2016-09-30", "2011-02-03"))
    joel = next(candidate for candidate in known.match(ASKED).candidates if candidate.record_id == "K1")
    assert known.index() is before
    assert joel.person is not None
    assert joel.person.date_of_birth == "2011-02-03"
    assert joel.probability < sure


def test_a_removed_record_leaves_the_index(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, TARA, JOEL)
    known = people.PeopleIndex(store)
    assert "K1" in known.index()
    with store.session() as session:
        kept.remove(session, "K1")
    assert "K1" not in known.index()
    assert all(candidate.record_id != "K1" for candidate in known.match(ASKED).candidates)


def test_an_import_that_broke_off_goes_on_and_writes_nothing_twice(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records.RecordsFile.batches, "__defaults__", (0, 10))
    rows = [f"R{number},Ana,Dale,2014-02-03,ZQ1 1AA," for number in range(35)]
    file = tmp_path / "people.csv"
    file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")

    def power_cut(count: int) -> None:
        if count >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        people.import_file(store, file, None, power_cut)
    with store.reading() as session:
        assert kept.count(session) == 20
        stood = kept.version(session)
    assert people.import_file(store, file, None, lambda _count: None).taken == 35
    with store.reading() as session:
        assert kept.count(session) == 35
        assert len(kept.changes_since(session, stood).people) == 15


def test_progress_is_told_batch_by_batch(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records.RecordsFile.batches, "__defaults__", (0, 10))
    file = tmp_path / "people.csv"
    file.write_text("\n".join((HEADER, *(f"R{number},Ana,Dale,,," for number in range(25)))) + "\n", encoding="utf-8")
    told: list[int] = []
    people.import_file(store, file, None, told.append)
    assert told == [10, 20, 25]


def test_bad_rows_are_told_by_line_and_the_good_ones_are_found(store: Store, tmp_path: Path) -> None:
    done = _import(store, tmp_path, TARA, ",No,Id,,,", JOEL, "K9,Max,Dale,2014-13-40,,")
    assert (done.taken, done.left_out) == (3, 1)
    assert [line for line, _ in done.problems] == [3, 5]
    assert people.PeopleIndex(store).match(ASKED).candidates[0].record_id == "K1"


def test_a_file_of_bad_rows_alone_names_the_first_fault(store: Store, tmp_path: Path) -> None:
    with pytest.raises(WrongSetup, match=r"people\.csv: no row could be taken in; the first fault is in line 2"):
        _import(store, tmp_path, ",No,Id,,,")


def test_a_councils_own_columns_and_parquet(store: Store, tmp_path: Path) -> None:
    file, mapping = tmp_path / "people.parquet", tmp_path / "map.toml"
    pq.write_table(pa.table({"PERSON_ID": [1], "Forename": ["Joel"], "Surname": ["Reddish"], "DOB": ["30/09/2016"], "Postcode": ["ZQ1 1AA"]}), file)
    mapping.write_text(
        '[columns]\nrecord_id = "PERSON_ID"\ngiven_names = "Forename"\nfamily_name = "Surname"\ndate_of_birth = "DOB"\n', encoding="utf-8"
    )
    people.import_file(store, file, mapping, lambda _count: None)
    assert people.PeopleIndex(store).match(ASKED).candidates[0].record_id == "1"


def test_a_father_who_lives_elsewhere_is_not_lowered_by_the_household_found(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, TARA, JOEL, "F1,Dale,Orme,1985-03-02,ZV7 7YY,H2")
    with store.session() as session:
        kept.import_people(session, crowd())
    known = people.PeopleIndex(store)
    mother = Query(id="people.0", name="Tara Reddish", date_of_birth="4/5/88", postcode="ZQ1 1AA", as_of="2026-11-16")
    father = Query(id="people.1", name="Dale Orme", date_of_birth="approx 38", as_of="2026-11-16")

    def chance(in_household: bool | None) -> float:
        record = Record(people=(Person(given_names="Tara"), Person(given_names="Dale", in_household=in_household)))
        return known.household([mother, father], record).people[1].candidates[0].probability

    assert chance(False) > chance(None)


def test_a_hub_looks_up_with_weights_of_its_own(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, TARA, JOEL)
    own = tmp_path / "weights.json"
    shipped = json.loads((files("pipeline.match") / "data" / "weights.json").read_text(encoding="utf-8"))
    own.write_text(json.dumps({**shipped, "version": "ours", "prior": {**shipped["prior"], "same": shipped["prior"]["same"] - 8}}), encoding="utf-8")
    ours, theirs = (people.PeopleIndex(store, weights).match(ASKED).candidates[0] for weights in (own, None))
    assert ours.record_id == theirs.record_id == "K1"
    assert ours.probability < theirs.probability


def test_weights_that_are_none_are_named(store: Store, tmp_path: Path) -> None:
    own = tmp_path / "weights.json"
    own.write_text("{}", encoding="utf-8")
    with pytest.raises(WrongSetup, match=r"weights\.json: not a weights file"):
        people.PeopleIndex(store, own)
