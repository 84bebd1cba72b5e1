"""PDF: boxes to tick in rows and columns of their own, as fillable forms have them without a line between."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from models.document import Mark, MarkState, Table
from pipeline.extract.understand import understand
from tests.extract.made_documents import read_drawn, rows_of, tables_of
from tests.extract.paper import TODAY
from tests.extract.test_extract_pdf_boxes import field

ON, OFF = MarkState.ON, MarkState.OFF
ASKED = (("Is the child disabled?", 1), ("Is an interpreter needed for this family?", 0), ("Is the child on a child protection plan?", None))


def check(canvas: Canvas, name: str, x: float, y: float, checked: bool) -> None:
    canvas.acroForm.checkbox(name=name, x=x, y=y, size=10, checked=checked, borderWidth=0.5)


def states(table: Table, row: int) -> list[list[MarkState]]:
    """The boxes of each cell of a row."""
    return [[item.state for line in cell.lines for item in line.items if isinstance(item, Mark)] for cell in table.row(row)]


def matrix(canvas: Canvas, *, gap: float = 20) -> None:
    canvas.setFont("Helvetica", 9)
    for number, head in enumerate(("Yes", "No", "Not known")):
        canvas.drawString(350 + 60 * number, 700, head)
    for number, (question, chosen) in enumerate(ASKED):
        y = 680 - gap * number
        canvas.drawString(50, y, question)
        for column in range(3):
            check(canvas, f"q{number}_{column}", 350 + 60 * column, y - 1, column == chosen)


def test_boxes_under_their_answers_are_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        matrix(canvas)

    (table,) = tables_of(read_drawn(draw))
    assert (table.rows, table.columns) == (4, 4)
    assert [row[0] for row in rows_of(table)] == ["", *(question for question, _ in ASKED)]
    assert rows_of(table)[0][1:] == ["Yes", "No", "Not known"]
    assert [states(table, row)[1:] for row in (1, 2, 3)] == [[[OFF], [ON], [OFF]], [[ON], [OFF], [OFF]], [[OFF], [OFF], [OFF]]]


def test_a_heading_just_above_is_no_head_of_the_questions() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(50, 714, "Part 3: About the child")
        matrix(canvas, gap=16)

    document = read_drawn(draw)
    (table,) = tables_of(document)
    assert rows_of(table)[0] == ["", "Yes", "No", "Not known"]
    assert document.blocks[0] is not table


def test_what_is_ticked_and_what_is_not_comes_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(50, 760, "Child's name")
        field(canvas, "name", 200, 757, 250, "Tom Gale")
        matrix(canvas)

    found = understand(read_drawn(draw), (), TODAY).record
    child = found.children[0]
    assert (child.disability, child.interpreter, found.history.child_protection_plan) == (False, True, None)


@pytest.mark.parametrize("place", ["last", "first", "between"])
def test_a_row_of_boxes_to_tick_stays_in_the_table_of_the_fields(place: str) -> None:
    labels = ["First name", "Surname", "Language"]
    labels.insert({"last": 3, "first": 0, "between": 1}[place], "Interpreter?")

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for number, label in enumerate(labels):
            y = 700 - 20 * number
            canvas.drawString(50, y + 4, label)
            if label != "Interpreter?":
                field(canvas, label, 200, y, 250, "Ada")
                continue
            for option, x in (("Yes", 200), ("No", 240)):
                check(canvas, f"interpreter_{option}", x, y + 2, option == "No")
                canvas.drawString(x + 13, y + 4, option)

    (table,) = tables_of(read_drawn(draw))
    assert [row[0] for row in rows_of(table)] == labels
    assert states(table, labels.index("Interpreter?"))[1] == [OFF, ON]


def test_each_row_of_a_column_without_frames_has_its_own_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(54, 706, "Name")
        canvas.drawString(204, 706, "Parental responsibility")
        canvas.drawString(354, 706, "Telephone")
        for x in (50, 200, 350):
            canvas.rect(x, 700, 150, 20)
        for number, name in enumerate(("Ann Gale", "Rob Gale")):
            y = 681 - 17 * number
            for x, text in ((51, name), (351, "")):
                canvas.rect(x, y + 2, 148, 16)
                canvas.drawString(x + 3, y + 6, text)
            for option, x in (("Yes", 202), ("No", 250)):
                check(canvas, f"pr{number}_{option}", x, y + 4, (option == "Yes") is (number == 0))
                canvas.drawString(x + 13, y + 6, option)

    (table,) = tables_of(read_drawn(draw))
    assert [states(table, row)[1] for row in (1, 2)] == [[ON, OFF], [OFF, ON]]


def test_people_side_by_side_have_each_their_own_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for x, head in ((200, "Mother"), (360, "Father")):
            canvas.drawString(x, 722, head)
        for number, label in enumerate(("Name", "Has PR?", "Telephone", "Lives at home?")):
            y = 700 - 20 * number
            canvas.drawString(50, y + 4, label)
            for column, x in enumerate((200, 360)):
                if "?" not in label:
                    field(canvas, f"{label}{column}", x, y, 150, "Ann Gale")
                    continue
                for option, place in (("Yes", x), ("No", x + 50)):
                    check(canvas, f"{label}{column}{option}", place, y + 2, (option == "Yes") is (column == 0))
                    canvas.drawString(place + 13, y + 4, option)

    (table,) = tables_of(read_drawn(draw))
    for label in ("Has PR?", "Lives at home?"):
        row = [texts[0] for texts in rows_of(table)].index(label)
        assert states(table, row)[1:] == [[ON, OFF], [OFF, ON]]
