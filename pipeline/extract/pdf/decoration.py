"""Answers given by underlining, striking out, highlighting or circling: strokes and patches that follow words and not cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from pipeline.extract.pdf.shapes import Edge, Rect, Sheet, Squiggle, Word

_LOOSE = 3.5
_COLOURED = 40
_LINE = 0.9
_RING = (120.0, 48.0)


def decorate(words: list[Word], sheet: Sheet) -> list[Word]:
    """The words with what is drawn under, through, behind or round them; those strokes leave the sheet, for they are no rulings."""
    order = sorted(range(len(words)), key=lambda number: words[number].y1)
    heights = [words[number].y1 for number in order]

    def near(top: float, bottom: float) -> list[int]:
        return order[bisect_left(heights, top) : bisect_right(heights, bottom)]

    marked: dict[int, dict[str, Any]] = {}

    def mark(numbers: list[int], flag: str) -> None:
        for number in numbers:
            marked.setdefault(number, {})[flag] = True

    sheet.level = [edge for edge in sheet.level if not _follows_words(edge, words, near, mark)]
    sheet.rects = [rect for rect in sheet.rects if not _is_highlight(rect, words, near, mark)]
    for shape in sheet.squiggles:
        _circle(shape, words, near, mark)
    for markup in sheet.markups:
        area = Rect(*markup.box, stroked=False, fill=None)
        mark([number for number in near(area.y0 - 2, area.y1 + 8) if _centre_in(words[number], area)], markup.flag)
    return [word._replace(style=word.style._replace(**marked[number])) if number in marked else word for number, word in enumerate(words)]


Near = Callable[[float, float], list[int]]
Marker = Callable[[list[int], str], None]


def _follows_words(edge: Edge, words: list[Word], near: Near, mark: Marker) -> bool:
    if edge.thickness > 2.5 or edge.end - edge.start < 3:
        return False
    under, through = [], []
    for number in near(edge.at - 3, edge.at + 16):
        word = words[number]
        if min(word.x1, edge.end) - max(word.x0, edge.start) < 0.6 * (word.x1 - word.x0):
            continue
        depth = (edge.at - word.y0) / max(word.y1 - word.y0, 1.0)
        if 0.3 <= depth < 0.68:
            through.append(number)
        elif 0.68 <= depth <= 1.12:
            under.append(number)
    for numbers, flag in ((under, "underline"), (through, "strike")):
        if numbers and _spans(edge.start, edge.end, [words[number] for number in numbers]):
            mark(numbers, flag)
            return True
    return False


def _spans(start: float, end: float, words: list[Word]) -> bool:
    return abs(min(word.x0 for word in words) - start) <= _LOOSE and abs(max(word.x1 for word in words) - end) <= _LOOSE


def _is_highlight(rect: Rect, words: list[Word], near: Near, mark: Marker) -> bool:
    if rect.fill is None or rect.stroked or max(rect.fill) - min(rect.fill) < _COLOURED:
        return False
    covered = [number for number in near(rect.y0, rect.y1 + 4) if _centre_in(words[number], rect)]
    if not covered or not _spans(rect.x0, rect.x1, [words[number] for number in covered]):
        return False
    if rect.y1 - rect.y0 > 1.6 * max(_line_height(words[number]) for number in covered):
        return False
    mark(covered, "highlight")
    return True


def _line_height(word: Word) -> float:
    """The height of the line a word stands in: capitals and figures have no tails, and their own box is lower than a highlighter's stroke."""
    return max(word.y1 - word.y0, _LINE * word.style.size)


def _circle(shape: Squiggle, words: list[Word], near: Near, mark: Marker) -> None:
    if not shape.curved or shape.filled or shape.x1 - shape.x0 > _RING[0] or shape.y1 - shape.y0 > _RING[1]:
        return
    inside = [number for number in near(shape.y0, shape.y1 + 6) if _centre_in(words[number], shape)]
    if 0 < len(inside) <= 3:
        mark(inside, "highlight")


def _centre_in(word: Word, shape: Rect | Squiggle) -> bool:
    return shape.x0 <= (word.x0 + word.x1) / 2 <= shape.x1 and shape.y0 <= (word.y0 + word.y1) / 2 <= shape.y1
