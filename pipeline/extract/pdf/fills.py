"""What coloured grounds tell of a table without rulings: where one row ends and the next begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from models.document import Table
from pipeline.extract.answers import is_bold
from pipeline.extract.pdf.shapes import Rect
from pipeline.extract.pdf.words import Row

_NARROWEST, _LOWEST, _TALLEST = 14.0, 7.0, 140.0
_FEWEST = 2


class Breaks:
    """The tops and bottoms of the page's coloured cells."""

    def __init__(self, rects: Sequence[Rect]) -> None:
        cells = [rect for rect in rects if rect.fill is not None and sum(rect.fill) < 762 and _is_cell(rect)]
        self._edges = sorted(edge for rect in cells for edge in (rect.y0, rect.y1)) if len(cells) >= _FEWEST else []
        self._cells = sorted((rect.y0, rect.y1, rect.x0, rect.x1) for rect in cells) if self._edges else []

    def between(self, upper: Row, lower: Row) -> bool | None:
        """Whether a row ends between two lines; None where no ground tells."""
        top, bottom = (upper.top + upper.bottom) / 2, (lower.top + lower.bottom) / 2
        if bisect_left(self._edges, top) < bisect_right(self._edges, bottom):
            return True
        near = self._cells[: bisect_right(self._cells, (top, bottom, 0.0, 0.0))]
        return False if any(start <= top and bottom <= end for start, end, _, _ in near) else None


def _is_cell(rect: Rect) -> bool:
    return rect.x1 - rect.x0 >= _NARROWEST and _LOWEST <= rect.y1 - rect.y0 <= _TALLEST


def without_stripes(table: Table) -> Table:
    """A table whose every second row is coloured for the eye's sake, without those colours: they make no row a head."""
    rows = [[cell for cell in table.cells if cell.row == number] for number in range(table.rows)]
    striped = [bool(row) and all(cell.shaded for cell in row) and not any(is_bold(cell) for cell in row) for row in rows]
    plain = [bool(row) and not any(cell.shaded for cell in row) for row in rows]
    turns = sum(striped[number] and plain[number - 1] for number in range(1, table.rows))
    again = sum(striped[number] and plain[number + 1] for number in range(1, table.rows - 1))
    if not turns or (turns + again < _FEWEST and table.rows > _FEWEST + 1):
        return table
    return replace(table, cells=tuple(replace(cell, shaded=False) if striped[cell.row] else cell for cell in table.cells))
