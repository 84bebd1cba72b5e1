"""Numbers written one digit to a box: the boxes made one cell, as a person reads them."""

from __future__ import annotations

import itertools
from dataclasses import replace

from models.document import Cell, Control, Line, Span, Table

_FEWEST_BOXES, _FEWEST_SIGNS = 6, 5
_JOINTS = "/-. "


def join_combs(table: Table) -> Table:
    """A table with each row of one-digit boxes made one cell. A scale (0 1 2 3 ...) is none: its digits follow each other."""
    if table.columns < _FEWEST_BOXES:
        return table
    cells: list[Cell] = []
    run: list[Cell] = []
    for cell in table.cells:
        if _sign(cell) is not None and (not run or _next_to(run[-1], cell)):
            run.append(cell)
            continue
        cells += _joined(run)
        run = [cell] if _sign(cell) is not None else []
        cells += [] if run else [cell]
    cells += _joined(run)
    return replace(table, cells=tuple(cells)) if len(cells) < len(table.cells) else table


def _next_to(last: Cell, cell: Cell) -> bool:
    return cell.row == last.row and cell.column == last.column + last.column_span and cell.row_span == last.row_span


def _sign(cell: Cell) -> str | None:
    """What stands in a cell that could be a box for one sign; None for any other cell."""
    if cell.tables or len(cell.lines) > 1 or cell.column_span > 1:
        return None
    items = cell.lines[0].items if cell.lines else ()
    if any(not isinstance(item, (Span, Control)) for item in items):
        return None
    text = cell.text.strip()
    return text if len(text) <= 1 and (not text or text.isalnum() or text in _JOINTS) else None


def _joined(run: list[Cell]) -> list[Cell]:
    """The boxes as one cell, where they are boxes; the empty ones at either end stay outside."""
    first = next((number for number, cell in enumerate(run) if _sign(cell)), len(run))
    last = next((number for number in range(len(run) - 1, -1, -1) if _sign(run[number])), -1)
    boxes = run[first : last + 1]
    text = "".join(_sign(cell) or "" for cell in boxes)
    if len(run) < _FEWEST_BOXES or len(text) < _FEWEST_SIGNS or not _is_number(text):
        return run
    head = boxes[0]
    line = head.lines[0]
    places = [item.place for item in line.items]
    whole = Line((Span(text, place=places[0] if places else line.place),), place=line.place)
    one = replace(head, column=run[0].column, column_span=run[-1].column + run[-1].column_span - run[0].column, lines=(whole,))
    return [one]


def _is_number(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdecimal() and sign.isascii()]
    others = [sign for sign in text[1:] if not sign.isdecimal() and sign not in _JOINTS]
    steps = {after - before for before, after in itertools.pairwise(digits)}
    return not others and len(digits) >= _FEWEST_SIGNS - 1 and steps != {1} and steps != {-1}
