"""What was read, as a screener sees it: each value with how sure we are, its place, and what is to be asked about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from models.contact import Contact
from models.extraction import FieldValue, Gap, Source
from models.glance import CLEAR
from models.record import Agency, Person
from pipeline.review import dates, words

State = Literal["clear", "check", "absent"]
STATES: dict[State, str] = {"clear": "Read clearly", "check": "Check", "absent": "Not found"}
SETTLED = {"corrected": "Corrected by a person", "confirmed": "Checked by a person"}

_EXPECTED = {
    "referral": ("date",),
    "referrer": ("name", "role", "agency", "phone", "email"),
    "safeguarding_lead": ("discussed",),
    "consent": ("parents_aware", "status"),
    "safety": ("current_location",),
    "children": ("given_names", "family_name", "date_of_birth", "gender", "address"),
    "people": ("given_names", "family_name", "date_of_birth", "relationship_to_child"),
    "agencies": ("name",),
}
"""What a screener looks for even where nothing stands: the other empty fields are only listed by name."""

_FLAGS = {"estimated", "unborn", "marked_urgent"}
"""False unless the form says so: shown only when true, or when a place speaks of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place a value was read, in words."""

    where: str
    words: str | None
    sure: str


@dataclass(frozen=True, slots=True)
class Row:
    """One field: `notes` say why it is to be checked, `places` where it stands, `elsewhere` that its words are shown in another part of the page."""

    path: str
    label: str
    value: str | None
    state: State
    notes: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    elsewhere: str | None = None
    settled: str | None = None

    @property
    def anchor(self) -> str:
        """The id of this row on the page."""
        return "value-" + re.sub(r"[^A-Za-z0-9]+", "-", self.path)

    @property
    def state_words(self) -> str:
        """The state as a screener reads it: who settled it counts for more than how it was read."""
        return self.settled or STATES[self.state]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record: its rows, and the labels of what else could have been there."""

    id: str
    title: str
    rows: tuple[Row, ...]
    not_found: tuple[str, ...] = ()

    def count(self, state: State) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.rows)


class Reading:
    """The record of a contact, with its fields and gaps joined to it."""

    def __init__(self, contact: Contact) -> None:
        self._contact = contact
        self._fields: dict[str, list[FieldValue]] = {}
        for found in contact.fields:
            self._fields.setdefault(found.path, []).append(found)
        self._shown: set[str] = set()

    def sections(self) -> tuple[Section, ...]:
        """Everything that was read, people first, then the rest; values that belong to no section stand in one of their own."""
        record = self._contact.record
        sections = [
            *self._people("children", "Child", record.children),
            *self._people("people", "Person", record.people),
            *(self._part(name) for name in ("referral", "referrer", "safeguarding_lead", "consent", "safety", "history", "indicators")),
            *self._agencies(record.agencies),
            self._part("narrative"),
        ]
        rest = tuple(self._row(path, words.label(path), None) for path in self._fields if path not in self._shown)
        if rest:
            sections.append(Section("read-rest", "Also read", rest))
        return tuple(sections)

    def _people(self, group: str, noun: str, people: Iterable[Person]) -> Iterator[Section]:
        for number, person in enumerate(people):
            path = f"{group}.{number}"
            title = f"{noun} {number + 1}: {name_of(person)}"
            yield self._section(path, title, words.PERSON, person.model_dump(mode="json"), self._expected_of(group, person))

    def _agencies(self, agencies: Iterable[Agency]) -> Iterator[Section]:
        for number, agency in enumerate(agencies):
            title = f"Agency {number + 1}: {agency.name or agency.agency or agency.role or 'no name read'}"
            yield self._section(f"agencies.{number}", title, words.AGENCY, agency.model_dump(mode="json"), _EXPECTED["agencies"])

    def _part(self, name: str) -> Section:
        title, labels = words.SECTIONS[name]
        values = getattr(self._contact.record, name).model_dump(mode="json")
        return self._section(name, title, labels, values, _EXPECTED.get(name, ()))

    @staticmethod
    def _expected_of(group: str, person: Person) -> tuple[str, ...]:
        if person.unborn:
            return ("expected_delivery_date", "address")
        return _EXPECTED[group]

    def _section(self, path: str, title: str, labels: dict[str, str], values: dict[str, JsonValue], expected: tuple[str, ...]) -> Section:
        rows, absent = [], []
        for name, label in labels.items():
            row = self._row(f"{path}.{name}", label, values.get(name))
            if row.state != "absent" or name in expected or row.notes or row.places:
                rows.append(row)
            elif name not in _FLAGS:
                absent.append(label)
        return Section("read-" + path.replace(".", "-"), title, tuple(rows), tuple(absent))

    def _row(self, path: str, label: str, value: JsonValue) -> Row:
        found = list(self._found(path))
        if value is False and path.rsplit(".", 1)[-1] in _FLAGS and not found:
            value = None
        if value is None or value == []:
            value = next((field.value for field in found if field.value is not None), None)
        notes = [_note(gap) for gap in self._gaps(path)]
        absent = value is None or value == []
        settled = self._contact.screening.settled_at(path)
        if not absent and settled is None:
            notes += _doubts(found)
        state: State = "absent" if absent else "check" if notes else "clear"
        shown = None if absent else in_words(path, value)
        elsewhere = f"{len(shown.split())} words" if shown and path.startswith("narrative.") else None
        told = None if settled is None or state != "clear" else SETTLED[settled.how]
        return Row(path, label, shown, state, tuple(notes), tuple(_place(field) for field in found), elsewhere, told)

    def _found(self, path: str) -> Iterator[FieldValue]:
        """The fields of a path, and those of a list's items below it."""
        for known, fields in self._fields.items():
            if known == path or (known.startswith(path + ".") and known[len(path) + 1 :].isdigit()):
                self._shown.add(known)
                yield from fields

    def _gaps(self, path: str) -> Iterator[Gap]:
        return (gap for gap in self._contact.gaps if _covers(gap.field, path))


def in_words(path: str, value: JsonValue) -> str:
    """A value as a screener reads it. Words of the form stay as they are; only our own codes, booleans and dates are put into words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(in_words(path, item) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    if not isinstance(value, str):
        return str(value)
    if words.is_coded(path):
        return words.CODES.get(value, value)
    last = path.rsplit(".", 1)[-1]
    return dates.day(value) if last in {"date", "date_of_birth", "expected_delivery_date"} else value


def name_of(person: Person) -> str:
    """What to call somebody on the page."""
    if person.name:
        return person.name
    return "Unborn baby" if person.unborn else "no name read"


def born(person: Person, received: datetime) -> str:
    """When somebody was born or is due, with the age on the day the referral came."""
    if person.unborn or (person.expected_delivery_date and not person.date_of_birth):
        due = person.expected_delivery_date
        return f"Expected {dates.day(due)}" if due else "Unborn; no expected date found"
    if person.date_of_birth:
        age = dates.age_on(person.date_of_birth, received)
        told = f"Born {dates.day(person.date_of_birth)}" + (" (estimated)" if person.estimated else "")
        return told if age is None else f"{told}, aged {age}"
    if person.age is not None:
        return f"Aged about {person.age:g}" if person.estimated else f"Aged {person.age:g}"
    return "No date of birth found"


def _covers(pattern: str, path: str) -> bool:
    wanted, parts = pattern.split("."), path.split(".")
    return len(wanted) == len(parts) and all(want in {"*", part} for want, part in zip(wanted, parts, strict=True))


def _note(gap: Gap) -> str:
    """What stands beside a value: of something missing only that it is asked for, since the question has its own place on the page."""
    if gap.kind == "missing":
        return f"Asked for{f', as question {gap.number}' if gap.number else ''}."
    return f"{words.GAP_KINDS[gap.kind]}: {gap.message}"


def _doubts(found: list[FieldValue]) -> Iterator[str]:
    if not found:
        yield "No place on the form is recorded for this value."
    elif min(field.confidence for field in found) < CLEAR:
        yield "Read with some doubt."


def _place(field: FieldValue) -> Place:
    sure = f"{field.confidence:.2f}: about {round(field.confidence * 100)} of 100 values read like this are right"
    if field.value is None:
        sure = "The form says that this is not known, or says nothing that can be used."
    return Place(where(field.source), field.raw or field.source.text, sure)


def where(source: Source) -> str:
    """A place in words: file, page, table and cell, and the box on the page."""
    parts = [source.document]
    if source.page is not None:
        parts.append(f"page {source.page}")
    if source.where:
        parts.append(source.where)
    if source.box is not None:
        left, top, right, bottom = (round(edge) for edge in source.box)
        parts.append(f"{left} to {right} points from the left, {top} to {bottom} from the top")
    return ", ".join(parts)
