"""Rows of a label and boxes to tick, between the rows of fields with their labels, above them and below: they are rows of the same table."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from models.document import Mark
from pipeline.extract.pdf.rulings import Grid
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import Row, box_of, middle_of, rows_of, union

Item = Word | Placed
_ALIGNED, _SAME_WALL = 8.0, 4.0
_APART = 60.0
_WRAPPED = 2.5
_NEXT = 16.0


class Band(NamedTuple):
    """One row: its height, and the left and right of each of its cells, the label's first."""

    top: float
    bottom: float
    cells: tuple[tuple[float, float], ...]

    @property
    def wall(self) -> float:
        """Where the label's cell ends."""
        return self.cells[1][0]


def merged(tables: list[list[Band]], loose: list[Item], others: list[Grid]) -> list[list[Band]]:
    """Tables of one column of labels put together, with what stands between them in the same two columns: boxes to tick, or nothing."""
    found: list[list[Band]] = []
    for bands in tables:
        last = found[-1] if found else None
        between = _between(last, bands, loose, others) if last else None
        if last is not None and between is not None:
            last += [*between, *bands]
        else:
            found.append(list(bands))
    return [_with_ends(bands, loose, others) for bands in found]


def _with_ends(bands: list[Band], loose: list[Item], others: list[Grid]) -> list[Band]:
    """A table with the rows of boxes to tick right above it and right below it."""
    first, last = bands[0], bands[-1]
    start, end = first.cells[0][0], max(band.cells[-1][1] for band in bands)
    limits = [grid.box for grid in others if grid.box[0] < end and grid.box[2] > start]
    within = [item for item in loose if start - 1 <= middle_of(item)[0] <= end + 1]
    floor = min([box[1] for box in limits if box[1] >= last.bottom - 1], default=float("inf"))
    roof = max([box[3] for box in limits if box[3] <= first.top + 1], default=0.0)
    below = _ticked_rows(_clusters(item for item in within if last.bottom - 1 < middle_of(item)[1] < floor), last, end)
    above = _ticked_rows(_clusters(item for item in within if roof < middle_of(item)[1] < first.top + 1)[::-1], first, end)
    return [*above[::-1], *bands, *below]


def _clusters(items: Iterable[Item]) -> list[list[Row]]:
    """Lines of one entry: a label that is wrapped stands close, the next entry further off."""
    found: list[list[Row]] = []
    for row in rows_of(items):
        if found and row.top - max(one.bottom for one in found[-1]) < _WRAPPED:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _ticked_rows(clusters: list[list[Row]], band: Band, end: float) -> list[Band]:
    """One band for each entry from the table's edge on that is a label with boxes to tick where the fields stand."""
    found: list[Band] = []
    edge = band
    for rows in clusters:
        items = [item for row in rows for item in row.items]
        top, bottom = min(box_of(item)[1] for item in items), max(box_of(item)[3] for item in items)
        if max(top - edge.bottom, edge.top - bottom) > _NEXT or not _is_ticked(items, band):
            break
        edge = Band(top - 0.5, bottom + 0.5, _cells(items, band, (band.cells[0][0], band.wall, end)))
        found.append(edge)
    return found


def _is_ticked(items: list[Item], band: Band) -> bool:
    """Whether these are a label from the edge of the labels to their wall, and boxes that begin where the fields do."""
    left = [item for item in items if box_of(item)[2] <= band.wall + 1]
    right = sorted((item for item in items if box_of(item)[2] > band.wall + 1), key=lambda item: box_of(item)[0])
    if not left or not right or not all(isinstance(item, Word) for item in left):
        return False
    at_edge = abs(min(box_of(item)[0] for item in left) - band.cells[0][0]) <= _ALIGNED
    first = right[0]
    return at_edge and isinstance(first, Placed) and isinstance(first.item, Mark) and abs(first.box[0] - band.wall) <= _ALIGNED


def _between(above: list[Band], below: list[Band], loose: list[Item], others: list[Grid]) -> list[Band] | None:
    upper, lower = above[-1], below[0]
    if (
        not 0 <= lower.top - upper.bottom + 1 <= _APART + 1
        or abs(upper.wall - lower.wall) > _SAME_WALL
        or abs(upper.cells[0][0] - lower.cells[0][0]) > _ALIGNED
    ):
        return None
    start, end = min(upper.cells[0][0], lower.cells[0][0]), max(upper.cells[-1][1], lower.cells[-1][1])
    if any(grid.box[1] < lower.top and grid.box[3] > upper.bottom and grid.box[0] < end and grid.box[2] > start for grid in others):
        return None
    rows = rows_of(item for item in loose if upper.bottom < middle_of(item)[1] < lower.top and start <= middle_of(item)[0] <= end)
    if any(not _keeps(row, upper, start) for row in rows):
        return None
    edges = [upper.bottom, *((one.bottom + other.top) / 2 for one, other in pairwise(rows)), lower.top]
    kept = [_cells(row.items, upper if upper.cells == lower.cells else None, (start, upper.wall, end)) for row in rows]
    return [Band(top, bottom, cells) for (top, bottom), cells in zip(pairwise(edges), kept, strict=True)] if rows else []


def _cells(items: list[Item], like: Band | None, edges: tuple[float, float, float]) -> tuple[tuple[float, float], ...]:
    """A row's cells: those of the rows about it where nothing in it runs across their walls, else a label and what is beside it."""
    start, wall, end = edges
    if like is not None and len(like.cells) > 2 and len(_filled(items, like)) > 2:
        return like.cells
    return (start, wall), (wall, end)


def _filled(items: list[Item], band: Band) -> set[int]:
    """The cells of a band that items of a row stand in; none where one of them runs across a wall."""
    found = set()
    for item in items:
        left, _, right, _ = box_of(item)
        number = next((n for n, (start, end) in enumerate(band.cells) if start - 1 <= left and right <= end + 1), None)
        if number is None:
            return set()
        found.add(number)
    return found


def _keeps(row: Row, band: Band, start: float) -> bool:
    """Whether a line between two boxes is a label with something beside it, or a label alone, and no heading."""
    left = [item for item in row.items if box_of(item)[0] < band.wall - 1]
    if not left or box_of(left[0])[0] > start + _ALIGNED:
        return False
    answered = len(left) < len(row.items)
    return answered and union([box_of(item) for item in left])[2] <= band.wall + 1
