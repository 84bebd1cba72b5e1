"""Tables that reached us as lines with tabs in them, as mail programs send them when a form is pasted."""

from __future__ import annotations

from dataclasses import replace

from models.document import Block, Cell, Document, Line, Table
from pipeline.extract.answers import cut
from pipeline.extract.labels import Finder, Label


def with_tabs(document: Document, find: Finder) -> Document:
    """The document with such lines as tables; itself where there are none."""
    blocks: list[Block] = []
    number = 0
    changed = False
    while number < len(document.blocks):
        rows = _rows_from(document.blocks, number, find)
        if not rows:
            blocks.append(document.blocks[number])
            number += 1
            continue
        blocks.append(_table(rows))
        number += len(rows)
        changed = True
    return replace(document, blocks=tuple(blocks)) if changed else document


def _rows_from(blocks: tuple[Block, ...], start: int, find: Finder) -> list[list[Line]]:
    """Column heads and the lines under them; a line that is label, answer, label, answer; or nothing."""
    first = _fields(blocks[start])
    labels = _labels(first, find)
    if len(first) < 2 or sum(label is not None for label in labels) < 2:
        return []
    if (
        all(label is not None for label in labels[::2])
        and len(first) % 2 == 0
        and not any(label is not None and not label.answer_too for label in labels[1::2])
    ):
        return [first]
    if sum(label is not None for label in labels) * 10 < 6 * len(first):
        return []
    rows = [first]
    for block in blocks[start + 1 :]:
        fields = _fields(block)
        if len(fields) < 2 or sum(label is not None and not label.answer_too for label in _labels(fields, find)) * 2 > len(fields):
            break
        rows.append(fields)
    return rows if len(rows) > 1 or len(first) > 2 else []


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


def _table(rows: list[list[Line]]) -> Table:
    columns = max(len(row) for row in rows)
    cells = [
        Cell(number, column, lines=(row[column],) if column < len(row) and row[column].text.strip() else (), place=row[0].place)
        for number, row in enumerate(rows)
        for column in range(columns)
    ]
    return Table(len(rows), columns, tuple(cells), rows[0][0].place)
