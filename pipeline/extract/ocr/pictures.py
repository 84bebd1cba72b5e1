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
from pipeline.extract.ocr.pixels import (
    Grey,
    Ink,
    Square,
    Stroke,
    ink_of,
    lines_of,
    missing_blank,
    skew_of,
    squares,
    stroke_width,
    strokes,
    weight_between,
)
from pipeline.extract.pdf.rulings import find_grids
from pipeline.extract.pdf.shapes import Edge, Placed, Sheet, Style, Word

__all__ = ["DPI", "Turned", "is_available", "read_picture"]

DPI = 300
_RULING = 0.28
_UPRIGHT = 0.19
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
    began = time.monotonic()
    grey_picture, turned = _levelled(picture.convert("L"), 0)
    seen = read_words(grey_picture, dpi, seconds)
    if _makes_no_sense(seen) and grey_picture.getextrema() != (255, 255):
        quarters = turns_needed(picture, dpi, max(1.0, began + seconds - time.monotonic()))
        if quarters:
            grey_picture, turned = _levelled(picture.convert("L"), quarters)
            seen = read_words(grey_picture, dpi, max(1.0, began + seconds - time.monotonic()))
    return _sheet(grey_picture, seen, number, dpi, began + seconds), turned


def _levelled(picture: Image.Image, quarters: int) -> tuple[Image.Image, Turned]:
    if quarters:
        picture = picture.transpose((Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)[quarters - 1])
    angle = skew_of(picture)
    if angle:
        picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return picture, Turned(quarters, angle)


def _makes_no_sense(seen: list[Seen]) -> bool:
    words = [word for word in seen if len(word.text) > 2]
    return len(words) < _FEW_WORDS or sum(word.confidence for word in words) < _DOUBTFUL * len(words)


def _sheet(picture: Image.Image, seen: list[Seen], number: int, dpi: int, ends: float) -> Sheet:
    grey: Grey = np.asarray(picture)
    paper = float(np.percentile(grey[::8, ::8], 90))
    ink, lines = ink_of(grey), lines_of(grey, paper)
    scale = 72 / dpi
    sheet = Sheet(number, grey.shape[1] * scale, grey.shape[0] * scale)
    boxes = [box for box in squares(lines, ink, round(_SQUARE[0] * dpi), round(_SQUARE[1] * dpi)) if not _is_letter(box, seen)]
    sheet.level = _edges(strokes(lines, round(_RULING * dpi)), [(box.y0, box.y1, box.x0, box.x1) for box in boxes], scale)
    sheet.upright = _edges(strokes(lines.T, round(_UPRIGHT * dpi)), [(box.x0, box.x1, box.y0, box.y1) for box in boxes], scale)
    sheet.placed = [_tick(box, number, scale) for box in boxes]
    missed = missed_cells(find_grids(sheet, CAPS.table_squares), seen, boxes, ink, scale)
    if missed and time.monotonic() < ends:
        seen = [*seen, *read_cells(picture, missed, dpi, ends - time.monotonic())]
    sheet.words = [word for word in _words(seen, boxes, ink, scale) if not _is_ruling(word, sheet.upright)]

    def tone(box: Box) -> bool:
        x0, y0, x1, y1 = (round(edge / scale) for edge in box)
        inner = grey[y0 + 6 : y1 - 6 : 2, x0 + 6 : x1 - 6 : 2]
        return bool(inner.size) and float(np.percentile(inner, 65)) < paper - _SHADED

    sheet.tone = tone
    return sheet


def _edges(found: list[Stroke], boxes: list[tuple[int, int, int, int]], scale: float) -> list[Edge]:
    """Strokes as rulings in points, without those that are sides of tick boxes (given as low and high across, start and end along)."""
    rulings = [
        one
        for one in found
        if not any(low - 7 <= one.at <= high + 7 and start - 9 <= one.start and one.end <= end + 9 for low, high, start, end in boxes)
    ]
    return [Edge(one.at * scale, one.start * scale, one.end * scale, one.thickness * scale) for one in rulings]


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
    heights: dict[int, int] = {}
    for word in seen:
        heights[word.line] = max(heights.get(word.line, 1), word.y1 - word.y0 if word.text.isalnum() and len(word.text) > 1 else 1)
    widths = [stroke_width(ink[word.y0 : word.y1, word.x0 : word.x1]) for word in seen]
    usual = median([heights[word.line] * scale for word in seen if heights[word.line] > 1] or [10.0])
    heavy = weight_between([width for width, word in zip(widths, seen, strict=True) if len(word.text) > 2])
    words = []
    for word, width in zip(seen, widths, strict=True):
        text = _without_boxes(word, boxes)
        if not text or (set(text) <= _NOISE and len(text) < 4 and text not in {"-", "–", "/"}):
            continue
        size = _size(heights[word.line] * scale, usual) if heights[word.line] > 1 else round(usual, 1)
        box = (word.x0 * scale, word.y0 * scale, word.x1 * scale, word.y1 * scale)
        words.append(Word(text, *box, Style(size, bold=len(text) > 1 and width > heavy, ocr=True), confidence=word.confidence))
    return _smoothed(words)


def _parted(word: Seen, ink: Ink) -> list[Seen]:
    """A word, or the two that tesseract ran together."""
    found = missing_blank(ink[word.y0 : word.y1, word.x0 : word.x1], len(word.text)) if word.text.isalpha() else None
    if found is None:
        return [word]
    letters, ends, begins = found
    return [word._replace(text=word.text[:letters], x1=word.x0 + ends), word._replace(text=word.text[letters:], x0=word.x0 + begins)]


def _size(height: float, usual: float) -> float:
    """Letter size from the height of a line. It varies with the letters a line happens to have, so near the usual it is the usual."""
    return round(usual, 1) if 0.75 * usual < height < 1.3 * usual else round(height, 1)


def _smoothed(words: list[Word]) -> list[Word]:
    """Weights judged word by word waver: a word takes the weight of both its neighbours on the line where these agree."""
    smooth = list(words)
    for number in range(1, len(words) - 1):
        before, word, after = smooth[number - 1], words[number], words[number + 1]
        level = abs(before.y1 - word.y1) < word.style.size and abs(after.y1 - word.y1) < word.style.size
        if level and before.style.bold == after.style.bold != word.style.bold:
            smooth[number] = word._replace(style=word.style._replace(bold=before.style.bold))
    return smooth


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
