"""Answers that name several people or agencies: who lives in the household, who holds parental responsibility, who else is involved."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from models.record import Agency, Person, Record
from pipeline.route.answer_values import NotPlain, date_in

_KIN = re.compile(
    r"\b((?:mum|mother|dad|father)['’]?s (?:new |ex-?)?(?:partner|boyfriend|girlfriend|husband|wife)"
    r"|(?:step|half|grand|foster|maternal |paternal )*-?(?:mother|father|mum|mom|dad|sister|brother|sibling|aunt(?:ie)?|uncle|cousin|nan|parent|carer|partner|lodger))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|de|da|van|von|al|el|bin|binte))+$")
_BORN = re.compile(r"\b(dob|d\.o\.b\.?|born|date of birth)\b:?", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9},? \d{2,4}")
_PHONE = re.compile(r"\+?\d[\d ()-]{7,}\d")


def household(words: str, today: date) -> list[Person]:
    """The people an answer names, each on a line or after a semicolon. Raises NotPlain unless every entry names somebody plainly."""
    people = [_person(entry, today) for entry in _entries(words)]
    if not people:
        raise NotPlain("people")
    return people


def responsible(words: str, record: Record) -> list[int]:
    """The places of the people an answer says hold parental responsibility. Raises NotPlain when it does not name them."""
    said = words.casefold()
    if re.search(r"\b(not|no|except|only|but)\b", said) and not re.match(r"^\W*only\b", said):
        raise NotPlain("people")
    wanted = {"mother", "father"} if re.search(r"\bboth( of)?( her| his| their| the)? parents\b|\bboth\b", said) else set()
    found = []
    for place, person in enumerate(record.people):
        name, role = person.name.casefold(), (person.relationship_to_child or "").casefold()
        roles = {"mum": "mother", "mom": "mother", "dad": "father"}
        plain = roles.get(role, role)
        said_role = plain in wanted or (
            plain and any(re.search(rf"\b{re.escape(one)}\b", said) for one in {plain, *(k for k, v in roles.items() if v == plain)})
        )
        if (name and name in said) or said_role:
            found.append(place)
    if not found or (wanted and len(found) < 2):
        raise NotPlain("people")
    return found


def agencies(words: str) -> list[Agency]:
    """The agencies an answer names, one an entry, as written."""
    if re.match(r"^\W*(none|no|nobody)\b", words, re.IGNORECASE):
        raise NotPlain("agencies")
    found = []
    for entry in _entries(words):
        phone = _PHONE.search(entry)
        name = re.sub(r"\s{2,}", " ", _PHONE.sub("", entry)).strip(" ,-–")
        if name:
            found.append(Agency(agency=name, phone=phone.group(0).strip() if phone else None))
    if not found:
        raise NotPlain("agencies")
    return found


def _entries(words: str) -> list[str]:
    return [entry for line in re.split(r"[\n;]", words) if (entry := line.strip(" \t-•*").strip())]


def _person(entry: str, today: date) -> Person:
    born = date_in(entry, today)
    kin = _KIN.search(entry)
    rest = _BORN.sub(" ", _DATE.sub(" ", _KIN.sub(" ", entry)))
    names = [part for part in (re.sub(r"\s+", " ", piece).strip(" .-–:") for piece in re.split(r"[,()/]|\s[-–]\s", rest)) if part]
    if len(names) != 1 or not _NAME.match(names[0]):
        raise NotPlain("people")
    given, _, family = names[0].rpartition(" ")
    details: dict[str, Any] = {
        "given_names": given,
        "family_name": family,
        "date_of_birth": born,
        "relationship_to_child": kin.group(0) if kin else None,
    }
    return Person(**details, in_household=True)
