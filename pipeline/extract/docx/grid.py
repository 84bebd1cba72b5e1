"""A table's true grid: spans and vertical merges resolved from the cells as they stand in the XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from models.document import Cell, Place, Table
from pipeline.extract.docx.controls import ControlShape, read_shape
from pipeline.extract.docx.names import VAL, Element, W, first, val, whole

_MAX_SPAN = 200
_ROW_PASS = {W + name for name in ("ins", "moveTo", "customXml")}
_CONTROL, _ROW, _CELL, _CELL_PROPERTIES = W + "sdt", W + "tr", W + "tc", W + "tcPr"
_SPAN, _DOWN, _ACROSS, _SHADING, _FILL = W + "gridSpan", W + "vMerge", W + "hMerge", W + "shd", W + "fill"


class RawCell(NamedTuple):
    """A w:tc and what its properties say, with the content control round it."""

    element: Element
    span: int
    merge: str | None
    shaded: bool
    shape: ControlShape | None


class RawRow(NamedTuple):
    """A w:tr: how many columns it leaves out at its start, and its cells."""

    before: int
    cells: tuple[RawCell, ...]


def raw_rows(table: Element, shape: ControlShape | None) -> Iterator[RawRow]:
    """The rows of a table that are not deleted, whatever wraps them."""
    for row, control in _find(table, _ROW, shape):
        properties = first(row, W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue
        cells = tuple(_raw_cell(cell, inner) for cell, inner in _find(row, _CELL, control))
        yield RawRow(min(whole(val(properties, "gridBefore")), _MAX_SPAN), cells)


def _find(parent: Element, wanted: str, shape: ControlShape | None) -> Iterator[tuple[Element, ControlShape | None]]:
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, shape
        elif tag == _CONTROL:
            content = child.find(W + "sdtContent")
            own = read_shape(child.find(W + "sdtPr"))
            if content is not None:
                yield from _find(content, wanted, own if own.kind is not None and wanted == _CELL else shape)
        elif tag in _ROW_PASS:
            yield from _find(child, wanted, shape)


def _raw_cell(cell: Element, shape: ControlShape | None) -> RawCell:
    span, merge, shaded = 1, None, False
    properties = first(cell, _CELL_PROPERTIES)
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _SPAN:
            span = min(max(whole(child.get(VAL), 1), 1), _MAX_SPAN)
        elif tag == _DOWN and merge is None:
            merge = "down" if child.get(VAL) != "restart" else None
        elif tag == _ACROSS and child.get(VAL) != "restart":
            merge = "across"
        elif tag == _SHADING:
            shaded = (child.get(_FILL) or "auto").casefold() not in {"auto", "ffffff"}
    return RawCell(cell, span, merge, shaded, shape)


class GridBuilder:
    """Puts cells into squares, row by row."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._open: dict[int, int] = {}
        self._row = -1
        self._column = 0
        self._width = 0

    def begin_row(self, before: int) -> None:
        """Start the next row, leaving out its first columns."""
        self._row += 1
        self._column = before

    def add(self, raw: RawCell, read: Callable[[int, int], Cell]) -> None:
        """Put the next cell of the row down; one that goes on from above or from the left only stretches that cell."""
        column, self._column = self._column, self._column + raw.span
        self._width = max(self._width, self._column)
        above = self._open.get(column)
        if raw.merge == "down" and above is not None and self._stretch_down(above):
            return
        if raw.merge == "across" and self._cells and self._cells[-1].row == self._row:
            self._cells[-1] = replace(self._cells[-1], column_span=self._cells[-1].column_span + raw.span)
            return
        self._open[column] = len(self._cells)
        self._cells.append(read(self._row, column))

    def _stretch_down(self, position: int) -> bool:
        cell = self._cells[position]
        if cell.row + cell.row_span != self._row:
            return False
        self._cells[position] = replace(cell, row_span=cell.row_span + 1)
        return True

    def table(self, place: Place) -> Table:
        """The table as built."""
        return Table(self._row + 1, self._width, tuple(self._cells), place)
