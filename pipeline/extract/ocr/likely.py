"""Letters that look alike, told apart by the word they stand in where it leaves no doubt. What is left in doubt stays as it was read,
addresses and names above all: a letter changed there on a likelihood would be a wrong answer given in silence.
"""

from __future__ import annotations

_PRINTED = {"MIF": "M/F", "M/IF": "M/F", "YIN": "Y/N", "Y/IN": "Y/N"}
"""Choices as forms print them, in which OCR takes the stroke for a letter; neither is a word."""
_BULLETS = {"¢", "»", "®", "©"}


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
    return text, confidence
