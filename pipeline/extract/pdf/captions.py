"""Boxes for answers side by side, each with its label above it in the open: made cells that hold label and answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from models.document import Box, Control
from pipeline.extract.pdf.rulings import Band, Grid, grid_of_bands
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import box_of, middle_of, rows_of

Item = Word | Placed
_TALLEST = 120.0
_NEAR, _INTO = 8.0, 3.0
_INDENT = 7.0
_LEVEL = 4.0
_APART = 46.0
_FEWEST = 2


def with_captions(grids: list[Grid], items: Sequence[Item]) -> list[Grid]:
    """The page's grids, with such boxes and their labels as tables of their own."""
    single = {grid.box: grid for grid in grids if len(grid.cells) == 1 and grid.box[3] - grid.box[1] <= _TALLEST}
    fields = sum(isinstance(item, Placed) and isinstance(item.item, Control) for item in items)
    if len(single) + fields < _FEWEST:
        return grids
    outside = [item for item in items if all(grid.at(*middle_of(item)) is None for grid in grids)]
    frames = [*single, *(item.box for item in outside if isinstance(item, Placed) and isinstance(item.item, Control))]
    if len(frames) < _FEWEST:
        return grids
    words = [item for item in outside if isinstance(item, Word)]
    cells = [(frame, top) for frame in frames if (top := _caption(frame, words)) is not None]
    tables = _tables([level for level in _levels(cells) if not _labelled_at_left(level, words)], outside)
    taken = {frame for table in tables for level in table for frame, _ in level}
    made = [grid_of_bands(_bands(table)) for table in tables]
    kept = [grid for grid in grids if grid.box not in taken or grid.box not in single]
    return sorted([*kept, *made], key=lambda grid: (grid.box[1], grid.box[0])) if made else grids


def _caption(frame: Box, words: list[Word]) -> float | None:
    """The top of the line of words that stands on a box and begins where it does; None where there is none."""
    over = [word for word in words if frame[0] - _INDENT <= word.x0 and word.x1 <= frame[2] + _INDENT and -_INTO <= frame[1] - word.y1 <= _NEAR]
    if not over or min(word.x0 for word in over) > frame[0] + _INDENT:
        return None
    return min(word.y0 for word in over)


Labelled = tuple[Box, float]


def _levels(cells: list[Labelled]) -> list[list[Labelled]]:
    """Boxes with labels that stand level, from left to right."""
    levels: list[list[Labelled]] = []
    for cell in sorted(cells, key=lambda cell: (cell[0][1], cell[0][0])):
        if levels and abs(levels[-1][0][0][1] - cell[0][1]) <= _LEVEL:
            levels[-1].append(cell)
        else:
            levels.append([cell])
    return [sorted(level) for level in levels]


def _labelled_at_left(level: list[Labelled], words: list[Word]) -> bool:
    """Whether words stand left of the boxes: these are the labels then, and what stands above heads a column."""
    left, top, _, bottom = level[0][0]
    return any(word.x1 <= left + 1 and top < (word.y0 + word.y1) / 2 < bottom for word in words)


def _tables(levels: list[list[Labelled]], outside: list[Item]) -> list[list[list[Labelled]]]:
    """Levels one under another with nothing between them; only those with boxes side by side are tables."""
    tables: list[list[list[Labelled]]] = []
    for level in levels:
        if tables and _under(tables[-1][-1], level, outside):
            tables[-1].append(level)
        else:
            tables.append([level])
    return [table for table in tables if any(len(level) > 1 for level in table)]


def _bottom(level: list[Labelled]) -> float:
    return max(frame[3] for frame, _ in level)


def _top(level: list[Labelled]) -> float:
    return min(top for _, top in level)


def _under(above: list[Labelled], below: list[Labelled], outside: list[Item]) -> bool:
    gap = _top(below) - _bottom(above)
    if not -_INTO <= gap <= _APART:
        return False
    lefts = [frame[0] for frame, _ in above]
    if not any(abs(frame[0] - left) <= _INDENT for frame, _ in below for left in lefts):
        return False
    between = [item for item in outside if _bottom(above) < middle_of(item)[1] < _top(below) - 1]
    return not any(_is_heading(row.items, below) for row in rows_of(between))


def _is_heading(items: list[Item], level: list[Labelled]) -> bool:
    """Whether words between two rows of boxes are no answer to a label without a box: larger, or across the columns."""
    return any(isinstance(item, Word) and item.style.bold and item.style.size > 11 for item in items) or any(
        box_of(item)[0] < frame[0] - _INDENT < box_of(item)[2] for item in items for frame, _ in level[1:]
    )


def _bands(table: list[list[Labelled]]) -> list[Band]:
    """Each level from its labels down to the labels of the next."""
    lefts = sorted(frame[0] for level in table for frame, _ in level)
    columns = [left for number, left in enumerate(lefts) if number == 0 or left - lefts[number - 1] > _INDENT]
    right = max(frame[2] for level in table for frame, _ in level)
    bands: list[Band] = []
    for level, below in pairwise([*table, None]):
        if level is None:
            break
        bottom = _top(below) - 1 if below else _bottom(level) + 1
        covered = [column for column in columns if not any(frame[0] + _INDENT < column < frame[2] - _INDENT for frame, _ in level)]
        ends = [*(column - 3 for column in covered[1:]), right + 1]
        bands.append((_top(level) - 1, bottom, tuple((column - 3, end) for column, end in zip(covered, ends, strict=True))))
    return bands
