"""Boxes whose answers have a shape of their own: numbers, telephones, mail, addresses; and what every box shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.extract.answers import Answer
from pipeline.extract.values import numbers
from pipeline.extract.values.postcodes import offered_postcode
from pipeline.extract.values.words import is_nothing, is_placeholder, is_unknown
from pipeline.extract.wording import key, one_line, tidy


@dataclass(frozen=True, slots=True)
class Value:
    """One typed value out of a box. `fits` says how well it has the shape the label asks for: fits, free or odd. `problem` is a gap's words."""

    slot: str
    value: Any
    raw: str
    fits: str = "fits"
    problem: str | None = None


_RULE_START = re.compile(r"^\s*(?:_{2,}|\.{3,}|…+)[_.…\s]*")
_RULE_END = re.compile(r"(?:\s*(?:_{2,}|\.{4,}|…{2,})|(?<=\w)\s*\.{3}|\s+…)[_.…\s]*$")
_CLICK = re.compile(r"^\W*(?:click|tap|choose|select)\b", re.IGNORECASE)


def clean(answer: Answer) -> str:
    """The words of a box, placeholders out; nothing when they are a prompt."""
    if len(answer.text) < 60 and _CLICK.match(answer.text) and is_placeholder(answer.text):
        return ""
    lines = [line for line in answer.text.split("\n") if not is_placeholder(line)]
    return tidy("\n".join(_unruled(line) for line in lines))


def _unruled(line: str) -> str:
    """An answer written on a printed rule, without the dots or dashes left of it and right of it."""
    return _RULE_END.sub("", _RULE_START.sub("", line)) if "__" in line or ".." in line or "…" in line else line


def unknown(slot: str, text: str) -> list[Value]:
    """An explicit "not known"."""
    return [Value(slot, None, text)]


def read_identifier(slot: str, answer: Answer, today: date) -> list[Value]:
    """An NHS number, a UPN, or whichever of them the shared box holds."""
    text = clean(answer)
    if not text:
        return []
    if is_unknown(text) or is_nothing(text):
        return unknown({"nhs": "nhs_number", "identifier": "nhs_number"}.get(slot, slot), text)
    either: tuple[numbers.Identifier | None, ...]
    if slot == "nhs":
        either = (numbers.find_nhs(text) or numbers.find_upn(text),)
    elif slot == "upn":
        either = (numbers.find_upn(text) or numbers.find_nhs(text),)
    else:
        either = numbers.find_identifier(text)
    found = []
    for number in either:
        if number is not None:
            wrong = None if number.valid else "its check digit does not fit" if number.kind == "nhs_number" else "its check letter does not fit"
            found.append(Value(number.kind, number.value, text, "fits" if number.valid else "odd", wrong))
    return found


def read_phone(slot: str, answer: Answer, today: date) -> list[Value]:
    """A telephone box; a mail address in it is taken too."""
    text = clean(answer)
    if not text:
        return []
    if is_unknown(text) or is_nothing(text):
        return unknown("phone", text)
    return contacts_in(text) or [Value("phone", one_line(text), text, "odd")]


def contacts_in(text: str) -> list[Value]:
    """The first telephone number and mail address in some words."""
    found = []
    if phones := numbers.find_phones(numbers.EMAIL.sub(" ", text)):
        found.append(Value("phone", phones[0], text))
    if email := numbers.find_email(text):
        found.append(Value("email", email, text))
    return found


def read_email(slot: str, answer: Answer, today: date) -> list[Value]:
    """A mail box; a telephone number in it is taken too."""
    text = clean(answer)
    if not text:
        return []
    if is_unknown(text) or is_nothing(text):
        return unknown("email", text)
    return contacts_in(text)


def read_contact(slot: str, answer: Answer, today: date) -> list[Value]:
    """A box for any way of getting in touch."""
    text = clean(answer)
    found = contacts_in(text)
    postcode = numbers.find_postcode(text)
    return found + (read_address("address", answer, today, without_contacts(text)) if postcode else [])


def without_contacts(text: str) -> str:
    """Words with telephone numbers and mail addresses taken out."""
    for pattern in (numbers.EMAIL, numbers.PHONE):
        text = pattern.sub(" ", text)
    return re.sub(r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|e-?mail|t|m|e)\s*(?:no|number)?\s*[.:]+\s*(?=$|\n|,|;)", " ", text, flags=re.IGNORECASE)


_YES_OR_NO = re.compile(r"\W*(yes|no|y|n)\W*", re.IGNORECASE)  # "Y" under a head about who lives there is nobody's address
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b)")
"""A postcode that lost the line break before it."""


def read_address(slot: str, answer: Answer, today: date, given: str | None = None) -> list[Value]:
    """An address on one line, with the postcode and the contacts it holds."""
    text = clean(answer) if given is None else tidy(given)
    if not text:
        return []
    slot = {"address_phone": "address"}.get(slot, slot)
    if is_unknown(text) or is_nothing(text) or _YES_OR_NO.fullmatch(text):
        return unknown(slot, text)
    found = contacts_in(text)
    where = without_contacts(text) if found else text
    where = _GLUED.sub(", ", where)
    words = re.sub(r"\s*,\s*(?:,\s*)+", ", ", ", ".join(part.strip(" ,;") for part in where.split("\n") if part.strip(" ,;")))
    if words and key(words):
        found.insert(0, Value(slot, words, text, "free"))
        if slot == "address" and (postcode := numbers.find_postcode(words)):
            found.insert(1, Value("postcode", postcode, text))
        elif slot == "address" and (offered := offered_postcode(words)):
            found.insert(
                1, Value("postcode", None, text, "odd", f"the address seems to end in a postcode that is none; it may be meant as {offered}")
            )
    return found


def read_postcode(slot: str, answer: Answer, today: date) -> list[Value]:
    """A postcode box."""
    text = clean(answer)
    if not text:
        return []
    if is_unknown(text):
        return unknown("postcode", text)
    postcode = numbers.find_postcode(text)
    if postcode is None:
        offered = offered_postcode(text)
        why = f"this is not a UK postcode; it may be meant as {offered}" if offered else "this is not a UK postcode"
        return [Value("postcode", None, text, "odd", why)]
    return [Value("postcode", postcode, text), *contacts_in(text)]


def read_school_gp(slot: str, answer: Answer, today: date) -> list[Value]:
    """A box shared by school and GP: each line is one of them."""
    found = []
    for part in re.split(r"\n|;|\s/\s", clean(answer)):
        words = one_line(part)
        if words and not is_unknown(words):
            medical = re.search(r"\b(?:gp|dr|surgery|practice|medical|health cent(?:re|er)|doctor)\b", words, re.IGNORECASE)
            found.append(Value("gp" if medical else "school", words, part))
    return found
