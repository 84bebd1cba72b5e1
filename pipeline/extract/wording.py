"""Words as a label matcher compares them: case, punctuation, footnote marks, numbering and brackets taken away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLURAL = re.compile(r"\((s|es|ren|ies)\)|/(s|ren)\b", re.IGNORECASE)
_ABBREVIATIONS = (
    (re.compile(r"\bd\.?\s?o\.?\s?b\b\.?", re.IGNORECASE), "dob"),
    (re.compile(r"\be\.?d\.?d\.?(?=[1-9]?\b)", re.IGNORECASE), "edd"),
    (re.compile(r"\bg\.p\b\.?", re.IGNORECASE), "gp"),
    (re.compile(r"\ba\.?\s?k\.?\s?a\b\.?", re.IGNORECASE), "aka"),
    (re.compile(r"\be-?\s?mail\b", re.IGNORECASE), "email"),
    (re.compile(r"\bpost[\s-]?code\b", re.IGNORECASE), "postcode"),
    (re.compile(r"\b1st\b", re.IGNORECASE), "first"),
    (re.compile(r"\b2nd\b", re.IGNORECASE), "second"),
    (re.compile(r"\bn\.?h\.?s\b\.?", re.IGNORECASE), "nhs"),
    (re.compile(r"\bu\.?p\.?n\b\.?", re.IGNORECASE), "upn"),
    (re.compile(r"\bp\.?\s?r\b\.?", re.IGNORECASE), "pr"),
    (re.compile(r"\btel\s*/\s*mob(?:ile)?\b", re.IGNORECASE), "phone"),
)
_FOOTNOTE = re.compile(r"(?<=[a-z]{3})[1-9¹²³▲*†]+(?=\W|$)", re.IGNORECASE)
_NUMBERING = re.compile(
    r"^\s*(?:(?:section|part|q|question|appendix|step|page|box)(?:\s*\d+(?:\.\d+)*|\s+[a-z]|\s+(?:[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten))\b\s*[.):–-]*\s*|"
    r"[a-z]\d{1,2}(?:\.\d{1,2})*[.)]?\s+|[A-Ha-h]\s{2,}(?=\w)|"
    r"\(?(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|[a-z]|[ivx]{1,4})[.)](?![a-z]\.)\s*|\d{1,2}(?:\.\d{1,2})*[a-z]?\s*[.):–-]?\s+(?=[A-Za-z]))",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LETTERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """A label as compared: `Child(ren)'s D.O.B.*:` becomes `childrens dob`."""
    words = text if text.isascii() else unicodedata.normalize("NFKC", text)
    words = _PLURAL.sub(lambda match: (match[1] or match[2]) if (match[1] or match[2]).lower() == "ren" else "s", words)
    words = words.replace("’", "").replace("'", "").replace("‘", "").replace("&", " and ")
    for pattern, plain in _ABBREVIATIONS:
        words = pattern.sub(plain, words)
    words = _FOOTNOTE.sub("", words)
    if not words.isascii():
        words = "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    return " ".join(_LETTERS.sub(" ", words.casefold()).split())


@lru_cache(maxsize=8192)
def unnumbered(text: str) -> str:
    """A heading or question without the number in front of it."""
    return _NUMBERING.sub("", text, count=1) if text else text


@lru_cache(maxsize=8192)
def unbracketed(text: str) -> str:
    """A label without what stands in brackets."""
    return _BRACKETS.sub(" ", text)


def tidy(text: str) -> str:
    """Text as written with its white space put in order; lines stay lines."""
    lines = (" ".join(line.replace("\u00a0", " ").split()) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """The same on a single line."""
    return " ".join(text.replace("\u00a0", " ").split())
