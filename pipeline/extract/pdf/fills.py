"""What coloured grounds tell of a table without rulings: where one row ends and the next begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

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
