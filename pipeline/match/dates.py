"""Birth dates as people write them: whole, in part, as an age, or as the day a baby is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Kind = Literal["none", "full", "month", "year", "age", "due", "baby"]

_MONTHS = {
    name: number
    for number, names in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)
    for name in (names,)
}
_DUE = re.compile(r"\b(?:e\.?d\.?d|due|expected|e\.?d\.?c)\b", re.IGNORECASE)
_AGE = re.compile(
    r"(?<![\d/.\-])(\d{1,3})(?:\s*[-–/]\s*(\d{1,2}))?\s*(years?|yrs?|y/?o|y\.o\.|months?|mths?|m/?o|weeks?|wks?|days?)?\b", re.IGNORECASE
)
_AGE_CUE = re.compile(r"approx|about|circa|\bc\.|aged?\b|around|roughly|~|est|\bold\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\b")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[\s./\-]+(\d{1,2})[\s./\-]+(\d{4}|\d{2})(?!\d)")
_WORDY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?:of\s+)?([a-z]{3,9})\.?[,\s\-./']*(\d{4}|\d{2})(?!\d)", re.IGNORECASE)
_WORDY_US = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"\b([a-z]{3,9})\.?[\s\-/,']*(\d{4}|\d{2})\b", re.IGNORECASE)
_NUMERIC_MONTH = re.compile(r"(?<!\d)(\d{1,2})[\s./\-]+(\d{4})(?!\d)")
_EIGHT = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)")
_EIGHT_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Born:
    """A birth date as far as it is stated. `first` and `last` bound the birth where an age or a due date is all there is."""

    kind: Kind = "none"
    year: int = 0
    month: int = 0
    day: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def exact(self) -> date | None:
        """The whole date, if there is one."""
        return date(self.year, self.month, self.day) if self.day else None


NOT_STATED = Born()


def written_date(text: str | None, as_of: date | None) -> Born:
    """Reads a birth date, an age or a due date; what cannot be read is not stated."""
    if not text or not re.search(r"\d", text):
        return NOT_STATED
    today = as_of or date(2100, 1, 1)
    return _written(" ".join(text.split()), today, as_of is not None)


@lru_cache(maxsize=50_000)
def _written(text: str, today: date, dated: bool) -> Born:
    due = _DUE.search(text) is not None
    stated = _stated(text, today, due)
    if due:
        return _due(stated)
    if stated.kind != "none" and not (stated.kind == "year" and _AGE_CUE.search(text) and not _YEAR.search(text)):
        return stated
    return _age(text, today) if dated else NOT_STATED


def _stated(text: str, today: date, due: bool) -> Born:
    if found := _ISO.search(text) or (None if _british_eight(text) else _EIGHT_ISO.search(text)):
        year, month, day = (int(part or 0) for part in found.groups())
        return _make(year, month, day)
    if found := _WORDY.search(text):
        day, month, year = int(found[1]), _MONTHS.get(found[2][:3].lower(), 0), _century(found[3], today, due)
        if month:
            return _make(year, month, day)
    if found := _WORDY_US.search(text):
        month = _MONTHS.get(found[1][:3].lower(), 0)
        if month:
            return _make(int(found[3]), month, int(found[2]))
    if found := _NUMERIC.search(text) or _EIGHT.search(text):
        return _make(_century(found[3], today, due), int(found[2]), int(found[1]))
    return _partial(text, today, due)


def _british_eight(text: str) -> bool:
    """Eight digits are day, month, year here, where that can be: 20012013 is a day in January."""
    found = _EIGHT.search(text)
    return bool(found and 1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12 and found[3][:2] in {"19", "20"})


def _partial(text: str, today: date, due: bool) -> Born:
    if found := _NUMERIC_MONTH.search(text):
        return _make(int(found[2]), int(found[1]), 0)
    if (found := _MONTH_YEAR.search(text)) and (month := _MONTHS.get(found[1][:3].lower(), 0)):
        return _make(_century(found[2], today, due), month, 0)
    if found := _YEAR.search(text):
        return Born("year", int(found[1]))
    return NOT_STATED


def _make(year: int, month: int, day: int) -> Born:
    """A date, with day and month the other way round where only that way is a date; a month or a year where no day fits."""
    if not 1850 < year < 2110:
        return NOT_STATED
    if not day and 1 <= month <= 12:
        return Born("month", year, month)
    for this_month, this_day in ((month, day), (day, month)):
        try:
            date(year, this_month, this_day)
        except ValueError:
            continue
        return Born("full", year, this_month, this_day)
    return Born("month", year, month) if 1 <= month <= 12 and day else Born("year", year)


def _century(text: str, today: date, due: bool) -> int:
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    latest = today.year + (2 if due else 0)
    return year if year <= latest else year - 100


def _due(stated: Born) -> Born:
    if stated.kind == "full":
        middle = date(stated.year, stated.month, stated.day)
        return Born("due", stated.year, stated.month, stated.day, middle - timedelta(days=21), middle + timedelta(days=21))
    if stated.kind == "month":
        first = date(stated.year, stated.month, 1)
        return Born("due", stated.year, stated.month, 0, first - timedelta(days=14), first + timedelta(days=45))
    return NOT_STATED


def _age(text: str, today: date) -> Born:
    found = _AGE.search(text)
    if not found:
        return NOT_STATED
    low, high = int(found[1]), int(found[2] or found[1])
    unit = (found[3] or "y")[0].lower()
    days = {"y": 365.25, "m": 30.44, "w": 7.0, "d": 1.0}[unit]
    if low * days > 120 * 365.25 or high < low:
        return NOT_STATED
    first = today - timedelta(days=int((high + 1) * days))
    last = today - timedelta(days=int(low * days))
    return Born("age", 0, 0, 0, first, last)


@lru_cache(maxsize=40_000)
def held_date(text: str | None) -> Born:
    """A record's date: ISO 8601 at whatever precision."""
    if not text:
        return NOT_STATED
    parts = text.strip().split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return NOT_STATED
    year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
    if not month and not day:
        return Born("year", year) if 1850 < year < 2110 else NOT_STATED
    try:
        date(year, month, day or 1)
    except ValueError:
        return NOT_STATED
    return Born("full" if day else "month", year, month, day)


def baby_window(as_of: date) -> Born:
    """When an unborn or unnamed baby is or was born, when nothing else is said."""
    return Born("baby", first=as_of - timedelta(days=400), last=as_of + timedelta(days=290))


def dummy(month: int, day: int) -> bool:
    """1 January and the 15th of a month are what people and systems put in for "not known"."""
    return (day == 1 and month == 1) or day == 15
