"""Rows of one table that were drawn apart, under the same heads: boxes with white between them, or a column left without rulings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.rulings import Band, Grid, grid_of_bands
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import middle_of

Item = Word | Placed
_SAME = 3.5
_APART, _CLOSE = 40.0, 6.0
_FEWEST = 3


def with_stacks(grids: list[Grid], items: Sequence[Item]) -> list[Grid]:
    """The page's grids, with those put together that stand under one another in the same columns."""
    stacks: list[list[Grid]] = []
    for grid in sorted(grids, key=lambda grid: (grid.box[1], grid.box[0])):
        stack = next((one for one in reversed(stacks) if _under(one[-1], grid, one[0])), None)
        if stack is not None:
            stack.append(grid)
        else:
            stacks.append([grid])
    if len(stacks) == len(grids):
        return grids
    outside = [item for item in items if all(grid.at(*middle_of(item)) is None for grid in grids)]
    found: list[Grid] = []
    for stack in stacks:
        found += [_joined(stack)] if len(stack) > 1 and not _parted(stack, outside) else stack
    return sorted(found, key=lambda grid: (grid.box[1], grid.box[0]))


def _under(above: Grid, below: Grid, head: Grid) -> bool:
    """Whether a grid stands close under another in the head's columns: in all of them, or in all but the last, which has no box."""
    gap = below.box[1] - above.box[3]
    if len(head.across) <= _FEWEST or len(below.across) < _FEWEST or not -1 <= gap <= _APART:
        return False
    if abs(head.box[0] - below.box[0]) > _SAME or below.box[2] > head.box[2] + _SAME:
        return False
    missing = sum(wall > below.box[2] + _SAME for wall in head.across)
    if missing > 1 or (not missing and gap > _CLOSE):
        return False
    there = head.across[: len(head.across) - missing]
    return len(there) == len(below.across) and all(abs(one - two) <= _SAME for one, two in zip(there, below.across, strict=True))


def _parted(stack: list[Grid], outside: list[Item]) -> bool:
    """Whether words stand between these grids that belong to no column of theirs."""
    left = stack[0].box[0]
    for above, below in pairwise(stack):
        right = min(above.box[2], below.box[2])
        if any(left < middle_of(item)[0] < right and above.box[3] < middle_of(item)[1] < below.box[1] for item in outside):
            return True
    return False


def _joined(stack: list[Grid]) -> Grid:
    """One grid of them all, each row as far down as the next begins."""
    bands: list[Band] = []
    end = stack[0].box[2]
    for grid, below in pairwise([*stack, None]):
        if grid is None:
            break
        for row, (top, bottom) in enumerate(pairwise(grid.down)):
            cells = [(cell.box[0], cell.box[2]) for cell in grid.cells if cell.row <= row < cell.row + cell.row_span]
            cells += [(wall, end) for wall in stack[0].across[:-1] if wall > grid.box[2] - _SAME]
            last = row == len(grid.down) - 2
            bands.append((top, below.box[1] if last and below is not None else max(bottom, _foot(grid)) if last else bottom, tuple(sorted(cells))))
    return grid_of_bands(bands)


def _foot(grid: Grid) -> float:
    """How far the last row may reach: as much again as half its height, for ticks set in two lines."""
    return grid.down[-1] + 0.5 * (grid.down[-1] - grid.down[-2])
