"""One row of a records file as a KnownPerson, or why not. What is only partly wrong loses that value, not the row."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Literal

from models.matching import KnownPerson

COLUMNS = (
    "record_id", "given_names", "family_name", "aliases", "date_of_birth", "gender", "address", "postcode", "previous_postcodes", "nhs_number", "upn",
    "school", "household_id", "relationships", "case_status", "closed_on", "allocated_worker", "flags",
)  # fmt: skip
REQUIRED = ("record_id", "given_names", "family_name")
_LISTS = ("aliases", "previous_postcodes", "flags")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufeff]+")
_BRITISH = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[ T].*)?")
_STATUS: dict[str, Literal["open", "closed", "none"]] = {
    "open": "open", "active": "open", "current": "open", "closed": "closed", "ended": "closed", "inactive": "closed", "none": "none", "": "none", "no": "none",
}  # fmt: skip
Problem = tuple[str | None, str]


def clean_row(row: dict[str, Any]) -> tuple[KnownPerson | None, list[Problem]]:
    """The person, and what was wrong. None where the row cannot stand: no id, or no name at all."""
    problems: list[Problem] = []
    text = {column: _text(value) for column, value in row.items() if value is not None and value != ""}
    if not text.get("record_id"):
        return None, [("record_id", "no record_id; the row was left out")]
    if not text.get("given_names") and not text.get("family_name"):
        return None, [("family_name", "no name; the row was left out")]
    values: dict[str, Any] = {column: value or None for column, value in text.items() if column not in _LISTS}
    for column in _LISTS:
        values[column] = _list(row.get(column)) if column in text else ()
    values["date_of_birth"] = _birth(text.get("date_of_birth", ""), problems)
    values["closed_on"] = _closed(text.get("closed_on", ""), problems)
    status = _STATUS.get(text.get("case_status", "").lower())
    if status is None:
        problems.append(("case_status", "not open, closed or none"))
    values["case_status"] = status or "none"
    return KnownPerson(**values), problems


def _text(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str) and value.isprintable():
        return " ".join(value.split()) if " " in value else value
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list | tuple):
        return ";".join(map(_text, value))
    return " ".join(_CONTROL.sub(" ", str(value)).split())


def _list(value: object) -> tuple[str, ...]:
    items = map(_text, value) if isinstance(value, list | tuple) else _text(value).split(";")
    return tuple(item.strip() for item in items if item.strip())


def _birth(text: str, problems: list[Problem]) -> str | None:
    """ISO at whatever precision; a date that cannot be is dropped and said."""
    if not text:
        return None
    if found := _ISO.fullmatch(text):
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    elif found := _BRITISH.fullmatch(text):
        year, month, day = int(found[3]), int(found[2]), int(found[1])
    else:
        problems.append(("date_of_birth", "not a date such as 2015-03-31"))
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        year = 0
    if day and not month:  # 2014-00-00 is how some systems write a year alone; 2014-00-10 is no date
        year = 0
    if not 1880 <= year <= 2110:
        problems.append(("date_of_birth", "no such date"))
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def _closed(text: str, problems: list[Problem]) -> date | None:
    if not text:
        return None
    found = _BRITISH.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text[:10])
    except ValueError:
        day = date.min
    if not 1900 <= day.year <= 2110:
        problems.append(("closed_on", "no such date"))
        return None
    return day
