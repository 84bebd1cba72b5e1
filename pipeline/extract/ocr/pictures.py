"""A picture of a page to the Sheet that any page gives, so that tables, lines and ticks are then found by the same code."""

from __future__ import annotations

import re
import time
from statistics import median
from typing import NamedTuple

import numpy as np
from PIL import Image

from models.document import Box
from pipeline.extract.caps import CAPS
from pipeline.extract.ocr.boxes import is_letter, mark_of, tick_boxes, typed_marks, without_boxes
from pipeline.extract.ocr.cells import missed_cells, read_cells
from pipeline.extract.ocr.engine import Seen, is_available, read_words, turns_needed
from pipeline.extract.ocr.highlights import highlights
from pipeline.extract.ocr.likely import likely
from pipeline.extract.ocr.paper import even_out, skew_of
from pipeline.extract.ocr.pixels import Ink, Square, Stroke, missing_blank
from pipeline.extract.ocr.rubbing import drawn_on, rubbed_out
from pipeline.extract.ocr.weight import bold_words
from pipeline.extract.pdf.rulings import find_grids
from pipeline.extract.pdf.shapes import Edge, Sheet, Style, Word

__all__ = ["DPI", "Turned", "is_available", "read_picture"]

DPI = 300
_READ_DPI = 250
_RUBBED = 200
_CORNERS = 4
_BELOW = 8
_CAPITAL, _TAIL = 0.78, 0.3
_CAPITAL_HEIGHT = 0.72
_SMALLER, _LARGER = 0.9, 1.09
_STANDS_FOR = {"|": "I", "—": "–"}
_CHOICE = re.compile(r"^(?:yes/no|no/yes|y/n|m/f|male/female|female/male)$", re.IGNORECASE)
_TALL, _TAILED = re.compile(r"[A-Zbdfhkl0-9]"), re.compile(r"[gjpqyQJ,;()/|@$]")
_SHADED = 9
_STROKE_LETTERS, _ON_RULING = set("/|\\Il1![]"), 4.5
_FEW_WORDS, _DOUBTFUL = 6, 0.5
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
        # Half the size tells which way is up as well, in a quarter of the time.
        quarters = turns_needed(picture.reduce(2), dpi // 2, max(1.0, ends - time.monotonic()))
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
        self.boxes = tick_boxes(self.paper, dpi)
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


def _makes_no_sense(seen: list[Seen]) -> bool:
    words = [word for word in seen if len(word.text) > 2]
    upright = sum(word.y1 - word.y0 > word.x1 - word.x0 for word in words)
    return len(words) < _FEW_WORDS or sum(word.confidence for word in words) < _DOUBTFUL * len(words) or 2 * upright > len(words)


def _sheet(page: _Page, seen: list[Seen], number: int, ends: float) -> Sheet:
    paper, scale = page.paper, page.scale
    sheet = Sheet(number, paper.grey.shape[1] * scale, paper.grey.shape[0] * scale)
    boxes = [box for box in page.boxes if not is_letter(box, seen)]
    sheet.level = _edges(page.drawn.level, scale)
    sheet.upright = _edges(page.drawn.upright, scale)
    sheet.placed = [mark_of(box, number, scale) for box in boxes]
    grids = find_grids(sheet, CAPS.table_squares)
    missed = missed_cells(grids, seen, boxes, page.ink, scale)
    if missed and time.monotonic() < ends:
        seen = [*seen, *read_cells(page.clean, missed, page.dpi, ends - time.monotonic())]
    seen, ticks = typed_marks(seen, number, scale)
    sheet.placed += ticks
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


def _words(seen: list[Seen], boxes: list[Square], ink: Ink, scale: float) -> list[Word]:
    seen = [part for word in seen for part in _parted(word, ink)]
    weights, extents = bold_words(seen, ink), _extents([_on_ink(word, ink) for word in seen])
    sizes = {line: (bottom - top) / (1 + _TAIL) * scale / _CAPITAL_HEIGHT for line, (top, bottom) in extents.items()}
    usual = median([sizes[word.line] for word in seen if word.line in sizes] or [10.0])
    words = []
    for number, word in enumerate(seen):
        text, confidence = without_boxes(word, boxes), word.confidence
        if text in _STANDS_FOR and _is_beside(word, seen[max(0, number - 1) : number + 2]):
            text = _STANDS_FOR[text]
        text, confidence = likely(text, confidence)
        if not text or (set(text) <= _NOISE and len(text) < 4 and text not in {"-", "–", "/"}):
            continue
        size = _size(sizes.get(word.line, usual), usual)
        top, bottom = extents.get(word.line, (word.y0, word.y1))
        box = (word.x0 * scale, top * scale, word.x1 * scale, bottom * scale)
        words += _choices(Word(text, *box, Style(size, bold=weights[number], ocr=True), confidence=confidence))
    return words


def _choices(word: Word) -> list[Word]:
    """The options of a choice written as one word, such as Yes/No: each may be struck out or marked by itself."""
    if not _CHOICE.match(word.text):
        return [word]
    left, right = word.text.split("/")
    unit = (word.x1 - word.x0) / (len(left) + len(right) + 0.5)
    middle, slash = word.x0 + unit * len(left), 0.5 * unit
    return [
        word._replace(text=left, x1=middle),
        word._replace(text="/", x0=middle, x1=middle + slash, glued=True),
        word._replace(text=right, x0=middle + slash, glued=True),
    ]


def _is_beside(word: Seen, others: list[Seen]) -> bool:
    """Whether a word stands in a line of text, and not by itself as a ruling does."""
    height = word.y1 - word.y0
    return any(other is not word and other.line == word.line and max(other.x0 - word.x1, word.x0 - other.x1) < height for other in others)


def _on_ink(word: Seen, ink: Ink) -> Seen:
    """A word no taller than its letters: tesseract's boxes reach out to strokes that stood near, though they are rubbed out."""
    inked = np.flatnonzero(ink[word.y0 : word.y1, word.x0 : word.x1].any(axis=1))
    return word._replace(y0=word.y0 + int(inked[0]), y1=word.y0 + int(inked[-1]) + 1) if len(inked) else word


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
