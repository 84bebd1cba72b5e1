"""Letters that look alike, told apart by the word they stand in where it leaves no doubt. What is left in doubt stays as it was read."""

from __future__ import annotations

import re

_PRINTED = {"MIF": "M/F", "M/IF": "M/F", "YIN": "Y/N", "Y/IN": "Y/N"}
"""Choices as forms print them, in which OCR takes the stroke for a letter; neither is a word."""
_BULLETS = {"¢", "»", "®", "©"}
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+$")
_NO_CAPITALS = re.compile(r"^[^A-HJ-Z]*$")
_CHANGED = 0.8


def likely(text: str, confidence: float) -> tuple[str, float]:
    """A word as it was most likely printed, and how sure that is."""
    if text in _BULLETS:
        return "•", confidence
    if "@" not in text and any(letter.isalnum() for letter in text):
        # The rest of a line to write on is no part of what was written on it.
        text = text.strip("_")
    bare = text.strip("()?:*.,")
    if bare in _PRINTED:
        return text.replace(bare, _PRINTED[bare]), confidence
    if "I" in text and _MAIL.match(text) and _NO_CAPITALS.match(text):
        # In an address of small letters, a stroke is a small l.
        return text.replace("I", "l"), min(confidence, _CHANGED)
    return text, confidence
