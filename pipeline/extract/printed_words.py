"""Printed words that stand where a value should: a label, a prompt or an option list is no value of anything."""

from __future__ import annotations

import re

from pipeline.extract.labels import find_label

_STRICT = frozenset(
    {"name", "given", "family", "aliases", "religion", "language", "ethnicity", "address", "previous_address", "phone", "born", "gender"}
)
"""Boxes in which no word that labels use can be an answer."""
_LOOSE = frozenset({"role", "agency", "school", "gp", "relationship", "name_role", "name_contact"})
"""Boxes in which some can: "Health Visitor" is a role, and a label too."""
_NAMES = frozenset({"name", "given", "family", "name_role", "name_contact"})
_NUMBERED = re.compile(r"[^\W\d_]+\s+\d{1,3}")
"""Day 1, Stage 2, Child 3: a place in a list."""
_OPTIONS = re.compile(r"(?:\W*\b(?:yes|no|unsure|not sure|unknown|y|n)\b\W*)+", re.IGNORECASE)
_SURE = frozenset({"exact", "definition", "combined"})


def is_printed(slot: str, text: str) -> bool:
    """Is this, in a box of this kind, a label that the form prints rather than something a person wrote?"""
    if slot not in _STRICT | _LOOSE or len(text) > 60:
        return False
    if slot in _NAMES and (_NUMBERED.fullmatch(text.strip()) or _OPTIONS.fullmatch(text.strip())):
        return True
    if text.rstrip().endswith(":") and not any(letter.isdigit() for letter in text):
        return True
    label = find_label(text)
    if label is None or label.match not in _SURE or not label.slots or label.subject_only or label.block in {"role", "allocated"}:
        return False
    if slot in {"given", "name", "aliases"} and re.fullmatch(r"[^\W\d_]+", text) and label.slots == ("religion",):
        return False  # a child may be called Faith
    return slot in _STRICT or not label.answer_too
