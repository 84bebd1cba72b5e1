"""Bold or not, from how thick a word's strokes are beside those of the page's other words."""

from __future__ import annotations

import numpy as np

from pipeline.extract.ocr.engine import Seen
from pipeline.extract.ocr.pixels import Ink

_ENOUGH = 24
_FEWEST = 8
_SHARE = 0.06
_HEAVIER = 1.3
_UNSURE = 0.08
_SHORT = 2
_NEXT = 0.9


def bold_words(seen: list[Seen], ink: Ink) -> list[bool]:
    """Which words are bold. A word too short or too near the middle to tell goes with the word it stands beside."""
    widths = [stroke_width(ink[word.y0 : word.y1, word.x0 : word.x1]) for word in seen]
    heavy = weight_between([width for width, word in zip(widths, seen, strict=True) if len(word.text) > _SHORT])
    bold = [width > heavy for width in widths]
    sure = [len(word.text) > _SHORT and abs(width / heavy - 1) > _UNSURE for word, width in zip(seen, widths, strict=True)]
    told = list(bold)
    for number, word in enumerate(seen):
        if sure[number]:
            continue
        beside = [other for other in (number - 1, number + 1) if 0 <= other < len(seen) and sure[other] and _are_beside(word, seen[other])]
        told[number] = bold[beside[0]] if beside else len(word.text) > 1 and bold[number]
    return told


def _are_beside(one: Seen, other: Seen) -> bool:
    return one.line == other.line and max(one.x0 - other.x1, other.x0 - one.x1) < _NEXT * max(one.y1 - one.y0, other.y1 - other.y0)


def stroke_width(ink: Ink) -> float:
    """How thick the strokes of a word are: ink over the number of times it begins, along rows or down columns, whichever is less for its letters."""
    across = int((ink[:, 1:] & ~ink[:, :-1]).sum() + ink[:, 0].sum())
    down = int((ink[1:] & ~ink[:-1]).sum() + ink[0].sum())
    return float(ink.sum()) / max(across, down) if across or down else 0.0


def weight_between(widths: list[float]) -> float:
    """The stroke width that parts bold from regular words of a page; infinite where all are alike."""
    if len(widths) < _ENOUGH:
        return float("inf")
    values = np.sort(np.asarray(widths))
    least = max(_FEWEST, round(_SHARE * len(values)))
    splits = range(least, len(values) - least + 1)
    best = min(splits, key=lambda at: float(values[:at].var() * at + values[at:].var() * (len(values) - at)), default=0)
    if not best or values[best:].mean() < _HEAVIER * values[:best].mean():
        return float("inf")
    return float((values[best - 1] + values[best]) / 2)
