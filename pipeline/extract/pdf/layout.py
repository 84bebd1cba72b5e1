"""One page's words, marks and rulings put together into lines and tables from top to bottom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from models.document import Block, Box, Cell, Line, Place, Table
from pipeline.extract.caps import Caps
from pipeline.extract.combs import join_combs
from pipeline.extract.pdf.captions import with_captions
from pipeline.extract.pdf.columns import find_columns
from pipeline.extract.pdf.decoration import decorate
from pipeline.extract.pdf.fills import Breaks, without_stripes
from pipeline.extract.pdf.frames import join_dates, square_up
from pipeline.extract.pdf.ladders import find_ladders
from pipeline.extract.pdf.links import without_links
from pipeline.extract.pdf.lists import find_lists
from pipeline.extract.pdf.matrices import find_matrices
from pipeline.extract.pdf.paragraphs import Visual, paragraphs, visual
from pipeline.extract.pdf.rulings import Grid, find_grids, shaded
from pipeline.extract.pdf.shapes import Placed, Sheet, Word
from pipeline.extract.pdf.stacks import with_stacks
from pipeline.extract.pdf.stubs import with_stubs
from pipeline.extract.pdf.tick_cells import with_parted_ticks
from pipeline.extract.pdf.ticks import take_drawn_ticks, take_overdrawn_ticks
from pipeline.extract.pdf.words import box_of, line_of, rows_of, split_wide, words_of

_PADDING = 8.0
_FRAME_HEIGHT = 34.0
_FRAME_WIDTH = 0.45
_TEXT_WIDTH = 0.8
_EDGE = 0.055
_COLUMN_GAP = 8.0
_OPEN_COLUMNS = 12
_ALIGNED = 3.0
Item = Word | Placed


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """A page's blocks with what joining pages needs to know: the column lines of each
    table and which tables are only frames (both by id), and how many letters there are of each size."""

    number: int
    size: tuple[float, float]
    blocks: tuple[Block, ...]
    columns: dict[int, tuple[float, ...]]
    frames: frozenset[int]
    letters: dict[int, int]
    notes: tuple[str, ...] = ()
    truncated: bool = False


def lay_out(sheet: Sheet, caps: Caps) -> PageBlocks:
    """Make sense of one page."""
    take_drawn_ticks(sheet)
    square_up(sheet)
    words = decorate(without_links(words_of(sheet)), sheet)
    words = join_dates(take_overdrawn_ticks(words, sheet), sheet)
    spaced = _blanks_at_ends(words)
    grids = _without_frames(find_grids(sheet, caps.table_squares))
    items: list[Item] = [*words, *sheet.placed]
    grids = with_stubs(with_captions(with_stacks(grids, items), items), items)
    grids = with_parted_ticks(grids, items)
    grids += _unruled(sheet, items, grids)
    loose, inside = _assign(items, grids)
    parents = [_parent(number, grids) for number in range(len(grids))]
    made: dict[int, Table] = {}
    for number in sorted(range(len(grids)), key=lambda number: _area(grids[number])):
        nested: dict[int, list[Table]] = defaultdict(list)
        for child, parent in enumerate(parents):
            if parent is not None and parent[0] == number:
                nested[parent[1]].append(made[child])
        made[number] = _table(grids[number], inside[number], nested, sheet, spaced=spaced)
    tables = [(made[number], grids[number]) for number in range(len(grids)) if parents[number] is None]
    right = _right_margin(loose, [grid for _, grid in tables], sheet.width, sheet.height)
    lines = _loose_lines(loose, sheet.number, right, spaced=spaced)
    blocks: list[Block] = [*lines, *(table for table, _ in tables)]
    letters: dict[int, int] = defaultdict(int)
    for word in words:
        letters[round(10 * word.style.size)] += len(word.text)
    columns = {id(table): grid.across for table, grid in tables}
    frames = _frames(tables, loose, sheet.width)
    return PageBlocks(
        sheet.number, (sheet.width, sheet.height), tuple(in_order(blocks)), columns, frames, dict(letters), tuple(sheet.notes), sheet.truncated
    )


def _unruled(sheet: Sheet, items: list[Item], grids: list[Grid]) -> list[Grid]:
    """Tables whose rulings are missing, all or in part."""
    found = find_ladders(sheet, items, grids)
    known = [*grids, *found]
    found += find_matrices(_assign(items, known)[0], [grid.box[1] for grid in known])
    breaks = Breaks(sheet.rects)
    for finder in (find_columns, find_lists):
        known = [*grids, *found]
        found += finder(_assign(items, known)[0], [grid.box[1] for grid in known], breaks)
    return found


def _right_margin(loose: list[Item], grids: list[Grid], width: float, height: float) -> float:
    """Where lines outside tables end: tables reach a cell's padding further than the text, and a page of short lines tells nothing.

    Page numbers and the like at the page's very edges reach where no text does.
    """
    body = [item for item in loose if _EDGE * height < box_of(item)[1] and box_of(item)[3] < (1 - _EDGE) * height]
    return max([box_of(item)[2] for item in body] + [grid.box[2] - _PADDING for grid in grids] + [_TEXT_WIDTH * width])


def _blanks_at_ends(words: list[Word]) -> bool:
    """Whether the page writes blanks at the ends of lines: some word with a blank after it is followed by one further down and to the left."""
    return any(word.spaced and after.x0 < word.x0 and after.y0 > word.y1 - 1 for word, after in pairwise(words))


def in_order(blocks: list[Block]) -> list[Block]:
    """Blocks from top to bottom, those at one height from left to right."""
    rows: list[list[Block]] = []
    for block in sorted(blocks, key=lambda block: _box(block)[1]):
        if rows and isinstance(block, Line) and all(isinstance(other, Line) and _beside(_box(block), _box(other)) for other in rows[-1]):
            rows[-1].append(block)
        else:
            rows.append([block])
    return [block for row in rows for block in sorted(row, key=lambda block: _box(block)[0])]


def _box(block: Block) -> Box:
    return block.place.box if block.place and block.place.box else (0.0, 0.0, 0.0, 0.0)


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)


def _contains(outer: Grid, inner: Grid) -> bool:
    a, b = outer.box, inner.box
    return a[0] <= b[0] + 1 and a[1] <= b[1] + 1 and a[2] >= b[2] - 1 and a[3] >= b[3] - 1 and _area(outer) > _area(inner)


def _without_frames(grids: list[Grid]) -> list[Grid]:
    """A single box drawn round other tables dresses the page and says nothing."""
    return [grid for grid in grids if len(grid.cells) > 1 or not any(_contains(grid, other) for other in grids if other is not grid)]


def _frames(tables: list[tuple[Table, Grid]], loose: list[Item], width: float) -> frozenset[int]:
    """The single boxes drawn for a short answer in line with its label: what is in them belongs to the line and is no table."""
    single = [(table, grid.box) for table, grid in tables if len(grid.cells) == 1 and grid.box[3] - grid.box[1] <= _FRAME_HEIGHT]
    frames = set()
    for table, box in single:
        beside = any(_beside(box_of(item), box) for item in loose) or any(_beside(other.box, box) for _, other in tables if other.box != box)
        if (beside or box[2] - box[0] < _FRAME_WIDTH * width) and len(table.cells[0].lines) <= 2 and not table.cells[0].tables:
            frames.add(id(table))
    return frozenset(frames)


def _beside(one: Box, other: Box) -> bool:
    return min(one[3], other[3]) - max(one[1], other[1]) > 0.5 * min(one[3] - one[1], other[3] - other[1])


def _parent(number: int, grids: list[Grid]) -> tuple[int, int] | None:
    around = [other for other in range(len(grids)) if other != number and _contains(grids[other], grids[number])]
    if not around:
        return None
    nearest = min(around, key=lambda other: _area(grids[other]))
    left, top, right, bottom = grids[number].box
    cell = grids[nearest].at((left + right) / 2, (top + bottom) / 2)
    return (nearest, cell) if cell is not None else None


def _assign(items: list[Item], grids: list[Grid]) -> tuple[list[Item], list[dict[int, list[Item]]]]:
    """Each item to the smallest table it stands in, and there to a cell; the rest is loose."""
    loose: list[Item] = []
    inside: list[dict[int, list[Item]]] = [defaultdict(list) for _ in grids]
    by_size = sorted(range(len(grids)), key=lambda number: _area(grids[number]))
    for item in items:
        left, top, right, bottom = box_of(item)
        x, y = (left + right) / 2, (top + bottom) / 2
        for number in by_size:
            cell = grids[number].at(x, y)
            if cell is not None:
                inside[number][cell].append(item)
                break
        else:
            loose.append(item)
    return loose, inside


def _table(grid: Grid, inside: dict[int, list[Item]], nested: dict[int, list[Table]], sheet: Sheet, *, spaced: bool) -> Table:
    cells = []
    for number, square in enumerate(grid.cells):
        items = inside.get(number, [])
        lines = [visual(line_of(row.items, sheet.number), row.items) for row in rows_of(items)]
        padding = min([box_of(item)[0] - square.box[0] for item in items if isinstance(item, Word)], default=0.0)
        right = square.box[2] - max(0.0, min(padding, _PADDING))
        cells.append(
            Cell(
                square.row,
                square.column,
                square.row_span,
                square.column_span,
                tuple(paragraphs(lines, right, spaced=spaced)),
                tuple(nested.get(number, ())),
                sheet.tone(square.box) if sheet.tone else shaded(square.box, sheet.rects),
                Place(sheet.number, square.box),
            )
        )
    return without_stripes(join_combs(Table(len(grid.down) - 1, len(grid.across) - 1, tuple(cells), Place(sheet.number, grid.box))))


def _loose_lines(items: list[Item], page: int, right: float, *, spaced: bool) -> list[Line]:
    columns: list[_Column] = []
    for row in rows_of(items):
        parts = [visual(line_of(part, page), part) for part in split_wide(row)]
        ends = [_box(part.line)[0] - _COLUMN_GAP for part in parts[1:]] + [right]
        for part, end in zip(parts, ends, strict=True):
            column = next((one for one in reversed(columns[-_OPEN_COLUMNS:]) if one.takes(part.line, len(parts))), None)
            if column is None:
                columns.append(_Column(_box(part.line)[0], end, len(parts), [part]))
            else:
                column.parts.append(part)
                column.right = min(column.right, end)
    return [line for column in columns for line in paragraphs(column.parts, column.right, spaced=spaced)]


@dataclass(slots=True)
class _Column:
    """Lines that stand under each other, close together, from one left edge."""

    left: float
    right: float
    beside: int
    parts: list[Visual]

    def takes(self, line: Line, beside: int) -> bool:
        """Whether a line stands under these. One of a row as full as the column's first begins a new entry."""
        if beside >= self.beside > 1 or (self.beside == 1 < beside):
            return False
        last, box = _box(self.parts[-1].line), _box(line)
        return abs(box[0] - self.left) <= _ALIGNED and last[1] < box[1] <= last[3] + 1.5 * (last[3] - last[1])
