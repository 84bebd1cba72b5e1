"""Addresses, postcodes and schools in a shape that can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.match.fold import fold, plain_words

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
_FOREIGN = re.compile(r"\d{4,6}|[A-Z]\d[\dW][A-Z0-9]{4}")  # most countries' codes, and Irish Eircodes
_CORE = re.compile(r"[^A-Z0-9]")
_AWAY = re.compile(r"\b(?:nfa|no fixed|not known|unknown|withheld|refuge|homeless|confidential|n/?k|tbc|hotel|as above|same)\b", re.IGNORECASE)
_HOUSE = re.compile(r"(?:^|\s)(\d+[a-z]?)\s+([a-z]+)(?:\s+([a-z]+))?")
_FLAT = re.compile(r"^(?:flat|apartment|apt|unit|room|rm)\s+\w+\s+")
_STREET_WORDS = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "cl": "close", "dr": "drive", "cres": "crescent", "cresc": "crescent", "ct": "court",
    "gdns": "gardens", "gdn": "gardens", "gr": "grove", "grv": "grove", "ln": "lane", "pl": "place", "sq": "square", "terr": "terrace", "ter": "terrace",
    "tce": "terrace", "wk": "walk", "wy": "way", "hse": "house", "pk": "park", "bldgs": "buildings", "mt": "mount", "nth": "north", "sth": "south", "est": "estate",
}  # fmt: skip
_SCHOOL_WORDS = {
    "primary", "school", "ps", "high", "academy", "nursery", "community", "secondary", "college", "infant", "infants", "junior", "juniors", "ce", "c", "of", "e",
    "rc", "catholic", "church", "england", "sch", "prim", "the", "and", "preschool", "pre", "hs", "jmi", "jm", "voluntary", "aided", "s", "st",
}  # fmt: skip


@lru_cache(maxsize=40_000)
def postcode_core(text: str | None) -> str:
    """Upper case without a space; "" when it is no postcode, even after the usual slips (O for 0, I for 1)."""
    if not text:
        return ""
    core = _CORE.sub("", fold(text).upper())
    if _FOREIGN.fullmatch(core):
        return core
    if not 5 <= len(core) <= 7:
        return ""
    head, tail = core[:-3], core[-3:]
    tail = tail[0].translate(_TO_DIGIT) + tail[1:].translate(_TO_LETTER)
    core = head + tail
    return core if _POSTCODE.fullmatch(core) else ""


_TO_DIGIT = str.maketrans("OISB", "0158")
_TO_LETTER = str.maketrans("0158", "OISB")


def postcode_within(address: str | None) -> str:
    """The postcode that stands inside an address."""
    found = _POSTCODE.search(address.upper()) if address else None
    return found[1] + found[2] if found else ""


@lru_cache(maxsize=100_000)
def house_and_street(address: str | None) -> tuple[str, str]:
    """("40", "swallow view") of "Flat 2, 40 Swallow View, Greenhill"; empty where there is none, as for no fixed abode."""
    if not address or _AWAY.search(address):
        return "", ""
    plain = _FLAT.sub("", plain_words(address.replace("'", "")))
    found = _HOUSE.search(plain)
    if not found:
        return "", " ".join(plain.split()[:2]) if address.strip() else ""
    second = found[3] or ""
    return found[1], f"{found[2]} {_STREET_WORDS.get(second, second)}".strip()


@lru_cache(maxsize=100_000)
def school_name(text: str | None) -> str:
    """The words that tell one school from another; the kind of school only where nothing else is left."""
    plain = plain_words(text)
    if not plain or plain in {"not known", "none", "nk", "unknown", "n a", "na"}:
        return ""
    kept = [word for word in plain.split() if word not in _SCHOOL_WORDS]
    return " ".join(kept) or plain
