"""Pages that hold a picture of a page and no text worth having: told, drawn at 300 dpi, and read by OCR."""

from __future__ import annotations

import math
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from models.document import Box
from pipeline.extract import clock
from pipeline.extract.caps import Caps
from pipeline.extract.pdf.layout import PageBlocks, lay_out
from pipeline.extract.pdf.shapes import Sheet
from pipeline.extract.pdf.turned import moved
from pipeline.extract.pdf.view import View

_FEW_LETTERS = 25
_COVERED = 0.45
_BROKEN = 0.3
_OUTLINES = 300
SECONDS = 20.0
"""What the scanned pages of one document may take together, so that any file is answered within half a minute. Pages left over are told, never dropped in silence."""
_PAGE_SECONDS = 18.0
_AT_ONCE = 2
_ONE_COLOUR = 12


def is_scan(sheet: Sheet) -> bool:
    """Whether a page's own text cannot be what a person sees on it."""
    letters = [glyph for glyph in sheet.glyphs if not glyph.text.isspace()]
    covered = max((_share(image, sheet) for image in sheet.images), default=0.0)
    if len(letters) < _FEW_LETTERS and not sheet.placed:
        return covered > _COVERED or len(sheet.squiggles) > _OUTLINES
    hidden = sum(glyph.style.hidden for glyph in letters)
    broken = sum(glyph.text == "\ufffd" or (not glyph.style.symbol and "\ue000" <= glyph.text <= "\uf8ff") or glyph.text < " " for glyph in letters)
    return (covered > _COVERED and hidden > 0.8 * len(letters)) or broken > _BROKEN * max(len(letters), 1)


def _share(image: Box, sheet: Sheet) -> float:
    width = max(0.0, min(image[2], sheet.width) - max(image[0], 0.0))
    height = max(0.0, min(image[3], sheet.height) - max(image[1], 0.0))
    return width * height / max(sheet.width * sheet.height, 1.0)


class ScanReader:
    """Reads the scanned pages of one document, as many as there is time for, two at a time."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._ends = 0.0
        self._left = caps.ocr_pages
        self._workers: ThreadPoolExecutor | None = None
        self._waiting: list[Future[PageBlocks | None]] = []
        self.used = False

    def begin(self, page: Any, number: int, view: View) -> Future[PageBlocks | None] | None:
        """Start reading a scanned page; None where there is no OCR or no time for it."""
        from pipeline.extract.ocr import is_available

        if not is_available() or self._left <= 0:
            return None
        if not self.used:
            clock.allow_a_scan()
            self._ends = time.monotonic() + SECONDS
        if len(self._waiting) >= _AT_ONCE + 1:
            self._waiting.pop(0).exception()  # wait for it: every page waiting holds a picture
        if time.monotonic() > self._ends:
            return None
        self._left -= 1
        self.used = True
        width, height = view.size
        dpi = min(300.0, 72 * math.sqrt(self._caps.pixels / max(width * height, 1.0)))
        picture = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=True).to_pil()
        self._workers = self._workers or ThreadPoolExecutor(_AT_ONCE)
        future = self._workers.submit(read_scan, picture, number, round(dpi), (width, height), self._ends, self._caps)
        self._waiting.append(future)
        return future

    def close(self) -> None:
        """Let the workers go."""
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)


def read_scan(picture: Any, number: int, dpi: int, size: tuple[float, float], ends: float, caps: Caps) -> PageBlocks | None:
    """The blocks of a picture of a page, with their places on the picture as it came; None where it cannot be read before the clock says `ends`."""
    from pipeline.extract.ocr import read_picture
    from pipeline.extract.programs import ProgramFailed

    seconds = min(_PAGE_SECONDS, ends - time.monotonic())
    if seconds < 1:
        return None
    if _is_blank(picture):
        return lay_out(Sheet(number, *size), caps)
    try:
        sheet, (quarters, degrees) = read_picture(picture, number, dpi, seconds)
    except ProgramFailed:
        return None
    blocks = lay_out(sheet, caps)
    if not quarters and not degrees:
        return blocks
    upright = (sheet.width, sheet.height)
    return moved(blocks, size, lambda box: _laid_back(_unturned(box, degrees, upright), quarters, size))


def _is_blank(picture: Any) -> bool:
    """Whether a page is of one colour throughout, as the back of a printed sheet is."""
    darkest, lightest = picture.getextrema()
    return bool(lightest - darkest < _ONE_COLOUR)


def _unturned(box: Box, angle: float, size: tuple[float, float]) -> Box:
    """Where a box of the levelled page stands on the page before it was levelled."""
    across, down = size[0] / 2, size[1] / 2
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    corners = [(x - across, y - down) for x in (box[0], box[2]) for y in (box[1], box[3])]
    turned = [(x * cosine - y * sine + across, x * sine + y * cosine + down) for x, y in corners]
    return min(x for x, _ in turned), min(y for _, y in turned), max(x for x, _ in turned), max(y for _, y in turned)


def _laid_back(box: Box, quarters: int, size: tuple[float, float]) -> Box:
    """Where a box of a page put upright stands on the page as it came, which has this size."""
    left, top, right, bottom = box
    width, height = size
    if quarters == 1:
        return top, height - right, bottom, height - left
    if quarters == 2:
        return width - right, height - bottom, width - left, height - top
    if quarters == 3:
        return width - bottom, left, width - top, right
    return box
