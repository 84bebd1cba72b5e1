"""A picture of a page to the Sheet that any page gives, so that tables, lines and ticks are then found by the same code."""

from __future__ import annotations

import re
import time
from statistics import median
from typing import NamedTuple

import numpy as np
from PIL import Image

from models.document import Box, Mark, MarkState, Origin, Place
from pipeline.extract.caps import CAPS
from pipeline.extract.ocr.cells import missed_cells, read_cells
from pipeline.extract.ocr.engine import Seen, is_available, read_words, turns_needed
from pipeline.extract.ocr.highlights import highlights
from pipeline.extract.ocr.likely import likely
from pipeline.extract.ocr.paper import Paper, even_out, skew_of
from pipeline.extract.ocr.pixels import Ink, Square, Stroke, missing_blank, squares
from pipeline.extract.ocr.rubbing import drawn_on, rubbed_out
from pipeline.extract.ocr.weight import bold_words
from pipeline.extract.pdf.rulings import find_grids
from pipeline.extract.pdf.shapes import Edge, Placed, Sheet, Style, Word

__all__ = ["DPI", "Turned", "is_available", "read_picture"]

DPI = 300
_READ_DPI = 250
_RUBBED = 200
_CORNERS = 4
_BELOW = 8
_SOME_BLACK = 0.6
_CLOSE, _SOME_ROWS, _EVERY_ROW = 14, 0.3, 0.97
_CAPITAL, _TAIL = 0.78, 0.3
_CAPITAL_HEIGHT = 0.72
_SMALLER, _LARGER = 0.9, 1.09
_TALL, _TAILED = re.compile(r"[A-Zbdfhkl0-9]"), re.compile(r"[gjpqyQJ,;()/|@$]")
_SQUARE = (0.085, 0.25)
_ON, _OFF = 0.12, 0.045
_SHADED = 9
_SURE = 0.9
_STROKE_LETTERS, _ON_RULING = set("/|\\Il1![]"), 4.5
_FEW_WORDS, _DOUBTFUL = 6, 0.5
_BOX_LETTERS = 4
_AFTER_BOX = re.compile(r"^(?:[^A-Za-z]+[xX]?[^A-Za-z]*|[OQDCUIlx](?=[A-Z]))")
_BEFORE_BOX = re.compile(r"(?:[^A-Za-z?:.,)]+|(?<=[a-z])[OQDCUI])$")
_NOISE = set("|_~=—-–'`\"°.,:;\\/!<>«»")


class Turned(NamedTuple):
    """How a picture was turned before it was read: quarter turns clockwise, then degrees counter-clockwise."""

    quarters: int
    degrees: float


def read_picture(picture: Image.Image, number: int, dpi: int, seconds: float) -> tuple[Sheet, Turned]:
    """A page's Sheet in points of the page turned upright and level, and how it was turned."""
    ends = time.monotonic() + seconds
    page = _Page(picture.convert("L"), 0, dpi)
    seen = page.read(ends)
    if _makes_no_sense(seen) and picture.getextrema() != (255, 255):
        quarters = turns_needed(picture, dpi, max(1.0, ends - time.monotonic()))
        if quarters:
            page = _Page(picture.convert("L"), quarters, dpi)
            seen = page.read(ends)
    return _sheet(page, seen, number, ends), page.turned


class _Page:
    """A picture put level, its paper made even, its strokes found and rubbed out."""

    def __init__(self, picture: Image.Image, quarters: int, dpi: int) -> None:
        if quarters:
            picture = picture.transpose((Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)[quarters - 1])
        angle = skew_of(picture)
        if angle:
            picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        self.dpi, self.scale, self.turned = dpi, 72 / dpi, Turned(quarters, angle)
        self.paper = even_out(np.asarray(picture))
        self.boxes = _tick_boxes(self.paper, round(_SQUARE[0] * dpi), round(_SQUARE[1] * dpi))
        self.drawn = drawn_on(self.paper, dpi, self.boxes)
        clean = rubbed_out(self.paper, self.drawn, [box for box in self.boxes if box.corners == _CORNERS])
        self.ink: Ink = self.paper.ink & (clean < _RUBBED)
        self.clean = Image.fromarray(clean)

    def read(self, ends: float) -> list[Seen]:
        """The words of the whole page. Tesseract reads letters of a middling size as well as large ones, and faster."""
        share = min(1.0, _READ_DPI / self.dpi)
        small = self.clean.resize((round(self.clean.width * share), round(self.clean.height * share)), Image.Resampling.LANCZOS)
        seen = read_words(small, round(self.dpi * share), max(1.0, ends - time.monotonic()))
        return [
            word._replace(x0=round(word.x0 / share), y0=round(word.y0 / share), x1=round(word.x1 / share), y1=round(word.y1 / share)) for word in seen
        ]


def _tick_boxes(paper: Paper, smallest: int, largest: int) -> list[Square]:
    """Drawn squares: black ones, and those that are faint all round, for among faint strokes letters make squares too."""
    found = [box for box in squares(paper.dark, paper.ink, smallest, largest) if not _is_part_of_a_word(box, paper.ink)]
    faint = [box for box in squares(paper.lines, paper.ink, smallest, largest) if _is_faint(box, paper) and not any(_meet(box, one) for one in found)]
    return [*found, *faint]


def _is_part_of_a_word(box: Square, ink: Ink) -> bool:
    """Whether a square that is not empty is a letter of a word, as D and p can be: neither empty nor ticked beside a letter, or between two."""
    if box.inked <= _OFF:
        return False
    if any(_sticks_out(ink, x, box.y0, box.y1) for x in (box.x0, box.x1)):
        return True
    rows = slice(box.y0, box.y1)
    beside = (ink[rows, box.x1 + 4 : box.x1 + _CLOSE], ink[rows, max(0, box.x0 - _CLOSE) : max(0, box.x0 - 3)])
    # A ruling beside a box fills every row, a letter only some.
    letters = [bool(part.size) and _SOME_ROWS < float(part.any(axis=1).mean()) < _EVERY_ROW for part in beside]
    return all(letters) or (box.inked < _ON and any(letters))


def _sticks_out(ink: Ink, x: int, y0: int, y1: int) -> bool:
    """Whether a square's side goes on above or below it, as the stem of a p does."""
    ends = (ink[max(0, y0 - 14) : max(0, y0 - 6), x - 3 : x + 4], ink[y1 + 6 : y1 + 14, x - 3 : x + 4])
    return any(part.size and bool(part.any(axis=1).all()) for part in ends)


def _is_faint(box: Square, paper: Paper) -> bool:
    border = paper.dark[max(0, box.y0 - 3) : box.y1 + 4, max(0, box.x0 - 3) : box.x1 + 4].copy()
    border[8:-8, 8:-8] = False
    return int(border.sum()) < _SOME_BLACK * 2 * (box.x1 - box.x0 + box.y1 - box.y0)


def _meet(one: Square, other: Square) -> bool:
    return one.x0 <= other.x1 and other.x0 <= one.x1 and one.y0 <= other.y1 and other.y0 <= one.y1


def _makes_no_sense(seen: list[Seen]) -> bool:
    words = [word for word in seen if len(word.text) > 2]
    return len(words) < _FEW_WORDS or sum(word.confidence for word in words) < _DOUBTFUL * len(words)


def _sheet(page: _Page, seen: list[Seen], number: int, ends: float) -> Sheet:
    paper, scale = page.paper, page.scale
    sheet = Sheet(number, paper.grey.shape[1] * scale, paper.grey.shape[0] * scale)
    boxes = [box for box in page.boxes if not _is_letter(box, seen)]
    sheet.level = _edges(page.drawn.level, scale)
    sheet.upright = _edges(page.drawn.upright, scale)
    sheet.placed = [_tick(box, number, scale) for box in boxes]
    grids = find_grids(sheet, CAPS.table_squares)
    missed = missed_cells(grids, seen, boxes, page.ink, scale)
    if missed and time.monotonic() < ends:
        seen = [*seen, *read_cells(page.clean, missed, page.dpi, ends - time.monotonic())]
    sheet.words = [word for word in _words(seen, boxes, page.ink, scale) if not _is_ruling(word, sheet.upright)]
    sheet.level += _edges([*page.drawn.under, *(one for one in page.drawn.through if _spans_a_word(one, seen))], scale)
    sheet.rects = highlights(sheet.words, grids, paper, scale)
    white = paper.white

    def tone(box: Box) -> bool:
        x0, y0, x1, y1 = (round(edge / scale) for edge in box)
        return paper.tone(x0 + 6, y0 + 6, x1 - 6, y1 - 6) < white - _SHADED

    sheet.tone = tone
    return sheet


def _spans_a_word(stroke: Stroke, seen: list[Seen]) -> bool:
    """Whether a stroke through letters is as long as their words: the bars of two fours or two es are not."""
    words = [word for word in seen if word.y0 < stroke.at < word.y1 + _BELOW and stroke.start <= (word.x0 + word.x1) / 2 <= stroke.end]
    return any(letter.isalpha() for word in words for letter in word.text) and (
        stroke.start <= min(word.x0 for word in words) + 2 and stroke.end >= max(word.x1 for word in words) - 2
    )


def _edges(found: list[Stroke], scale: float) -> list[Edge]:
    return [Edge(one.at * scale, one.start * scale, one.end * scale, one.thickness * scale) for one in found]


def _is_ruling(word: Word, upright: list[Edge]) -> bool:
    """Whether a single stroke that was taken for a letter is the ruling it stands on."""
    if word.text not in _STROKE_LETTERS:
        return False
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return any(abs(edge.at - x) < _ON_RULING and edge.start - 2 <= y <= edge.end + 2 for edge in upright)


def _is_letter(box: Square, seen: list[Seen]) -> bool:
    """Whether a square is only a letter: part of a word that was read with confidence. Of a tick box tesseract makes letters it is not sure of."""
    height = (box.y0 + box.y1) / 2
    over = [word for word in seen if word.y0 - 4 <= height <= word.y1 + 4 and word.x0 <= box.x1 and box.x0 <= word.x1]
    return any(word.confidence > _SURE and _is_plain(word.text) for word in over) or (box.corners < 4 and any(len(word.text) > 1 for word in over))


def _is_plain(text: str) -> bool:
    """Whether a text is nothing but a word: two letters or more, without the stray capital that a box before it becomes."""
    letters = text.strip(".,:;?!()'\"")
    return len(letters) > 1 and letters.replace("-", "").isalpha() and (letters.isupper() or not _AFTER_BOX.match(letters))


def _tick(square: Square, page: int, scale: float) -> Placed:
    box = (square.x0 * scale, square.y0 * scale, square.x1 * scale, square.y1 * scale)
    state = MarkState.ON if square.inked >= _ON else MarkState.OFF if square.inked <= _OFF else MarkState.UNKNOWN
    confidence = 0.5 if state is MarkState.UNKNOWN else 0.95
    return Placed(Mark(state, Origin.PIXELS, confidence=confidence, place=Place(page, box)), box)


def _words(seen: list[Seen], boxes: list[Square], ink: Ink, scale: float) -> list[Word]:
    seen = [part for word in seen for part in _parted(word, ink)]
    weights, extents = bold_words(seen, ink), _extents(seen)
    sizes = {line: (bottom - top) / (1 + _TAIL) * scale / _CAPITAL_HEIGHT for line, (top, bottom) in extents.items()}
    usual = median([sizes[word.line] for word in seen if word.line in sizes] or [10.0])
    words = []
    for number, word in enumerate(seen):
        text, confidence = _without_boxes(word, boxes), word.confidence
        if text == "|" and _is_beside(word, seen[max(0, number - 1) : number + 2]):
            text = "I"
        text, confidence = likely(text, confidence)
        if not text or (set(text) <= _NOISE and len(text) < 4 and text not in {"-", "–", "/"}):
            continue
        size = _size(sizes.get(word.line, usual), usual)
        top, bottom = extents.get(word.line, (word.y0, word.y1))
        box = (word.x0 * scale, top * scale, word.x1 * scale, bottom * scale)
        words.append(Word(text, *box, Style(size, bold=weights[number], ocr=True), confidence=confidence))
    return words


def _is_beside(word: Seen, others: list[Seen]) -> bool:
    """Whether a word stands in a line of text, and not by itself as a ruling does."""
    height = word.y1 - word.y0
    return any(other is not word and other.line == word.line and max(other.x0 - word.x1, word.x0 - other.x1) < height for other in others)


def _extents(seen: list[Seen]) -> dict[int, tuple[float, float]]:
    """The height that each line's words are given, as letters printed in one size have one: from above its capitals to below its tails."""
    lines: dict[int, list[Seen]] = {}
    for word in seen:
        if word.text.isascii() and any(letter.isalnum() for letter in word.text):
            lines.setdefault(word.line, []).append(word)
    extents = {}
    for line, words in lines.items():
        tall = [word for word in words if _TALL.search(word.text)]
        if not tall:
            continue
        top = median(word.y0 for word in tall)
        standing = [word.y1 for word in words if not _TAILED.search(word.text)]
        base = median(standing) if standing else top + _CAPITAL * (median(word.y1 for word in words) - top)
        if base - top >= 1:
            extents[line] = (top, base + _TAIL * (base - top))
    return extents


def _parted(word: Seen, ink: Ink) -> list[Seen]:
    """A word, or the two that tesseract ran together."""
    found = missing_blank(ink[word.y0 : word.y1, word.x0 : word.x1], len(word.text)) if word.text.isalpha() else None
    if found is None:
        return [word]
    letters, ends, begins = found
    return [word._replace(text=word.text[:letters], x1=word.x0 + ends), word._replace(text=word.text[letters:], x0=word.x0 + begins)]


def _size(size: float, usual: float) -> float:
    """Letter size to half a point. It wavers with the letters a line happens to have, so near the usual it is the usual."""
    return round(2 * (usual if _SMALLER * usual < size < _LARGER * usual else size)) / 2


def _without_boxes(word: Seen, boxes: list[Square]) -> str:
    """A word's text without the letters that tesseract made of a tick box: it reads boxes as O, 0, [], & and the like."""
    text = word.text.strip("|") if len(word.text) > 1 else word.text
    for box in boxes:
        overlap = min(box.x1, word.x1) - max(box.x0, word.x0)
        if not box.y0 - 8 < (word.y0 + word.y1) / 2 < box.y1 + 8 or overlap < 0.5 * min(box.x1 - box.x0, word.x1 - word.x0):
            continue
        if overlap > 0.6 * (word.x1 - word.x0) and len(text) <= _BOX_LETTERS:
            return ""
        text = _AFTER_BOX.sub("", text) if abs(box.x0 - word.x0) <= abs(box.x1 - word.x1) else _BEFORE_BOX.sub("", text)
    return text
