"""Tables that reached us as lines, as mail programs send them when a form is pasted: columns parted by tabs, a list of options line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.document import Block, Cell, Document, Line, Table
from models.mail import FileKind
from pipeline.extract.answers import cut, has_marks
from pipeline.extract.labels import Finder, Label
from pipeline.extract.one_cell import rows_of_cells
from pipeline.extract.values.ethnicity import is_ethnicity_option

_LEAST_OPTIONS = 5
"""Ethnic groups in a row that make a list of them."""
_SINGLE_LINES = frozenset({FileKind.TEXT, FileKind.HTML})
"""Kinds of document whose tables may have come apart into a line for each cell."""
_SHORT = 90
"""Characters of a line that may head a table."""


def with_tabs(document: Document, find: Finder) -> Document:
    """The document with such lines as tables; itself where there are none."""
    blocks: list[Block] = []
    number = 0
    changed = False
    while number < len(document.blocks):
        rows: Sequence[Sequence[Line | None]] = _rows_from(document.blocks, number, find) or _options_from(document.blocks, number)
        taken = len(rows)
        if not rows and document.format in _SINGLE_LINES:
            rows, taken = rows_of_cells(document.blocks, number, find)
        if not rows:
            blocks.append(document.blocks[number])
            number += 1
            continue
        if blocks and len(rows) > 1:
            blocks[-1] = _as_heading(blocks[-1])
        blocks.append(_table(rows))
        number += taken
        changed = True
    return replace(document, blocks=tuple(blocks)) if changed else document


def _as_heading(block: Block) -> Block:
    """The line above a table, on its own after an empty one: what the table is about."""
    if not isinstance(block, Line) or not block.gap or block.heading is not None:
        return block
    text = block.text.strip()
    return replace(block, heading=3) if text and len(text) < _SHORT and text[-1] not in ".,;:?" and "\t" not in text else block


def _rows_from(blocks: tuple[Block, ...], start: int, find: Finder) -> list[list[Line]]:
    """Lines with tabs that follow each other; one such line where it is label, answer, label, answer, or heads with nothing under them."""
    first = _fields(blocks[start])
    if len(first) < 2:
        return []
    rows = [first]
    for block in blocks[start + 1 :]:
        fields = _fields(block)
        if len(fields) < 2 or (isinstance(block, Line) and block.gap and not _spaced(blocks, start)):
            break
        rows.append(fields)
    if len(rows) > 1:
        return rows
    labels = _labels(first, find)
    known = sum(label is not None for label in labels)
    alternating = len(first) % 2 == 0 and len(first) > 2 and all(label is not None for label in labels[::2])
    return rows if known > 1 and (alternating or known * 10 >= 6 * len(first)) else []


def _spaced(blocks: tuple[Block, ...], start: int) -> bool:
    """Does an empty line stand before every row, as some programs send them?"""
    following = blocks[start + 1] if start + 1 < len(blocks) else None
    return isinstance(following, Line) and following.gap


def _options_from(blocks: tuple[Block, ...], start: int) -> list[list[Line]]:
    """A list of ethnic groups, one a line, some of them with a mark."""
    rows: list[list[Line]] = []
    for block in blocks[start:]:
        if not isinstance(block, Line) or not is_ethnicity_option(block.text.strip(" \t☐☒☑□✓✔*xX[]()")):
            break
        rows.append([block])
    return rows if len(rows) >= _LEAST_OPTIONS else []


def _fields(block: Block) -> list[Line]:
    if not isinstance(block, Line) or "\t" not in block.text:
        return []
    fields: list[Line] = []
    rest = block
    while (tab := rest.text.find("\t")) >= 0:
        part, rest = cut(rest, tab)
        fields.append(part)
        _, rest = cut(rest, 1)
    return [*fields, rest]


def _labels(fields: list[Line], find: Finder) -> list[Label | None]:
    return [find(field.text.strip()) if field.text.strip() else None for field in fields]


def _table(rows: Sequence[Sequence[Line | None]]) -> Table:
    columns = max(len(row) for row in rows)
    cells = []
    for number, row in enumerate(rows):
        place = next((line.place for line in row if line is not None), None)
        for column in range(columns):
            line = row[column] if column < len(row) else None
            shown = (line,) if line is not None and (line.text.strip() or has_marks((line,))) else ()
            cells.append(Cell(number, column, lines=shown, place=line.place if line is not None else place))
    return Table(len(rows), columns, tuple(cells), cells[0].place)
