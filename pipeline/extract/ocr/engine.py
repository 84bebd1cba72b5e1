"""Tesseract: a picture in, words with their boxes and confidences out."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image

from pipeline.extract.programs import TESSERACT, ProgramFailed, find_program, run_program

_WORD = "5"
_SECONDS = 20.0


class Seen(NamedTuple):
    """A word where it was seen, in pixels. `line` is one number for all words of a line."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    line: int


def is_available() -> bool:
    """Whether tesseract is installed."""
    return find_program(TESSERACT) is not None


def read_words(picture: Image.Image, dpi: int, seconds: float = _SECONDS) -> list[Seen]:
    """The words of a page, in tesseract's reading order. Page segmentation mode 3 is the one that copes with tables."""
    program = find_program(TESSERACT)
    if program is None:
        raise ProgramFailed("tesseract")
    data = io.BytesIO()
    picture.save(data, format="PPM")
    arguments = [program, "stdin", "stdout", "--psm", "3", "--dpi", str(dpi), "-c", "debug_file=/dev/null", "tsv"]
    table = run_program(arguments, given=data.getvalue(), seconds=seconds).decode("utf-8", "replace")
    return list(_rows(table))


def _rows(table: str) -> list[Seen]:
    words: list[Seen] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) < 12 or parts[0] != _WORD or not parts[11].strip():
            continue
        left, top, width, height = (int(part) for part in parts[6:10])
        line = lines.setdefault(tuple(parts[1:5]), len(lines))
        words.append(Seen(parts[11].strip(), left, top, left + width, top + height, max(0.0, float(parts[10])) / 100, line))
    return words
