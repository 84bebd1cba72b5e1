"""Words on a highlighter's stroke: the paper between their letters is darker than that of the cell they stand in, or of the page."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Box
from pipeline.extract.ocr.paper import Paper
from pipeline.extract.pdf.rulings import Grid
from pipeline.extract.pdf.shapes import Rect, Word

_DARKER = 14
_DARKEST = 120
_MARKER = (255, 255, 0)
_NEXT = 0.9
_INSET = 2.0
_LETTERS = 0.85


def highlights(words: list[Word], grids: list[Grid], paper: Paper, scale: float) -> list[Rect]:
    """Highlighters' strokes, as a PDF would draw them."""
    marked = [word for word in words if _is_marked(word, grids, paper, scale)]
    return [Rect(*box, stroked=False, fill=_MARKER) for box in _runs(marked)]


def _is_marked(word: Word, grids: list[Grid], paper: Paper, scale: float) -> bool:
    under = paper.tone(*(round(edge / scale) for edge in word[1:5]), written=_LETTERS)
    if under > paper.white - _DARKER or under < _DARKEST:
        return False
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    cells = [grid.cells[number].box for grid in grids if (number := grid.at(x, y)) is not None]
    if not cells:
        return _left_and_right(word, paper, scale)
    left, top, right, bottom = min(cells, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    around = paper.tone(*(round(edge / scale) for edge in (left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)))
    return under < around - _DARKER and _ends_in(word, (left, top, right, bottom), paper, scale)


def _left_and_right(word: Word, paper: Paper, scale: float) -> bool:
    """Whether a word outside tables has white paper above and below: a shaded bar is taller than its words."""
    height = word.y1 - word.y0
    near = [(word.x0, word.y0 - height, word.x1, word.y0 - 0.6 * height), (word.x0, word.y1 + 0.6 * height, word.x1, word.y1 + height)]
    return all(paper.tone(*(round(edge / scale) for edge in box)) > paper.white - _DARKER for box in near)


def _ends_in(word: Word, cell: Box, paper: Paper, scale: float) -> bool:
    """Whether the cell's paper at the word's height is lighter at one of its sides: shading fills a cell's line, a highlighter does not."""
    sides = [(cell[0] + _INSET, word.y0, cell[0] + 2 * _INSET, word.y1), (cell[2] - 2 * _INSET, word.y0, cell[2] - _INSET, word.y1)]
    under = paper.tone(*(round(edge / scale) for edge in word[1:5]), written=_LETTERS)
    return any(paper.tone(*(round(edge / scale) for edge in box)) > under + _DARKER for box in sides)


def _runs(words: list[Word]) -> Iterator[Box]:
    """Words that follow each other, as one stroke."""
    box: Box | None = None
    for word in words:
        if box is not None and abs(word.y0 - box[1]) < 3 and 0 <= word.x0 - box[2] < _NEXT * (word.y1 - word.y0):
            box = (box[0], min(box[1], word.y0), word.x1, max(box[3], word.y1))
            continue
        if box is not None:
            yield box
        box = word[1:5]
    if box is not None:
        yield box
