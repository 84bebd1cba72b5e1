"""Cells without a line between the rows, in which each row has its own boxes to tick: parted again, for they are one answer a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from models.document import Mark
from pipeline.extract.pdf.rulings import Grid, Square
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import middle_of

Item = Word | Placed


def with_parted_ticks(grids: list[Grid], items: Sequence[Item]) -> list[Grid]:
    """The grids, such cells cut at the lines of the rows beside them."""
    if not any(isinstance(item, Placed) and isinstance(item.item, Mark) for item in items):
        return grids
    return [_parted(grid, items) if any(cell.row_span > 1 for cell in grid.cells) else grid for grid in grids]


def _parted(grid: Grid, items: Sequence[Item]) -> Grid:
    inside: dict[int, list[Item]] = {}
    for item in items:
        number = grid.at(*middle_of(item))
        if number is not None and grid.cells[number].row_span > 1:
            inside.setdefault(number, []).append(item)
    to_part = {number for number, held in inside.items() if _is_an_answer_a_row(grid, grid.cells[number], held)}
    return _rebuilt(grid, to_part) if to_part else grid


def _is_an_answer_a_row(grid: Grid, cell: Square, items: list[Item]) -> bool:
    """Whether every row that the cell runs over has boxes to tick, and beside them the same words."""
    rows = []
    for top, bottom in pairwise(grid.down[cell.row : cell.row + cell.row_span + 1]):
        here = [item for item in items if top <= middle_of(item)[1] < bottom]
        if not any(isinstance(item, Placed) and isinstance(item.item, Mark) for item in here):
            return False
        rows.append(tuple(item.text for item in here if isinstance(item, Word)))
    return len(rows) > 1 and len(set(rows)) == 1


def _rebuilt(grid: Grid, to_part: set[int]) -> Grid:
    cells = sorted((square for number, cell in enumerate(grid.cells) for square in _pieces(grid, cell, number in to_part)), key=_place)
    columns = len(grid.across) - 1
    owner = [0] * (columns * (len(grid.down) - 1))
    for number, cell in enumerate(cells):
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                owner[row * columns + column] = number
    return replace(grid, cells=tuple(cells), owner=tuple(owner))


def _place(cell: Square) -> tuple[int, int]:
    return cell.row, cell.column


def _pieces(grid: Grid, cell: Square, part: bool) -> Iterator[Square]:
    if not part:
        yield cell
        return
    for row in range(cell.row, cell.row + cell.row_span):
        yield replace(cell, row=row, row_span=1, box=(cell.box[0], grid.down[row], cell.box[2], grid.down[row + 1]))
