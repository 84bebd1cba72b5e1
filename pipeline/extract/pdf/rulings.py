"""Tables from their rulings: strokes joined, grids made of strokes that cross, and squares without a ruling between them made one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.document import Box
from pipeline.extract.pdf.shapes import Edge, Rect, Sheet

_SNAP = 2.5
_REACH = 3.5
_COVER = 0.6
_SHORTEST = 4.0
_ONE_WALL = 4.0


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a grid in rows and columns, with its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its lines, its cells, and for every square of the lines the cell it belongs to."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[Square, ...]
    owner: tuple[int, ...]

    @property
    def box(self) -> Box:
        """The table's outline."""
        return self.across[0], self.down[0], self.across[-1], self.down[-1]

    def at(self, x: float, y: float) -> int | None:
        """The number of the cell a point is in."""
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return None
        column = min(bisect_right(self.across, x), len(self.across) - 1) - 1
        row = min(bisect_right(self.down, y), len(self.down) - 1) - 1
        return self.owner[max(row, 0) * (len(self.across) - 1) + max(column, 0)]


def find_grids(sheet: Sheet, cap: int) -> list[Grid]:
    """The ruled tables of a page, from top to bottom."""
    level, upright = list(sheet.level), list(sheet.upright)
    for rect in sheet.rects:
        if rect.stroked:
            _add_sides(rect, level, upright)
    level, upright = _joined(level), _joined(upright)
    grids = []
    for rows, columns in _groups(level, upright):
        grid = _grid(rows, columns, cap)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


def _add_sides(rect: Rect, level: list[Edge], upright: list[Edge]) -> None:
    level += [Edge(rect.y0, rect.x0, rect.x1), Edge(rect.y1, rect.x0, rect.x1)]
    upright += [Edge(rect.x0, rect.y0, rect.y1), Edge(rect.x1, rect.y0, rect.y1)]


def _joined(edges: list[Edge]) -> list[Edge]:
    """Strokes on one line, end to end or overlapping, made one; what stays shorter than a letter is no ruling."""
    edges = sorted(edges)
    joined: list[Edge] = []
    start = 0
    while start < len(edges):
        end = start
        while end < len(edges) and edges[end].at - edges[start].at <= _SNAP:
            end += 1
        joined += _join_line(edges[start:end])
        start = end
    return [edge for edge in joined if edge.end - edge.start >= _SHORTEST]


def _join_line(edges: list[Edge]) -> list[Edge]:
    at = sum(edge.at for edge in edges) / len(edges)
    joined: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: edge.start):
        if joined and edge.start - joined[-1].end <= _REACH:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, edge.end))
        else:
            joined.append(Edge(at, edge.start, edge.end, edge.thickness))
    return joined


def _groups(level: list[Edge], upright: list[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Strokes that hang together by crossing or touching."""
    parents = list(range(len(level) + len(upright)))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    for down, side in enumerate(upright, start=len(level)):
        for number, edge in enumerate(level):
            if edge.start - _REACH <= side.at <= edge.end + _REACH and side.start - _REACH <= edge.at <= side.end + _REACH:
                parents[root(number)] = root(down)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for number, edge in enumerate([*level, *upright]):
        groups.setdefault(root(number), ([], []))[0 if number < len(level) else 1].append(edge)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _lines(values: list[float]) -> tuple[float, ...]:
    lines: list[float] = []
    for value in sorted(values):
        if not lines or value - lines[-1] > _SNAP:
            lines.append(value)
    return tuple(lines)


def _grid(level: list[Edge], upright: list[Edge], cap: int) -> Grid | None:
    across, down = _lines([edge.at for edge in upright]), _lines([edge.at for edge in level])
    columns, rows = len(across) - 1, len(down) - 1
    if columns < 1 or rows < 1 or columns * rows > cap:
        return None
    walls = _covered(upright, across, down)
    floors = _covered(level, down, across)
    owner = list(range(rows * columns))

    def root(item: int) -> int:
        while owner[item] != item:
            owner[item] = owner[owner[item]]
            item = owner[item]
        return item

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and (column + 1, row) not in walls:
                owner[root(here + 1)] = root(here)
            if row + 1 < rows and (row + 1, column) not in floors:
                owner[root(here + columns)] = root(here)
    return _with_cells(across, down, [root(item) for item in range(rows * columns)])


def _covered(edges: list[Edge], lines: tuple[float, ...], crossing: tuple[float, ...]) -> set[tuple[int, int]]:
    """Which stretches between crossing lines have a ruling on which line."""
    covered = set()
    for edge in edges:
        line = min(range(len(lines)), key=lambda number: abs(lines[number] - edge.at))
        for stretch in range(len(crossing) - 1):
            start, end = crossing[stretch], crossing[stretch + 1]
            if min(edge.end, end) - max(edge.start, start) >= _COVER * (end - start):
                covered.add((line, stretch))
    return covered


def _with_cells(across: tuple[float, ...], down: tuple[float, ...], roots: list[int]) -> Grid:
    columns = len(across) - 1
    extents: dict[int, list[int]] = {}
    for number, root in enumerate(roots):
        row, column = divmod(number, columns)
        extent = extents.setdefault(root, [row, column, row, column])
        extent[0], extent[1] = min(extent[0], row), min(extent[1], column)
        extent[2], extent[3] = max(extent[2], row), max(extent[3], column)
    order = sorted(extents, key=lambda root: (extents[root][0], extents[root][1]))
    cells = tuple(
        Square(top, left, bottom - top + 1, right - left + 1, (across[left], down[top], across[right + 1], down[bottom + 1]))
        for top, left, bottom, right in (extents[root] for root in order)
    )
    numbers = {root: number for number, root in enumerate(order)}
    return Grid(across, down, cells, tuple(numbers[root] for root in roots))


def plain_grid(across: tuple[float, ...], down: tuple[float, ...]) -> Grid:
    """A grid without merged cells."""
    columns = len(across) - 1
    squares = ((row, column) for row in range(len(down) - 1) for column in range(columns))
    cells = tuple(Square(row, column, 1, 1, (across[column], down[row], across[column + 1], down[row + 1])) for row, column in squares)
    return Grid(across, down, cells, tuple(range(len(cells))))


Band = tuple[float, float, tuple[tuple[float, float], ...]]
"""A row: its top and bottom, and the left and right of each of its cells."""


def grid_of_bands(bands: Sequence[Band]) -> Grid:
    """Rows of cells of their own widths as one grid, on the walls of all of them."""
    xs = sorted([*(left for _, _, cells in bands for left, _ in cells), max(cells[-1][1] for _, _, cells in bands)])
    across = tuple(x for number, x in enumerate(xs) if number == 0 or x - xs[number - 1] > _ONE_WALL)
    down = [bands[0][0]]
    squares: list[Square] = []
    owner: list[int] = []
    for _, bottom, cells in bands:
        row = len(down) - 1
        down.append(max(bottom, down[-1] + 0.1))
        starts = sorted({0, *(_nearest(across, left) for left, _ in cells)} - {len(across) - 1})
        for first, after in pairwise([*starts, len(across) - 1]):
            owner += [len(squares)] * (after - first)
            squares.append(Square(row, first, 1, after - first, (across[first], down[row], across[after], down[row + 1])))
    return Grid(across, tuple(down), tuple(squares), tuple(owner))


def _nearest(lines: tuple[float, ...], value: float) -> int:
    return min(range(len(lines)), key=lambda number: abs(lines[number] - value))


def shaded(box: Box, rects: list[Rect]) -> bool:
    """Whether a cell's ground is coloured."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        rect.fill is not None
        and sum(rect.fill) < 750
        and rect.x0 <= x <= rect.x1
        and rect.y0 <= y <= rect.y1
        and (rect.y1 - rect.y0) >= 0.5 * (box[3] - box[1])
        for rect in rects
    )
