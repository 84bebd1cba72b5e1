"""Characters to words, and words to lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from models.document import Box, Control, Inline, Line, Mark, MarkState, Origin, Place, Span
from pipeline.extract.glyphs import clean, shows_choice, split_ticks, state_of
from pipeline.extract.pdf.shapes import Glyph, Placed, Sheet, Word

_GAP = 0.22
_SAME_ROW = 0.5
_WIDE = 1.6
_MOST_BLANKS = 4
_OCR_BLANK = 0.5


def words_of(sheet: Sheet) -> list[Word]:
    """The page's words in the order they are drawn, those printed twice once; tick glyphs leave for the sheet's marks."""
    words: list[Word] = list(sheet.words)
    letters: list[Glyph] = []
    glued = False
    for glyph in sheet.glyphs:
        if glyph.text.isspace():
            if _finish(letters, words, glued=glued):
                words[-1] = words[-1]._replace(spaced=True)
            glued = False
            continue
        state = _tick(glyph)
        if state is not None:
            _finish(letters, words, glued=glued)
            glued = False
            box = glyph[1:5]
            sheet.placed.append(Placed(Mark(state, Origin.SYMBOL, place=Place(sheet.number, box)), box))
            continue
        if letters and not _goes_on(letters[-1], glyph):
            touching = _touches(letters[-1], glyph)
            _finish(letters, words, glued=glued)
            glued = touching
        if letters and _printed_twice(letters[-1], glyph):
            continue
        letters.append(glyph)
    _finish(letters, words, glued=glued)
    return list({(word.text, round(word.x0), round(word.y0)): word for word in words}.values())


def _tick(glyph: Glyph) -> MarkState | None:
    if glyph.text.isascii() and not glyph.style.symbol:
        return None
    return state_of(glyph.text, glyph.style.symbol)


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    return last.style == glyph.style and _touches(last, glyph)


def _touches(last: Glyph, glyph: Glyph) -> bool:
    gap = glyph.x0 - last.x1
    if glyph.style.turns:
        return last.style.turns == glyph.style.turns and _touches_sideways(last, glyph)
    near = -0.6 * last.style.size < gap < _GAP * max(glyph.style.size, 4) or _one_ligature(last, glyph)
    return near and abs(glyph.y1 - last.y1) < 0.5 * (last.y1 - last.y0)


def _touches_sideways(last: Glyph, glyph: Glyph) -> bool:
    """The same for text that runs up or down the page."""
    gap = max(glyph.y0 - last.y1, last.y0 - glyph.y1)
    return abs(glyph.x1 - last.x1) < 0.5 * (last.x1 - last.x0) + 1 and gap < _GAP * max(glyph.style.size, 4)


def _one_ligature(last: Glyph, glyph: Glyph) -> bool:
    """Letters drawn as one: pdfium gives each of them the box of all."""
    return last.x0 == glyph.x0 and last.x1 == glyph.x1


def _printed_twice(last: Glyph, glyph: Glyph) -> bool:
    """The same letter a hair's breadth further: some programs print bold like that."""
    return (
        last.text == glyph.text
        and not _one_ligature(last, glyph)
        and abs(last.x0 - glyph.x0) < 0.12 * glyph.style.size
        and abs(last.y0 - glyph.y0) < 1
    )


def _finish(letters: list[Glyph], words: list[Word], *, glued: bool) -> bool:
    """Make a word of the letters gathered, if they make one, and begin anew."""
    if not letters:
        return False
    text = clean("".join(glyph.text for glyph in letters))
    if text:
        first, last = letters[0], letters[-1]
        box = (min(first.x0, last.x0), min(glyph.y0 for glyph in letters), max(last.x1, first.x1), max(glyph.y1 for glyph in letters))
        words.append(Word(text, *box, first.style, glued))
    letters.clear()
    return bool(text)


class Row:
    """Words and placed items at one height."""

    __slots__ = ("bottom", "items", "top")

    def __init__(self, item: Word | Placed) -> None:
        _, self.top, _, self.bottom = box_of(item)
        self.items: list[Word | Placed] = [item]

    def takes(self, item: Word | Placed) -> bool:
        """Whether an item stands at this row's height."""
        _, top, _, bottom = box_of(item)
        overlap = min(bottom, self.bottom) - max(top, self.top)
        return overlap >= _SAME_ROW * max(min(bottom - top, self.bottom - self.top), 1.0)

    def add(self, item: Word | Placed) -> None:
        """Put an item into the row. Only words stretch it."""
        self.items.append(item)
        if isinstance(item, Word):
            self.top, self.bottom = min(self.top, item.y0), max(self.bottom, item.y1)


def box_of(item: Word | Placed) -> Box:
    """Where a word or placed item stands."""
    return item[1:5] if isinstance(item, Word) else item.box


def middle_of(item: Word | Placed) -> tuple[float, float]:
    """The middle of a word or a mark, across and down."""
    box = box_of(item)
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def rows_of(items: Iterable[Word | Placed]) -> list[Row]:
    """Items grouped by height, from the top, each row from left to right."""
    rows: list[Row] = []
    for item in sorted(items, key=lambda item: (box_of(item)[1] + box_of(item)[3]) / 2):
        row = next((row for row in reversed(rows[-3:]) if row.takes(item)), None)
        if row is None:
            rows.append(Row(item))
        else:
            row.add(item)
    for row in rows:
        row.items.sort(key=lambda item: box_of(item)[0])
    return sorted(rows, key=lambda row: row.top)


def split_wide(row: Row) -> Iterator[list[Word | Placed]]:
    """A row cut where a gap is wider than any between words: columns without rulings."""
    part: list[Word | Placed] = []
    for item in row.items:
        if part and box_of(item)[0] - box_of(part[-1])[2] > _WIDE * _height(item, part[-1]) and not _belong(part[-1], item):
            yield part
            part = []
        part.append(item)
    yield part


def _height(*items: Word | Placed) -> float:
    sizes = [item.style.size for item in items if isinstance(item, Word)]
    return max(sizes) if sizes else 10.0


def _belong(left: Word | Placed, right: Word | Placed) -> bool:
    """Whether two items of a row belong together across a wide gap: a field and the label before it, a tick and its word."""
    if isinstance(right, Placed) and isinstance(right.item, Control):
        return isinstance(left, Word)
    marked = [item for item in (left, right) if isinstance(item, Placed) and isinstance(item.item, Mark)]
    return len(marked) == 1 and box_of(right)[0] - box_of(left)[2] < 3 * _height(left, right)


def line_of(items: list[Word | Placed], page: int) -> Line:
    """One visual line: words of one style make a span, and a gap as wide as a tab stop is a tab.

    Its `heading` holds the size of a bold line, in tenths of a point, until the pages are joined and sizes can be compared (pages.py).
    """
    inline: list[Inline] = []
    last: Word | Placed | None = None
    unit = _blank_width(items)
    for item in items:
        between = "" if last is None else _between(last, item, unit)
        if isinstance(item, Word):
            _add_word(inline, item, between, page)
        else:
            if between and inline and isinstance(inline[-1], Span):
                inline[-1] = replace(inline[-1], text=inline[-1].text + between)
            inline.append(item.item)
        last = item
    sizes = [item.style.size for item in items if isinstance(item, Word) and item.style.bold]
    size = round(10 * max(sizes)) if sizes and len(sizes) == len(items) else None
    return Line(tuple(_round_ticks(inline)), size, place=Place(page, union([box_of(item) for item in items])))


def _blank_width(items: list[Word | Placed]) -> float:
    """How wide one blank is on this line: its narrowest, for blanks are stretched in lines set flush on both sides."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(items) if isinstance(a, Word) and isinstance(b, Word) and b.x0 - a.x1 > 0.1 * a.style.size]
    usual = (_OCR_BLANK if any(isinstance(item, Word) and item.style.ocr for item in items) else 0.28) * _height(*items)
    return usual if len(gaps) < 2 else max(0.8 * usual, min(gaps))


def _between(last: Word | Placed, item: Word | Placed, unit: float) -> str:
    """What parts two items of a line: nothing, as many blanks as there is room for, or a tab where the gap is as wide as one."""
    gap, height = box_of(item)[0] - box_of(last)[2], _height(item, last)
    if gap > _WIDE * height:
        return "\t"
    if isinstance(item, Word) and isinstance(last, Word):
        return "" if item.glued and gap < _GAP * height else " " * max(1, min(round(gap / unit), _MOST_BLANKS))
    return " " * min(round(gap / unit), _MOST_BLANKS)


def _add_word(inline: list[Inline], word: Word, between: str, page: int) -> None:
    style, box, last = word.style, word[1:5], inline[-1] if inline else None
    origin = Origin.OCR if style.ocr else Origin.TEXT
    flags = (style.bold, style.italic, style.underline, style.strike, style.highlight, style.grey)
    span = Span(word.text, *flags, origin=origin, confidence=word.confidence, place=Place(page, box))
    if not isinstance(last, Span):
        inline.append(replace(span, text=between + word.text))
    elif flags == (last.bold, last.italic, last.underline, last.strike, last.highlight, last.grey) and last.place and last.place.box:
        place = Place(page, union([last.place.box, box]))
        inline[-1] = replace(last, text=last.text + between + word.text, confidence=min(last.confidence, word.confidence), place=place)
    else:
        inline[-1] = replace(last, text=last.text + between)
        inline.append(span)


def _round_ticks(items: list[Inline]) -> Iterator[Inline]:
    text = "".join(item.text for item in items if isinstance(item, Span))
    paired = not text.isascii() and shows_choice(text)
    for item in items:
        if paired and isinstance(item, Span):
            for piece in split_ticks(item.text, paired=True):
                yield Mark(piece, Origin.SYMBOL, place=item.place) if isinstance(piece, MarkState) else replace(item, text=piece)
        else:
            yield item


def union(boxes: list[Box]) -> Box:
    """The smallest box round boxes."""
    return min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes)
