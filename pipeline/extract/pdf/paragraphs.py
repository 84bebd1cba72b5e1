"""Visual lines put back into the paragraphs they were wrapped from: a line goes on where the next line's first word would not have fitted on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.document import Box, Line, Origin, Place, Span
from pipeline.extract.pdf.broken_words import mended
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import box_of, union

_LEADING = 1.25
_SLACK = 1.5
_OCR_SIZES = 0.3
_BULLETS = "•▪‣–◦·*o-"


@dataclass(frozen=True, slots=True)
class Visual:
    """A line as it stands on the page: the width of what would have to fit on the line before, and whether it is one word without a blank after it."""

    line: Line
    first: float
    cut_off: bool


def visual(line: Line, words: Sequence[Word | Placed]) -> Visual:
    """A line with what wrapping is judged by."""
    first = words[0]
    width = box_of(first)[2] - box_of(first)[0]
    if isinstance(first, Word) and "-" in first.text[:-1]:
        width *= (first.text.index("-") + 1) / len(first.text)
    return Visual(line, width, len(words) == 1 and isinstance(first, Word) and not first.spaced)


def paragraphs(lines: list[Visual], right: float, *, spaced: bool) -> list[Line]:
    """Lines of one column or cell, the wrapped ones joined. `right` is where the column ends.

    `spaced` says that this page writes a blank where a line is wrapped between words, so that a line without one may have been wrapped within a word.
    """
    joined: list[Line] = []
    last: Visual | None = None
    for line in lines:
        if last is None or not _follows(last.line, line.line):
            joined.append(line.line)
        elif spaced and last.cut_off and _broken_word(last.line, line.line, right):
            joined[-1] = join_lines(joined[-1], line.line, blank="")
        elif (head := mended(last.line.text, line.line.text)) is not None and not (spaced and not last.cut_off):
            joined[-1] = join_lines(joined[-1], _with_head(line.line, head), blank="")
        elif _ends(last.line) + line.first + _blank(line.line) > right - _SLACK:
            joined[-1] = join_lines(joined[-1], line.line)
        else:
            joined.append(line.line)
        last = line
    return joined


def _with_head(line: Line, text: str) -> Line:
    """A line whose first words were mended."""
    head = line.items[0]
    if not isinstance(head, Span) or len(line.items) > 1:
        return line
    return replace(line, items=(replace(head, text=text),))


def _same_size(last: Line, line: Line, span: Span) -> bool:
    """Whether two lines are set in one size, as far as `heading` knows it yet (words.py); OCR sees sizes with a wide margin."""
    if span.origin is Origin.OCR and last.heading and line.heading:
        return abs(last.heading - line.heading) <= _OCR_SIZES * max(last.heading, line.heading)
    return last.heading == line.heading


def _follows(last: Line, line: Line) -> bool:
    """Whether a line stands right under another, in letters of the same weight, and begins no item of a list."""
    tail, head = last.items[-1], line.items[0]
    if not isinstance(tail, Span) or not isinstance(head, Span) or last.place is None or line.place is None:
        return False
    before, after = last.place.box, line.place.box
    if before is None or after is None or not _same_size(last, line, head) or tail.bold != head.bold or _is_item(head.text):
        return False
    height = max(before[3] - before[1], after[3] - after[1])
    return after[1] - before[3] <= _LEADING * height and after[1] >= before[1]


def _broken_word(last: Line, line: Line, right: float) -> bool:
    """Whether a column too narrow for a word broke it: not one letter more had room, and small letters go on."""
    tail, head = last.text, line.text
    each = (_ends(last) - _starts(last)) / max(len(tail), 1)
    return tail[-1:].isalpha() and head[:1].islower() and _ends(last) + each > right - _SLACK


def would_not_fit(last: Line, line: Line, right: float) -> bool:
    """The same question where the words' own boxes are no longer known."""
    tail, head = last.items[-1], line.items[0]
    if not isinstance(tail, Span) or not isinstance(head, Span) or tail.place is None or tail.place.box is None or tail.bold != head.bold:
        return False
    words = head.text.split()
    box = head.place.box if head.place and head.place.box else None
    each = (box[2] - box[0]) / max(len(head.text.strip()), 1) if box else 5.0
    return bool(words) and tail.place.box[2] + each * len(words[0]) + _blank(line) > right - _SLACK


def _ends(line: Line) -> float:
    return line.place.box[2] if line.place and line.place.box else 0.0


def _starts(line: Line) -> float:
    return line.place.box[0] if line.place and line.place.box else 0.0


def _blank(line: Line) -> float:
    box = line.box
    return 0.3 * (box[3] - box[1]) if box else 2.0


def _is_item(text: str) -> bool:
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first in _BULLETS or (len(first) <= 3 and first[:-1].isdecimal() and first[-1:] in ".)")


def join_lines(last: Line, line: Line, blank: str | None = None) -> Line:
    """One line of two, with a blank between them where one was. Each span keeps the box it has on the page."""
    tail, head = last.items[-1], line.items[0]
    place = Place(last.place.page if last.place else None, _both(last.place, line.place), last.place.where if last.place else None)
    if isinstance(tail, Span) and isinstance(head, Span):
        if blank is None:
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
