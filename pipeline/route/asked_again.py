"""Which of our questions a line that somebody quoted, or wrote as a heading over an answer, stands for: people re-word what they answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from models.extraction import Gap

_EMPTY = frozenset(
    "a about an and any are at by can could did do does for from has have how i in is it its me my not of on or our please say stated that the "
    "their them they this to us was we what when where which who why will with you your".split()
)
_SAME = {
    "telephone": "phone",
    "mobile": "phone",
    "tel": "phone",
    "contact": "phone",
    "dob": "birth",
    "born": "birth",
    "lives": "live",
    "home": "live",
}
ENOUGH = 0.6
"""The share of a line's own words that a question must hold. Two questions that hold as many leave the line to a person."""


def question_of(line: str, gaps: Iterable[Gap], names: Mapping[str, frozenset[str]] | None = None) -> int | None:
    """The number of the question, or None when no question or more than one fits.

    `names` are the words of people's names by their place in the record ("children.0"): they tell whose question it is, and nothing else.
    """
    names = names or {}
    said = _words(line)
    wanted = said - frozenset().union(*names.values())
    if not wanted or len(wanted) > 14:
        return None
    shares = sorted(
        (
            (len(wanted & _of_gap(gap)) / len(wanted), len(said & names.get(".".join(gap.field.split(".")[:2]), frozenset())), gap.number)
            for gap in gaps
            if gap.number is not None
        ),
        key=lambda one: (-one[0], -one[1]),
    )
    if not shares or shares[0][0] < ENOUGH or (len(shares) > 1 and shares[1][:2] == shares[0][:2]):
        return None
    return shares[0][2]


def _of_gap(gap: Gap) -> frozenset[str]:
    return _words(f"{gap.field.replace('.', ' ').replace('_', ' ')} {gap.message} {gap.question or ''}")


def _words(text: str) -> frozenset[str]:
    found = (_SAME.get(word, word) for word in re.findall(r"[a-z]+", text.casefold()) if word not in _EMPTY)
    return frozenset(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in found)
