"""Is a value that was read right? Kinder than equality where people would be: telephone numbers by digits, addresses without their postcode, a title before a name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr"}
_ALIKE = {"dad": "father", "mum": "mother", "mam": "mother", "mummy": "mother", "daddy": "father"}
_WORDS = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}


def tokens(value: object) -> list[str]:
    """Words and numbers in lower case, without accents and punctuation."""
    text = unicodedata.normalize("NFKD", str(value).replace("’", "'").replace("'", ""))
    return re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)).casefold())


def overlap(one: object, other: object) -> float:
    """F1 of the words of two texts."""
    a, b = Counter(tokens(one)), Counter(tokens(other))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def covered(part: object, whole: object) -> float:
    """The share of the first text's words that stand in the second."""
    a, b = Counter(tokens(part)), Counter(tokens(whole))
    return sum((a & b).values()) / max(1, sum(a.values()))


def telephone(value: object) -> str:
    """The digits of the first telephone number, in national form."""
    found = re.search(r"\+?[\d(][\d\s().\-]{5,}\d", str(value))
    digits = re.sub(r"\D", "", found.group() if found else str(value))
    return f"0{digits[2:].lstrip('0')}" if digits.startswith("44") and len(digits) >= 12 else digits


def _squeezed(value: object) -> str:
    return re.sub(r"\W", "", str(value)).upper()


def _flag(gold: Any, read: Any) -> bool:
    said = read if isinstance(read, bool) else _WORDS.get(" ".join(tokens(read)))
    return said is gold


def _number(gold: Any, read: Any) -> bool:
    found = re.search(r"\d+(\.\d+)?", str(read))
    return bool(found) and float(found.group()) == float(gold)  # type: ignore[union-attr]


def _name(gold: Any, read: Any) -> bool:
    bare = [[t for t in tokens(x) if t not in _TITLES] for x in (gold, read)]
    return bare[0] == bare[1] or sorted(bare[0]) == sorted(bare[1])


def _joined(gold: Any, read: Any) -> bool:
    return "".join(tokens(gold)) == "".join(tokens(read))


def _relationship(gold: Any, read: Any) -> bool:
    return [_ALIKE.get(t, t) for t in tokens(gold)] == [_ALIKE.get(t, t) for t in tokens(read)]


def _address(gold: Any, read: Any) -> bool:
    return overlap(_POSTCODE.sub(" ", str(gold)), _POSTCODE.sub(" ", str(read))) >= 0.85


def _short(gold: Any, read: Any) -> bool:
    if tokens(gold) == tokens(read):
        return True
    return (covered(gold, read) >= 0.9 and len(tokens(read)) <= len(tokens(gold)) + 5) or (
        covered(read, gold) >= 0.9 and 2 * len(tokens(read)) >= len(tokens(gold))
    )


def _date(gold: Any, read: Any) -> bool:
    return bool(str(read)[:10] == gold)


def _contact(gold: Any, read: Any) -> bool:
    return str(read).strip().casefold() == str(gold).casefold() if "@" in str(gold) else telephone(gold) == telephone(read)


def _text(gold: Any, read: Any) -> bool:
    return tokens(gold) == tokens(read) or overlap(gold, read) >= (0.9 if len(tokens(gold)) > 4 else 0.8)


_BY_LEAF: dict[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("date_of_birth", "expected_delivery_date", "date"), _date),
    **dict.fromkeys(("nhs_number", "postcode", "upn", "ethnicity_code"), lambda g, r: _squeezed(g) == _squeezed(r)),
    **dict.fromkeys(("phone", "contact", "email"), _contact),
    **dict.fromkeys(("address", "previous_address"), _address),
    **dict.fromkeys(("ethnicity", "religion", "first_language", "school", "gp", "disability_details", "given_by"), _short),
    **dict.fromkeys(("given_names", "family_name"), _joined),
    "relationship_to_child": _relationship,
    "name": _name,
}  # fmt: skip


def right(path: str, gold: Any, read: Any, also: list[Any] | None = None) -> bool:
    """Whether the value read at a path is the gold one, or one of those that are also right."""
    if read is None:
        return False
    if any(right(path, other, read) for other in also or []):
        return True
    if isinstance(gold, bool):
        return _flag(gold, read)
    if isinstance(gold, int | float):
        return _number(gold, read)
    return _BY_LEAF.get(path.rsplit(".", 1)[-1], _text)(gold, read)
