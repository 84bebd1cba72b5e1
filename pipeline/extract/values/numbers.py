"""Numbers and addresses with a shape of their own: NHS numbers, UPNs, postcodes, telephones, e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass

POSTCODE = re.compile(r"\b(GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?)[\s-]*(\d[A-Z]{2})\b", re.IGNORECASE)
EMAIL = re.compile(r"[A-Za-z0-9._%+'’-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
PHONE = re.compile(
    r"(?<![\w/])(?:\+\s?44|\(?0|00\s?44)(?:(?!\s*[/,;]\s*\(?[0+])[\d\s()./-]){7,16}\d(?:\s*(?:ext\.?|x|extension)\s*\d{1,6})?(?![\w])", re.IGNORECASE
)
_SHORT_PHONE = re.compile(r"^\s*\(?\d[\d\s()-]{4,14}\d(?:\s*(?:ext\.?|x|extension)\s*\d{1,6})?\s*$", re.IGNORECASE)
_NHS = re.compile(r"(?<!\d)\d{3}[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)")
_COMB = re.compile(r"(?<![\w])\d(?:[ \t|]\d){8,12}(?!\w)")
"""Digits in a box each, as combs on paper have them."""
_UPN = re.compile(r"\b([A-Z])\s?((?:\d\s?){11})([A-Z\d])\b", re.IGNORECASE)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number with a check: kept as written (spaces out) even when `valid` is False."""

    kind: str
    value: str
    valid: bool


def nhs_valid(digits: str) -> bool:
    """Modulus 11 over ten digits."""
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - total % 11
    return check != 10 and (0 if check == 11 else check) == int(digits[9])


def upn_valid(upn: str) -> bool:
    """The leading letter is a checksum of the twelve that follow; a temporary number ends in a letter, which counts as its place in the alphabet."""
    if not re.fullmatch(r"[A-Z]\d{11}[A-Z\d]", upn):
        return False
    last = int(upn[12]) if upn[12].isdigit() else (_UPN_LETTERS.find(upn[12]))
    figures = [int(digit) for digit in upn[1:12]] + [last]
    return _UPN_LETTERS[sum(weight * figure for weight, figure in enumerate(figures, start=2)) % 23] == upn[0]


def closed(text: str) -> str:
    """Words with figures that stood in a box each put together."""
    return _COMB.sub(lambda comb: re.sub(r"\D", "", comb.group()), text)


def find_nhs(text: str) -> Identifier | None:
    """An NHS number; ten digits in any grouping. Another count of digits in a box of its own is kept and called invalid."""
    text = closed(text)
    if match := _NHS.search(text):
        digits = re.sub(r"\D", "", match.group())
        return Identifier("nhs_number", digits, nhs_valid(digits))
    digits = re.sub(r"[\s-]", "", text)
    return Identifier("nhs_number", digits, False) if digits.isdigit() and 7 <= len(digits) <= 12 else None


def find_upn(text: str) -> Identifier | None:
    """A unique pupil number."""
    if match := _UPN.search(text):
        upn = re.sub(r"\s", "", match.group()).upper()
        return Identifier("upn", upn, upn_valid(upn))
    bare = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"[A-Z]\d{9,14}[A-Z]?", bare):
        return Identifier("upn", bare, upn_valid(bare))
    return None


def find_identifier(text: str) -> tuple[Identifier, ...]:
    """Whatever numbers a shared box holds, told apart by their shape."""
    upn = find_upn(text)
    left = text if upn is None else _UPN.sub(" ", text)
    nhs = find_nhs(left) if _NHS.search(left) else None
    return tuple(number for number in (nhs, upn) if number)


def find_postcode(text: str) -> str | None:
    """A postcode, upper case with one space."""
    if re.fullmatch(r"\s*(?:[A-Z\d][ \t|]+){4,6}[A-Z\d]\s*", text, re.IGNORECASE):
        text = re.sub(r"[ \t|]+", "", text)
    found = POSTCODE.findall(text)
    return " ".join(found[-1]).upper() if found else None


def find_phones(text: str) -> list[str]:
    """Telephone numbers as written, with the words that follow them left out."""
    text = closed(text)
    found = [" ".join(match.group().split()).strip(" .-/") for match in PHONE.finditer(text)]
    if not found and _SHORT_PHONE.match(text):
        found = [" ".join(text.split())]
    return found


def find_email(text: str) -> str | None:
    """The first e-mail address; one broken over lines by a narrow column is joined."""
    joined = re.sub(r"(?<=[A-Za-z0-9._@-])\s*\n\s*(?=[A-Za-z0-9._@-])", "", text)
    for candidate in (text, joined, re.sub(r"\s+", "", text)):
        match = EMAIL.search(candidate)
        if match and (candidate is not text or _whole(text, match.end())):
            return match.group().strip(".'")
    return None


def _whole(text: str, end: int) -> bool:
    """An address that runs up to a line break, or to a dot with nothing before or after it, may go on behind it."""
    tail = text[end:]
    return not re.match(r"[.-]?\n[a-z0-9.-]+\.[a-z]|\s+\.[a-z]{2,}|\.\s+[a-z]{2,6}\b(?![^\n]*\s[a-z])", tail)
