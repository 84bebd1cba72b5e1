"""A record in the shape that is compared, and its compact form in the index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from models.matching import KnownPerson
from pipeline.match.dates import Born, held_date
from pipeline.match.identifiers import nhs_digits, upn_plain
from pipeline.match.names import Tokens, name_part, no_given_name_yet, written_name
from pipeline.match.places import house_and_street, postcode_core, postcode_within, school_name

Name = tuple[Tokens, Tokens]
"""Given tokens and family tokens."""

_UNIT, _ITEM, _PART = "\x1f", ";", "|"
_CHILD_OF = re.compile(r"\b(?:child|son|daughter|baby|infant) of\s+([^;]+)", re.IGNORECASE)
_PARENT_IS = re.compile(r"\b(?:mother|father|parent|mum|dad|carer)\s*[:\-–]\s*([^;]+)", re.IGNORECASE)
_RESTRICTED = re.compile(r"restrict|sensitive|protected|s-flag|confidential|witness", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Held:
    """One record, ready to be compared. `names` holds the main name first; `postcodes` the present one first ("" when there is none)."""

    names: tuple[Name, ...]
    born: Born
    gender: str
    postcodes: tuple[str, ...]
    house: str
    street: str
    nhs: str
    upn: str
    school: str
    parents: tuple[Name, ...]
    household: str
    unborn: bool
    restricted: bool
    twin: bool


def restricted(person: KnownPerson) -> bool:
    """Whether a flag forbids showing where this person lives."""
    return any(_RESTRICTED.search(flag) for flag in person.flags)


def held(person: KnownPerson) -> Held:
    """What of a record is compared."""
    names, unborn = _names(person)
    house, street = house_and_street(person.address)
    postcode = postcode_core(person.postcode) or postcode_within(person.address)
    earlier = tuple(core for text in person.previous_postcodes if (core := postcode_core(text)))
    relationships = person.relationships or ""
    return Held(
        names=names,
        born=held_date(person.date_of_birth),
        gender=gender_letter(person.gender),
        postcodes=(postcode, *earlier),
        house=house,
        street=street,
        nhs=nhs_digits(person.nhs_number),
        upn=upn_plain(person.upn),
        school=school_name(person.school),
        parents=_parents(relationships),
        household=person.household_id or "",
        unborn=unborn or "unborn" in relationships.lower(),
        restricted=restricted(person),
        twin="twin" in relationships.lower() or "triplet" in relationships.lower(),
    )


def gender_letter(text: str | None) -> str:
    """f, m or "" for a gender as anybody writes it."""
    word = (text or "").strip().lower()
    if word[:1] == "f" or word in {"girl", "woman"}:
        return "f"
    if word in {"m", "male", "boy", "man"}:
        return "m"
    return ""


def _names(person: KnownPerson) -> tuple[tuple[Name, ...], bool]:
    given, family = name_part(person.given_names), name_part(person.family_name)
    unborn = person.given_names is not None and no_given_name_yet(person.given_names)
    if unborn:
        given = ()
    found: list[Name] = [(given, family)]
    for alias in person.aliases:
        found += [(reading.given or given, reading.family or family) for reading in written_name(alias).readings[:1]]
    return tuple(dict.fromkeys(found)), unborn


@lru_cache(maxsize=5_000)
def _parents(relationships: str) -> tuple[Name, ...]:
    found: list[Name] = []
    for match in (*_CHILD_OF.finditer(relationships), *_PARENT_IS.finditer(relationships)):
        for name in re.split(r"\s+and\s+|,|&", match.group(1)):
            found += [(reading.given, reading.family) for reading in written_name(name).readings[:1]]
    return tuple(dict.fromkeys(found))[:4]


def pack(row: Held) -> str:
    """One line of text."""
    born = row.born.year * 10_000 + row.born.month * 100 + row.born.day
    marks = ("u" if row.unborn else "") + ("r" if row.restricted else "") + ("t" if row.twin else "")
    return _UNIT.join(
        (
            _pack_names(row.names), str(born or ""), row.gender, _ITEM.join(row.postcodes), row.house, row.street,
            row.nhs, row.upn, row.school, _pack_names(row.parents), row.household, marks,
        )
    )  # fmt: skip


def unpack(text: str) -> Held:
    """The record again."""
    names, born, gender, postcodes, house, street, nhs, upn, school, parents, household, marks = text.split(_UNIT)
    return Held(
        _unpack_names(names), _born(born), gender, tuple(postcodes.split(_ITEM)), house, street, nhs, upn, school, _unpack_names(parents),
        household, "u" in marks, "r" in marks, "t" in marks,
    )  # fmt: skip


def _born(text: str) -> Born:
    if not text:
        return Born()
    number = int(text)
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    return Born("full" if day else "month" if month else "year", year, month, day)


def _pack_names(names: tuple[Name, ...]) -> str:
    return _ITEM.join(" ".join(given) + _PART + " ".join(family) for given, family in names)


def _unpack_names(text: str) -> tuple[Name, ...]:
    if not text:
        return ()
    found = []
    for name in text.split(_ITEM):
        given, _, family = name.partition(_PART)
        found.append((tuple(given.split()), tuple(family.split())))
    return tuple(found)
