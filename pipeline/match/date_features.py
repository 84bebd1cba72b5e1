"""Birth dates compared: which named level."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.match.dates import Born, dummy
from pipeline.match.identifiers import one_slip

BIRTH = {
    "same": "birth date the same",
    "same_dummy": "the same, but a date people put in when they do not know (1 January, the 15th)",
    "swapped": "day and month swapped",
    "digit": "one digit of day or month differs",
    "digit_year": "same day and month, one digit of the year differs",
    "days_off": "a few days apart",
    "year_and_days": "a year and a few days apart",
    "dummy_year": "only the year counts (one side is 1 January), and it agrees",
    "month": "month and year agree",
    "day_month": "same day and month, one digit of the year makes it decades apart",
    "year": "year agrees, day and month do not",
    "partial_month": "month and year agree, no day given",
    "partial_year": "year agrees, no more is given",
    "partial_near": "within a month or a year of what is given",
    "age": "age agrees",
    "age_near": "age agrees within a year",
    "baby": "a baby due or lately born, as asked",
    "due": "due when this baby is due, within a week",
    "due_near": "due within three weeks of this baby",
    "due_off": "due within seven weeks of this baby",
    "near_year": "less than two years apart",
    "years": "two to twelve years apart",
    "generation": "more than twelve years apart",
    "partial_differs": "does not agree with the month, year or age given",
    "absent": "no birth date to compare",
}
_B = {name: number for number, name in enumerate(BIRTH)}


def birth_level(asked: Born, held: Born) -> int:
    """Compares what is asked with what is held, each at its own precision."""
    if asked.kind == "none" or held.kind == "none":
        return _B["absent"]
    if asked.kind == "due":
        return _due(asked, held)
    if asked.kind == "baby":
        level = _age(asked, held)
        return _B["baby"] if level == _B["age"] else level
    if asked.kind == "age":
        return _age(asked, held)
    if asked.kind == "full" and held.kind == "full":
        return _full(asked, held)
    return _partial(asked, held)


def _full(asked: Born, held: Born) -> int:
    if asked.day == held.day and asked.month == held.month:
        if asked.year == held.year:
            return _B["same_dummy" if dummy(held.month, held.day) else "same"]
        if one_slip(str(asked.year), str(held.year)) or abs(asked.year - held.year) == 1:
            return _B["digit_year" if abs(asked.year - held.year) < 12 else "day_month"]
        return _B[_apart(asked, held)]
    if asked.year == held.year:
        return _same_year(asked, held)
    if asked.month == 1 and asked.day == 1:
        return _B["partial_near" if abs(asked.year - held.year) == 1 else _apart(asked, held)]
    days = abs((date(asked.year, asked.month, asked.day) - date(held.year, held.month, held.day)).days)
    if abs(asked.year - held.year) == 1 and min(abs(days - 365), abs(days - 366)) <= 10:
        return _B["year_and_days"]
    return _B["days_off" if days <= 10 else _apart(asked, held)]


def _same_year(asked: Born, held: Born) -> int:
    if asked.day == held.month and asked.month == held.day:
        return _B["swapped"]
    if one_slip(f"{asked.day:02}{asked.month:02}", f"{held.day:02}{held.month:02}"):
        return _B["digit"]
    days = abs((date(asked.year, asked.month, asked.day) - date(held.year, held.month, held.day)).days)
    if days <= 10:
        return _B["days_off"]
    if (asked.month, asked.day) == (1, 1) or (held.month, held.day) == (1, 1):
        return _B["dummy_year"]
    return _B["month" if asked.month == held.month else "year"]


def _apart(asked: Born, held: Born) -> str:
    years = abs(asked.year + (asked.month or 6) / 12 - held.year - (held.month or 6) / 12)
    return "near_year" if years < 2 else "years" if years <= 12 else "generation"


def _partial(asked: Born, held: Born) -> int:
    if asked.month and held.month:
        months = abs(asked.year * 12 + asked.month - held.year * 12 - held.month)
        if months == 0:
            return _B["partial_month"]
        if months == 1 or (asked.month == held.month and one_slip(str(asked.year), str(held.year))):
            return _B["partial_near"]
    elif asked.year == held.year:
        return _B["partial_year"]
    if abs(asked.year - held.year) == 1 and not (asked.month and held.month):
        return _B["partial_near"]
    return _B["generation" if abs(asked.year - held.year) > 12 else "partial_differs"]


def _age(asked: Born, held: Born) -> int:
    first, last = _span(held)
    if asked.first is None or asked.last is None:
        return _B["absent"]
    if first <= asked.last and last >= asked.first:
        return _B["age"]
    year = timedelta(days=366)
    if first <= asked.last + year and last >= asked.first - year:
        return _B["age_near"]
    years = abs((asked.first - first).days) / 365.25
    return _B["generation" if years > 12 else "partial_differs"]


def _span(held: Born) -> tuple[date, date]:
    if held.day:
        return date(held.year, held.month, held.day), date(held.year, held.month, held.day)
    if held.month:
        return date(held.year, held.month, 1), date(held.year, held.month, 28)
    return date(held.year, 1, 1), date(held.year, 12, 31)


def _due(asked: Born, held: Born) -> int:
    first, last = _span(held)
    if asked.first is None or asked.last is None:
        return _B["absent"]
    middle = asked.exact
    if middle is None:
        return _B["due_near" if first <= asked.last and last >= asked.first else "partial_differs"]
    days = max((first - middle).days, (middle - last).days, 0)
    if days <= 7:
        return _B["due"]
    if days <= 21:
        return _B["due_near"]
    return _B["due_off" if days <= 49 else _apart(asked, held)]
