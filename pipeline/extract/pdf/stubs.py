"""Boxes for answers in a column, with their labels printed left of them in the open: made rows of a table, label and answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.rulings import Grid, grid_of_bands
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.stub_rows import Band, merged
from pipeline.extract.pdf.words import Row, box_of, middle_of, rows_of

Item = Word | Placed
_MOST_LABELLED = 0.6
_TIGHT = 2.5
_SAME_WALL = 4.0
_ROOM = 14.0
_MANY = 3


def with_stubs(grids: list[Grid], items: Sequence[Item]) -> list[Grid]:
    """The page's grids, with such boxes and their labels as tables of their own."""
    boxes = [grid for grid in grids if _is_column(grid)]
    if not boxes:
        return grids
    loose = [item for item in items if all(grid.at(*middle_of(item)) is None for grid in grids)]
    words = [item for item in loose if isinstance(item, Word)]
    made: list[list[Band]] = []
    used: list[Grid] = []
    for grid in sorted(boxes, key=lambda grid: (grid.box[1], grid.box[0])):
        bands = [] if grid in used else _labelled(grid, words, grids)
        if bands:
            more = [other for other in boxes if other is not grid and _goes_on_right(grid, other, words)]
            made.append(_widened(bands, more))
            used += [grid, *more]
    tables = [_headed(bands, words) for bands in merged(made, loose, [grid for grid in grids if grid not in used])]
    return sorted(
        [
            *(grid for grid in grids if grid not in used),
            *(grid_of_bands([(band.top, band.bottom, band.cells) for band in bands]) for bands in tables),
        ],
        key=lambda grid: (grid.box[1], grid.box[0]),
    )


def _is_column(grid: Grid) -> bool:
    """Whether a grid is boxes one under another, hardly any of them divided."""
    rows = len(grid.down) - 1
    return len(grid.cells) <= 1.5 * rows + 2 and sum(1 for cell in grid.cells if cell.column_span == len(grid.across) - 1) * 2 >= rows


def _labelled(grid: Grid, words: list[Word], grids: list[Grid]) -> list[Band]:
    """A grid's rows with the words that stand left of them; nothing where too few have any."""
    left, top, _, bottom = grid.box
    nearest = max(
        (other.box[2] for other in grids if other is not grid and other.box[2] <= left + 2 and other.box[1] < bottom and other.box[3] > top),
        default=0.0,
    )
    beside = [word for word in words if word.x1 <= left + 2 and word.x0 >= nearest - 1]
    labels = [[word for word in beside if upper <= middle_of(word)[1] <= lower] for upper, lower in pairwise(grid.down)]
    if sum(map(bool, labels)) < _MOST_LABELLED * len(labels):
        return []
    start = min(word.x0 for found in labels for word in found) - 2
    bands = []
    for row, (upper, lower) in enumerate(pairwise(grid.down)):
        cells = [(start, left), *((cell.box[0], cell.box[2]) for cell in grid.cells if cell.row <= row < cell.row + cell.row_span)]
        bands.append(Band(upper, lower, tuple(cells)))
    return [_taller(bands[0], beside)] if len(bands) == 1 else bands


def _goes_on_right(grid: Grid, other: Grid, words: list[Word]) -> bool:
    """Whether boxes stand right of others, row by row, with no label of their own."""
    if len(grid.down) != len(other.down) or other.box[0] < grid.box[2] - 1:
        return False
    if any(abs(one - two) > _SAME_WALL for one, two in zip(grid.down, other.down, strict=True)):
        return False
    return not any(
        grid.box[2] - 1 < (word.x0 + word.x1) / 2 < other.box[0] + 1 and grid.box[1] < (word.y0 + word.y1) / 2 < grid.box[3] for word in words
    )


def _widened(bands: list[Band], more: list[Grid]) -> list[Band]:
    """Rows with the boxes right of them as further cells."""
    beside = tuple((grid.box[0], grid.box[2]) for grid in sorted(more, key=lambda grid: grid.box[0]))
    return [band._replace(cells=band.cells + beside) for band in bands]


def _headed(bands: list[Band], words: list[Word]) -> list[Band]:
    """Rows of several boxes with the line above them, if its parts stand on the boxes and head them."""
    cells = bands[0].cells
    above = [word for word in words if -1 < bands[0].top - word.y1 < _ROOM and cells[0][0] - 1 <= word.x0 <= cells[-1][1]]
    if len(cells) < _MANY or not above:
        return bands
    on = [sum(left - 2 <= word.x0 and word.x1 <= right + 2 for left, right in cells[1:]) for word in above]
    heads = {number for number, (left, right) in enumerate(cells[1:]) if any(left - 2 <= word.x0 < right for word in above)}
    if not all(on) or len(heads) < _MANY - 1:
        return bands
    return [Band(min(word.y0 for word in above) - 1, bands[0].top, cells), *bands]


def _taller(band: Band, words: list[Word]) -> Band:
    """A row as tall as its label, where that runs over more lines than its box is high."""
    rows = rows_of(words)
    level = [number for number, row in enumerate(rows) if row.top < band.bottom and row.bottom > band.top]
    if not level:
        return band
    first, last = level[0], level[-1]
    while first and _wraps(rows[first - 1], rows[first]):
        first -= 1
    while last + 1 < len(rows) and _wraps(rows[last], rows[last + 1]):
        last += 1
    return band._replace(top=min(band.top, rows[first].top - 0.5), bottom=max(band.bottom, rows[last].bottom + 0.5))


def _wraps(above: Row, below: Row) -> bool:
    one, other = box_of(above.items[0]), box_of(below.items[0])
    return below.top - above.bottom < _TIGHT and abs(one[0] - other[0]) <= _TIGHT
