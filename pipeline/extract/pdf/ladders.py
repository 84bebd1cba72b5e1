"""Tables with lines between their rows and none between their columns, as browsers and many a designer draw them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.pdf.rivers import NARROWEST, parts, rivers
from pipeline.extract.pdf.rulings import Grid, plain_grid
from pipeline.extract.pdf.shapes import Edge, Placed, Sheet, Word
from pipeline.extract.pdf.words import Row, box_of, middle_of, rows_of

Item = Word | Placed
_SAME = 3.0
_LEVEL = 1.2
_NARROWEST, _SHORTEST = 60.0, 12.0
_JOINT = 1.0
_PADDING, _FAR = 9.0, 16.0
_GAP = 0.6
_TALLEST, _LEADING = 0.9, 0.3
_MOST = 400
_NARROW = 3


@dataclass(frozen=True, slots=True)
class Rung:
    """One line across the page, drawn at once or cell by cell: `joints` are where one cell's stroke meets the next one's."""

    at: float
    start: float
    end: float
    thickness: float
    joints: tuple[float, ...] = ()

    def pairs_with(self, other: Rung) -> bool:
        """Whether two rungs can be of one table: as wide, as thick, and parted alike if at all."""
        return (
            abs(self.start - other.start) <= _SAME
            and abs(self.end - other.end) <= _SAME
            and abs(self.thickness - other.thickness) <= 0.3 + 0.35 * max(self.thickness, other.thickness)
            and _alike(self.joints, other.joints)
        )


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether the cells of one rung are those of the other, or some of them made one."""
    few, many = sorted((one, other), key=len)
    return bool(few) == bool(many) and all(any(abs(a - b) <= _SAME for b in many) for a in few)


def find_ladders(sheet: Sheet, items: Sequence[Item], grids: Sequence[Grid]) -> list[Grid]:
    """Such tables of a page, as grids."""
    rungs = _rungs(edge for edge in sheet.level if not any(_on(edge, grid) for grid in grids))
    if not rungs or len(rungs) > _MOST:
        return []
    free = [item for item in items if not any(grid.at(*middle_of(item)) is not None for grid in grids)]
    limits = [grid.box[3] for grid in grids] + [rung.at for rung in rungs]
    found: list[Grid] = []
    for ladder in _ladders(rungs):
        within = [item for item in free if ladder[0].start - _SAME <= middle_of(item)[0] <= ladder[0].end + _SAME]
        maker = _jointed if ladder[0].joints else _plain
        found += maker(ladder, within, [*limits, *(grid.box[3] for grid in found)])
    return found


def _on(edge: Edge, grid: Grid) -> bool:
    left, top, right, bottom = grid.box
    return top - _SAME <= edge.at <= bottom + _SAME and min(edge.end, right) - max(edge.start, left) > 0


# Rungs --------------------------------------------------------------------------------------------------------------


def _rungs(edges: Iterable[Edge]) -> list[Rung]:
    """Strokes at one height that meet end to end, as one rung each."""
    found: list[Rung] = []
    run: list[Edge] = []
    for edge in sorted((edge for edge in edges if edge.end - edge.start >= _SHORTEST), key=lambda edge: (round(edge.at), edge.start)):
        if run and abs(edge.at - run[-1].at) <= _LEVEL and -_SAME < edge.start - run[-1].end <= _JOINT:
            run.append(edge)
            continue
        found += _as_rung(run)
        run = [edge]
    found += _as_rung(run)
    return sorted(found, key=lambda rung: (rung.at, rung.start))


def _as_rung(run: list[Edge]) -> list[Rung]:
    if not run or run[-1].end - run[0].start < _NARROWEST:
        return []
    return [Rung(run[0].at, run[0].start, run[-1].end, run[0].thickness, tuple(edge.start for edge in run[1:]))]


def _ladders(rungs: list[Rung]) -> list[list[Rung]]:
    """Rungs that belong together, each with the next below it that spans as wide. Another one across them ends the ladder."""
    ladders: list[list[Rung]] = []
    for rung in rungs:
        across = [ladder for ladder in ladders if min(rung.end, ladder[-1].end) - max(rung.start, ladder[-1].start) > _SAME]
        nearest = max(across, key=lambda ladder: ladder[-1].at, default=None)
        if nearest is not None and nearest[-1].pairs_with(rung) and rung.at - nearest[-1].at > _SAME:
            nearest.append(rung)
        else:
            ladders.append([rung])
    return [ladder for ladder in ladders if len(ladder) > 1 or ladder[0].joints]


# Tables -------------------------------------------------------------------------------------------------------------


def _jointed(ladder: list[Rung], items: list[Item], limits: list[float]) -> list[Grid]:
    """A table whose rungs were drawn cell by cell: where the strokes meet, its columns part."""
    walls = max((rung.joints for rung in ladder), key=len)
    across = (ladder[0].start, *walls, ladder[-1].end)
    down = [rung.at for rung in ladder]
    above = _row_above(down[0], items, walls, limits)
    below = _row_below(down[-1], items, walls, limits)
    padding = _padding(down, items)
    if above is not None and (len(down) < 2 or down[0] - above[1] <= padding + 4):
        down.insert(0, above[0])
    if below is not None and len(down) > 1 and below[0] - down[-1] <= padding + 1.5:
        down.append(below[1])
    inside = [middle_of(item)[0] for item in items if down[0] < middle_of(item)[1] < down[-1]]
    while len(across) > _NARROW and not any(x > across[-2] for x in inside):
        across = (*across[:-2], across[-1])  # nothing was ever in the last column: a portal's links stood there
    return [plain_grid(across, tuple(down))] if len(down) > 1 else []


def _plain(ladder: list[Rung], items: list[Item], limits: list[float]) -> list[Grid]:
    """Tables between whole strokes: runs of rows that fill their height, whose words keep to the same columns."""
    found: list[Grid] = []
    run: list[float] = []
    lines: list[list[Item]] = []
    for upper, lower in pairwise(ladder):
        inside = rows_of(item for item in items if upper.at < middle_of(item)[1] < lower.at)
        if _fills(inside, upper.at, lower.at):
            run = run or [upper.at]
            run.append(lower.at)
            lines += [row.items for row in inside]
            continue
        found += _columned(run, lines, ladder[0], items, limits)
        run, lines = [], []
    return found + _columned(run, lines, ladder[0], items, limits)


def _columned(run: list[float], lines: list[list[Item]], rung: Rung, items: list[Item], limits: list[float]) -> list[Grid]:
    if len(run) < 2:
        return []
    walls = tuple(river.wall for river in rivers(lines))
    if not walls or sum(_filled(line, walls) > 1 for line in lines) < 2:
        return []
    down = list(run)
    above = _row_above(down[0], items, walls, limits)
    if above is not None and down[0] - above[1] <= _padding(down, items) + 4:
        down.insert(0, above[0])
    return [plain_grid((rung.start, *walls, rung.end), tuple(down))]


def _filled(line: list[Item], walls: tuple[float, ...]) -> int:
    return len({sum(middle_of(item)[0] > wall for wall in walls) for item in line})


def _fills(rows: list[Row], top: float, bottom: float) -> bool:
    """Whether lines between two strokes are one row of a table: near both, of one size, and close together."""
    if not rows or rows[0].top - top > _FAR or bottom - max(row.bottom for row in rows) > _FAR:
        return False
    if max(map(_size, rows)) - min(map(_size, rows)) > 1:
        return False
    several = sum(len(parts(row.items, 2 * NARROWEST)) > 1 for row in rows) > 1
    widest = _LEADING if several else _TALLEST
    return all(after.top - row.bottom <= widest * (after.bottom - after.top) for row, after in pairwise(rows))


def _padding(down: list[float], items: list[Item]) -> float:
    """How far the words stand from the strokes round them, at the nearest."""
    gaps = []
    for upper, lower in pairwise(down):
        boxes = [box_of(item) for item in items if upper < middle_of(item)[1] < lower]
        if boxes:
            gaps.append(max(0.0, min(min(box[1] for box in boxes) - upper, lower - max(box[3] for box in boxes))))
    return min(_PADDING, *gaps, _PADDING) if gaps else 4.0


def _row_above(rung: float, items: list[Item], walls: tuple[float, ...], limits: list[float]) -> tuple[float, float] | None:
    """Where the row that stands on the first stroke begins, and where its words end; None where nothing stands there that keeps to the columns."""
    ceiling = max((limit for limit in limits if limit < rung - _LEVEL), default=0.0)
    rows = rows_of(item for item in items if ceiling < middle_of(item)[1] < rung)
    taken = _close_together(rows[::-1], walls)
    if not taken or rung - max(row.bottom for row in taken) > _PADDING:
        return None
    return min(row.top for row in taken) - 1.0, max(row.bottom for row in taken)


def _row_below(rung: float, items: list[Item], walls: tuple[float, ...], limits: list[float]) -> tuple[float, float] | None:
    """The same for a row that hangs from the last stroke, cut off by the end of the page or left open."""
    floor = min((limit for limit in limits if limit > rung + _LEVEL), default=10_000.0)
    rows = rows_of(item for item in items if rung < middle_of(item)[1] < floor)
    taken = _close_together(rows, walls)
    if not taken or sum(len(row.items) for row in taken) == 0 or max(_filled(row.items, walls) for row in taken) < 2:
        return None
    return min(row.top for row in taken), max(row.bottom for row in taken) + 1.0


def _close_together(rows: list[Row], walls: tuple[float, ...]) -> list[Row]:
    """The first of these rows and those right next to it, as long as they keep to the columns in letters of one size."""
    taken: list[Row] = []
    for row in rows:
        if _crosses(row, walls):
            break
        if taken:
            gap = max(row.top - taken[-1].bottom, taken[-1].top - row.bottom)
            if gap > _GAP * (row.bottom - row.top) or abs(_size(row) - _size(taken[0])) > 1 or _bold(row) != _bold(taken[0]):
                break
        taken.append(row)
    return taken


def _size(row: Row) -> float:
    return max((item.style.size for item in row.items if isinstance(item, Word)), default=10.0)


def _bold(row: Row) -> bool:
    return all(item.style.bold for item in row.items if isinstance(item, Word))


def _crosses(row: Row, walls: tuple[float, ...]) -> bool:
    """Whether a line runs over a wall: a word on it, or two words across it with no more than a blank between them."""
    for wall in walls:
        left = max((box_of(item)[2] for item in row.items if middle_of(item)[0] <= wall), default=None)
        right = min((box_of(item)[0] for item in row.items if middle_of(item)[0] > wall), default=None)
        if (left is not None and left > wall + 1) or (right is not None and right < wall - 1):
            return True
        if left is not None and right is not None and right - left < 3.5:
            return True
    return False
