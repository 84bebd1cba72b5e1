"""Scans: pages made, drawn as pictures, turned a little and made noisy, and read again."""

from __future__ import annotations

import io
import os
import shutil

import docx
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.document import Document, MarkState, Origin, Span
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.ocr import engine, images
from pipeline.extract.reader import read_document
from tests.extract.made_documents import items_of, marks_of, pdf_bytes, spans_of, tables_of

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None and "CI" not in os.environ, reason="tesseract is not installed")
ROWS = (("Name of child", "Ada Example"), ("Date of birth", "3 May 2014"), ("School", "Elm Primary School"))


def draw(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, 770, "Referral to children's services")
    canvas.setFillGray(0.88)
    canvas.rect(60, 640, 140, 90, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.grid([60, 200, 520], [730, 700, 670, 640])
    for number, (label, value) in enumerate(ROWS):
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(66, 710 - 30 * number, label)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(206, 710 - 30 * number, value)
    for number, (option, ticked) in enumerate((("Domestic abuse", True), ("Neglect", False), ("Mental health", True))):
        x = 60 + 150 * number
        canvas.rect(x, 600, 11, 11)
        if ticked:
            canvas.line(x + 1, 601, x + 10, 610)
            canvas.line(x + 1, 610, x + 10, 601)
        canvas.drawString(x + 18, 602, option)
    for number in range(3):
        canvas.drawString(60, 560 - 14 * number, "The school has told us that she is often late and that she comes in tired and hungry.")


def picture(angle: float = 0.0, dpi: int = 200) -> Image.Image:
    """The page as a scanner gives it."""
    pdf = pypdfium2.PdfDocument(pdf_bytes(draw))
    page: Image.Image = pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=250)
    noisy = np.asarray(page).astype(int) + np.random.default_rng(7).normal(0, 6, (page.height, page.width))
    return Image.fromarray(np.clip(noisy, 0, 255).astype("uint8"))


def scanned_pdf(angle: float) -> bytes:
    buffer = io.BytesIO()
    picture(angle).save(buffer, "PDF", resolution=200)
    return buffer.getvalue()


def png(page: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "PNG", **options)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def scan() -> Document:
    return read_document(scanned_pdf(0.8), "made.pdf", FileKind.PDF)


@needs_tesseract
def test_scan_is_read_into_its_table(scan: Document) -> None:
    (found,) = tables_of(scan)
    assert (found.rows, found.columns) == (3, 2)
    assert [cell.text for cell in found.cells] == [text for row in ROWS for text in row]
    assert scan.warnings == ("ocr",)


@needs_tesseract
def test_scanned_ticks_have_their_states(scan: Document) -> None:
    assert [(mark.state, mark.origin) for mark in marks_of(scan)] == [
        (MarkState.ON, Origin.PIXELS),
        (MarkState.OFF, Origin.PIXELS),
        (MarkState.ON, Origin.PIXELS),
    ]


@needs_tesseract
def test_scanned_words_carry_their_confidence(scan: Document) -> None:
    spans = spans_of(scan)
    assert {span.origin for span in spans} == {Origin.OCR}
    assert all(0.2 < span.confidence < 1 for span in spans if len(span.text) > 4)


@needs_tesseract
def test_shading_and_weight_are_seen_in_the_pixels(scan: Document) -> None:
    (found,) = tables_of(scan)
    assert [cell.shaded for cell in found.cells] == [True, False] * 3
    weights = [[item.bold for line in cell.lines for item in line.items if isinstance(item, Span)] for cell in found.cells]
    assert [any(weight) for weight in weights] == [True, False] * 3


@needs_tesseract
def test_places_are_on_the_page_as_scanned(scan: Document) -> None:
    """The page was turned by 0.8 degrees: its words are told where they stand on the turned page."""
    assert scan.page_sizes[0] == pytest.approx(A4, abs=1)
    (mark, *_) = marks_of(scan)
    assert mark.place is not None
    assert mark.place.box is not None
    x, y = (mark.place.box[0] + mark.place.box[2]) / 2 - A4[0] / 2, (mark.place.box[1] + mark.place.box[3]) / 2 - A4[1] / 2
    straight_x, straight_y = 65.5 - A4[0] / 2, A4[1] - 605.5 - A4[1] / 2
    turn = np.radians(0.8)
    assert x == pytest.approx(straight_x * np.cos(turn) + straight_y * np.sin(turn), abs=2.5)
    assert y == pytest.approx(-straight_x * np.sin(turn) + straight_y * np.cos(turn), abs=2.5)


@needs_tesseract
def test_photograph_taken_upside_down_is_put_upright() -> None:
    document = read_document(png(picture().transpose(Image.Transpose.ROTATE_180), dpi=(200, 200)), "made.png", FileKind.IMAGE)
    assert "Ada Example" in [cell.text for cell in tables_of(document)[0].cells]
    box = tables_of(document)[0].place
    assert document.format == FileKind.IMAGE
    assert box is not None
    assert box.box is not None
    assert box.box[3] > A4[1] / 2 + 200


@pytest.mark.parametrize(("data", "kind"), [(scanned_pdf(0), FileKind.PDF), (png(picture()), FileKind.IMAGE)], ids=["pdf", "image"])
def test_without_ocr_a_scan_has_no_text(monkeypatch: pytest.MonkeyPatch, data: bytes, kind: FileKind) -> None:
    monkeypatch.setattr(engine, "find_program", lambda names: None)
    monkeypatch.setattr(images, "is_available", lambda: False)
    with pytest.raises(Unreadable) as caught:
        read_document(data, "made", kind)
    assert caught.value.problem.code == "no_text"


@needs_tesseract
def test_word_document_that_only_carries_a_scan() -> None:
    written = docx.Document()
    written.add_picture(io.BytesIO(png(picture(), dpi=(200, 200))))
    buffer = io.BytesIO()
    written.save(buffer)
    document = read_document(buffer.getvalue(), "made.docx", FileKind.DOCX)
    assert "Ada Example" in [cell.text for cell in tables_of(document)[0].cells]
    assert document.warnings == ("ocr",)


@needs_tesseract
def test_blank_picture_has_no_text() -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(png(Image.new("L", (800, 1100), 255)), "made", FileKind.IMAGE)
    assert caught.value.problem.code == "no_text"


def test_damaged_picture_is_corrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "is_available", lambda: True)
    with pytest.raises(Unreadable) as caught:
        read_document(png(picture())[:2000], "made", FileKind.IMAGE)
    assert caught.value.problem.code == "corrupt"


def test_page_with_words_of_its_own_is_not_put_through_ocr() -> None:
    document = read_document(pdf_bytes(draw), "made.pdf", FileKind.PDF)
    assert document.warnings == ()
    assert not [item for item in items_of(document) if isinstance(item, Span) and item.origin is Origin.OCR]
