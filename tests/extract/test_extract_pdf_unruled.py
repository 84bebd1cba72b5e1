"""PDF: tables whose rulings are missing, all or in part, as browsers print them and designers like them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tests.extract.made_documents import lines_of, read_drawn, rows_of, tables_of

SPLIT = (50.0, 150.0, 260.0, 340.0, 500.0)


def put(canvas: Canvas, y: float, texts: Sequence[str], lefts: Sequence[float], *, bold: bool = False, size: float = 10) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    for x, text in zip(lefts, texts, strict=False):
        for number, part in enumerate(text.split("\n")):
            canvas.drawString(x, y - 12 * number, part)


def only_table(draw: Callable[[Canvas], None]) -> list[list[str]]:
    (table,) = tables_of(read_drawn(draw))
    return rows_of(table)


# Lines between the rows only ----------------------------------------------------------------------------------------


def rung(canvas: Canvas, y: float, *, cell_by_cell: bool) -> None:
    canvas.setLineWidth(0.75)
    for left, right in pairwise(SPLIT) if cell_by_cell else [(SPLIT[0], SPLIT[-1])]:
        canvas.line(left, y, right, y)


@pytest.mark.parametrize("cell_by_cell", [True, False], ids=["cell by cell", "whole"])
def test_rows_parted_by_lines_are_a_table(*, cell_by_cell: bool) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 760, ["People who live there"], [50], bold=True, size=14)
        put(canvas, 730, ["First\nname", "Surname", "Born", "School"], [53, 153, 263, 343], bold=True)
        rung(canvas, 713, cell_by_cell=cell_by_cell)
        put(canvas, 702, ["Ada", "Example", "3/4/2015", "Elm Primary School and\nNursery"], [53, 153, 263, 343])
        rung(canvas, 685, cell_by_cell=cell_by_cell)
        put(canvas, 674, ["Bo", "Example", "", "Elm Primary School"], [53, 153, 263, 343])
        rung(canvas, 669, cell_by_cell=cell_by_cell)
        put(canvas, 640, ["What are you worried about?"], [50], bold=True)

    document = read_drawn(draw)
    (table,) = tables_of(document)
    assert [[text.replace("\n", " ") for text in row] for row in rows_of(table)] == [
        ["First name", "Surname", "Born", "School"],
        ["Ada", "Example", "3/4/2015", "Elm Primary School and Nursery"],
        ["Bo", "Example", "", "Elm Primary School"],
    ]
    assert [line.text for line in lines_of(document)] == ["People who live there", "What are you worried about?"]


def test_a_cell_set_in_the_middle_of_its_row_stays_in_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 730, ["Name", "Role", "Telephone", "Address"], [53, 153, 263, 343], bold=True)
        rung(canvas, 725, cell_by_cell=True)
        put(canvas, 714, ["", "", "", "Flat 2, Elm Court\n4 Long Road, Northtown"], [53, 153, 263, 343])
        put(canvas, 708, ["Cy Example", "Teacher", "01632 960001"], [53, 153, 263])
        rung(canvas, 697, cell_by_cell=True)

    assert only_table(draw)[1] == ["Cy Example", "Teacher", "01632 960001", "Flat 2, Elm Court\n4 Long Road, Northtown"]


def test_lines_under_headings_make_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for y, heading, text in ((740, "About the child", "Ada is seven."), (690, "Worries", "She is often alone."), (640, "Wishes", "A garden.")):
            put(canvas, y, [heading], [50], bold=True, size=14)
            rung(canvas, y - 5, cell_by_cell=False)
            put(canvas, y - 25, [text], [50])

    assert tables_of(read_drawn(draw)) == []


# No lines at all ----------------------------------------------------------------------------------------------------


def test_labels_with_values_beside_them_are_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 740, ["Name of the child", "Ada Example"], [50, 153])
        put(canvas, 724, ["Parental responsibility\nand who shares it", "Bo Example"], [50, 153], bold=False)
        put(canvas, 696, ["Faith"], [50])
        put(canvas, 680, ["Home address", "Flat 2, Elm Court, 4 Long\nRoad, Northtown"], [50, 153])
        put(canvas, 640, ["Anything that anybody who visits the family at home ought to know"], [50])

    assert only_table(draw) == [
        ["Name of the child", "Ada Example"],
        ["Parental responsibility and who shares it", "Bo Example"],
        ["Faith", ""],
        ["Home address", "Flat 2, Elm Court, 4 Long Road, Northtown"],
    ]


def test_label_over_its_answer_ends_the_list_above_it() -> None:
    def draw(canvas: Canvas) -> None:
        for y, label, value in ((740, "Name", "Ada Example"), (724, "Born", "3/4/2015"), (708, "School", "Elm Primary")):
            put(canvas, y, [label], [50], bold=True)
            put(canvas, y, [value], [200])
        put(canvas, 692, ["What is the worry?"], [50], bold=True)
        put(canvas, 678, ["She is often alone."], [50])

    document = read_drawn(draw)
    (table,) = tables_of(document)
    assert rows_of(table) == [["Name", "Ada Example"], ["Born", "3/4/2015"], ["School", "Elm Primary"]]
    assert [line.text for line in lines_of(document)] == ["What is the worry?", "She is often alone."]


def test_columns_under_heads_are_a_table_and_wrapped_cells_are_one() -> None:
    def draw(canvas: Canvas) -> None:
        lefts = [50, 140, 220, 300]
        put(canvas, 740, ["Who", "Relation to\nthe child", "Born", "Where they live now"], lefts, bold=True)
        put(canvas, 714, ["EXAMPLE-REID,\nAdelaide", "Mother", "1/2/1990", "With the child"], lefts)
        put(canvas, 688, ["EXAMPLE, Bo", "Brother", "3/4/2015", "With his father in\nNorthtown"], lefts)

    table = [[text.replace("\n", " ") for text in row] for row in only_table(draw)]
    assert table == [
        ["Who", "Relation to the child", "Born", "Where they live now"],
        ["EXAMPLE-REID, Adelaide", "Mother", "1/2/1990", "With the child"],
        ["EXAMPLE, Bo", "Brother", "3/4/2015", "With his father in Northtown"],
    ]


def test_coloured_grounds_tell_where_a_row_ends() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor("#D9E2F3"))
        canvas.rect(48, 730, 90, 14, stroke=0, fill=1)
        canvas.rect(48, 704, 90, 26, stroke=0, fill=1)
        canvas.rect(48, 690, 90, 14, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        for y, label in ((734, "Where you work"), (720, "Your telephone"), (708, "number"), (694, "Your e-mail")):
            put(canvas, y, [label], [50], bold=True)
        for y, value in ((734, "Elm Primary"), (720, "01632 960001"), (694, "cy@elm.example.org")):
            put(canvas, y, [value], [150])

    assert [[text.replace("\n", " ") for text in row] for row in only_table(draw)] == [
        ["Where you work", "Elm Primary"],
        ["Your telephone number", "01632 960001"],
        ["Your e-mail", "cy@elm.example.org"],
    ]


def test_answers_offered_in_every_row_are_no_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for y, question, said in (
            (740, "Do they know?", ("Yes X", "No")),
            (720, "Do they agree?", ("Yes", "No X")),
            (700, "Is it safe?", ("Yes", "No")),
        ):
            put(canvas, y, [question], [50], bold=True)
            put(canvas, y, said, [200, 260])

    assert [row[0] for row in only_table(draw)] == ["Do they know?", "Do they agree?", "Is it safe?"]
    assert all(len(row) == 2 for row in only_table(draw))


def test_prose_is_no_table() -> None:
    text = [
        "The school has told us that she has been late on most",
        "days this term and that she is often tired when she",
        "comes in. Her brother is well and does not miss a day.",
    ]

    def draw(canvas: Canvas) -> None:
        put(canvas, 740, ["\n".join(text)], [50])

    assert tables_of(read_drawn(draw)) == []


def test_label_and_answer_that_both_wrap_are_one_row() -> None:
    def draw(canvas: Canvas) -> None:
        for y, label, answer in (
            (740, "People present", "Cy Example"),
            (720, "What has led to this\nchild or young person\nbeing assessed?", "At a routine visit on\n4 November she was in\ntears."),
            (676, "Date", "6/11/2026"),
        ):
            put(canvas, y, [label], [50], bold=True)
            put(canvas, y, [answer], [200])

    assert [row[0].replace("\n", " ") for row in only_table(draw)] == [
        "People present",
        "What has led to this child or young person being assessed?",
        "Date",
    ]
