"""Tables without rulings: lines of a PDF that stand in columns, made into a grid, so that they are read like any other table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from models.document import Block, Box, Cell, Document, Line, Mark, Place, Table
from pipeline.extract.answers import cut
from pipeline.extract.labels import Finder
from pipeline.extract.printed import follow_up

_GAP = re.compile(r"\s{3,}")
_NEAR = 12.0
"""Points by which a piece may miss its column."""


_LEVEL, _LINE = 3.5, 9.0
"""Points by which tops may differ in a row, and the height of a line of small print."""


@dataclass(slots=True)
class _Piece:
    """A line, or a part of one, with its box."""

    line: Line
    box: Box

    @property
    def text(self) -> str:
        return self.line.text.strip()


@dataclass(slots=True)
class _Row:
    """Pieces that stand level."""

    pieces: list[_Piece]

    @property
    def top(self) -> float:
        return min(piece.box[1] for piece in self.pieces)


@dataclass(slots=True)
class _Region:
    """Rows that share their columns."""

    columns: list[float]
    rows: list[_Row] = field(default_factory=list)

    def column_of(self, piece: _Piece) -> int | None:
        """The column a piece begins in."""
        near = [(abs(left - piece.box[0]), number) for number, left in enumerate(self.columns)]
        distance, number = min(near)
        return number if distance <= _NEAR else None


def with_columns(document: Document, find: Finder) -> Document:
    """The document with such lines as tables; itself where there are none."""
    if document.format != "pdf":
        return document
    blocks: list[Block] = []
    run: list[Line] = []
    changed = False
    for block in (*document.blocks, None):
        if isinstance(block, Line) and block.box is not None and (not run or _page(block) == _page(run[0])) and block.heading is None:
            run.append(block)
            continue
        built = _built(run, find)
        changed = changed or any(isinstance(made, Table) for made in built)
        blocks.extend(built)
        run = []
        if isinstance(block, Line) and block.heading is None and block.box is not None:
            run = [block]
        elif block is not None:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks)) if changed else document


def _page(line: Line) -> int | None:
    return line.place.page if line.place else None


def _built(run: list[Line], find: Finder) -> list[Block]:
    """A run of lines with what stands in columns as tables."""
    if len(run) < 4:
        return list(run)
    rows = _rows([piece for line in run for piece in _pieces(line)])
    if sum(len(row.pieces) > 1 for row in rows) < 2:
        return list(run)
    found: list[Block] = []
    number = 0
    while number < len(rows):
        region = _region(rows, number)
        if region is None:
            found.extend(piece.line for piece in rows[number].pieces)
            number += 1
            continue
        found.append(_table(region, find))
        number += len(region.rows)
    return found


def _pieces(line: Line) -> list[_Piece]:
    """A line parted at its wide gaps; where each part stands is reckoned from its share of the characters."""
    box = line.box or (0.0, 0.0, 0.0, 0.0)
    text = line.text
    gaps = [match for match in _GAP.finditer(text) if match.start() and match.end() < len(text)]
    if not gaps or any(isinstance(item, Mark) for item in line.items):
        return [_Piece(line, box)]
    width = (box[2] - box[0]) / max(1, len(text))
    found: list[_Piece] = []
    rest, start = line, 0
    for gap in gaps:
        part, rest = cut(rest, gap.end() - start)
        found.append(_part(part, box, start, width))
        start = gap.end()
    found.append(_part(rest, box, start, width))
    return [piece for piece in found if piece.text or piece.line.items]


def _part(line: Line, box: Box, start: int, width: float) -> _Piece:
    left = box[0] + start * width
    place = line.place or Place()
    own = (left, box[1], left + len(line.text.rstrip()) * width, box[3])
    return _Piece(replace(line, place=replace(place, box=own)), own)


def _rows(pieces: list[_Piece]) -> list[_Row]:
    """Pieces that begin at one height are level, and so is one whose middle lies inside the first."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda one: one.box[1]):
        middle = (piece.box[1] + piece.box[3]) / 2
        first = rows[-1].pieces[0].box if rows else None
        if first is not None and (abs(piece.box[1] - first[1]) <= _LEVEL or first[1] <= middle <= first[1] + _LINE):
            rows[-1].pieces.append(piece)
        else:
            rows.append(_Row([piece]))
    for row in rows:
        row.pieces.sort(key=lambda one: one.box[0])
    return rows


def _region(rows: list[_Row], start: int) -> _Region | None:
    """The longest run of rows from here that keep to the same columns."""
    first = rows[start]
    if len(first.pieces) < 2 or any(len(piece.text) > 90 for piece in first.pieces):
        return None
    region = _Region([piece.box[0] for piece in first.pieces])
    for row in rows[start:]:
        if not _joins(region, row):
            break
        for piece in row.pieces:
            if region.column_of(piece) is None:
                region.columns = sorted([*region.columns, piece.box[0]])
        region.rows.append(row)
    full = sum(len(row.pieces) > 1 for row in region.rows)
    return region if full >= 2 and full * 3 >= len(region.rows) else None


def _joins(region: _Region, row: _Row) -> bool:
    """Does a row keep to the columns? A single piece must be narrow enough for its own; a wide one ends the table."""
    if region.rows and row.top - region.rows[-1].top > 45:
        return False
    known = [piece for piece in row.pieces if region.column_of(piece) is not None]
    if len(row.pieces) > 1:
        return len(known) * 2 >= len(row.pieces) and row.pieces[0] in known
    column = region.column_of(row.pieces[0])
    if column is None:
        return False
    following = region.columns[column + 1] if column + 1 < len(region.columns) else None
    return (following is None or row.pieces[0].box[2] < following - 2) and bool(region.rows)


def _table(region: _Region, find: Finder) -> Block:
    """The grid, with pieces that go on below others in the same cell."""
    grid: list[dict[int, list[_Piece]]] = []
    for row in region.rows:
        cells: dict[int, list[_Piece]] = {}
        for piece in row.pieces:
            column = region.column_of(piece)
            if column is not None:
                cells.setdefault(column, []).append(piece)
        if grid and _goes_on(grid[-1], cells, find):
            for column, pieces in cells.items():
                grid[-1].setdefault(column, []).extend(pieces)
        else:
            grid.append(cells)
    made = []
    for number, cells in enumerate(grid):
        for column in range(len(region.columns)):
            lines = tuple(piece.line for piece in cells.get(column, ()))
            made.append(Cell(number, column, lines=lines, place=lines[0].place if lines else None))
    return Table(len(grid), len(region.columns), tuple(made), next((cell.place for cell in made if cell.place), None))


def _goes_on(above: dict[int, list[_Piece]], row: dict[int, list[_Piece]], find: Finder) -> bool:
    """Is this row the rest of the one above? Its first column is empty, or ends a label that began there."""
    if 0 not in row:
        return True
    words = row[0][0].text
    before = " ".join(piece.text for piece in above.get(0, ()))
    if follow_up(words) or before.endswith(("?", ":")):
        return False
    alone = find(words)
    return bool(before) and (alone is None or alone.subject_only) and find(f"{before} {words}") is not None
