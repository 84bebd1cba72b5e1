"""The words a contact is found by, and what somebody typed into a search: both folded alike, so that accents, hyphens and case do not matter.

Each word says what it is before a colon, so that a number of a telephone never meets one of the NHS. The store keeps keyed digests of them alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from models.contact import Contact
from models.record import Person

SHORTEST = 3
"""So many letters of a name are enough to find it by."""
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
_OUTWARD = re.compile(r"[a-z]{1,2}\d[a-z\d]?", re.IGNORECASE)
_DATE = re.compile(r"\b(0?[1-9]|[12]\d|3[01])[/.\- ](0?[1-9]|1[0-2])[/.\- ]((?:19|20)\d\d)\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_DIGITS = re.compile(r"\+?\d[\d ]{5,}\d")
_ALIKE = (("ph", "f"), ("ck", "k"), ("gh", "g"), ("kh", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("w", "v"), ("j", "g"))


def words_of(contact: Contact) -> frozenset[str]:
    """Every word that a contact is found by: names and their beginnings, birth dates, postcodes, numbers, the referrer and their agency."""
    record = contact.record
    found: set[str] = set()
    for person in (*record.children, *record.people):
        found.update(_of_person(person))
    for text in (record.referrer.name, record.referrer.agency, *(one.agency for one in record.agencies), *(one.name for one in record.agencies)):
        found.update(_names(text))
    for text in (record.referrer.address, record.referrer.phone):
        found.update(_numbers_and_places(text))
    found.update(f"ref:{part}" for part in _letters(contact.reference))
    return frozenset(found)


def asked(text: str) -> tuple[frozenset[str], ...]:
    """What was typed, as words that must all be found; each may be met in any of its readings."""
    wanted: list[frozenset[str]] = []
    rest = text[:200]
    for pattern, read in ((_DATE, _date_of), (_POSTCODE, _postcode_of), (_DIGITS, _number_of)):
        wanted.extend(frozenset(read(found)) for found in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    for word in rest.split():
        parts = _letters(word)
        whole = "".join(parts)
        area = {f"area:{whole}"} if _OUTWARD.fullmatch(whole) else set()
        wanted.extend(frozenset({f"name:{part}", f"name:{whole}"} | area) for part in parts if len(part) > 1 or len(parts) == 1)
    return tuple(wanted)


def spelt_alike(wanted: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """The same question, its names by how they sound: for when nothing is found as typed."""
    return tuple(frozenset(f"sound:{sound(word[5:])}" if word.startswith("name:") else word for word in one) for one in wanted)


def sound(word: str) -> str:
    """A name without what spellings differ in: vowels after the first letter, doubled letters, letters that sound alike."""
    for written, spoken in _ALIKE:
        word = word.replace(written, spoken)
    bare = word[:1] + re.sub(r"[aeiouyh]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", bare)


def _of_person(person: Person) -> Iterator[str]:
    for text in (person.given_names, person.family_name, *person.aliases):
        yield from _names(text)
    for date in (person.date_of_birth, person.expected_delivery_date):
        if date:
            yield f"born:{date}"
    for text in (person.postcode, person.address, person.previous_address, person.phone):
        yield from _numbers_and_places(text)
    for number in (person.nhs_number, person.upn):
        if number:
            yield f"number:{re.sub(r'[^a-z0-9]', '', number.casefold())}"
    yield from _names(person.school)


def _names(text: str | None) -> Iterator[str]:
    """Each word of a name, its beginnings, and how it sounds; of a name with a hyphen or apostrophe also the whole run together."""
    for part in (text or "").split():
        letters = _letters(part)
        for word in {*letters, "".join(letters)} - {""}:
            yield f"name:{word}"
            yield from (f"name:{word[:length]}" for length in range(SHORTEST, len(word)))
            if len(word) >= SHORTEST:
                yield f"sound:{sound(word)}"


def _numbers_and_places(text: str | None) -> Iterator[str]:
    for found in _POSTCODE.finditer(text or ""):
        yield from _postcode_of(found)
        yield f"area:{found.group(1).casefold()}"
    for found in _DIGITS.finditer(text or ""):
        yield from _number_of(found)


def _letters(text: str) -> list[str]:
    """The runs of letters and digits of a word, without case and accents."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", bare)


def _date_of(found: re.Match[str]) -> Iterator[str]:
    day, month, year, other_year, other_month, other_day = found.groups()
    yield f"born:{year}-{int(month):02}-{int(day):02}" if year else f"born:{other_year}-{other_month}-{other_day}"


def _postcode_of(found: re.Match[str]) -> Iterator[str]:
    yield f"postcode:{''.join(found.groups()).casefold()}"


def _number_of(found: re.Match[str]) -> Iterator[str]:
    digits = re.sub(r"\D", "", found.group())
    yield f"number:{'0' + digits[2:] if digits.startswith('44') else digits}"
