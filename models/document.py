"""A document as a person sees it, whatever file it came from.

One shape for DOCX, PDF, scans and mail bodies: blocks in reading order, tables as true grids, and ticks as a channel of their own with three
states. Frozen dataclasses, not pydantic: a four-page form holds thousands of these, they never cross the process as JSON, and validating each
would cost more than reading the file (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the page's top left."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the paper: `page` counts from 1 (None where the format has no pages), `where` says table, row and cell in words."""

    page: int | None = None
    box: Box | None = None
    where: str | None = None


class MarkState(StrEnum):
    """ON and OFF are what the form says of one box; UNKNOWN is a box whose state could not be made out."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """The kind of evidence a piece of content rests on: confidence is fitted on it."""

    TEXT = "text"
    CONTENT_CONTROL = "content_control"
    LEGACY_FIELD = "legacy_field"
    ACROFORM = "acroform"
    SYMBOL = "symbol"
    VECTOR = "vector"
    PIXELS = "pixels"
    OCR = "ocr"
    MAIL_BODY = "mail_body"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. `placeholder` is prompt text that nobody typed over: never a value."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    highlight: bool = False
    grey: bool = False
    placeholder: bool = False
    origin: Origin = Origin.TEXT
    confidence: float = 1.0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick box, radio button or tick glyph. `label` is what the file itself calls it (content control title, /TU); `group` joins radio buttons."""

    state: MarkState
    origin: Origin
    label: str | None = None
    group: str | None = None
    confidence: float = 1.0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A place meant to be filled in: content control, legacy field, AcroForm field.

    `value` is None when untouched or emptied; `label` is its title, tag or tooltip; `kind` is text, date or choice; `prompt` is the placeholder it shows.
    """

    kind: str
    value: str | None
    origin: Origin
    label: str | None = None
    prompt: str | None = None
    options: tuple[str, ...] = ()
    place: Place | None = None


Inline = Span | Mark | Control


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a visual line where the file knows no paragraphs. `heading` is an outline level from 1, or None; `gap` says that an empty line
    stands before it, in a mail's body where that is all that shows where something ends."""

    items: tuple[Inline, ...]
    heading: int | None = None
    bullet: bool = False
    place: Place | None = None
    gap: bool = False
    _text: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The words as shown: spans and filled controls, without placeholders, marks or struck-out text. Put together once: a reader asks a dozen times."""
        if self._text is None:
            object.__setattr__(self, "_text", "".join([_words(item) for item in self.items]))
        return self._text or ""

    @property
    def box(self) -> Box | None:
        """Where it stands on its page, if that is known."""
        return self.place.box if self.place else None


def _words(item: Inline) -> str:
    if isinstance(item, Span):
        return "" if item.placeholder or item.strike else item.text
    if isinstance(item, Control):
        return item.value or ""
    return " "


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid, once, however many squares it spans. Rows and columns count from 0."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    shaded: bool = False
    place: Place | None = None

    @property
    def text(self) -> str:
        """The cell's words, a paragraph a line."""
        return "\n".join(text for line in self.lines if (text := line.text.strip()))


@dataclass(frozen=True, slots=True)
class Table:
    """A grid. `cells` are in reading order; a merged cell stands where it begins."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    place: Place | None = None

    def row(self, number: int) -> tuple[Cell, ...]:
        """The cells that begin in a row."""
        return tuple(cell for cell in self.cells if cell.row == number)


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Document:
    """All that one file says.

    `blocks` is the body in reading order; `margins` is running headers and footers; `notes` is comments and footnotes, kept apart; `warnings` are
    short codes of what the reader had to do without (`ocr`, `encoding_guessed`, `pages_left_out`).
    """

    name: str
    format: str
    blocks: tuple[Block, ...] = ()
    pages: int | None = None
    margins: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    warnings: tuple[str, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = field(default=())

    def lines(self) -> Iterator[Line]:
        """Every line of the body, those in tables too, in reading order."""
        for block in self.blocks:
            yield from _lines(block)


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
        return
    for cell in block.cells:
        yield from cell.lines
        for table in cell.tables:
            yield from _lines(table)
