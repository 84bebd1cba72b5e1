"""Answers: the content of a box, cut off its label without losing its marks, its formatting or its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from models.document import Cell, Control, Inline, Line, Mark, MarkState, Origin, Place, Span
from pipeline.extract.values.words import is_placeholder
from pipeline.extract.wording import tidy

FILLED = frozenset({Origin.CONTENT_CONTROL, Origin.LEGACY_FIELD, Origin.ACROFORM})
"""Origins that are answers and never printed labels."""


@dataclass(frozen=True)
class Answer:
    """What stands in an answer box. `cells` keeps neighbouring cells apart, because ticks often have one of their own."""

    cells: tuple[tuple[Line, ...], ...] = ()
    place: Place | None = None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, cell after cell."""
        return tuple(line for cell in self.cells for line in cell)

    @cached_property
    def text(self) -> str:
        """The words as written, without placeholders and struck-out words."""
        return tidy("\n".join(line_text(line) for line in self.lines))

    @cached_property
    def filled(self) -> bool:
        """Is anything written or ticked here?"""
        return any(is_filled(line) for line in self.lines)

    def joined(self, other: Answer) -> Answer:
        """This answer with another one after it."""
        return Answer(self.cells + other.cells, self.place or other.place)


def line_text(line: Line) -> str:
    """The words of a line; a lone placeholder is nothing."""
    return line.text


def is_filled(line: Line) -> bool:
    """Is anything in this line an answer rather than a prompt or a blank?"""
    if any(isinstance(item, Mark) and item.state is MarkState.ON for item in line.items):
        return True
    return bool(line.text.strip()) and not is_placeholder(line.text)


def has_marks(lines: Iterable[Line]) -> bool:
    """Is there a tick box of any state?"""
    return any(isinstance(item, Mark) for line in lines for item in line.items)


def cell_lines(cell: Cell) -> tuple[Line, ...]:
    """The lines of a cell, and of what is nested in it."""
    if not cell.tables:
        return cell.lines
    inner = tuple(line for table in cell.tables for inside in table.cells for line in cell_lines(inside))
    return cell.lines + inner


def _width(item: Inline) -> int:
    if isinstance(item, Span):
        return 0 if item.placeholder or item.strike else len(item.text)
    if isinstance(item, Control):
        return len(item.value or "")
    return 1


def cut(line: Line, offset: int) -> tuple[Line, Line]:
    """A line in two at a character of its text."""
    before: list[Inline] = []
    after: list[Inline] = []
    seen = 0
    for item in line.items:
        width = _width(item)
        if seen >= offset and (after or width or seen > offset or isinstance(item, Control | Mark) or seen == offset):
            after.append(item)
        elif seen + width <= offset:
            before.append(item)
        elif isinstance(item, Span):
            before.append(replace(item, text=item.text[: offset - seen]))
            after.append(replace(item, text=item.text[offset - seen :]))
        else:
            after.append(item)
        seen += width
    return replace(line, items=tuple(before)), replace(line, items=tuple(after))


def first_filled(line: Line) -> int | None:
    """Where the part that was filled in begins, when a printed part stands before it."""
    seen = 0
    for item in line.items:
        if isinstance(item, Control) or (isinstance(item, Span) and (item.origin in FILLED or item.placeholder)):
            return seen or None
        seen += _width(item)
    return None


def wholly_filled(line: Line) -> bool:
    """Is every word of this line something that was filled in?"""
    words = [item for item in line.items if isinstance(item, Control) or (isinstance(item, Span) and item.text.strip())]
    return bool(words) and all(isinstance(item, Control) or item.origin in FILLED for item in words)


def bold_prefix(line: Line) -> int | None:
    """How far the bold beginning of a line reaches, when ordinary words follow it."""
    seen = 0
    bold = False
    for item in line.items:
        if isinstance(item, Span) and item.text.strip():
            if not item.bold:
                return seen if bold else None
            bold = True
        elif isinstance(item, Mark):
            return None
        seen += _width(item)
    return None


def all_italic(line: Line) -> bool:
    """Is the whole line in italics or grey, as printed guidance is?"""
    spans = [item for item in line.items if isinstance(item, Span) and item.text.strip()]
    return bool(spans) and all(item.italic or item.grey for item in spans)


def all_bold(line: Line) -> bool:
    """Is the whole line bold?"""
    spans = [item for item in line.items if isinstance(item, Span) and item.text.strip()]
    return bool(spans) and all(item.bold for item in spans)


def is_bold(cell: Cell) -> bool:
    """Is every line of the cell bold?"""
    lines = [line for line in cell.lines if line.text.strip()]
    return bool(lines) and all(all_bold(line) for line in lines)


def confidence_of(lines: Iterable[Line]) -> float:
    """The lowest confidence with which the words were read; 1.0 where no OCR was needed."""
    return min((item.confidence for item in inlines(lines) if isinstance(item, Span | Mark)), default=1.0)


def origin_of(lines: Iterable[Line]) -> Origin:
    """What kind of evidence the answer mainly rests on."""
    origins = [item.origin for item in inlines(lines) if not (isinstance(item, Span) and not item.text.strip())]
    return max(origins, key=origins.count) if origins else Origin.TEXT


def inlines(lines: Iterable[Line]) -> Iterator[Inline]:
    """Everything in some lines."""
    for line in lines:
        yield from line.items
