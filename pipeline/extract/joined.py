"""Labels made of several: `Tel/Email`, `Surname / Cyfenw`, `Child: surname`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.extract.label import Label
from pipeline.extract.lexicon import lexicon
from pipeline.extract.wording import key, unbracketed, unnumbered

Exact = Callable[[str, str], Label | None]
"""Words as compared and as printed, to the label they are."""


_COMBINING = re.compile(r"\s*(?:/|&|,|\+|\band/or\b|\band\b|\bor\b)\s*", re.IGNORECASE)


def combined(text: str, exact: Exact) -> Label | None:
    """`Tel/Email`, `Gender and ethnicity`: every part must be a label of its own."""
    plain = unnumbered(unbracketed(text))
    if len(plain) > 70:
        return None
    parts = [part for part in _COMBINING.split(plain) if part.strip(" :?*.")]
    if not 2 <= len(parts) <= 5:
        return None
    known = [exact(key(part), part) for part in parts]
    if None in known:
        return None
    block: str | None = None
    slots: list[str] = []
    for found in known:
        if found is None or not found.slots or found.block in {"role", "allocated"}:
            return None
        block = block or found.block
        slots.extend(found.slots)
    if "name" in slots and "title" in slots:
        slots = [slot for slot in slots if slot != "title"]  # "Title and full name" is a name
    return Label(text, block=block, slots=tuple(dict.fromkeys(slots)), match="combined")


def beside_unknown(text: str, exact: Exact) -> Label | None:
    """`Surname / Cyfenw`, `Rank / post`: a label beside its name in another language, or beside a word like it. Nothing with an answer in it."""
    first, slash, second = unnumbered(unbracketed(text)).partition(" / ")
    other = second.strip(" :?*")
    if not slash or not 0 < len(other.split()) <= 3 or ":" in text.rstrip()[:-1] or any(letter.isdigit() for letter in text) or "/" in other:
        return None
    if other.isupper() != first.isupper() or lexicon().slots.get(key(first)) is None:
        return None
    found = exact(key(first), first)
    return None if found is None else replace(found, text=text, match="part")


def named_before(text: str, exact: Exact) -> Label | None:
    """`Child: surname`: a label after the colon, of whom it is before it."""
    before, _, after = unnumbered(text).partition(":")
    lex = lexicon()
    core = key(after)
    whom = exact(key(unbracketed(before)), before)
    if whom is None or not whom.subject_only or core not in lex.slots or core in lex.answers:
        return None
    return Label(text, block=whom.block, slots=(lex.slots[core],), number=whom.number)
