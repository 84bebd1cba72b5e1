"""A postcode with letters and figures taken for one another, as OCR and quick hands do: what it may have been, offered and never applied."""

from __future__ import annotations

import re
from itertools import product

_AS_LETTER = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G", "|": "I"}
_AS_FIGURE = {"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "G": "6", "|": "1"}
_LAST_WORDS = re.compile(r"([A-Z0-9|]{2,4})[\s-]*([A-Z0-9|]{3})\W*$", re.IGNORECASE)
_SHAPES = ("A9", "A99", "A9A", "AA9", "AA99", "AA9A")
_NEVER_LAST = frozenset("CIKMOV")
"""Letters that no postcode has in its last two places."""


def offered_postcode(text: str) -> str | None:
    """The one postcode that the last words of a text become when look-alikes are put right; None where they are none, or could be several."""
    ends = _LAST_WORDS.search(text.strip())
    if ends is None or not any(sign.isdigit() or sign == "|" for sign in ends[0]):
        return None
    out, back = ends[1].upper(), ends[2].upper()
    found = {
        f"{first} {last}"
        for shape in _SHAPES
        if len(shape) == len(out)
        for first, last in product(_fitted(out, shape), _fitted(back, "9AA"))
        if not _NEVER_LAST & set(last[1:])
    }
    written = f"{out} {back}"
    changed = {one: sum(a != b for a, b in zip(one, written, strict=True)) for one in found}
    least = min(changed.values(), default=0)
    nearest = [one for one, count in changed.items() if count == least]
    return nearest[0] if len(nearest) == 1 and least == 1 else None


def _fitted(written: str, shape: str) -> list[str]:
    """The signs put into a shape of letters (A) and figures (9); empty where one cannot be."""
    signs = []
    for sign, wanted in zip(written, shape, strict=True):
        other = (_AS_LETTER if wanted == "A" else _AS_FIGURE).get(sign)
        fits = sign.isalpha() if wanted == "A" else sign.isdigit()
        if not fits and other is None:
            return []
        signs.append(sign if fits else other or "")
    return ["".join(signs)]
