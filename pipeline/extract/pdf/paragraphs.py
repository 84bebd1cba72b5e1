"""Visual lines put back into the paragraphs they were wrapped from: a line goes on where the next line's first word would not have fitted on it."""

from __future__ import annotations

from dataclasses import replace

from models.document import Box, Line, Place, Span
from pipeline.extract.pdf.words import union

_LEADING = 0.9
_SLACK = 1.0
_BULLETS = "•▪‣–◦·*o-"


def paragraphs(lines: list[Line], right: float) -> list[Line]:
    """Lines of one column or cell, the wrapped ones joined. `right` is where the column ends."""
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _goes_on(last, line, right):
            joined[-1] = join_lines(joined[-1], line)
        else:
            joined.append(line)
        last = line
    return joined


def _goes_on(last: Line, line: Line, right: float) -> bool:
    tail, head = last.items[-1], line.items[0]
    if not isinstance(tail, Span) or not isinstance(head, Span) or last.place is None or line.place is None:
        return False
    before, after = last.place.box, line.place.box
    if before is None or after is None or last.heading != line.heading or _is_item(head.text):
        return False
    height = min(before[3] - before[1], after[3] - after[1])
    if after[1] - before[3] > _LEADING * height or after[1] < before[1]:
        return False
    return would_not_fit(last, line, right)


def would_not_fit(last: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word had no room left on the last line, in letters of the same weight."""
    tail, head = last.items[-1], line.items[0]
    if not isinstance(tail, Span) or not isinstance(head, Span) or tail.place is None or tail.place.box is None or tail.bold != head.bold:
        return False
    _, top, end, bottom = tail.place.box
    return end + _first_word(head, bottom - top) > right - _SLACK


def _first_word(span: Span, height: float) -> float:
    """The width a span's first word and the blank before it take."""
    words = span.text.split()
    box = span.place.box if span.place and span.place.box else None
    each = (box[2] - box[0]) / max(len(span.text.strip()), 1) if box else 0.5 * height
    return each * len(words[0]) + 0.25 * height if words else 0.0


def _is_item(text: str) -> bool:
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first in _BULLETS or (len(first) <= 3 and first[:-1].isdecimal() and first[-1:] in ".)")


def join_lines(last: Line, line: Line) -> Line:
    """One line of two. Each span keeps the box it has on the page."""
    tail, head = last.items[-1], line.items[0]
    place = Place(last.place.page if last.place else None, _both(last.place, line.place), last.place.where if last.place else None)
    if isinstance(tail, Span) and isinstance(head, Span):
        blank = "" if _split_word(tail.text, head.text) else " "
        return replace(last, items=(*last.items[:-1], replace(tail, text=tail.text + blank), *line.items), place=place)
    return replace(last, items=(*last.items, *line.items), place=place)


def _split_word(tail: str, head: str) -> bool:
    """Whether a line broke inside a word: after its hyphen, or in an address that has no blank to break at."""
    last, first = (tail.split() or [""])[-1], (head.split() or [""])[0]
    if last.endswith("-") and len(last) > 1 and first[:1].isalnum():
        return True
    return "@" in last + first and len(tail.split()) == 1 and first[:1].islower() and "." in first + last.partition("@")[2]


def _both(first: Place | None, second: Place | None) -> Box | None:
    if first is None or second is None or first.page != second.page:
        return first.box if first else None
    boxes = [place.box for place in (first, second) if place.box is not None]
    return union(boxes) if boxes else None
