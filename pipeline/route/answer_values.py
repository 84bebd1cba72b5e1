"""Words of an answer as a value of the record: typed where that is plain, refused where it would be a guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.contact_rows import row_of
from pipeline.route.consent_words import consent_in

NOT_KNOWN = re.compile(
    r"^\W*((we |i )?(do not|don'?t|dont) know|not ?known|unknown|not (yet )?(given|available|recorded|held|sure|clear)|n/?k|unsure|no (idea|information)( held)?)\b",
    re.IGNORECASE,
)
_YES = re.compile(r"^\W*(yes|yeah|yep|y|correct|they do|she does|he does|we did|i did)\b", re.IGNORECASE)
_NO = re.compile(
    r"^\W*(no(?=\W*$| ?[,.;:–-]| (i|we|they|she|he|it|not|concerns?|need|evidence|history|information|none|neither|immediate)\b)|nope|none|never|n"
    r"|not (at (this|the|present)|yet|now|currently|that|as far|aware|to my|applicable|needed|required|necessary|asked|done))\b",
    re.IGNORECASE,
)
_DATES = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_SHORT = ("%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%d %b %y", "%d %B %y")
_IN_TEXT = re.compile(
    r"\b(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(st|nd|rd|th)?( of)? [A-Za-z]{3,9},? \d{2,4}|[A-Za-z]{3,9} \d{1,2}(st|nd|rd|th)?,? \d{4})\b"
)
_DUE = re.compile(r"\b(due|edd|expected|estimated date of delivery)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>,;]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(\+?\d[\d ()-]{7,}\d)")
_BUT = re.compile(r"\b(but|however|although|though|except|apart from|unless|only)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"^\W*(both|they|(the |her |his |their )?(parents?|carers?|family|mum|mother|dad|father)|she|he)\b.{0,40}\b(aware|knows?|told|informed)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(not|never|un(aware|informed)|neither|nor|no one|nobody|without|if|whether|could|should|will)\b|n['’]t\b|\?", re.IGNORECASE)
_GENDER = (
    ("female", r"\b(female|girl|woman|f)\b"),
    ("male", r"\b(male|boy|man|m)\b"),
    ("other", r"\b(other|non-?binary|trans\w*)\b"),
    ("unknown", r"\bunknown\b"),
)
_KINDS = (
    ("child_protection", r"\b(child protection|section 47|s\.?47)\b"),
    ("child_in_need", r"\b(child in need|section 17|s\.?17)\b"),
    ("early_help", r"\bearly help\b"),
)


class NotPlain(ValueError):
    """The words do not say plainly what the value is: a person must place them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value, and `doubt` where it was understood but does not pass its check."""

    value: Any
    doubt: str | None = None


Reader = Callable[[str, str, date], Typed]


def typed(path: str, words: str, today: date) -> Typed:
    """The value of an answer for one place of the record; None for "not known". Raises NotPlain."""
    said = " ".join(words.split()) if not path.startswith("narrative.") else words.strip()
    if not said:
        raise NotPlain(path)
    if NOT_KNOWN.match(said):
        return Typed(None)
    name = path.rsplit(".", maxsplit=1)[-1]
    row = row_of(path)
    meant = row.meant(said) if row else said
    if row is not None and meant is not said and meant != said:
        return Typed(meant)
    if row is not None and {value for _, value in row.choices} == {True, False}:
        return Typed(_yes_no(path, said))
    special: Reader | None = _SPECIAL.get(name if path not in _BY_PATH else path)
    if special is not None:
        return special(path, said, today)
    return Typed(said)


def is_strict(path: str) -> bool:
    """Whether only words of a certain shape fit there."""
    name = path.rsplit(".", maxsplit=1)[-1]
    row = row_of(path)
    return path in _BY_PATH or name in _SPECIAL or bool(row and row.choices)


def date_in(text: str, today: date) -> str | None:
    """The one whole date in a text; None where there is none or more than one."""
    found = {day for match in _IN_TEXT.finditer(text) if (day := _day(match.group(0), today))}
    return found.pop() if len(found) == 1 else None


def _yes_no(path: str, said: str) -> bool:
    if _YES.match(said) and not (path.startswith("consent.") and _BUT.search(said)):
        return True
    if _NO.match(said) and not _BUT.search(said):
        return False
    if path.endswith("_aware") and _TOLD.match(said) and not _DENIES.search(said) and not _BUT.search(said):
        return True
    raise NotPlain(path)


def _date(path: str, said: str, today: date) -> Typed:
    due, wants_due = bool(_DUE.search(said)), path.endswith("expected_delivery_date")
    if due and not wants_due and path.endswith("date_of_birth"):
        raise NotPlain(path)
    whole = _day(said, today, future=wants_due)
    if whole is None:
        whole = _partial(said) or date_in(said, today)
    if whole is None:
        raise NotPlain(path)
    if path.endswith("date_of_birth") and whole > today.isoformat():
        return Typed(whole, "The date of birth lies in the future.")
    return Typed(whole)


def _day(text: str, today: date, *, future: bool = False) -> str | None:
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b|,| of(?= )|(?<=\bsep)t\b\.?|^the ", "", text.strip(), flags=re.IGNORECASE)
    for shape in (*_DATES, *_SHORT):
        try:
            day = datetime.strptime(plain, shape).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        if shape in _SHORT and day > today and not future:
            day = day.replace(year=day.year - 100)
        return day.isoformat()
    return None


def _partial(text: str) -> str | None:
    for shape, given in (("%B %Y", "%Y-%m"), ("%b %Y", "%Y-%m"), ("%m/%Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.strptime(text.strip(), shape).strftime(given)  # noqa: DTZ007 - as above
        except ValueError:
            continue
    return None


def _number(path: str, said: str, today: date) -> Typed:
    del today
    found = re.findall(r"\d+(?:\.\d+)?", said)
    if not found or (len(found) > 1 and not re.search(r"\d\s*(/|out of)\s*\d", said)):
        raise NotPlain(path)
    value = float(found[0])
    return Typed(int(value) if value.is_integer() else value)


def _nhs_number(path: str, said: str, today: date) -> Typed:
    del today
    digits = re.sub(r"\D", "", said)
    if len(digits) != 10:
        raise NotPlain(path)
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    sound = check % 11 == int(digits[9]) and check != 10
    return Typed(digits, None if sound else "The NHS number does not pass its check digit.")


def _upn(path: str, said: str, today: date) -> Typed:
    del today
    found = re.search(r"\b[A-Z]\d{11}[\dA-Z]\b", said.upper().replace(" ", ""))
    if not found:
        raise NotPlain(path)
    return Typed(found.group(0))


def _postcode(path: str, said: str, today: date) -> Typed:
    del today
    found = _POSTCODE.search(said)
    if not found:
        raise NotPlain(path)
    return Typed(f"{found.group(1)} {found.group(2)}".upper())


def _found(shape: re.Pattern[str]) -> Reader:
    def read(path: str, said: str, today: date) -> Typed:
        del today
        match = shape.search(said)
        if not match:
            raise NotPlain(path)
        return Typed(match.group(0).strip())

    return read


def _one_of(choices: tuple[tuple[str, str], ...]) -> Reader:
    def read(path: str, said: str, today: date) -> Typed:
        del today
        for value, words in choices:
            if re.search(words, said, re.IGNORECASE):
                return Typed(value)
        raise NotPlain(path)

    return read


def _consent(path: str, said: str, today: date) -> Typed:
    """How consent stands by an answer. Where it says yes of one parent and no of another, or only that it was "not given", a person must place it."""
    del today
    found = consent_in(said)
    if found is None:
        raise NotPlain(path)
    return Typed(found)


def _names(path: str, said: str, today: date) -> Typed:
    del path, today
    return Typed([name for part in re.split(r"[;,/]| and ", said) if (name := part.strip())])


_BY_PATH: dict[str, Reader] = {"referral.date": _date, "referral.type": _one_of(_KINDS), "consent.status": _consent}
_SPECIAL: dict[str, Reader] = {
    **_BY_PATH,
    "date_of_birth": _date,
    "expected_delivery_date": _date,
    "age": _number,
    "scale": _number,
    "nhs_number": _nhs_number,
    "upn": _upn,
    "postcode": _postcode,
    "phone": _found(_PHONE),
    "email": _found(_EMAIL),
    "gender": _one_of(_GENDER),
    "aliases": _names,
}
