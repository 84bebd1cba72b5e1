"""Contact references: short enough to say on the telephone, impossible to guess, and checkable when somebody types one into a subject line.

`TH-26-7K3M-9QXT`: the authority, the year, seven random characters and one that checks them all. The alphabet has 23 characters that are not
mistaken for one another and spell no words; 23 is prime, so every single wrong character and every swap of two neighbours is noticed.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime

ALPHABET = "23456789CDFGHJKMNPQRTWX"
_RANDOM = 7
_MISTAKEN = str.maketrans({"B": "8", "S": "5", "Z": "2"})
_SHAPE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2,4})[-‐‑–— ]?(\d{2})[-‐‑–— ]?([0-9A-Za-z]{4})[-‐‑–— ]?([0-9A-Za-z]{4})(?![A-Za-z0-9])")


def make(authority_code: str, received_at: datetime) -> str:
    """A new reference. Whether it is free, the store must see."""
    code = "".join(letter for letter in authority_code.upper() if "A" <= letter <= "Z")[:4].ljust(2, "X")
    year = f"{received_at:%y}"
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    body += _check(code, year, body)
    return f"{code}-{year}-{body[:4]}-{body[4:]}"


def find(text: str | None) -> tuple[str, ...]:
    """Every reference in a text whose check character is right, however it was typed."""
    found = []
    for letters, year, left, right in _SHAPE.findall(text or ""):
        code, body = letters.upper(), (left + right).upper().translate(_MISTAKEN)
        if set(body) <= set(ALPHABET) and body[-1] == _check(code, year, body[:-1]):
            found.append(f"{code}-{year}-{body[:4]}-{body[4:]}")
    return tuple(dict.fromkeys(found))


def _check(code: str, year: str, body: str) -> str:
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(body, start=1))
    total += sum(weight * ord(character) for weight, character in enumerate(code + year, start=len(body) + 1))
    return ALPHABET[total % len(ALPHABET)]
