"""Tick boxes of a page that is a picture: squares that are no letters, their states, and the letters that OCR made of them."""

from __future__ import annotations

import re

from models.document import Box, Mark, MarkState, Origin, Place
from pipeline.extract.ocr.engine import Seen
from pipeline.extract.ocr.paper import Paper
from pipeline.extract.ocr.pixels import Ink, Square, squares
from pipeline.extract.pdf.shapes import Placed

_SOME_BLACK = 0.6
_CLOSE, _SOME_ROWS, _EVERY_ROW = 14, 0.3, 0.97
_SQUARE = (0.085, 0.25)
_ON, _OFF = 0.12, 0.045
_SURE = 0.9
_BOX_LETTERS = 4
_AFTER_BOX = re.compile(r"^(?:[^A-Za-z]+[xX]?[^A-Za-z]*|[OQDCUIlx](?=[A-Z]))")
_BEFORE_BOX = re.compile(r"(?:[^A-Za-z?:.,)]+|(?<=[a-z])[OQDCUI])$")
_CROSSED = re.compile(r"^[\[(|][xX]{1,2}[\])|]$")
_CHECKS = {"v", "√", "✓", "✔"}
_TYPED = 0.8


def tick_boxes(paper: Paper, dpi: int) -> list[Square]:
    """Drawn squares: black ones, and those that are faint all round, for among faint strokes letters make squares too."""
    smallest, largest = round(_SQUARE[0] * dpi), round(_SQUARE[1] * dpi)
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


def is_letter(box: Square, seen: list[Seen]) -> bool:
    """Whether a square is only a letter: part of a word that was read with confidence. Of a tick box tesseract makes letters it is not sure of."""
    height = (box.y0 + box.y1) / 2
    over = [word for word in seen if word.y0 - 4 <= height <= word.y1 + 4 and word.x0 <= box.x1 and box.x0 <= word.x1]
    return any(word.confidence > _SURE and _is_plain(word.text) for word in over) or (box.corners < 4 and any(len(word.text) > 1 for word in over))


def _is_plain(text: str) -> bool:
    """Whether a text is nothing but a word: two letters or more, without the stray capital that a box before it becomes."""
    letters = text.strip(".,:;?!()'\"")
    return len(letters) > 1 and letters.replace("-", "").isalpha() and (letters.isupper() or not _AFTER_BOX.match(letters))


def mark_of(square: Square, page: int, scale: float) -> Placed:
    """The mark that a tick box is. Between empty and ticked its state is unknown."""
    box = (square.x0 * scale, square.y0 * scale, square.x1 * scale, square.y1 * scale)
    state = MarkState.ON if square.inked >= _ON else MarkState.OFF if square.inked <= _OFF else MarkState.UNKNOWN
    confidence = 0.5 if state is MarkState.UNKNOWN else 0.95
    return Placed(Mark(state, Origin.PIXELS, confidence=confidence, place=Place(page, box)), box)


def without_boxes(word: Seen, boxes: list[Square]) -> str:
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


def typed_marks(seen: list[Seen], page: int, scale: float) -> tuple[list[Seen], list[Placed]]:
    """Words that are ticks: a box with a cross read as letters in brackets, a check mark read as a v by itself."""
    words, placed = [], []
    for number, word in enumerate(seen):
        near = [other for other in seen[max(0, number - 1) : number + 2] if other is not word and _is_beside(word, other)]
        if _CROSSED.match(word.text) or (word.text in _CHECKS and not near):
            box: Box = (word.x0 * scale, word.y0 * scale, word.x1 * scale, word.y1 * scale)
            placed.append(Placed(Mark(MarkState.ON, Origin.PIXELS, confidence=_TYPED, place=Place(page, box)), box))
        else:
            words.append(word)
    return words, placed


def _is_beside(word: Seen, other: Seen) -> bool:
    return word.line == other.line and max(other.x0 - word.x1, word.x0 - other.x1) < word.y1 - word.y0
