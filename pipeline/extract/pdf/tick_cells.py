"""Cells without a line between rows or columns, in which each row or column has its own boxes to tick: parted again, for each is an answer of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from models.document import Mark
from pipeline.extract.pdf.rulings import Grid, Square
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import box_of, middle_of

Item = Word | Placed


def with_parted_ticks(grids: list[Grid], items: Sequence[Item]) -> list[Grid]:
    """The grids, such cells cut at the lines of the rows and columns about them."""
    if not any(isinstance(item, Placed) and isinstance(item.item, Mark) for item in items):
        return grids
    return [_parted(grid, items) if any(cell.row_span > 1 or cell.column_span > 1 for cell in grid.cells) else grid for grid in grids]


def _parted(grid: Grid, items: Sequence[Item]) -> Grid:
    inside: dict[int, list[Item]] = {}
    for item in items:
        number = grid.at(*middle_of(item))
        if number is not None and max(grid.cells[number].row_span, grid.cells[number].column_span) > 1:
            inside.setdefault(number, []).append(item)
    pieces = {number: list(_pieces(grid, grid.cells[number], held)) for number, held in inside.items()}
    if all(len(parts) == 1 for parts in pieces.values()):
        return grid
    return _rebuilt(grid, pieces)


def _rebuilt(grid: Grid, pieces: dict[int, list[Square]]) -> Grid:
    cells = sorted((part for number, cell in enumerate(grid.cells) for part in pieces.get(number, [cell])), key=lambda cell: (cell.row, cell.column))
    columns = len(grid.across) - 1
    owner = [0] * (columns * (len(grid.down) - 1))
    for number, cell in enumerate(cells):
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                owner[row * columns + column] = number
    return replace(grid, cells=tuple(cells), owner=tuple(owner))


def _pieces(grid: Grid, cell: Square, items: list[Item]) -> Iterator[Square]:
    """A cell, cut into its rows and columns where each of them has an answer of its own."""
    rows = _cuts(items, grid.down[cell.row : cell.row + cell.row_span + 1], upright=True)
    columns = _cuts(items, grid.across[cell.column : cell.column + cell.column_span + 1], upright=False)
    for top, below in pairwise(cell.row + cut for cut in rows):
        for left, right in pairwise(cell.column + cut for cut in columns):
            box = (grid.across[left], grid.down[top], grid.across[right], grid.down[below])
            yield Square(top, left, below - top, right - left, box)


def _cuts(items: list[Item], lines: tuple[float, ...], *, upright: bool) -> list[int]:
    """At which of the lines that run through a cell it is cut: at all of them where each band has boxes to tick and the same words, else at none."""
    uncut = [0, len(lines) - 1]
    if len(lines) < 3 or any(not upright and box_of(item)[0] < wall - 1 and box_of(item)[2] > wall + 1 for item in items for wall in lines[1:-1]):
        return uncut
    words = set()
    for start, end in pairwise(lines):
        here = [item for item in items if start <= middle_of(item)[upright] < end]
        if not any(isinstance(item, Placed) and isinstance(item.item, Mark) for item in here):
            return uncut
        words.add(frozenset(item.text for item in here if isinstance(item, Word)))
    return list(range(len(lines))) if len(words) == 1 else uncut
