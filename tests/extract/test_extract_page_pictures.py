"""Pages as pictures, drawn in the child: what can be shown is shown, what cannot is said, and no wrong place is ever lit."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO

import docx
import pypdfium2 as pdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract import page_pictures as drawing
from pipeline.extract.sandbox import Sandbox

A4 = (595.0, 842.0)


@pytest.fixture(scope="module")
def child() -> Iterator[Sandbox]:
    with Sandbox(preload=("pipeline.extract.page_pictures",)) as made:
        yield made


def pdf(*lines: tuple[float, float, str], turned: int = 0) -> bytes:
    """A page with words at places from its top left."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    if turned:
        canvas.setPageRotation(turned)
    for left, top, words in lines:
        canvas.drawString(left, A4[1] - top, words)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def blank(pages: int, size: tuple[float, float] = A4) -> bytes:
    """A document of empty pages."""
    made = pdfium2.PdfDocument.new()
    for _ in range(pages):
        made.new_page(*size)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def png(text: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(text)))


def test_a_page_is_drawn_with_its_words_on_it(child: Sandbox) -> None:
    data = pdf((72, 100, "Robin Example"))
    sheets = child.run(drawing.sheets_of, data, "a.pdf", FileKind.PDF, ())
    assert (sheets.count, [round(side) for side in sheets.sizes[0]]) == (1, [595, 842])
    drawn = png(child.run(drawing.picture_of, data, "a.pdf", FileKind.PDF, 1, ()))
    scale = drawn.width / A4[0]
    where = drawn.convert("L").crop((70 * scale, 88 * scale, 160 * scale, 104 * scale))
    assert min(where.tobytes()) < 100
    assert min(drawn.convert("L").crop((0, 0, drawn.width, round(80 * scale))).tobytes()) > 200


def test_words_are_found_where_they_stand(child: Sandbox) -> None:
    data = pdf((72, 100, "Date of birth"), (300, 100, "14/03/2017"))
    (found,) = child.run(drawing.find_words, data, "a.pdf", FileKind.PDF, "14/03/2017", "", ())
    left, top, right, bottom = found.boxes[0]
    assert (found.page, round(left / 10)) == (1, 30)
    assert 85 < top < bottom < 106
    assert right > 340


def test_words_on_a_turned_page_are_found_as_the_page_is_shown(child: Sandbox) -> None:
    data = pdf((300, 500, "14/03/2017"), turned=90)  # the library swaps the sides of a page that it turns
    (found,) = child.run(drawing.find_words, data, "a.pdf", FileKind.PDF, "14/03/2017", "", ())
    width, height = child.run(drawing.sheets_of, data, "a.pdf", FileKind.PDF, ()).sizes[0]
    left, top, right, bottom = found.boxes[0]
    assert (round(width), round(height)) == (595, 842)
    assert 0 < left < right < width
    assert 0 < top < bottom < height
    assert bottom - top > right - left  # its line runs downwards now


def test_of_several_places_the_one_beside_its_label_is_lit_and_else_none(child: Sandbox) -> None:
    data = pdf((72, 100, "Aware"), (300, 100, "Yes"), (72, 140, "Consent"), (300, 140, "Yes"))
    (beside,) = child.run(drawing.find_words, data, "a.pdf", FileKind.PDF, "Yes", "Consent", ())
    assert 125 < beside.boxes[0][1] < 146
    assert child.run(drawing.find_words, data, "a.pdf", FileKind.PDF, "Yes", "", ()) == ()
    assert child.run(drawing.find_words, data, "a.pdf", FileKind.PDF, "Yes", "Some other question", ()) == ()
    assert child.run(drawing.find_words, data, "a.pdf", FileKind.PDF, "nowhere", "", ()) == ()


def test_two_hundred_pages_are_counted_and_the_last_can_be_drawn(child: Sandbox) -> None:
    data = blank(200)
    assert child.run(drawing.sheets_of, data, "long.pdf", FileKind.PDF, ()).count == 200
    assert png(child.run(drawing.picture_of, data, "long.pdf", FileKind.PDF, 200, ())).width > 400
    with pytest.raises(Unreadable):
        child.run(drawing.picture_of, data, "long.pdf", FileKind.PDF, 201, ())


def test_a_huge_sheet_is_drawn_small(child: Sandbox) -> None:
    drawn = png(child.run(drawing.picture_of, blank(1, (14_000, 14_000)), "plan.pdf", FileKind.PDF, 1, ()))
    assert drawn.width * drawn.height < 3_200_000


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 cut short", b"MZ\x90 no document"], ids=["empty", "cut", "other"])
def test_what_is_no_document_is_said_with_a_remedy(child: Sandbox, data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        child.run(drawing.sheets_of, data, "x.pdf", FileKind.PDF, ())
    assert refused.value.problem.detail.startswith("x.pdf: ")


def test_a_photograph_is_a_page_with_the_size_that_places_are_told_in(child: Sandbox) -> None:
    out = BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(out, "JPEG", dpi=(150, 150))
    sheets = child.run(drawing.sheets_of, out.getvalue(), "photo.jpg", FileKind.IMAGE, ())
    assert [round(side) for side in sheets.sizes[0]] == [595, 842]
    assert png(child.run(drawing.picture_of, out.getvalue(), "photo.jpg", FileKind.IMAGE, 1, ())).size[0] > 500


def test_a_word_file_is_told_in_cells_by_the_places_that_values_name(child: Sandbox) -> None:
    paper = docx.Document()
    paper.add_heading("Details", 1)
    cells = paper.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Surname", "Example"
    out = BytesIO()
    paper.save(out)
    parts = child.run(drawing.parts_of, out.getvalue(), "a.docx", FileKind.DOCX, ())
    assert [cell.text for part in parts for row in part.rows for cell in row] == ["Surname", "Example"]
    assert parts[1].rows[0][1].where == "table 1, row 1, cell 2"
