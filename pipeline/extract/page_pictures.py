"""Pages as pictures, for a person to see a value where it stands. Runs in the sandbox's child: the file is as hostile as ever.

Nothing is guessed: words that cannot be found on a page are not lit.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from models.base import Frozen
from models.document import Box, Control, Inline, Line, Mark, MarkState, Place, Table
from models.document import Cell as TableCell
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.caps import CAPS, problem
from pipeline.extract.ocr.images import shown_pages
from pipeline.extract.office import to_pdf
from pipeline.extract.pdf.read import open_pdf
from pipeline.extract.pdf.view import View
from pipeline.extract.reader import read_document

OFFICE = frozenset({FileKind.DOCX, FileKind.DOCM, FileKind.DOC, FileKind.ODT, FileKind.RTF})
DRAWN = frozenset({FileKind.PDF, FileKind.IMAGE})
MOST_PAGES = 400
_DOTS = 110
_MOST_PIXELS = 3_000_000
_LONGEST_SEARCH = 120
_MOST_FOUND = 40
_MOST_BLOCKS = 2_000
_LONGEST_CELL = 20_000


class Sheets(Frozen):
    """How many pages a file has, and the size in points of those that are shown."""

    count: int
    sizes: tuple[tuple[float, float], ...]


class Found(Frozen):
    """Where words stand: a page from 1, and a box for each line of them, in points from the page's top left."""

    page: int
    boxes: tuple[Box, ...]


def sheets_of(data: bytes, name: str, kind: FileKind, passwords: tuple[str, ...]) -> Sheets:
    """The pages of a PDF or picture. Raises Unreadable for any other file, and for one that cannot be opened."""
    if kind is FileKind.IMAGE:
        sizes = tuple(size for _, size in shown_pages(data, name))
        return Sheets(count=len(sizes), sizes=sizes)
    pdf = open_pdf(data, name, passwords)
    try:
        count = len(pdf)
        shown = range(min(count, MOST_PAGES))
        return Sheets(count=count, sizes=tuple(_size(pdf, number) for number in shown))
    finally:
        pdf.close()


def _size(pdf: pdfium2.PdfDocument, number: int) -> tuple[float, float]:
    """A page's size as it is shown, turned as its file says; nothing for a page that cannot be opened."""
    try:
        page = pdf[number]
    except pdfium2.PdfiumError:
        return 0.0, 0.0
    try:
        width, height = page.get_size()
        return float(width), float(height)
    finally:
        page.close()


def picture_of(data: bytes, name: str, kind: FileKind, page: int, passwords: tuple[str, ...]) -> str:
    """One page as PNG in base64. Raises Unreadable where there is no such page or it cannot be drawn."""
    picture = _frame(data, name, page) if kind is FileKind.IMAGE else _drawn(data, name, page, passwords)
    out = io.BytesIO()
    _plain(picture).save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _plain(picture: Image.Image) -> Image.Image:
    """Forms are nearly all grey: sixteen shades are a third of the bytes. A page with colour keeps its colours."""
    small = picture.convert("RGB")
    few = small.resize((64, 64)).tobytes()
    if all(max(few[at : at + 3]) - min(few[at : at + 3]) < 12 for at in range(0, len(few), 3)):
        return small.convert("L").quantize(16)
    return small.quantize(128)


def _frame(data: bytes, name: str, page: int) -> Image.Image:
    for number, (picture, (width, _)) in enumerate(shown_pages(data, name), 1):
        if number == page:
            wanted = max(1, round(width * _DOTS / 72))
            return picture.convert("RGB").resize((wanted, max(1, round(picture.height * wanted / picture.width))), Image.Resampling.LANCZOS)
    raise _no_page(name)


def _drawn(data: bytes, name: str, page: int, passwords: tuple[str, ...]) -> Image.Image:
    pdf = open_pdf(data, name, passwords)
    try:
        if not 1 <= page <= min(len(pdf), MOST_PAGES):
            raise _no_page(name)
        if pdf.get_formtype() != pdfium.FORMTYPE_NONE:
            pdf.init_forms()
        sheet = pdf[page - 1]
        width, height = sheet.get_size()
        if width < 1 or height < 1:
            raise problem("empty", name, f"page {page} has no size, so there is nothing to show.")
        scale = min(_DOTS / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
        drawn: Image.Image = sheet.render(scale=scale, may_draw_forms=True).to_pil()
    except pdfium2.PdfiumError as error:
        raise problem("corrupt", name, f"page {page} cannot be drawn. Download the file to look at it.") from error
    finally:
        pdf.close()
    return drawn


def _no_page(name: str) -> Unreadable:
    return problem("empty", name, "there is no such page in it.")


def pdf_of(data: bytes, name: str, kind: FileKind) -> str:
    """An office file as PDF in base64. Raises Unreadable where LibreOffice is not installed or gives up."""
    return base64.b64encode(to_pdf(data, name, kind)).decode("ascii")


def find_words(data: bytes, name: str, kind: FileKind, words: str, label: str, passwords: tuple[str, ...]) -> tuple[Found, ...]:
    """Where words stand in a PDF. Where they stand in several places, the one on a line with the label; no one such place, and none is lit.

    To light the wrong place would be worse than to light none.
    """
    del kind
    wanted, asked = _searched(words), _searched(label)
    if not wanted:
        return ()
    pdf = open_pdf(data, name, passwords)
    try:
        places = list(_places(pdf, wanted))
        if len(places) > 1 and asked and asked != wanted:
            labels = list(_places(pdf, asked))
            places = [one for one in places if any(_on_a_line(one, other) for other in labels)]
    finally:
        pdf.close()
    return tuple(places) if len(places) == 1 else ()


def _on_a_line(one: Found, other: Found) -> bool:
    """Whether two places share a line of one page."""
    if one.page != other.page or not one.boxes or not other.boxes:
        return False
    top, bottom = one.boxes[0][1], one.boxes[0][3]
    return any(min(bottom, box[3]) - max(top, box[1]) > 0.4 * (bottom - top) for box in other.boxes)


class Cell(Frozen):
    """A cell, or a paragraph outside tables, as words. `where` is its place as fields tell it; `rows` of a table hold cells."""

    where: str
    text: str


class Part(Frozen):
    """A paragraph (`rows` is empty) or a table of a document, in order."""

    heading: int | None = None
    line: Cell | None = None
    rows: tuple[tuple[Cell, ...], ...] = ()


def parts_of(data: bytes, name: str, kind: FileKind, passwords: tuple[str, ...]) -> tuple[Part, ...]:
    """A document as paragraphs and tables, to show it where no page can be drawn, and to say in words what a picture lights."""
    document = read_document(data, name, kind, passwords)
    return tuple(_part(block) for block in document.blocks[:_MOST_BLOCKS])


def _part(block: Line | Table) -> Part:
    if isinstance(block, Line):
        return Part(heading=block.heading, line=_cell(block.place, block.text))
    rows = (tuple(_cell(cell.place, _words(cell)) for cell in block.row(number)) for number in range(block.rows))
    return Part(rows=tuple(row for row in rows if row))


def _cell(place: Place | None, text: str) -> Cell:
    return Cell(where=(place.where if place else None) or "", text=text[:_LONGEST_CELL])


def _words(cell: TableCell) -> str:
    """A cell's words, its ticks as signs, and those of the tables in it."""
    lines = ["".join(_shown(item) for item in line.items) for line in cell.lines]
    inner = [_words(one) for table in cell.tables for one in table.cells]
    return "\n".join(text.strip() for text in (*lines, *inner) if text.strip())


def _shown(item: Inline) -> str:
    if isinstance(item, Mark):
        return {MarkState.ON: "☒ ", MarkState.OFF: "☐ ", MarkState.UNKNOWN: "(a tick box that could not be made out) "}[item.state]
    if isinstance(item, Control):
        return item.value or ""
    return item.text if not item.placeholder else ""


def _searched(words: str) -> str:
    """What is looked for: the first line's words, as PDF text has them."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    return re.sub(r"\s+", " ", first).strip()[:_LONGEST_SEARCH]


def _places(pdf: pdfium2.PdfDocument, words: str) -> Iterator[Found]:
    found = 0
    for number in range(min(len(pdf), CAPS.pages)):
        page = pdf[number]
        try:
            text = page.get_textpage()
            left, bottom, right, top = page.get_bbox()
            view = View(left, bottom, right, top, (page.get_rotation() // 90) % 4)
            search = text.search(words, match_case=True, match_whole_word=True)
            while (place := search.get_next()) is not None and found < _MOST_FOUND:
                index, count = place
                rects = [text.get_rect(at) for at in range(text.count_rects(index, count))]
                found += 1
                yield Found(page=number + 1, boxes=tuple(view.box(*rect) for rect in rects))
        except pdfium2.PdfiumError:
            continue
        finally:
            page.close()
