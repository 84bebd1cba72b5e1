"""Existing records out of a file: good rows in batches, bad rows by line number. Reads only; the store keeps them."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.matching import KnownPerson
from pipeline.errors import WrongSetup
from pipeline.match.clean_row import COLUMNS, REQUIRED, clean_row
from pipeline.match.csv_rows import csv_rows

BATCH = 5_000
_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = ",;\t|"
_A_VALUE = re.compile(r"\d{2}")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong with one row. `left_out` is False where only one value of it was dropped. Never holds a person's details."""

    line: int
    column: str | None
    message: str
    left_out: bool


@dataclass(slots=True)
class ReadReport:
    """What became of a file; filled in while its batches are read."""

    read: int = 0
    good: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    encoding: str | None = None

    @property
    def left_out(self) -> int:
        """How many rows were left out."""
        return self.read - self.good


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows in the file's order. `last_line` is where to go on from."""

    people: tuple[KnownPerson, ...]
    last_line: int


class RecordsFile:
    """A records file, opened and its columns checked. `report` fills as batches are read."""

    def __init__(self, path: Path, mapping: Mapping[str, str]) -> None:
        self.path = path
        self.report = ReadReport()
        self._mapping = mapping

    def batches(self, after_line: int = 0, size: int = BATCH) -> Iterator[Batch]:
        """Good rows, in batches. `after_line` skips what an earlier, interrupted import already took."""
        people: list[KnownPerson] = []
        seen: dict[str, int] = {}
        line = 0
        for line, row in self.rows():
            self.report.read += 1
            person, problems = clean_row(row)
            self.report.problems += [RowProblem(line, column, message, person is None) for column, message in problems]
            if person is None:
                continue
            if (first := seen.setdefault(person.record_id, line)) != line:
                self.report.problems.append(RowProblem(line, "record_id", f"the same record_id stands on line {first}; this row was left out", True))
                continue
            self.report.good += 1
            if line <= after_line:
                continue
            people.append(person)
            if len(people) >= size:
                yield Batch(tuple(people), line)
                people = []
        if people:
            yield Batch(tuple(people), line)

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every row as it stands in the file, by line number, under our column names."""
        if self.path.suffix.lower() in {".parquet", ".pq"}:
            yield from _parquet_rows(self.path, self._mapping)
        else:
            yield from self._csv_rows()

    def _csv_rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        encoding = self.report.encoding = _encoding(self.path)
        with self.path.open(encoding=encoding, errors="replace", newline="") as stream:
            delimiter = _delimiter(stream)
            found = csv_rows(stream, delimiter)
            _, first = next(found, (1, []))
            header = _header(first or [], self._mapping, self.path.name)
            for line, values in found:
                if values is None:
                    self._refuse(line, "a quotation mark is opened and never closed; the row was left out")
                elif len(values) != len(header):
                    self._refuse(line, f"{len(values)} values for {len(header)} columns: check the quotation marks and commas; the row was left out")
                else:
                    yield line, {column: value for column, value in zip(header, values, strict=True) if column}

    def _refuse(self, line: int, message: str) -> None:
        self.report.read += 1
        self.report.problems.append(RowProblem(line, None, message, True))


def read_records(path: Path, mapping: Mapping[str, str] | None = None) -> RecordsFile:
    """Opens a CSV or Parquet file of records. Raises WrongSetup when it cannot be one: missing, empty, or without the columns needed."""
    if path.is_dir():
        raise WrongSetup(f"{path.name or path}: a folder; name the CSV or Parquet file in it")
    if not path.is_file():
        raise WrongSetup(f"{path.name or path}: no such file")
    if path.stat().st_size == 0:
        raise WrongSetup(f"{path.name}: the file is empty")
    opened = RecordsFile(path, mapping or {})
    next(iter(opened.rows()), None)  # the columns are checked before anything is imported
    opened.report = ReadReport()
    return opened


def read_mapping(path: Path) -> dict[str, str]:
    """A council's own column names: a TOML file with a [columns] table, `our_name = "Their heading"`."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as problem:
        raise WrongSetup(f"{path.name}: no such mapping file") from problem
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise WrongSetup(f"{path.name}: not a TOML file ({problem})") from problem
    columns = data.get("columns", data)
    wrong = (
        [name for name, heading in columns.items() if name not in COLUMNS or not isinstance(heading, str)]
        if isinstance(columns, dict)
        else ["columns"]
    )
    if wrong:
        raise WrongSetup(f"{path.name}: unknown {', '.join(map(repr, wrong))}; a mapping may name: {', '.join(COLUMNS)}")
    return {str(heading).strip().casefold(): name for name, heading in columns.items()}


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 when every byte fits, else the Windows code page of exports."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
        stream.seek(0)
        decoder = io.TextIOWrapper(stream, encoding="utf-8-sig")
        try:
            while decoder.read(1 << 20):
                pass
        except UnicodeDecodeError:
            return _ENCODINGS[1]
    return _ENCODINGS[0]


def _delimiter(stream: io.TextIOBase | Any) -> str:
    first = stream.readline()
    stream.seek(0)
    return max(_DELIMITERS, key=first.count)


def _header(values: list[str], mapping: Mapping[str, str], name: str) -> list[str | None]:
    """Our column for each column of the file; None for one we do not use."""
    ours = [_our_column(value, mapping) for value in values]
    missing = [column for column in REQUIRED if column not in ours]
    if missing:
        found = ", ".join(value.strip()[:40] for value in values[:30] if value.isprintable()) or "none that can be read"
        if any(_A_VALUE.search(value) for value in values):  # a file without a line of headings begins with somebody's record
            found = "not told, because the first line holds figures and so does not look like headings"
        raise WrongSetup(
            f"{name}: no column {', '.join(missing)}. The columns found are: {found}. Name the columns as in the documentation, "
            f'or say which is which with --map FILE.toml, a line such as {missing[0]} = "heading in your file" under [columns]'
        )
    doubled = sorted({column for column in ours if column and ours.count(column) > 1})
    if doubled:
        raise WrongSetup(f"{name}: more than one column for {', '.join(doubled)}; keep one, or choose with --map FILE.toml")
    return ours


def _our_column(heading: str, mapping: Mapping[str, str]) -> str | None:
    plain = heading.strip().lstrip("\ufeff").casefold()
    if plain in mapping:
        return mapping[plain]
    plain = "_".join(plain.replace("-", " ").split())
    taken = set(mapping.values())
    return plain if plain in COLUMNS and plain not in taken else None


def _parquet_rows(path: Path, mapping: Mapping[str, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as problem:
        raise WrongSetup(f"{path.name}: not a Parquet file that can be read; export it again, or as CSV") from problem
    with file:
        header = _header(list(file.schema_arrow.names), mapping, path.name)
        names = [name for name, column in zip(file.schema_arrow.names, header, strict=True) if column]
        ours = [column for column in header if column]
        line = 1
        for batch in file.iter_batches(batch_size=BATCH, columns=names):
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                yield line, dict(zip(ours, values, strict=True))
