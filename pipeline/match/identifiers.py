"""NHS numbers and unique pupil numbers: strong where they agree, and a veto where two verified ones differ."""

from __future__ import annotations

import re
from functools import lru_cache

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_digits(text: str | None) -> str:
    """The ten digits, or "" when there are not ten."""
    digits = re.sub(r"\D", "", text) if text else ""
    return digits if len(digits) == 10 else ""


@lru_cache(maxsize=100_000)
def nhs_verified(digits: str) -> bool:
    """Whether modulus 11 holds."""
    if len(digits) != 10:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - total % 11
    return check % 11 == int(digits[9]) and check != 10


def upn_plain(text: str | None) -> str:
    """Thirteen characters in upper case, or ""."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper()) if text else ""
    return plain if len(plain) == 13 else ""


@lru_cache(maxsize=100_000)
def upn_verified(plain: str) -> bool:
    """Whether the check letter holds."""
    if len(plain) != 13 or not plain[1:12].isdigit():
        return False
    last = _UPN_LETTERS.find(plain[12]) if plain[12].isalpha() else int(plain[12])
    total = sum(int(digit) * weight for digit, weight in zip(plain[1:12], range(2, 13), strict=False)) + max(last, 0) * 13
    return _UPN_LETTERS[total % 23] == plain[0]


def near_numbers(digits: str) -> set[str]:
    """Numbers one slip away (a digit, two neighbours exchanged): the verified ones, for a number that is not verified itself or may be another's."""
    found = set()
    for place in range(10):
        for digit in "0123456789":
            if digit != digits[place]:
                found.add(digits[:place] + digit + digits[place + 1 :])
    for place in range(9):
        found.add(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    return {number for number in found if number != digits and nhs_verified(number)}


def one_slip(left: str, right: str) -> bool:
    """Whether two numbers of one length differ in one character or in two exchanged neighbours."""
    if len(left) != len(right):
        return False
    differ = [place for place in range(len(left)) if left[place] != right[place]]
    if len(differ) == 1:
        return True
    return len(differ) == 2 and differ[1] == differ[0] + 1 and left[differ[0]] == right[differ[1]] and left[differ[1]] == right[differ[0]]
