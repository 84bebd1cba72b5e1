"""PDF: words, lines, ruled tables, pages, margins, and files that cannot be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.document import Document, Table
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.pdf.broken_words import mended
from pipeline.extract.reader import read_document
from tests.extract.made_documents import PAGE_HEIGHT, grid_of, lines_of, marks_of, pdf_bytes, read_drawn, spans_of, tables_of, texts_of

LONG = "The school has told us that she has been late on most days this term and that she is often tired and hungry when she comes in."


def pages(*draw: Callable[[Canvas], object]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for one in draw:
        one(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(data: bytes) -> Document:
    return read_document(data, "made.pdf", FileKind.PDF)


def wrap(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    words, line = text.split(), ""
    for word in [*words, ""]:
        if line and (not word or canvas.stringWidth(f"{line} {word}", "Helvetica", 10) > width):
            canvas.drawString(x, y, line)
            y, line = y - 12, ""
        line = f"{line} {word}".strip()
    return y


def ruled(canvas: Canvas, across: list[float], down: list[float], texts: dict[tuple[float, float], str]) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.grid(across, down)
    for (x, y), text in texts.items():
        canvas.drawString(x, y, text)


# Tables -------------------------------------------------------------------------------------------------------------


def test_ruled_table_becomes_a_grid_with_places() -> None:
    (found,) = tables_of(
        read_drawn(
            lambda canvas: ruled(
                canvas, [50, 150, 300], [700, 680, 660], {(55, 685): "Name", (155, 685): "Ada Example", (55, 665): "Age", (155, 665): "7"}
            )
        )
    )
    assert grid_of(found) == [(0, 0, 1, 1, "Name"), (0, 1, 1, 1, "Ada Example"), (1, 0, 1, 1, "Age"), (1, 1, 1, 1, "7")]
    place = found.cells[1].place
    assert place is not None
    assert (place.page, place.where) == (1, "table 1, row 1, cell 2")
    assert place.box == pytest.approx((150, PAGE_HEIGHT - 700, 300, PAGE_HEIGHT - 680), abs=1)


def test_squares_without_a_ruling_between_them_are_one_cell() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 660):
            canvas.line(50, y, 350, y)
        canvas.line(150, 680, 350, 680)
        for x in (50, 150, 350):
            canvas.line(x, 700, x, 660)
        canvas.line(250, 680, 250, 660)
        for x, y, text in ((55, 675, "Tall"), (155, 685, "Wide"), (155, 665, "a"), (255, 665, "b")):
            canvas.drawString(x, y, text)

    (found,) = tables_of(read_drawn(draw))
    assert grid_of(found) == [(0, 0, 2, 1, "Tall"), (0, 1, 1, 2, "Wide"), (1, 1, 1, 1, "a"), (1, 2, 1, 1, "b")]


def test_borders_drawn_as_thin_filled_rectangles() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 680, 660):
            canvas.rect(50, y, 250, 0.5, stroke=0, fill=1)
        for x in (50, 150, 300):
            canvas.rect(x, 660, 0.5, 40, stroke=0, fill=1)
        canvas.drawString(55, 685, "Name")
        canvas.drawString(155, 685, "Ada")

    (found,) = tables_of(read_drawn(draw))
    assert (found.rows, found.columns) == (2, 2)


def test_borders_drawn_cell_by_cell() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (50, 150):
            for y in (680, 660):
                canvas.rect(x, y, 100, 20)
        canvas.drawString(155, 665, "Ada")

    (found,) = tables_of(read_drawn(draw))
    assert grid_of(found)[3] == (1, 1, 1, 1, "Ada")


def test_shaded_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(50, 680, 100, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        ruled(canvas, [50, 150, 300], [700, 680, 660], {(55, 685): "Name", (155, 685): "Ada"})

    (found,) = tables_of(read_drawn(draw))
    assert [cell.shaded for cell in found.cells] == [True, False, False, False]


def test_table_inside_a_cell() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, [50, 150, 400], [700, 600, 580], {(55, 685): "Household"})
        ruled(canvas, [170, 250, 350], [690, 670, 650], {(175, 675): "Ada", (255, 675): "7"})

    (found,) = tables_of(read_drawn(draw))
    assert [part[4] for part in grid_of(found.cells[1].tables[0])][:2] == ["Ada", "7"]


def test_frame_round_the_page_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(20, 20, A4[0] - 40, A4[1] - 40)
        ruled(canvas, [50, 150, 300], [700, 680, 660], {(55, 685): "Name", (155, 685): "Ada"})
        canvas.drawString(50, 750, "Heading")

    document = read_drawn(draw)
    assert [type(block) is Table for block in document.blocks] == [False, True]


def test_small_answer_frames_are_in_a_row_with_their_labels() -> None:
    def draw(canvas: Canvas) -> None:
        for x, label, value in ((50, "First name", "Ada"), (300, "Age", "7")):
            canvas.drawString(x, 700, label)
            canvas.rect(x + 70, 695, 120, 18)
            canvas.drawString(x + 74, 700, value)

    rows = [[cell.text for cell in table.cells] for table in tables_of(read_drawn(draw))]
    assert rows == [["First name", "Ada"], ["Age", "7"]]


@pytest.mark.parametrize(("signs", "texts"), [("9998887776", ["9998887776"]), ("B68181421672", ["B68181421672"]), ("01234567", list("01234567"))])
def test_number_written_one_digit_to_a_box(signs: str, texts: list[str]) -> None:
    def draw(canvas: Canvas) -> None:
        for number, sign in enumerate(signs):
            canvas.rect(50 + 15 * number, 700, 15, 15)
            canvas.drawString(54 + 15 * number, 703, sign)

    document = read_drawn(draw)
    assert not marks_of(document)
    assert [cell.text for cell in tables_of(document)[0].cells] == texts


@pytest.mark.parametrize(
    ("tail", "head", "whole"),
    [
        ("Gend", "er", "er"),
        ("Relationshi", "pto child", "p to child"),
        ("Parental responsibil", "ity", "ity"),
        ("Focus", "of", None),
        ("Other", "agency", None),
        ("Date of", "birth", None),
    ],
)
def test_words_broken_by_narrow_columns_are_told_from_two_words(tail: str, head: str, whole: str | None) -> None:
    assert mended(tail, head) == whole


# Words and lines ----------------------------------------------------------------------------------------------------


def test_wrapped_lines_are_one_paragraph_and_short_lines_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        y = wrap(canvas, LONG, 50, 700, 480)
        canvas.drawString(50, y, "Signed")
        canvas.drawString(50, y - 12, "Dated")
        canvas.grid([45, 535], [400, 300])

    assert texts_of(read_drawn(draw))[:3] == [LONG, "Signed", "Dated"]


def test_wrapped_lines_in_a_cell_are_one_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.grid([50, 150, 400], [720, 640])
        canvas.drawString(55, 705, "Reason")
        wrap(canvas, LONG, 155, 705, 240)

    (found,) = tables_of(read_drawn(draw))
    assert [line.text for line in found.cells[1].lines] == [LONG]


def test_address_broken_after_a_hyphen_has_no_blank() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.grid([50, 170], [720, 690])
        canvas.drawString(55, 708, "ada@north-example-")
        canvas.drawString(55, 696, "school.example.org")

    assert texts_of(read_drawn(draw)) == ["ada@north-example-school.example.org"]


def test_columns_without_rulings_are_cells_with_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        for y, row in ((700, ("Name", "Ada Example", "Age", "7")), (680, ("School", "Elm Primary", "Year", "2"))):
            for x, text in zip((50, 130, 300, 360), row, strict=True):
                canvas.drawString(x, y, text)

    document = read_drawn(draw)
    (table,) = tables_of(document)
    assert [[cell.text for cell in table.row(row)] for row in (0, 1)] == [["Name", "Ada Example", "Age", "7"], ["School", "Elm Primary", "Year", "2"]]
    lefts = [line.place.box[0] for line in document.lines() if line.place and line.place.box]
    assert lefts == pytest.approx([50, 130, 300, 360] * 2, abs=1.5)


def test_value_wrapped_in_a_column_without_rulings_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 700, "Reason")
        y = wrap(canvas, LONG, 200, 700, 330)
        canvas.drawString(50, y, "School")
        canvas.drawString(200, y, "Elm Primary")

    assert texts_of(read_drawn(draw)) == ["Reason", LONG, "School", "Elm Primary"]


def test_wide_gaps_between_options_stay_wide() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.grid([40, 400], [715, 690])
        for x, text in ((50, "Male"), (82, "Female"), (118, "X"), (133, "Unknown")):
            canvas.drawString(x, 700, text)

    assert re.fullmatch(r"Male {2,}Female X {2,}Unknown", texts_of(read_drawn(draw))[0])


@pytest.mark.parametrize("flag", ["underline", "strike", "highlight", "bold"])
def test_formatting_that_answers(flag: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        if flag == "highlight":
            canvas.setFillColorRGB(1, 1, 0)
            canvas.rect(79.5, 698, 14, 11, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.drawString(50, 700, "Yes")
        canvas.setFont("Helvetica-Bold" if flag == "bold" else "Helvetica", 10)
        canvas.drawString(80, 700, "No")
        if flag in {"underline", "strike"}:
            height = 698.6 if flag == "underline" else 702.6
            canvas.line(80, height, 93, height)

    assert [(span.text.strip(), getattr(span, flag)) for span in spans_of(read_drawn(draw))] == [("Yes", False), ("No", True)]


def test_headings_by_size() -> None:
    def draw(canvas: Canvas) -> None:
        for y, font, size, text in ((780, "Helvetica-Bold", 18, "Referral"), (750, "Helvetica-Bold", 13, "Part one"), (730, "Helvetica", 10, LONG)):
            canvas.setFont(font, size)
            canvas.drawString(50, y, text)

    assert [line.heading for line in lines_of(read_drawn(draw))] == [1, 2, None]


def test_grey_text_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.5)
        canvas.drawString(50, 700, "Click here")

    assert [span.grey for span in spans_of(read_drawn(draw))] == [True]


def test_words_printed_twice_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Name")
        canvas.drawString(50.3, 700, "Name")

    assert texts_of(read_drawn(draw)) == ["Name"]


# Pages --------------------------------------------------------------------------------------------------------------


def test_running_headers_and_page_numbers_go_to_the_margins() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 815, "RESTRICTED when complete")
            canvas.drawString(280, 25, f"Page {number} of 2")
            canvas.drawString(50, 600, f"Body {number}")

        return draw

    document = read(pages(page(1), page(2)))
    assert texts_of(document) == ["Body 1", "Body 2"]
    assert [line.text for line in document.margins] == ["RESTRICTED when complete", "Page 1 of 2"]
    assert document.pages == 2
    assert document.page_sizes[0] == pytest.approx(A4, abs=0.1)


def table_pages(first_last: str, second_first: tuple[str, str], head: tuple[str, str] | None = None) -> Document:
    def one(canvas: Canvas) -> None:
        ruled(
            canvas,
            [50, 150, 400],
            [120, 100, 60],
            {(55, 105): "Name" if head is None else head[0], (155, 105): "Ada" if head is None else head[1], (55, 85): "Reason"},
        )
        wrap(canvas, first_last, 155, 85, 240)

    def two(canvas: Canvas) -> None:
        down: list[float] = [790, 770, 750, 730] if head else [790, 770, 750]
        texts: dict[tuple[float, float], str] = {(55, down[-2] - 15): "Next", (155, down[-2] - 15): "value"}
        if head:
            canvas.setFont("Helvetica-Bold", 10)
        texts |= {(55, 775): head[0], (155, 775): head[1]} if head else {}
        texts |= {(55, down[-3] - 15): second_first[0], (155, down[-3] - 15): second_first[1]}
        ruled(canvas, [50, 150, 400], down, texts)

    return read(pages(one, two))


def test_table_goes_on_over_the_page() -> None:
    (found,) = tables_of(table_pages("All of it.", ("School", "Elm")))
    assert [part[4] for part in grid_of(found)] == ["Name", "Ada", "Reason", "All of it.", "School", "Elm", "Next", "value"]
    assert found.cells[-1].place is not None
    assert found.cells[-1].place.page == 2


def test_row_cut_by_the_page_break_is_one_row() -> None:
    (found,) = tables_of(table_pages("She has been late on most days and the school", ("", "is worried about her.")))
    assert [part[4] for part in grid_of(found)] == [
        "Name",
        "Ada",
        "Reason",
        "She has been late on most days and the school is worried about her.",
        "Next",
        "value",
    ]


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_page_shown_turned_by_its_rotation(turns: int) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = A4
        canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turns])
        canvas.rotate(turns)
        ruled(canvas, [50, 150, 300], [500, 480, 460], {(55, 485): "Name", (155, 485): "Ada", (55, 465): "Age", (155, 465): "7"})

    with pikepdf.open(io.BytesIO(pdf_bytes(draw))) as pdf:
        pdf.pages[0].Rotate = turns
        buffer = io.BytesIO()
        pdf.save(buffer)
    document = read(buffer.getvalue())
    assert [part[4] for part in grid_of(tables_of(document)[0])] == ["Name", "Ada", "Age", "7"]
    assert document.page_sizes[0] == pytest.approx(A4 if turns == 180 else A4[::-1], abs=0.1)
    box = tables_of(document)[0].place.box  # type: ignore[union-attr]
    height = A4[1] if turns == 180 else A4[0]
    assert box == pytest.approx((50, height - 500, 300, height - 460), abs=1)


def test_page_printed_sideways_is_read_and_its_places_are_as_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        ruled(canvas, [50, 150, 300], [500, 480, 460], {(55, 485): "Name", (155, 485): "Ada", (55, 465): "Age", (155, 465): "7"})

    document = read_drawn(draw)
    (found,) = tables_of(document)
    assert [part[4] for part in grid_of(found)] == ["Name", "Ada", "Age", "7"]
    assert document.page_sizes[0] == pytest.approx(A4, abs=0.1)
    assert found.place is not None
    assert found.place.box == pytest.approx((A4[0] - 500, A4[1] - 300, A4[0] - 460, A4[1] - 50), abs=1)


def test_cropped_page_is_measured_from_what_is_shown() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(lambda canvas: canvas.drawString(100, 700, "Name")))) as pdf:
        pdf.pages[0].CropBox = [40, 100, 500, 760]
        buffer = io.BytesIO()
        pdf.save(buffer)
    document = read(buffer.getvalue())
    (line,) = lines_of(document)
    assert line.place is not None
    assert line.place.box is not None
    assert line.place.box[0] == pytest.approx(60, abs=1.5)
    assert line.place.box[3] == pytest.approx(62.5, abs=3)


# What cannot be read ------------------------------------------------------------------------------------------------


def problem_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert "made.pdf" in caught.value.problem.detail
    return caught.value.problem.code


def test_locked_pdf_is_encrypted() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(lambda canvas: canvas.drawString(50, 700, "x")))) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="boss", user="secret"))
    assert problem_of(buffer.getvalue()) == "encrypted"


def test_pdf_locked_against_changes_only_is_read() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(lambda canvas: canvas.drawString(50, 700, "Name")))) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="boss", user=""))
    assert texts_of(read(buffer.getvalue())) == ["Name"]


def test_damaged_pdf_is_corrupt() -> None:
    assert problem_of(b"%PDF-1.4 nothing more") == "corrupt"
    assert problem_of(pdf_bytes(lambda canvas: canvas.drawString(50, 700, "x"))[:300]) == "corrupt"


def test_empty_file_is_empty() -> None:
    assert problem_of(b"") == "empty"


def test_xfa_form_is_told_from_an_empty_one() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=stream, Fields=[])
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert problem_of(buffer.getvalue()) == "unsupported"


def test_pdf_of_too_many_pages_is_too_large() -> None:
    with pikepdf.new() as pdf:
        for _ in range(81):
            pdf.add_blank_page()
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert problem_of(buffer.getvalue()) == "too_large"


def test_highlighter_over_capitals_marks_them() -> None:
    """Capitals have no tails: their own box is lower than the line that the highlighter fills."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(50, 697.7, 20, 11.5, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(50, 700, "YES   NO")

    found = {span.text.strip(): span.highlight for span in spans_of(read_drawn(draw))}
    assert found == {"YES": True, "NO": False}
