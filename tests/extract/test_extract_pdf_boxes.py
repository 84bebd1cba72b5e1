"""PDF: boxes for answers with their labels in the open, left of them or above; dates in three boxes; rows drawn apart."""

from __future__ import annotations

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from models.document import Control
from tests.extract.made_documents import controls_of, lines_of, marks_of, read_drawn, rows_of, tables_of


def box(canvas: Canvas, x: float, y: float, width: float, text: str = "", height: float = 16) -> None:
    canvas.rect(x, y, width, height)
    canvas.drawString(x + 3, y + 4, text)


def field(canvas: Canvas, name: str, x: float, y: float, width: float, value: str = "") -> None:
    canvas.acroForm.textfield(name=name, value=value, x=x, y=y, width=width, height=16, borderWidth=0.5)


def test_labels_left_of_a_column_of_boxes_are_its_rows() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y, label, value in ((700, "First name", "Ada"), (682, "Surname", "Example"), (664, "Born", "3/4/2015"), (628, "Language", "")):
            canvas.drawString(50, y + 4, label)
            box(canvas, 200, y, 250, value)
        canvas.drawString(50, 650, "Sex")
        canvas.rect(200, 648, 9, 9)
        canvas.drawString(213, 650, "Female")

    document = read_drawn(draw)
    (table,) = tables_of(document)
    assert [row[0] for row in rows_of(table)] == ["First name", "Surname", "Born", "Sex", "Language"]
    assert [row[1].strip() for row in rows_of(table)] == ["Ada", "Example", "3/4/2015", "Female", ""]
    assert len(marks_of(document)) == 1


def test_two_columns_of_boxes_with_heads_above_and_labels_at_the_left() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(180, 722, "Carer 1")
        canvas.drawString(330, 722, "Carer 2")
        for y, label, one, two in (
            (700, "Name", "Ada Example", "Bo Example"),
            (680, "Born", "1/2/1990", "3/4/1988"),
            (660, "Telephone", "", "01632 960001"),
        ):
            canvas.drawString(50, y + 4, label)
            box(canvas, 180, y, 140, one)
            box(canvas, 330, y, 140, two)

    (table,) = tables_of(read_drawn(draw))
    assert rows_of(table) == [
        ["", "Carer 1", "Carer 2"],
        ["Name", "Ada Example", "Bo Example"],
        ["Born", "1/2/1990", "3/4/1988"],
        ["Telephone", "", "01632 960001"],
    ]


def test_boxes_side_by_side_with_labels_above_are_cells_with_both() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y, entries in ((700, (("Officer", "Cy Example"), ("Job", "Housing officer"))), (660, (("Tenant", "Ada Example"), ("Direct dial", "")))):
            for x, (label, value) in zip((50, 300), entries, strict=True):
                canvas.drawString(x, y + 20, label)
                box(canvas, x, y, 230, value)

    (table,) = tables_of(read_drawn(draw))
    assert rows_of(table) == [["Officer\nCy Example", "Job\nHousing officer"], ["Tenant\nAda Example", "Direct dial"]]


def test_label_that_wraps_beside_its_field() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(50, 711, "Do the parents know that you are")
        canvas.drawString(50, 700, "making this referral?")
        field(canvas, "a", 230, 701, 200, "Yes, both")
        canvas.drawString(50, 676, "Have they agreed?")
        field(canvas, "b", 230, 672, 200, "No")
        canvas.drawString(50, 654, "If not, please say why")
        field(canvas, "c", 230, 650, 200, "Not asked")

    (table,) = tables_of(read_drawn(draw))
    assert [row[0].replace("\n", " ") for row in rows_of(table)] == [
        "Do the parents know that you are making this referral?",
        "Have they agreed?",
        "If not, please say why",
    ]
    assert [row[1] for row in rows_of(table)] == ["Yes, both", "No", "Not asked"]


@pytest.mark.parametrize("form", [True, False], ids=["fields", "printed"])
def test_date_in_three_boxes_is_one(*, form: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(50, 704, "Date of birth")
        for x, width, part in ((200, 24, "03"), (230, 24, "04"), (260, 40, "2015")):
            if form:
                field(canvas, f"d{x}", x, 700, width, part)
            else:
                box(canvas, x, 700, width, part)

    document = read_drawn(draw)
    said = [item.value for item in controls_of(document) if isinstance(item, Control)] if form else [line.text.strip() for line in document.lines()]
    assert "03/04/2015" in said


def test_figures_that_are_no_date_stay_in_their_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        for x, width, part in ((200, 24, "45"), (230, 24, "99"), (260, 40, "2015")):
            box(canvas, x, 700, width, part)

    assert not any("/" in line.text for line in read_drawn(draw).lines())


def test_rows_of_boxes_under_one_head_are_one_table_with_the_ticks_beside_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        for x, head in ((50, "Name"), (150, "Born"), (250, "Link"), (350, "PR?")):
            box(canvas, x, 720, 100, head)
        for number, (name, born, link) in enumerate((("Ada Example", "1/2/1990", "Mother"), ("Bo Example", "3/4/1988", "Father"))):
            y = 698 - 32 * number
            for x, text in ((51, name), (151, born), (251, link)):
                box(canvas, x, y, 98, text)
            for line, answer in enumerate(("Yes", "No")):
                canvas.rect(353, y + 4 - 13 * line, 9, 9)
                canvas.drawString(366, y + 5 - 13 * line, answer)

    (table,) = tables_of(read_drawn(draw))
    assert [row[:3] for row in rows_of(table)] == [
        ["Name", "Born", "Link"],
        ["Ada Example", "1/2/1990", "Mother"],
        ["Bo Example", "3/4/1988", "Father"],
    ]
    assert [row[3].split() for row in rows_of(table)[1:]] == [["Yes", "No"], ["Yes", "No"]]


# What portals print -------------------------------------------------------------------------------------------------


def test_bold_labels_over_their_answers_are_rows() -> None:
    def draw(canvas: Canvas) -> None:
        y = 740.0
        for label, answer in (("Legal surname", "Example"), ("Known as", ""), ("Lives with", "Ada Example (mother)")):
            canvas.setFont("Helvetica-Bold", 10)
            canvas.drawString(50, y, label)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(50, y - 13, answer)
            y -= 32

    (table,) = tables_of(read_drawn(draw))
    assert rows_of(table) == [["Legal surname", "Example"], ["Known as", ""], ["Lives with", "Ada Example (mother)"]]


def test_bold_text_over_prose_in_columns_is_no_list() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (50, 300):
            canvas.setFont("Helvetica-Bold", 10)
            canvas.drawString(x, 740, "About us")
            canvas.setFont("Helvetica", 10)
            canvas.drawString(x, 727, "We are here to help.")

    assert all(
        len(row) != 2 or row[0] != "About us" or row[1] != "We are here to help." for table in tables_of(read_drawn(draw)) for row in rows_of(table)
    )


def test_links_to_change_an_answer_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        for y, label, answer in (
            (740, "Name", "Ada Example"),
            (720, "Born", "3/4/2015"),
            (700, "Reason", "Change of school"),
            (680, "School", "Elm Primary"),
        ):
            canvas.drawString(50, y, label)
            canvas.drawString(200, y, answer)
            canvas.drawString(450, y, "Change")

    (table,) = tables_of(read_drawn(draw))
    assert rows_of(table) == [["Name", "Ada Example"], ["Born", "3/4/2015"], ["Reason", "Change of school"], ["School", "Elm Primary"]]


def test_what_a_browser_prints_at_the_edges_is_no_content() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(24, 820, "11/22/26, 3:04 AM")
        canvas.drawString(260, 820, "Early help request")
        canvas.drawString(24, 20, "https://forms.example.org/request/1")
        canvas.drawString(560, 20, "1/1")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 700, "Ada is often alone.")

    document = read_drawn(draw)
    assert [line.text for line in lines_of(document)] == ["Ada is often alone."]
    assert len(document.margins) == 4


def test_every_second_row_coloured_makes_no_heads() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, value) in enumerate(
            (("Referred by", "Cy Example"), ("Job", "Sergeant"), ("Organisation", "Police"), ("Phone", "01632 960001"), ("Date", "1/2/2026"))
        ):
            y = 700 - 18 * number
            if number % 2:
                canvas.setFillColor(HexColor("#F3F2F1"))
                canvas.rect(48, y - 5, 400, 18, stroke=0, fill=1)
                canvas.setFillColor(HexColor("#000000"))
            canvas.drawString(50, y, label)
            canvas.drawString(220, y, value)

    (table,) = tables_of(read_drawn(draw))
    assert not any(cell.shaded for cell in table.cells)
    assert len(table.cells) == 10
