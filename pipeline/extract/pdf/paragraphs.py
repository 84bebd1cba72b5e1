"""Visual lines put back into the paragraphs they were wrapped from: a line goes on where the next line's first word would not have fitted on it."""

from __future__ import annotations

from dataclasses import replace

from models.document import Box, Inline, Line, Mark, Place, Span
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
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
        last = line
    return joined


def _goes_on(last: Line, line: Line, right: float) -> bool:
    tail, head = last.items[-1], line.items[0]
    if not isinstance(tail, Span) or not isinstance(head, Span) or last.place is None or line.place is None:
        return False
    before, after = last.place.box, line.place.box
    if before is None or after is None or tail.bold != head.bold or _is_item(head.text):
        return False
    height = min(before[3] - before[1], after[3] - after[1])
    if after[1] - before[3] > _LEADING * height or after[1] < before[1]:
        return False
    return before[2] + _first_word(head, height) > right - _SLACK


def _first_word(span: Span, height: float) -> float:
    """The width a span's first word and the blank before it take."""
    word = span.text.split()[0] if span.text.split() else ""
    box = span.place.box if span.place and span.place.box else None
    each = (box[2] - box[0]) / max(len(span.text.strip()), 1) if box else 0.5 * height
    return each * len(word) + 0.25 * height


def _is_item(text: str) -> bool:
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first in _BULLETS or (len(first) <= 3 and first[:-1].isdecimal() and first[-1:] in ".)")


def _join(last: Line, line: Line) -> Line:
    tail, head = last.items[-1], line.items[0]
    box = _both(last.place, line.place)
    page = last.place.page if last.place else None
    place = Place(page, box, last.place.where if last.place else None)
    if not isinstance(tail, Span) or not isinstance(head, Span):
        return replace(last, items=(*last.items, *line.items), place=place)
    blank = "" if _split_word(tail.text, head.text) else " "
    seam: tuple[Inline, ...]
    if replace(tail, text="", place=None) == replace(head, text="", place=None):
        seam = (replace(tail, text=tail.text + blank + head.text, place=Place(page, _both(tail.place, head.place))),)
    else:
        seam = (replace(tail, text=tail.text + blank), head)
    return replace(last, items=(*last.items[:-1], *seam, *line.items[1:]), place=place)


def _split_word(tail: str, head: str) -> bool:
    """Whether a line broke inside a word: after its hyphen, or in an address that has no blank to break at."""
    last, first = tail.split()[-1:] or [""], head.split()[:1] or [""]
    if last[0].endswith("-") and len(last[0]) > 1 and first[0][:1].isalnum():
        return True
    return "@" in last[0] + first[0] and len(tail.split()) == 1 and first[0][:1].islower() and "." in first[0] + last[0].partition("@")[2]


def _both(first: Place | None, second: Place | None) -> Box | None:
    boxes = [place.box for place in (first, second) if place is not None and place.box is not None]
    return union(boxes) if boxes else None


def is_marked(line: Line) -> bool:
    """Whether a line holds a tick."""
    return any(isinstance(item, Mark) for item in line.items)
