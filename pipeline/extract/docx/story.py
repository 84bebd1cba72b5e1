"""A story is a run of blocks: the body, a cell, a header, a text box, a comment. This walks one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models.document import Block, Cell, Inline, Line, Mark, Origin, Place, Span, Table
from pipeline.extract.combs import join_combs
from pipeline.extract.docx.controls import ControlShape, read_shape
from pipeline.extract.docx.grid import GridBuilder, RawCell, raw_rows
from pipeline.extract.docx.inline import InlineWalker, in_control, preferred
from pipeline.extract.docx.names import MC, Element, Properties, W, first, read_properties, whole
from pipeline.extract.docx.numbering import Numbering
from pipeline.extract.docx.sizes import Sizes
from pipeline.extract.docx.styles import Styles

_TABLE, _BLOCKS, _CONTROL = W + "tbl", {W + "p", W + "tbl"}, W + "sdt"
_PASS = {W + name for name in ("ins", "moveTo", "customXml", "sdtContent", "smartTag")}


class Story:
    """Reads the blocks of one part of a document, counting its tables, paragraphs and text boxes as a person would."""

    def __init__(self, styles: Styles, numbering: Numbering, sizes: Sizes, name: str = "") -> None:
        self._styles = styles
        self._numbering = numbering
        self._sizes = sizes
        self._inline = InlineWalker(styles)
        self._name = name
        self._boxes = 0

    def blocks(self, parent: Element, where: str = "", shape: ControlShape | None = None) -> list[Block]:
        """The blocks under an element, in order. `where` is the place so far; `shape` is the content control all this stands in."""
        count = _Count()
        found: list[Block] = []
        for element, control in _unwrap(parent, shape):
            if element.tag == _TABLE:
                count.tables += 1
                found.append(self._table(element, _path(where or self._name, f"table {count.tables}"), control))
            else:
                count.paragraphs += 1
                place = Place(where=where or _path(self._name, f"paragraph {count.paragraphs}"))
                found.extend(self._paragraph(element, place, control, top=not where))
        return found

    def lines(self, parent: Element) -> Iterator[Line]:
        """The same, flat: for headers, footers and notes."""
        for block in self.blocks(parent):
            yield from [block] if isinstance(block, Line) else _flat(block)

    def _paragraph(self, element: Element, place: Place, shape: ControlShape | None, *, top: bool) -> Iterator[Block]:
        properties = read_properties(element)
        inside = self._inline.read(element, properties.style, place)
        items = in_control(inside.items, shape, place) if shape is not None and inside.items else list(inside.items)
        if any(not isinstance(item, Span) or item.text.strip() for item in items):
            lines = list(self._lines(properties, items, place))
            for line in lines:
                self._sizes.note(line, inside.size, top=top and not self._name)
            yield from lines
        for box in inside.boxes:
            self._boxes += 1
            yield from self.blocks(box, _path(place.where if not top else self._name, f"text box {self._boxes}"))

    def _lines(self, properties: Properties, items: list[Inline], place: Place) -> Iterator[Line]:
        """A paragraph, cut where its author began a new line."""
        numbering = properties.numbering or self._styles.numbering(properties.style)
        outline = properties.outline
        heading = whole(outline) + 1 if outline is not None and whole(outline) < 9 else self._styles.heading(properties.style)
        state = self._numbering.tick(numbering)
        if state is not None:
            items = [Mark(state, Origin.SYMBOL, place=place), *items]
        bullet = heading is None and state is None and self._numbering.is_item(numbering)
        for number, part in enumerate(_broken(items)):
            if tidied := tuple(_tidy(part)):
                yield Line(tidied, heading, bullet and number == 0, place)

    def _table(self, element: Element, where: str, shape: ControlShape | None) -> Table:
        builder = GridBuilder()
        for number, row in enumerate(raw_rows(element, shape), start=1):
            builder.begin_row(row.before)
            for position, raw in enumerate(row.cells, start=1):
                place = f"{where}, row {number}, cell {position}"
                builder.add(raw, lambda row, column, raw=raw, place=place: self._cell(raw, place, row, column))  # type: ignore[misc]
        return join_combs(builder.table(Place(where=where)))

    def _cell(self, raw: RawCell, where: str, row: int, column: int) -> Cell:
        blocks = self.blocks(raw.element, where, raw.shape)
        lines = tuple(block for block in blocks if isinstance(block, Line))
        tables = tuple(block for block in blocks if isinstance(block, Table))
        return Cell(row, column, 1, raw.span, lines, tables, raw.shaded, Place(where=where))


class _Count:
    tables = 0
    paragraphs = 0


def _unwrap(parent: Element, shape: ControlShape | None) -> Iterator[tuple[Element, ControlShape | None]]:
    """Paragraphs and tables under an element, each with the content control it stands in."""
    for child in parent:
        tag = child.tag
        if tag in _BLOCKS:
            yield child, shape
        elif tag == _CONTROL:
            content = first(child, W + "sdtContent")
            if content is not None:
                yield from _unwrap(content, _for_blocks(read_shape(first(child, W + "sdtPr")), content) or shape)
        elif tag in _PASS:
            yield from _unwrap(child, shape)
        elif tag == MC + "AlternateContent" and (chosen := preferred(child)) is not None:
            yield from _unwrap(chosen, shape)


def _for_blocks(shape: ControlShape, content: Element) -> ControlShape | None:
    """A control round whole blocks is a value when it holds one paragraph; round more it is a frame, and its words stay as they are formatted."""
    if shape.kind is None:
        return None
    if shape.kind == "text" and not shape.placeholder and (len(content) > 1 or content.find(W + "tbl") is not None):
        return None
    return shape


def _path(*steps: str | None) -> str:
    return ", ".join(step for step in steps if step)


def _broken(items: list[Inline]) -> Iterator[list[Inline]]:
    if not any(isinstance(item, Span) and "\n" in item.text for item in items):
        yield items
        return
    part: list[Inline] = []
    for item in items:
        if isinstance(item, Span) and "\n" in item.text:
            first, *rest = item.text.split("\n")
            part.append(replace(item, text=first))
            for text in rest:
                yield part
                part = [replace(item, text=text)]
        else:
            part.append(item)
    yield part


def _tidy(items: list[Inline]) -> Iterator[Inline]:
    """Items without blanks at the ends of the line."""
    for position, item in enumerate(items):
        if isinstance(item, Span):
            text = item.text.lstrip() if position == 0 else item.text
            text = text.rstrip() if position == len(items) - 1 else text
            if text:
                yield item if text == item.text else replace(item, text=text)
        else:
            yield item


def _flat(table: Table) -> Iterator[Line]:
    for cell in table.cells:
        yield from cell.lines
        for inner in cell.tables:
            yield from _flat(inner)
