"""Tesseract: a picture in, words with their boxes and confidences out."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image

from pipeline.extract.programs import TESSERACT, ProgramFailed, find_program, run_program

WHOLE_PAGE, ONE_BLOCK = 3, 6
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


def read_words(picture: Image.Image, dpi: int, seconds: float = _SECONDS, mode: int = WHOLE_PAGE) -> list[Seen]:
    """The words of a picture, in tesseract's reading order. Of its ways to segment a page, 3 is the one that copes with tables."""
    program = find_program(TESSERACT)
    if program is None:
        raise ProgramFailed("tesseract")
    data = io.BytesIO()
    picture.save(data, format="PPM")
    arguments = [program, "stdin", "stdout", "--psm", str(mode), "--dpi", str(dpi), "-c", "debug_file=/dev/null", "tsv"]
    table = run_program(arguments, given=data.getvalue(), seconds=seconds).decode("utf-8", "replace")
    return list(_rows(table))


def turns_needed(picture: Image.Image, dpi: int, seconds: float = _SECONDS) -> int:
    """Quarter turns clockwise that bring a page upright, as tesseract sees it; none where it cannot tell."""
    program = find_program(TESSERACT)
    if program is None:
        return 0
    data = io.BytesIO()
    picture.save(data, format="PPM")
    try:
        said = run_program([program, "stdin", "stdout", "--psm", "0", "--dpi", str(dpi)], given=data.getvalue(), seconds=seconds).decode(
            "utf-8", "replace"
        )
    except ProgramFailed:
        return 0
    found = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    sure = float(found.get("Orientation confidence", "0") or 0) > 1.0
    return int(found.get("Rotate", "0")) // 90 % 4 if sure else 0


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
