"""Documents made by hand, as the readers would give them."""

from __future__ import annotations

from datetime import date

from models.document import Block, Cell, Control, Document, Inline, Line, Mark, MarkState, Origin, Span, Table
from models.extraction import Extraction
from models.forms import FormDefinition
from pipeline.extract.understand import understand

TODAY = date(2026, 11, 20)
ON = Mark(MarkState.ON, Origin.SYMBOL)
OFF = Mark(MarkState.OFF, Origin.SYMBOL)
UNKNOWN = Mark(MarkState.UNKNOWN, Origin.PIXELS)

Part = str | Inline


def bold(text: str) -> Span:
    """Printed in bold."""
    return Span(text, bold=True)


def struck(text: str) -> Span:
    """Crossed out."""
    return Span(text, strike=True)


def typed(value: str | None) -> Control:
    """A content control, filled or not."""
    return Control("text", value, Origin.CONTENT_CONTROL)


def line(*parts: Part, heading: int | None = None) -> Line:
    """A paragraph."""
    return Line(tuple(Span(part) if isinstance(part, str) else part for part in parts), heading=heading)


def lines(text: str) -> tuple[Line, ...]:
    """Paragraphs, one a line."""
    return tuple(line(part) for part in text.split("\n")) if text else ()


Content = str | Inline | tuple[Part, ...] | list[Line]


def _cell_lines(content: Content) -> tuple[Line, ...]:
    if isinstance(content, list):
        return tuple(content)
    if isinstance(content, str):
        return lines(content)
    return (line(*content),) if isinstance(content, tuple) else (line(content),)


def table(*rows: list[Content]) -> Table:
    """A grid; a row with fewer cells than the widest has its last cell spanning the rest."""
    columns = max(len(row) for row in rows)
    cells = []
    for number, row in enumerate(rows):
        for column, content in enumerate(row):
            span = columns - column if column == len(row) - 1 else 1
            cells.append(Cell(number, column, 1, span, _cell_lines(content)))
    return Table(len(rows), columns, tuple(cells))


def document(*blocks: Block | str, kind: str = "docx") -> Document:
    """A document of blocks; a text is a paragraph."""
    return Document("made.docx", kind, tuple(line(block) if isinstance(block, str) else block for block in blocks))


def read(*blocks: Block | str, forms: tuple[FormDefinition, ...] = (), kind: str = "docx") -> Extraction:
    """What is understood of such a document."""
    return understand(document(*blocks, kind=kind), forms, TODAY)


CHILD = line("Child's details", heading=1)
REFERRER = line("Details of referrer", heading=1)


def child_table() -> Table:
    """A child, so that the rest of a form has one to speak of."""
    return table(["Surname", "Gale", "First name", "Tom"], ["Date of birth", "01/02/2015", "Gender", "Male"])
