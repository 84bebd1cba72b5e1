"""Bytes of a PDF to a Document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from models.document import Document, Line, Place, Span
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.caps import CAPS, Caps, problem
from pipeline.extract.pdf.annotations import read_annotations
from pipeline.extract.pdf.drawing import DrawingReader
from pipeline.extract.pdf.layout import PageBlocks, lay_out
from pipeline.extract.pdf.letters import LetterReader
from pipeline.extract.pdf.pages import join_pages
from pipeline.extract.pdf.scans import ScanReader, is_scan
from pipeline.extract.pdf.shapes import Sheet
from pipeline.extract.pdf.turned import turned_back
from pipeline.extract.pdf.view import View
from pipeline.extract.pdf.widgets import read_widgets

_XFA = {2, 3}


def read_pdf(data: bytes, name: str, caps: Caps = CAPS, passwords: tuple[str, ...] = ()) -> Document:
    """Read a PDF: filled form fields first, then what is printed."""
    pdf = open_pdf(data, name, passwords)
    try:
        return _read(pdf, name, caps)
    finally:
        pdf.close()


def open_pdf(data: bytes, name: str, passwords: tuple[str, ...]) -> pdfium2.PdfDocument:
    """A PDF, opened with the first password that fits. Raises Unreadable with the reason."""
    # None first: a PDF locked only against changes opens without a password and not with a wrong one.
    for password in (None, *passwords):
        try:
            return pdfium2.PdfDocument(data, password=password)
        except pdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == pdfium.FPDF_ERR_SECURITY:
                raise problem("encrypted", name, "the PDF is locked in a way that we cannot open. Ask for a copy without protection.") from error
            if code != pdfium.FPDF_ERR_PASSWORD:
                raise _damaged(name) from error
    raise problem("encrypted", name, "the PDF is locked with a password. Ask for the password by telephone, or for a copy without one.")


def _damaged(name: str) -> Unreadable:
    return problem("corrupt", name, "the PDF is damaged or was cut short on its way. Ask for it to be sent again.")


def _read(pdf: pdfium2.PdfDocument, name: str, caps: Caps) -> Document:
    count = len(pdf)
    if count > caps.pages:
        raise problem("too_large", name, f"the PDF has {count} pages; we read up to {caps.pages}. Ask for the form by itself.")
    form_type = pdf.get_formtype()
    if form_type != pdfium.FORMTYPE_NONE:
        pdf.init_forms()
    scans = ScanReader(caps)
    try:
        pages = list(_pages(pdf, caps, scans))
    finally:
        scans.close()
    blocks, margins = join_pages(pages)
    if not blocks and not margins:
        _refuse_wordless(name, form_type, pictures=scans.used or count > len(pages))
    notes = tuple(Line((Span(note),), place=Place(page.number, where="note")) for page in pages for note in page.notes)
    left_out = len(pages) < count or any(page.truncated for page in pages)
    warnings = (("ocr",) if scans.used else ()) + (("pages_left_out",) if left_out else ())
    return Document(name, FileKind.PDF, blocks, count, margins, notes, warnings, _sizes(pdf, pages))


def _sizes(pdf: pdfium2.PdfDocument, pages: list[PageBlocks]) -> tuple[tuple[float, float], ...]:
    """The size of every page as shown, those left out too."""
    read = {page.number: page.size for page in pages}
    return tuple(read.get(number) or pdf.get_page_size(number - 1) for number in range(1, len(pdf) + 1))


def _refuse_wordless(name: str, form_type: int, *, pictures: bool) -> None:
    if form_type in _XFA:
        raise problem("unsupported", name, "this is an Adobe XFA form, which only Adobe Reader shows. Open it there and print it to a new PDF.")
    if pictures:
        raise problem(
            "no_text",
            name,
            "the PDF holds pictures of pages and no text that could be read. A person must read it, or ask for the form as a Word document.",
        )
    raise problem("empty", name, "the PDF has nothing on its pages. Ask the sender whether the right file was attached.")


def _pages(pdf: pdfium2.PdfDocument, caps: Caps, scans: ScanReader) -> Iterator[PageBlocks]:
    """The pages that can be read, each laid out. A broken one is left out, and the warnings say that one is missing."""
    letters = LetterReader()
    begun = []
    for number in range(1, len(pdf) + 1):
        try:
            page = pdf[number - 1]
        except pdfium2.PdfiumError:
            continue
        try:
            sheet, view, upright = read_sheet(page, number, letters, pdf.formenv, caps)
            begun.append((sheet, view, upright, scans.begin(page, number, view) if is_scan(sheet) else None))
        finally:
            page.close()
    for sheet, view, upright, future in begun:
        scanned = future.result() if future else None
        if scanned is not None:
            yield scanned
            continue
        blocks = lay_out(sheet, caps)
        if blocks.blocks or not sheet.images:
            yield blocks if upright == view else turned_back(blocks, upright, view)


def read_sheet(page: pdfium2.PdfPage, number: int, letters: LetterReader, form: Any, caps: Caps) -> tuple[Sheet, View, View]:
    """Everything that stands on one page, the page as it is shown, and the page turned so that its text runs across."""
    left, bottom, right, top = page.get_bbox()
    view = View(left, bottom, right, top, (page.get_rotation() // 90) % 4)
    glyphs, truncated, upright = letters.read(page.raw, view, caps.page_chars)
    sheet = Sheet(number, *upright.size, glyphs=glyphs, truncated=truncated)
    DrawingReader(upright, sheet, caps.page_objects).read(page.raw)
    read_annotations(page.raw, upright, sheet)
    if form is not None:
        read_widgets(page.raw, getattr(form, "raw", form), upright, sheet)
    return sheet, view, upright
