"""Records files: good rows in, bad rows by line number, and errors that say what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from models.matching import KnownPerson
from pipeline.errors import WrongSetup
from pipeline.match.records import ReadReport, read_mapping, read_records

HEADER = "record_id,given_names,family_name,aliases,date_of_birth,case_status,closed_on,flags"


def _read(path: Path, mapping: dict[str, str] | None = None) -> tuple[list[KnownPerson], ReadReport]:
    opened = read_records(path, mapping)
    people = [person for batch in opened.batches() for person in batch.people]
    return people, opened.report


def _file(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_lists_dates_and_status_are_read(tmp_path: Path) -> None:
    people, report = _read(_file(tmp_path, f'{HEADER}\nP1,Ana,"Dale, Jr",Ana Reed;Annie Dale,2014-02-03,closed,2026-10-01,restricted;LAC\n'))
    assert report.problems == []
    assert people[0].aliases == ("Ana Reed", "Annie Dale")
    assert people[0].closed_on == date(2026, 10, 1)
    assert people[0].flags == ("restricted", "LAC")
    assert people[0].family_name == "Dale, Jr"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_the_encodings_that_exports_come_in(tmp_path: Path, encoding: str) -> None:
    people, _ = _read(_file(tmp_path, f"{HEADER}\nP1,Zoë,Müller,,2014-02-03,,,\n", encoding))
    assert (people[0].given_names, people[0].family_name) == ("Zoë", "Müller")


def test_semicolons_and_tabs_between_columns(tmp_path: Path) -> None:
    for delimiter in ";\t":
        people, _ = _read(
            _file(tmp_path, delimiter.join(("record_id", "given_names", "family_name")) + "\n" + delimiter.join(("P1", "Ana", "Dale")) + "\n")
        )
        assert people[0].family_name == "Dale"


def test_bad_rows_are_reported_by_line_and_the_good_ones_come_in(tmp_path: Path) -> None:
    rows = [
        "P1,Ana,Dale,,2014-02-30,open,,",
        ",Ben,Cole,,2014-02-03,,,",
        "P3,Cat,Deng,,2014-02-03,,,",
        "P3,Dan,Ellis,,2014-02-03,,,",
        "P4,Eve,Ford",
        "P5,,,,2014-02-03,,,",
        "P6,Flo,Gill,,03/04/2015,waiting,,",
    ]
    people, report = _read(_file(tmp_path, "\n".join((HEADER, *rows)) + "\n"))
    assert [person.record_id for person in people] == ["P1", "P3", "P6"]
    assert people[0].date_of_birth is None
    assert people[2].date_of_birth == "2015-04-03"
    assert [(problem.line, problem.column, problem.left_out) for problem in report.problems] == [
        (2, "date_of_birth", False),
        (3, "record_id", True),
        (5, "record_id", True),
        (6, None, True),
        (7, "family_name", True),
        (8, "case_status", False),
    ]
    assert (report.read, report.good, report.left_out) == (7, 3, 4)


def test_no_message_holds_a_persons_details(tmp_path: Path) -> None:
    _, report = _read(_file(tmp_path, f"{HEADER}\nP1,Wilhelmina,Prendergast,,39/39/2014,odd,,\nP1,Wilhelmina,Prendergast,,,,,\n"))
    assert report.problems
    assert not any("Wilhelmina" in problem.message or "Prendergast" in problem.message for problem in report.problems)


def test_an_open_quotation_mark_does_not_swallow_the_file(tmp_path: Path) -> None:
    rows = ['P1,"Ana,Dale,,2014-02-03,,,', *(f"P{number},Ben,Cole,,2014-02-03,,," for number in range(2, 60))]
    with_mark = _file(tmp_path, "\n".join((HEADER, *rows)) + "\n")
    people, report = _read(with_mark)
    assert len(people) == 58
    assert report.problems[0].line == 2


def test_wrong_columns_name_what_is_missing_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(WrongSetup, match=r"people\.csv: no column record_id.*Client ID.*--map"):
        read_records(_file(tmp_path, "Client ID,given_names,family_name\n1,Ana,Dale\n"))


def test_a_councils_own_column_names(tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\nrecord_id = "Client ID"\ngiven_names = "First Name(s)"\nfamily_name = "Surname"\ndate_of_birth = "D.O.B."\n', encoding="utf-8"
    )
    people, _ = _read(_file(tmp_path, "Client ID,First Name(s),Surname,D.O.B.,Team\n77,Ana,Dale,3/2/2014,North\n"), read_mapping(mapping))
    assert people[0].record_id == "77"
    assert people[0].date_of_birth == "2014-02-03"


def test_a_mapping_with_an_unknown_column_says_which(tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\nbirthday = "D.O.B."\n', encoding="utf-8")
    with pytest.raises(WrongSetup, match="birthday"):
        read_mapping(mapping)


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    pq.write_table(
        pa.table(
            {
                "record_id": [1, 2],
                "given_names": ["Ana", None],
                "family_name": ["Dale", None],
                "date_of_birth": [date(2014, 2, 3), None],
                "aliases": [["Ana Reed"], None],
            }
        ),
        path,
    )
    people, report = _read(path)
    assert people[0].date_of_birth == "2014-02-03"
    assert people[0].aliases == ("Ana Reed",)
    assert [(problem.line, problem.left_out) for problem in report.problems] == [(3, True)]


def test_an_interrupted_import_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = _file(tmp_path, "\n".join((HEADER, *(f"P{number},Ana,Dale,,,,," for number in range(25)))) + "\n")
    batches = read_records(path).batches(size=10)
    first = next(batches)
    rest = [person for batch in read_records(path).batches(after_line=first.last_line, size=10) for person in batch.people]
    assert [*(person.record_id for person in first.people), *(person.record_id for person in rest)] == [f"P{number}" for number in range(25)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a parquet"])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.parquet"
    path.write_bytes(content)
    with pytest.raises(WrongSetup, match=r"people\.parquet"):
        read_records(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("twice.csv", b"record_id,given_names,family_name,record_id\n1,a,b,2\n", "more than one column for record_id"),
        ("noise.csv", bytes(range(128, 256)) * 20, "no column record_id"),
        ("noise.parquet", bytes(range(256)) * 20, "not a Parquet file"),
        ("noise.csv", b"\0\x01\x02\n\0\n", "none that can be read"),
    ],
)
def test_a_file_that_is_no_table_of_records_says_what_is_wrong(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WrongSetup, match=f"{name}: .*{said}"):
        read_records(tmp_path / name)


@pytest.mark.parametrize("date", ["30/02/2014", "2014-02-30", "2014-13-01", "1750-01-01", "3 March", "2014-00-10", "99/99/9999"])
def test_an_impossible_date_costs_itself_and_not_the_row(date: str, tmp_path: Path) -> None:
    people, report = _read(_file(tmp_path, f"{HEADER}\nP1,Ana,Dale,,{date},open,{date},\n"))
    assert (people[0].date_of_birth, people[0].closed_on) == (None, None)
    assert [(one.line, one.column, one.left_out) for one in report.problems] == [(2, "date_of_birth", False), (2, "closed_on", False)]


def test_a_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(WrongSetup, match="a folder"):
        read_records(tmp_path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(WrongSetup, match="no such file"):
        read_records(tmp_path / "nowhere.csv")


def test_a_file_without_headings_shows_nobody(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("P-1,Orla,Tennick,2019-03-04,14 Sallow Court\nP-2,Finn,Tennick,2021-05-06,14 Sallow Court\n", encoding="utf-8")
    with pytest.raises(WrongSetup) as refused:
        read_records(path)
    assert "does not look like headings" in str(refused.value)
    assert "Tennick" not in str(refused.value)
