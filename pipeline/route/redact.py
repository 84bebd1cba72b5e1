"""The version of a record that may leave the hub: without who a member of the public is (LE-10). The record itself is never changed."""

from __future__ import annotations

import re
from typing import Any

from models.record import Record, Referrer

WITHHELD = "[withheld]"


def shareable_record(record: Record) -> Record:
    """A record in which nothing names a referrer who is a member of the public or wishes to stay unknown; other records as they are."""
    referrer = record.referrer
    if referrer.kind not in {"public", "anonymous"}:
        return record
    words = _identifying(referrer)
    kept = Record.model_validate(_without(record.model_dump(mode="json"), words))
    return kept.model_copy(update={"referrer": Referrer(kind=referrer.kind)})


def _identifying(referrer: Referrer) -> re.Pattern[str] | None:
    """The referrer's name, its parts, numbers and addresses, wherever else they stand."""
    found: list[str] = [text for text in (referrer.name, referrer.phone, referrer.email, referrer.address) if text]
    found += [part for part in re.findall(r"[^\W\d_]{3,}", referrer.name or "") if part.casefold() not in {"mrs", "miss", "the"}]
    found.sort(key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in found), re.IGNORECASE) if found else None


def _without(value: Any, words: re.Pattern[str] | None) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, words) for inner in value]
    return words.sub(WITHHELD, value) if words is not None and isinstance(value, str) else value
