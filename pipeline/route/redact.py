"""The version of a record that may leave the hub: without who a member of the public is (LE-10). The record itself is never changed."""

from __future__ import annotations

import re
from typing import Any

from models.record import Record, Referrer

WITHHELD = "[withheld]"
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "the", "and", "anonymous", "unknown"})
_CHILDS_OWN = frozenset({"given_names", "family_name", "aliases", "address", "postcode", "previous_address"})
"""What a child is called and where it lives stays: a relative who refers shares it, and without it the record is of nobody."""


def shareable_record(record: Record) -> Record:
    """A record in which nothing names a referrer who is a member of the public or wishes to stay unknown; other records as they are."""
    referrer = record.referrer
    if referrer.kind not in {"public", "anonymous"}:
        return record
    words = _identifying(referrer)
    before = record.model_dump(mode="json")
    kept = _without(before, words)
    for child, old in zip(kept["children"], before["children"], strict=True):
        child.update({name: old[name] for name in _CHILDS_OWN})
    return Record.model_validate(kept).model_copy(update={"referrer": Referrer(kind=referrer.kind)})


def _identifying(referrer: Referrer) -> re.Pattern[str] | None:
    """The referrer's name, its parts, numbers and addresses, wherever else they stand and however they are spaced."""
    found = [_spaced(text) for text in (referrer.name, referrer.email, referrer.address, _street(referrer.address)) if text]
    found += [r"[ ()-]*".join(digits) for digits in [re.sub(r"\D", "", referrer.phone or "")] if len(digits) >= 6]
    for part in re.findall(r"[^\W\d_]{2,}", referrer.name or ""):
        if part.casefold() not in _TITLES:
            # a short name is a word to be left alone unless it is written as a name
            found.append(re.escape(part) if len(part) > 2 else f"(?-i:{re.escape(part.capitalize())})")
    found.sort(key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w)(?:{text})(?!\w)" for text in found), re.IGNORECASE) if found else None


def _street(address: str | None) -> str | None:
    """House and street without the town, when that names one house."""
    first = re.split(r"[,\n]", address or "")[0].strip()
    return first if re.search(r"\d", first) and re.search(r"[^\W\d_]{3,}", first) else None


def _spaced(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in text.split())


def _without(value: Any, words: re.Pattern[str] | None) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, words) for inner in value]
    return words.sub(WITHHELD, value) if words is not None and isinstance(value, str) else value
