"""Tables that a page break cut in two, and rows that it cut in two, put together again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.document import Block, Cell, Control, Line, Table
from pipeline.extract.answers import is_bold
from pipeline.extract.pdf.paragraphs import join_lines, would_not_fit

_SAME = 4.0
_LOW, _HIGH = 0.72, 0.25
_FOOT = 64.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of one page, the column lines its rulings gave (none for a line of text), and the page's height."""

    block: Block
    columns: tuple[float, ...]
    page_height: float


def join_tables(pages: list[list[Piece]]) -> list[Block]:
    """All pages' blocks; a table that opens a page as the one that closed the page before goes on with it."""
    joined: list[Piece] = []
    for number, page in enumerate(pages):
        for position, piece in enumerate(page):
            if number and position == 0 and joined and continues(joined[-1], piece):
                joined[-1] = _join(joined[-1], piece)
            else:
                joined.append(piece)
    return [piece.block for piece in joined]


def continues(last: Piece, piece: Piece) -> bool:
    """Whether a table that opens a page goes on with the one that closed the page before: as wide, and cut off at the foot."""
    if not isinstance(last.block, Table) or not isinstance(piece.block, Table):
        return False
    if abs(last.columns[0] - piece.columns[0]) > _SAME or abs(last.columns[-1] - piece.columns[-1]) > _SAME:
        return False
    below, above = _last_box(last.block), piece.block.place.box if piece.block.place else None
    if below is None or above is None or above[1] > _HIGH * piece.page_height:
        return False
    first_row = max((cell.place.box[3] for cell in piece.block.row(0) if cell.place and cell.place.box), default=above[3]) - above[1]
    return below > _LOW * last.page_height or below + first_row > last.page_height - _FOOT


def _last_box(table: Table) -> float | None:
    """How far down its last page a table reaches: its own box is that of its first page."""
    boxes = [cell.place.box[3] for cell in table.cells if cell.place and cell.place.box and cell.row + cell.row_span == table.rows]
    return max(boxes, default=None)


def _join(last: Piece, piece: Piece) -> Piece:
    upper, lower = last.block, piece.block
    if not isinstance(upper, Table) or not isinstance(lower, Table):
        return last
    columns = _merged(last.columns, piece.columns)
    upper, lower = _on_columns(upper, last.columns, columns), _on_columns(lower, piece.columns, columns)
    lower = _without_repeated_head(upper, lower)
    cells = list(upper.cells)
    shift = upper.rows
    rest = lower.cells
    if lower.rows and _row_goes_on(upper, lower):
        shift -= 1
        tails = {cell.column: cell for cell in lower.row(0)}
        cells = [_stitch(cell, tails[cell.column]) if cell.row + cell.row_span == upper.rows and cell.column in tails else cell for cell in cells]
        rest = tuple(cell for cell in rest if cell.row > 0)
    cells += [replace(cell, row=cell.row + shift) for cell in rest]
    table = Table(shift + lower.rows, len(columns) - 1, tuple(cells), upper.place)
    return Piece(table, columns, piece.page_height)


def _merged(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    lines = list(first)
    lines += [line for line in second if all(abs(line - known) > _SAME for known in first)]
    return tuple(sorted(lines))


def _on_columns(table: Table, old: tuple[float, ...], new: tuple[float, ...]) -> Table:
    """A table counted in the columns of a finer grid."""
    if len(old) == len(new):
        return table
    at = [min(range(len(new)), key=lambda number: abs(new[number] - line)) for line in old]
    cells = tuple(replace(cell, column=at[cell.column], column_span=at[cell.column + cell.column_span] - at[cell.column]) for cell in table.cells)
    return replace(table, columns=len(new) - 1, cells=cells)


def _without_repeated_head(upper: Table, lower: Table) -> Table:
    head, again = upper.row(0), lower.row(0)
    texts = [cell.text for cell in head]
    if upper.rows < 2 or lower.rows < 2 or not any(texts) or texts != [cell.text for cell in again] or any(cell.row_span > 1 for cell in again):
        return lower
    if not all(cell.shaded or is_bold(cell) for cell in again if cell.text):
        return lower
    return replace(lower, rows=lower.rows - 1, cells=tuple(replace(cell, row=cell.row - 1) for cell in lower.cells if cell.row > 0))


def _row_goes_on(upper: Table, lower: Table) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    last = {cell.column: cell for cell in upper.cells if cell.row + cell.row_span == upper.rows}
    first = {cell.column: cell for cell in lower.row(0)}
    if {column: cell.column_span for column, cell in last.items()} != {column: cell.column_span for column, cell in first.items()}:
        return False
    filled = [column for column, cell in first.items() if cell.lines or cell.tables]
    if not filled or any(not (last[column].lines or last[column].tables) for column in filled):
        return False
    label_left_out = 0 not in filled and bool(last[min(last)].lines) and (last[min(last)].shaded or is_bold(last[min(last)])) and len(first) <= 2
    going_on = [_text_goes_on(last[column], first[column]) for column in filled]
    return label_left_out or all(going_on)


def _text_goes_on(last: Cell, first: Cell) -> bool:
    if not last.lines or not first.lines or last.place is None or last.place.box is None:
        return False
    if any(isinstance(item, Control) for line in (last.lines[-1], first.lines[0]) for item in line.items):
        return False
    tail, head = last.lines[-1], first.lines[0]
    if would_not_fit(tail, head, last.place.box[2] - _padding(last)):
        return True
    words, more = tail.text.rstrip(), head.text.lstrip()
    return bool(words) and words[-1] not in ".:?!" and more[:1].islower() and not is_bold(first)


def _padding(cell: Cell) -> float:
    lefts = [line.place.box[0] for line in cell.lines if line.place and line.place.box]
    return min(8.0, max(0.0, min(lefts) - cell.place.box[0])) if lefts and cell.place and cell.place.box else 0.0


def _stitch(upper: Cell, lower: Cell) -> Cell:
    lines: tuple[Line, ...] = (*upper.lines, *lower.lines)
    if upper.lines and lower.lines and _text_goes_on(upper, lower):
        lines = (*upper.lines[:-1], join_lines(upper.lines[-1], lower.lines[0]), *lower.lines[1:])
    return replace(upper, lines=lines, tables=(*upper.tables, *lower.tables))
