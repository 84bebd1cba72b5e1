"""Photographs and scans that come as pictures: read as pages."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from models.document import Document
from models.mail import FileKind
from pipeline.extract import clock
from pipeline.extract.caps import CAPS, Caps, problem
from pipeline.extract.ocr.engine import is_available
from pipeline.extract.ocr.pictures import DPI
from pipeline.extract.pdf.layout import PageBlocks
from pipeline.extract.pdf.pages import join_pages
from pipeline.extract.pdf.scans import SECONDS, read_scan

_PAPER_WIDTH = 8.27
_LOW, _HIGH = 150, 700
_SMALLEST = 400
_FRUITLESS = 15.0
"""Seconds after which pictures without a word on them are given up."""


def read_image(data: bytes, name: str, caps: Caps = CAPS) -> Document:
    """Read a picture of a form, page by page."""
    if not is_available():
        raise problem("no_text", name, "this is a picture, and no OCR is installed to read it. A person must read it.")
    clock.allow_a_scan()
    begun = time.monotonic()
    ends = begun + SECONDS
    pages: list[PageBlocks] = []
    sizes, left_out = [], False
    for number, picture in enumerate(_frames(data, name, caps), start=1):
        dpi = _dpi(picture)
        page = picture.convert("L").resize((round(picture.width * DPI / dpi), round(picture.height * DPI / dpi)), Image.Resampling.LANCZOS)
        size = (page.width * 72 / DPI, page.height * 72 / DPI)
        if time.monotonic() > begun + _FRUITLESS and not any(read.blocks for read in pages):
            break
        blocks = read_scan(page, number, DPI, size, ends, caps)
        sizes.append(size)
        pages += [blocks] if blocks else []
        left_out = left_out or blocks is None
    found, margins = join_pages(pages)
    if not found and not margins:
        raise problem("no_text", name, "no words could be read on this picture. A person must look at it.")
    warnings = ("ocr", "pages_left_out") if left_out else ("ocr",)
    return Document(name, FileKind.IMAGE, found, len(sizes), margins, warnings=warnings, page_sizes=tuple(sizes))


def shown_pages(data: bytes, name: str, caps: Caps = CAPS) -> Iterator[tuple[Image.Image, tuple[float, float]]]:
    """Each page of a picture the right way up, and its size in the points that places are told in."""
    for picture in _frames(data, name, caps):
        dpi = _dpi(picture)
        yield picture, (round(picture.width * DPI / dpi) * 72 / DPI, round(picture.height * DPI / dpi) * 72 / DPI)


def _frames(data: bytes, name: str, caps: Caps) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= caps.ocr_pages:
                    return
                if frame.width * frame.height > caps.pixels:
                    raise problem(
                        "too_large", name, f"the picture has {frame.width} by {frame.height} points, more than we read. Ask for it in a smaller size."
                    )
                yield ImageOps.exif_transpose(frame)
    except Image.DecompressionBombError as error:
        raise problem("too_large", name, "the picture has far more points than a page has. Ask for it in a smaller size.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise problem("corrupt", name, "the picture is damaged or of an unknown kind. Ask for it to be sent again.") from error


def _dpi(picture: Image.Image) -> float:
    """Points to the inch: as the file says where that makes sense, otherwise as if the picture were a sheet of A4."""
    said = picture.info.get("dpi", (0, 0))[0]
    if _LOW <= said <= _HIGH and picture.width > _SMALLEST:
        return float(said)
    return max(min(picture.size) / _PAPER_WIDTH, 36.0)
