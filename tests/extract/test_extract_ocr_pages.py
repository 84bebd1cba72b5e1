"""What a scanned page may look like: shading, underlines, highlighters, crooked and dim pages, and pages nobody should read values from."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from models.document import Document, Line, MarkState
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.caps import CAPS, Caps
from pipeline.extract.ocr.engine import Seen
from pipeline.extract.ocr.likely import likely
from pipeline.extract.ocr.paper import even_out, skew_of
from pipeline.extract.ocr.weight import bold_words
from pipeline.extract.pdf import scans
from pipeline.extract.pdf.layout import PageBlocks
from pipeline.extract.reader import read_document
from tests.extract.made_documents import marks_of, pdf_bytes, spans_of, tables_of
from tests.extract.test_extract_ocr import draw as draw_form
from tests.extract.test_extract_ocr import needs_tesseract, png

DPI = 200
Painter = Callable[[Canvas], None]


def printed(draw: Painter, dpi: int = DPI) -> Image.Image:
    """A drawn page as a scanner gives it, a little soft."""
    pdf = pypdfium2.PdfDocument(pdf_bytes(draw))
    page: Image.Image = pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    return page.filter(ImageFilter.GaussianBlur(0.5))


def read(page: Image.Image, dpi: int = DPI) -> Document:
    """A picture read as a document."""
    return read_document(png(page, dpi=(dpi, dpi)), "made.png", FileKind.IMAGE)


def cells(document: Document) -> list[str]:
    """The texts of all cells."""
    return [cell.text for table in tables_of(document) for cell in table.cells]


def words(document: Document) -> str:
    """Everything that was read, as one text."""
    return " ".join(span.text for span in spans_of(document))


def rows(canvas: Canvas, labels: dict[str, str], *, fill: float | None = None, pale: bool = False) -> None:
    """A table of labels and answers, its labels shaded, its rulings black or pale."""
    lines = [720 - 22 * number for number in range(len(labels) + 1)]
    for number, (label, value) in enumerate(labels.items()):
        if fill is not None:
            canvas.setFillGray(fill)
            canvas.rect(60, lines[number + 1], 180, 22, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(66, lines[number + 1] + 7, label)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(246, lines[number + 1] + 7, value)
    canvas.setStrokeGray(0.55 if pale else 0)
    canvas.setLineWidth(0.5)
    canvas.grid([60, 240, 530], lines)


ANSWERS = {"Name of child": "Ada Example", "Date of birth": "3 May 2014", "School attended": "Elm Primary School", "Telephone": "0113 496 0123"}


@pytest.fixture
def prose() -> Painter:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for number in range(14):
            canvas.drawString(60, 560 - 15 * number, "The school has told us that she is often late and comes in tired and hungry.")

    return draw


@needs_tesseract
@pytest.mark.parametrize(("fill", "pale"), [(0.72, True), (0.9, False)], ids=["dark grey", "light grey"])
def test_words_in_shaded_cells_are_read(fill: float, pale: bool, prose: Painter) -> None:
    def draw(canvas: Canvas) -> None:
        rows(canvas, ANSWERS, fill=fill, pale=pale)
        prose(canvas)

    document = read(printed(draw))
    assert cells(document) == [text for row in ANSWERS.items() for text in row]


@needs_tesseract
def test_heading_in_white_on_a_dark_bar() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.1)
        canvas.rect(60, 722, 470, 24, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(66, 729, "Part two: the child")
        rows(canvas, ANSWERS, fill=0.9)

    document = read(printed(draw))
    assert "Part two: the child" in words(document)
    assert set(ANSWERS.values()) <= set(cells(document))


@needs_tesseract
@pytest.mark.parametrize("angle", [-4.0, 1.3, 7.5])
def test_crooked_page_is_put_level(angle: float) -> None:
    page = printed(lambda canvas: rows(canvas, ANSWERS)).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=250)
    assert set(ANSWERS.values()) <= set(cells(read(page)))


@needs_tesseract
def test_photograph_in_uneven_light() -> None:
    page = np.asarray(printed(lambda canvas: rows(canvas, ANSWERS))).astype(float)
    shadow = np.linspace(1.0, 0.45, page.shape[1])[None, :] * np.linspace(1.0, 0.8, page.shape[0])[:, None]
    assert set(ANSWERS.values()) <= set(cells(read(Image.fromarray((page * shadow).astype("uint8")))))


@needs_tesseract
@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_page_lying_on_its_side_is_turned(turn: Image.Transpose) -> None:
    page = printed(draw_form).transpose(turn)
    assert "Ada Example" in cells(read(page))


@needs_tesseract
def test_underlined_struck_and_highlighted_options(prose: Painter) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for number, label in enumerate(("Gender", "Disabled", "Consent")):
            canvas.drawString(66, 700 - 30 * number, label)
        canvas.setFillGray(0.87)
        canvas.rect(298, 637, 52, 13, stroke=0, fill=1)
        canvas.setFillGray(0)
        for y, left, right in ((700, "Male", "Female"), (670, "Current", "Former"), (640, "Given", "Refused")):
            canvas.drawString(200, y, left)
            canvas.drawString(300, y, right)
        canvas.setLineWidth(0.8)
        canvas.line(300, 698.4, 300 + canvas.stringWidth("Female"), 698.4)
        canvas.line(200, 674, 200 + canvas.stringWidth("Current"), 674)
        canvas.grid([60, 190, 530], [720, 690, 660, 630])
        prose(canvas)

    styles = {span.text.strip(): span for span in spans_of(read(printed(draw, 300), 300))}
    assert styles["Female"].underline
    assert not styles["Male"].underline
    assert styles["Refused"].highlight
    assert not styles["Given"].highlight
    assert styles["Current"].strike
    assert not styles["Former"].strike


@needs_tesseract
def test_letters_are_no_tick_boxes(prose: Painter) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(60, 780, "Support and Details DD pp BB")
        canvas.setFont("Helvetica", 11)
        for number, ticked in enumerate((True, False)):
            canvas.rect(60 + 100 * number, 740, 9, 9)
            canvas.drawString(75 + 100 * number, 741, ("Yes", "No")[number])
            if ticked:
                canvas.line(60, 740, 69, 749)
                canvas.line(60, 749, 69, 740)
        prose(canvas)

    document = read(printed(draw))
    assert [mark.state for mark in marks_of(document)] == [MarkState.ON, MarkState.OFF]
    assert "Support" in words(document)


@needs_tesseract
def test_box_half_inked_is_unknown() -> None:
    def draw(canvas: Canvas) -> None:
        rows(canvas, ANSWERS)
        canvas.rect(60, 600, 11, 11)
        canvas.setLineWidth(0.9)
        canvas.line(64.5, 603.5, 64.5, 606.3)
        canvas.drawString(78, 602, "Urgent")

    (mark,) = marks_of(read(printed(draw, 300), 300))
    assert (mark.state, mark.confidence) == (MarkState.UNKNOWN, 0.5)


@needs_tesseract
def test_headings_are_told_by_their_size(prose: Painter) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, 780, "Details of the referrer")
        rows(canvas, ANSWERS)
        prose(canvas)

    document = read(printed(draw))
    (heading,) = [block for block in document.blocks if isinstance(block, Line) and block.heading]
    assert heading.text == "Details of the referrer"


@needs_tesseract
def test_scribble_is_told_to_hold_no_text() -> None:
    """Lines drawn by hand are no words: a person must look."""
    chance = np.random.default_rng(3)

    def draw(canvas: Canvas) -> None:
        for line in range(6):
            x, y = 70.0, 700.0 - 40 * line
            path = canvas.beginPath()
            path.moveTo(x, y)
            for _ in range(40):
                x, y = x + 9, 700 - 40 * line
                path.curveTo(*(x + chance.normal(0, 9), y + chance.normal(0, 14)), *(x + chance.normal(0, 9), y + chance.normal(0, 14)), x, y)
            canvas.drawPath(path)

    with pytest.raises(Unreadable) as told:
        read(printed(draw))
    assert told.value.problem.code == "no_text"


def pages(count: int) -> bytes:
    """A scan of some pages."""
    import io

    page, buffer = printed(draw_form), io.BytesIO()
    page.save(buffer, "PDF", save_all=True, append_images=[page] * (count - 1), resolution=DPI)
    return buffer.getvalue()


@needs_tesseract
def test_pages_beyond_the_time_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = scans.read_scan

    def until_the_second(picture: Image.Image, number: int, dpi: int, size: tuple[float, float], ends: float, caps: Caps) -> PageBlocks | None:
        return real(picture, number, dpi, size, ends if number <= 2 else 0.0, caps)

    monkeypatch.setattr(scans, "SECONDS", 60.0)
    monkeypatch.setattr(scans, "read_scan", until_the_second)
    document = read_document(pages(4), "made.pdf", FileKind.PDF)
    assert document.pages == 4
    assert document.warnings == ("ocr", "pages_left_out")


def test_page_is_not_begun_without_time() -> None:
    assert scans.read_scan(Image.new("L", (100, 100), 255), 1, DPI, (36.0, 36.0), time.monotonic(), CAPS) is None


# The parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("MIF", "M/F"),
        ("(YIN)", "(Y/N)"),
        ("Ian.Ives@homemail.example", "Ian.Ives@homemail.example"),
        ("Iena@homemail.example", "Iena@homemail.example"),
        ("IVES", "IVES"),
        ("¢", "•"),
        ("_Dawit", "Dawit"),
        ("____", "____"),
    ],
)
def test_letters_that_look_alike(read_as: str, meant: str) -> None:
    assert likely(read_as, 0.95)[0] == meant


def test_turn_of_a_page_is_measured_finely() -> None:
    page = printed(lambda canvas: rows(canvas, ANSWERS))
    assert skew_of(page.rotate(-2.4, fillcolor=255)) == pytest.approx(2.4, abs=0.1)
    assert skew_of(Image.new("L", (800, 1100), 255)) == 0.0


def test_even_paper_is_white_everywhere() -> None:
    grey = np.full((400, 600), 255, dtype=np.uint8)
    grey[100:200] = 190
    grey[300:360, 50:500] = 20
    paper = even_out(grey)
    assert int(paper.flat[20:90].min()) == 255
    assert int(paper.flat[120:180].min()) > 240
    assert int(paper.flat[310:350, 200:400].min()) > 240


def test_a_phrase_changes_its_weight_only_where_it_is_worth_it() -> None:
    ink = np.zeros((60, 4000), dtype=bool)
    seen = []
    for number in range(40):
        left, thick = 10 + 90 * number, (9, 3)[number % 10 > 4] if number != 2 else 7
        for stem in range(5):
            ink[10:40, left + 14 * stem : left + 14 * stem + thick] = True
        seen.append(Seen("label", left, 10, left + 75, 40, 0.9, number // 10))
    bold = bold_words(seen, ink)
    assert bold[:10] == [True] * 5 + [False] * 5
