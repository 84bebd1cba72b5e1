"""Columns told by the white between them: the gaps that run down a set of lines without a word in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import box_of

Item = Word | Placed
NARROWEST = 5.0
"""Points of white that part two columns: more than any blank between the words of a line."""


_OVERLAP, _SURELY, _CLEARLY = -1.0, 1.2, 3.0


class Leading(NamedTuple):
    """The white between the lines of one cell, whether rows stand so much further apart that the white alone tells them, and where answers end."""

    white: float
    spaced: bool
    end: float = 0.0


def leading_of(gaps: Sequence[float]) -> Leading:
    """What the gaps between lines tell."""
    white = max(min(gaps, default=0.0), _OVERLAP)
    wide = sum(gap > white + _CLEARLY for gap in gaps)
    unclear = sum(white + _SURELY < gap <= white + _CLEARLY for gap in gaps)
    return Leading(white, 0 < wide < len(gaps) and (3 * wide >= len(gaps) or (wide > 1 and not unclear)))


class River(NamedTuple):
    """A stretch of white between two columns."""

    start: float
    end: float

    @property
    def wall(self) -> float:
        """Where a ruling would stand: just left of what the right column begins with."""
        return max(self.start + 0.5, self.end - 3.0)


def parts(line: Sequence[Item], narrowest: float = NARROWEST) -> list[tuple[float, float]]:
    """The stretches of a line of items, from left to right, between its wide gaps."""
    found: list[tuple[float, float]] = []
    for item in line:
        left, _, right, _ = box_of(item)
        if found and left - found[-1][1] < narrowest:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def rivers(lines: Sequence[Sequence[Item]]) -> list[River]:
    """The gaps that no line crosses. Lines of one part say nothing of columns and may span them, unless they stay within one."""
    split = [found for line in lines if len(found := parts(line)) > 1]
    if not split:
        return []
    covered: list[tuple[float, float]] = []
    for start, end in sorted(stretch for found in split for stretch in found):
        if covered and start - covered[-1][1] < NARROWEST:
            covered[-1] = (covered[-1][0], max(covered[-1][1], end))
        else:
            covered.append((start, end))
    return [River(left[1], right[0]) for left, right in pairwise(covered)]
