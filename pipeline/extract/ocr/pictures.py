"""A picture of a page to the Sheet that any page gives, so that tables, lines and ticks are then found by the same code."""

from __future__ import annotations

import re

import numpy as np
from PIL import Image

from models.document import Box, Mark, MarkState, Origin, Place
from pipeline.extract.ocr.engine import Seen, is_available, read_words
from pipeline.extract.ocr.pixels import Grey, Ink, Square, Stroke, ink_of, lines_of, skew_of, squares, stroke_width, strokes, weight_between
from pipeline.extract.pdf.shapes import Edge, Placed, Sheet, Style, Word

__all__ = ["DPI", "is_available", "read_picture"]

DPI = 300
_RULING = 0.28
_UPRIGHT = 0.19
_SQUARE = (0.085, 0.25)
_ON, _OFF = 0.12, 0.045
_SHADED = 9
_SURE = 0.5
_BOX_LETTERS = 4
_AFTER_BOX = re.compile(r"^(?:[^A-Za-z]+[xX]?[^A-Za-z]*|[OQDCUIlx](?=[A-Z]))")
_BEFORE_BOX = re.compile(r"(?:[^A-Za-z?:.,)]+|(?<=[a-z])[OQDCUI])$")
_NOISE = set("|_~=—-–'`\"°.,:;\\/!<>«»")


def read_picture(picture: Image.Image, number: int, dpi: int, seconds: float) -> tuple[Sheet, float]:
    """A page's Sheet in points of the page turned level, and the degrees it was turned by."""
    grey_picture = picture.convert("L")
    angle = skew_of(grey_picture)
    if angle:
        grey_picture = grey_picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    seen = read_words(grey_picture, dpi, seconds)
    grey: Grey = np.asarray(grey_picture)
    paper = float(np.percentile(grey[::8, ::8], 90))
    ink, lines = ink_of(grey), lines_of(grey, paper)
    scale = 72 / dpi
    sheet = Sheet(number, grey.shape[1] * scale, grey.shape[0] * scale)
    boxes = [box for box in squares(lines, ink, round(_SQUARE[0] * dpi), round(_SQUARE[1] * dpi)) if not _in_a_word(box, seen)]
    sheet.level = _edges(strokes(lines, round(_RULING * dpi)), [(box.y0, box.y1, box.x0, box.x1) for box in boxes], scale)
    sheet.upright = _edges(strokes(lines.T, round(_UPRIGHT * dpi)), [(box.x0, box.x1, box.y0, box.y1) for box in boxes], scale)
    sheet.placed = [_tick(box, number, scale) for box in boxes]
    sheet.words = _words(seen, boxes, ink, scale)

    def tone(box: Box) -> bool:
        x0, y0, x1, y1 = (round(edge / scale) for edge in box)
        inner = grey[y0 + 6 : y1 - 6 : 2, x0 + 6 : x1 - 6 : 2]
        return bool(inner.size) and float(np.percentile(inner, 65)) < paper - _SHADED

    sheet.tone = tone
    return sheet, angle


def _edges(found: list[Stroke], boxes: list[tuple[int, int, int, int]], scale: float) -> list[Edge]:
    """Strokes as rulings in points, without those that are sides of tick boxes (given as low and high across, start and end along)."""
    rulings = [
        one
        for one in found
        if not any(low - 7 <= one.at <= high + 7 and start - 9 <= one.start and one.end <= end + 9 for low, high, start, end in boxes)
    ]
    return [Edge(one.at * scale, one.start * scale, one.end * scale, one.thickness * scale) for one in rulings]


def _in_a_word(box: Square, seen: list[Seen]) -> bool:
    """Whether a square is part of a letter in the middle of a word read with some confidence."""
    width = box.x1 - box.x0
    return any(
        word.confidence > _SURE
        and len(word.text) > 3
        and word.x0 + 0.5 * width < box.x0
        and box.x1 < word.x1 - 0.5 * width
        and word.y0 - 4 <= (box.y0 + box.y1) / 2 <= word.y1 + 4
        for word in seen
    )


def _tick(square: Square, page: int, scale: float) -> Placed:
    box = (square.x0 * scale, square.y0 * scale, square.x1 * scale, square.y1 * scale)
    state = MarkState.ON if square.inked >= _ON else MarkState.OFF if square.inked <= _OFF else MarkState.UNKNOWN
    confidence = 0.5 if state is MarkState.UNKNOWN else 0.95
    return Placed(Mark(state, Origin.PIXELS, confidence=confidence, place=Place(page, box)), box)


def _words(seen: list[Seen], boxes: list[Square], ink: Ink, scale: float) -> list[Word]:
    heights: dict[int, int] = {}
    for word in seen:
        heights[word.line] = max(heights.get(word.line, 0), word.y1 - word.y0)
    widths = [stroke_width(ink[word.y0 : word.y1, word.x0 : word.x1]) for word in seen]
    heavy = weight_between([width for width, word in zip(widths, seen, strict=True) if len(word.text) > 2])
    words = []
    for word, width in zip(seen, widths, strict=True):
        text = _without_boxes(word, boxes)
        if not text or (set(text) <= _NOISE and len(text) < 4 and text not in {"-", "–", "/"}):
            continue
        size = round(heights[word.line] * scale / 0.95 * 2) / 2
        box = (word.x0 * scale, word.y0 * scale, word.x1 * scale, word.y1 * scale)
        words.append(Word(text, *box, Style(size, bold=len(text) > 1 and width > heavy, ocr=True), confidence=word.confidence))
    return _smoothed(words)


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
