"""Dates as people write them: any order and separator, month names, two-digit years, a month or a year alone, ages and due dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

MONTHS = {
    name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
} | {"sept": 9}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_SEP = r"[\s./,\\–-]+"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s*[./\\|–-]\s*(?P<m>\d{1,2})\s*[./\\|–-]\s*(?P<year>\d{4}|'?\d{2})(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})\s+(?P<m>\d{1,2})\s+(?P<year>\d{4}|\d{2})(?![\d])",
        rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?(?:\s+of)?{_SEP[:-1]}*{_MONTH}\.?{_SEP[:-1]}*(?P<year>\d{{4}}|'?\d{{2}})(?!\d)",
        rf"\b{_MONTH}\.?{_SEP}(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?{_SEP}(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<day>[0-3]\d)(?P<m>[01]\d)(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"\b{_MONTH}\.?(?:{_SEP})?(?P<year>\d{{4}}|'\d{{2}}|(?<=[-/])\d{{2}})(?!\d)",
        r"(?<![\d/.-])(?:(?:\?+|x{1,2}|_+|-{2,})\s*[/.-]\s*)?(?P<m>\d{1,2})\s*[/.-]\s*(?P<year>(?:19|20)\d\d)(?![\d/.-])",
        r"^\W*(?P<m>0?[1-9]|1[0-2])\s*/\s*(?P<year>'?(?:3[2-9]|4\d|5[013-9]|[6-9]\d))\W*$",
        r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/.-])",
    )
)
_AGE = re.compile(
    r"(?P<hedge>approx(?:imately|\.)?|about|around|circa|c\.|roughly|est(?:imated|\.)?|maybe|probably|~)?\s*"
    r"(?:aged?\s*:?\s*)?(?P<number>\d{1,3}(?:\.\d)?)\s*(?P<half>½|1/2)?\s*"
    r"(?P<unit>y(?:ea)?rs?|yo|y/o|y|m(?:on)?ths?|mths?|mos?|w(?:ee)?ks?|wks?|days?|ish)?\b(?:[\s-]*(?:ish|old|of\s+age))?",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(approx\w*|about|around|circa|roughly|est(imated)?|maybe|probably|thought to be|looks?|appears?|unconfirmed)\b|[~?]|\bc\.|\dish\b",
    re.IGNORECASE,
)
_DUE = re.compile(r"\b(edd|e\.d\.d|due|expected|estimated (?:date of )?delivery|unborn|delivery)\b", re.IGNORECASE)
_GESTATION = re.compile(
    r"^\W*\d{1,2}\s*\+\s*[0-6]\W*$|\b\d{1,2}\s*(?:\+\s*\d\s*)?(?:/\s*40\b|w(?:ee)?ks?(?:\s*(?:pregnant|gestation)))", re.IGNORECASE
)


_COMB = re.compile(r"(?<![\w/])\d(?:[ \t]+(?:[/.|–-][ \t]*)?\d){5,7}(?![\w/])")
"""Digits in a box each, as combs on paper have them."""
_SIX = re.compile(r"^\W*(\d\d)(\d\d)(\d\d)\W*$")
_LETTER_FIGURE = re.compile(r"(?<=[\d/.-])[oOlI](?=[\d/.-])|(?<=\d)[oOlI]\b|\b[oOlI](?=\d)")
_CLINICAL = re.compile(r"^\W*(?P<number>\d{1,2})\s*/\s*(?P<of>7|12|52)(?:\s*(?:old|of age))?\W*$", re.IGNORECASE)
_NO_AGE = re.compile(
    rf"\b(?:y(?:ea)?r(?:\s*group)?|y|class|grade|room|flat)\.?\s*\d{{1,2}}\b(?!\s*(?:months?|mths?|weeks?))|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH.replace('?P<month>', '?:')}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and what was around it. `iso` is None when the numbers make no date; `swapped` when only month-first makes one."""

    iso: str | None
    raw: str
    rest: str = ""
    swapped: bool = False

    @property
    def exact(self) -> bool:
        """Does it name a day?"""
        return self.iso is not None and len(self.iso) == 10


@dataclass(frozen=True, slots=True)
class Born:
    """What a birth-date box says: at most one of a birth date and an expected one, and an age where one is written."""

    date_of_birth: str | None = None
    expected: str | None = None
    age: float | int | None = None
    estimated: bool = False
    unborn: bool = False
    problem: str | None = None
    rest: str = ""
    swapped: bool = False

    @property
    def empty(self) -> bool:
        """Did it say nothing at all?"""
        return not (self.date_of_birth or self.expected or self.age is not None or self.unborn or self.problem)


def find_date(text: str, today: date, *, future: bool = False) -> FoundDate | None:
    """The first date in a text. `future` says that a two-digit year may lie ahead, as in a due date."""
    text = _COMB.sub(_closed, text)
    for pattern in _PATTERNS:
        if match := pattern.search(text):
            parts = match.groupdict()
            iso, swapped = _build(parts, today, future)
            rest = (text[: match.start()] + " " + text[match.end() :]).strip(" \t-–,;:()")
            return FoundDate(iso, match.group().strip(), " ".join(rest.split()), swapped)
    return None


def _closed(comb: re.Match[str]) -> str:
    """Figures out of their boxes; six of them are a day, a month and a year."""
    figures = re.sub(r"[ \t]+", "", comb.group())
    return "/".join((figures[:2], figures[2:4], figures[4:])) if len(figures) == 6 and figures.isdigit() else figures


def _build(parts: dict[str, str | None], today: date, future: bool) -> tuple[str | None, bool]:
    year = _year(parts["year"] or "", today, future)
    month_text = parts.get("month")
    month = MONTHS[month_text.lower()[:3]] if month_text else int(parts.get("m") or 0)
    day = int(parts.get("day") or 0)
    if "day" not in parts:
        if not month:
            return (f"{year:04d}" if "m" not in parts else None), False
        return (f"{year:04d}-{month:02d}" if month <= 12 else None), False
    swapped = month > 12 and day <= 12 and not month_text
    if swapped:
        month, day = day, month
    try:
        return date(year, month, day).isoformat(), swapped
    except ValueError:
        return None, False


def _year(text: str, today: date, future: bool) -> int:
    digits = text.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    century = today.year // 100 * 100
    year = century + int(digits)
    limit = today.year + (2 if future else 0)
    return year if year <= limit else year - 100


def parse_date(text: str, today: date) -> FoundDate | None:
    """A date that is no birth date: of a referral, an assessment, a visit."""
    return find_date(text, today, future=False)


def parse_born(text: str, today: date, *, due_label: bool = False) -> Born:
    """A birth-date box. `due_label` says that the label asks for nothing but an expected date."""
    words = _SIX.sub(r"\1/\2/\3", text.strip())
    due = bool(_DUE.search(words)) or due_label
    hedged = bool(_HEDGE.search(_DUE.sub(" ", words)))
    found = find_date(words, today, future=due) or _misread(words, today, future=due)
    if found is None:
        return _age_only(words, unborn=bool(_DUE.search(words) or _GESTATION.search(words)), hedged=hedged)
    if found.iso is None:
        return Born(problem="this is not a date that exists", rest=words)
    ahead = found.iso > today.isoformat()[: len(found.iso)]
    if due or (ahead and _near(found.iso, today)):
        return Born(expected=found.iso, unborn=True, estimated=False, rest=found.rest, swapped=found.swapped)
    if ahead:
        return Born(problem="this birth date lies in the future", rest=words)
    if int(found.iso[:4]) < today.year - 120:
        return Born(problem="this birth date is more than 120 years ago", rest=words)
    return Born(date_of_birth=found.iso, age=_written_age(found.rest), estimated=hedged, rest=found.rest, swapped=found.swapped)


def _misread(words: str, today: date, *, future: bool) -> FoundDate | None:
    """A date with a letter where a figure should be: read, and told to be odd."""
    found = find_date(_LETTER_FIGURE.sub(lambda letter: "0" if letter.group() in "oO" else "1", words), today, future=future)
    return replace(found, raw=words, swapped=True) if found is not None and found.exact else None


def _near(iso: str, today: date) -> bool:
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    return (year - today.year) * 12 + month - today.month <= 10


def _written_age(rest: str) -> float | int | None:
    match = re.search(r"\b(?:aged?\s*:?\s*(\d{1,2})|(\d{1,2})\s*(?:yrs?|years?|yo)\b)|^(\d{1,2})$", rest, re.IGNORECASE)
    return int(match.group(1) or match.group(2) or match.group(3)) if match else None


def _age_only(words: str, *, unborn: bool, hedged: bool) -> Born:
    if unborn:
        return Born(unborn=True, rest=words)
    age, rest = parse_age(words)
    if age is None:
        return Born(rest=words)
    return Born(age=age, estimated=True, rest=rest) if age <= 120 else Born(rest=words)


def parse_age(text: str) -> tuple[float | int | None, str]:
    """An age in years, and the words left over: `6`, `approx 6`, `18 months`, `3 weeks`, `4½`."""
    if match := _CLINICAL.match(text):
        return round(int(match["number"]) / {"7": 365, "12": 12, "52": 52}[match["of"]], 2), ""
    if re.match(r"^\W*new-?\s?born\b", text, re.IGNORECASE):
        return 0, ""
    match = None if _NO_AGE.search(text) and not re.search(r"\b(?:aged?|old|yrs?|years|months)\b", text, re.IGNORECASE) else _AGE.search(text)
    if not match:
        return None, text
    number = float(match["number"]) + (0.5 if match["half"] else 0)
    unit = (match["unit"] or "y").lower()
    if unit.startswith("m"):
        number = round(number / 12, 2)
    elif unit.startswith("w"):
        number = round(number / 52, 2)
    elif unit.startswith("d"):
        number = round(number / 365, 2)
    rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split()).strip(" ,;:-()")
    return (int(number) if number == int(number) else number), rest
