"""PDF: fields filled in on screen, and ticks of every kind."""

from __future__ import annotations

import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from models.document import Control, Mark, MarkState, Origin
from models.mail import FileKind
from pipeline.extract.reader import read_document
from tests.extract.made_documents import PAGE_HEIGHT, controls_of, grid_of, lines_of, marks_of, pdf_bytes, read_drawn, tables_of, texts_of


def draw_form(canvas: Canvas) -> None:
    form = canvas.acroForm
    canvas.drawString(50, 750, "Child's name:")
    form.textfield(name="a1", tooltip="Child's full name", value="Ada Example", x=150, y=745, width=200, height=18)
    canvas.drawString(50, 710, "Age:")
    form.textfield(name="a2", value="", x=150, y=705, width=60, height=18)
    canvas.drawString(50, 670, "Gender:")
    form.choice(name="a3", value="Female", options=["Female", "Male"], x=150, y=665, width=100, height=18)
    canvas.drawString(50, 630, "Consent?")
    form.radio(name="consent", value="Yes", selected=False, x=150, y=626, size=14)
    canvas.drawString(170, 630, "Yes")
    form.radio(name="consent", value="No", selected=True, x=220, y=626, size=14)
    canvas.drawString(240, 630, "No")
    form.checkbox(name="dv", checked=True, x=50, y=586, size=12)
    canvas.drawString(68, 590, "Domestic abuse")
    form.checkbox(name="mh", checked=False, x=200, y=586, size=12)
    canvas.drawString(218, 590, "Mental health")


def test_text_field_has_its_value_label_and_place() -> None:
    found = controls_of(read_drawn(draw_form))[0]
    assert (found.kind, found.value, found.label, found.origin) == ("text", "Ada Example", "Child's full name", Origin.ACROFORM)
    assert found.place is not None
    assert found.place.box == pytest.approx((150, PAGE_HEIGHT - 763, 350, PAGE_HEIGHT - 745), abs=1)


def test_empty_text_field_has_no_value() -> None:
    assert controls_of(read_drawn(draw_form))[1].value is None


def test_choice_field_gives_what_was_chosen_and_what_could_be() -> None:
    found = controls_of(read_drawn(draw_form))[2]
    assert (found.kind, found.value, found.options) == ("choice", "Female", ("Female", "Male"))


def test_field_stands_in_line_with_its_label() -> None:
    (table,) = tables_of(read_drawn(draw_form))
    assert [cell.text for cell in table.row(0)] == ["Child's name:", "Ada Example"]


def test_radio_buttons_share_a_group() -> None:
    found = [mark for mark in marks_of(read_drawn(draw_form)) if mark.group]
    assert [(mark.group, mark.label, mark.state) for mark in found] == [("consent", "Yes", MarkState.OFF), ("consent", "No", MarkState.ON)]


def test_tick_boxes_are_read_once_though_they_are_drawn_too() -> None:
    found = [mark for mark in marks_of(read_drawn(draw_form)) if not mark.group]
    assert [(mark.state, mark.origin) for mark in found] == [(MarkState.ON, Origin.ACROFORM), (MarkState.OFF, Origin.ACROFORM)]


def test_values_count_without_appearance_streams() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(draw_form))) as pdf:
        for annotation in pdf.pages[0].Annots:
            if annotation.get("/FT") == "/Tx" and "/AP" in annotation:
                del annotation.AP
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert controls_of(read_document(buffer.getvalue(), "made.pdf", FileKind.PDF))[0].value == "Ada Example"


def test_fields_in_a_ruled_table_are_in_its_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 200, 350], [700, 680, 660])
        canvas.drawString(55, 685, "Name")
        canvas.drawString(205, 685, "Age")
        for column, value in enumerate(("Ben", "9")):
            canvas.acroForm.textfield(name=f"hh_0_{column}", value=value, x=52 + 150 * column, y=662, width=140, height=16, borderWidth=0)

    (found,) = tables_of(read_drawn(draw))
    assert [part[4] for part in grid_of(found)] == ["Name", "Age", "Ben", "9"]


# Drawn ticks --------------------------------------------------------------------------------------------------------


def draw_box(canvas: Canvas, x: float, *, ticked: str = "", word: str = "Yes") -> None:
    canvas.rect(x, 700, 10, 10)
    if ticked == "cross":
        canvas.line(x, 700, x + 10, 710)
        canvas.line(x, 710, x + 10, 700)
    elif ticked == "tick":
        path = canvas.beginPath()
        path.moveTo(x + 2, 705)
        path.lineTo(x + 4, 702)
        path.lineTo(x + 8, 708)
        canvas.drawPath(path)
    elif ticked == "blot":
        canvas.rect(x + 2, 702, 6, 6, fill=1)
    elif ticked == "letter":
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x + 1.6, 701.5, "X")
    canvas.drawString(x + 14, 701, word)


@pytest.mark.parametrize("how", ["cross", "tick", "blot", "letter"])
def test_drawn_tick_boxes(how: str) -> None:
    def draw(canvas: Canvas) -> None:
        draw_box(canvas, 50, ticked=how)
        draw_box(canvas, 120, word="No")

    document = read_drawn(draw)
    assert [(mark.state, mark.origin) for mark in marks_of(document)] == [(MarkState.ON, Origin.VECTOR), (MarkState.OFF, Origin.VECTOR)]
    assert " ".join("".join(texts_of(document)).split()) in {"Yes No", "YesNo"}


def test_round_buttons_drawn_as_circles() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.circle(55, 705, 5)
        canvas.circle(55, 705, 2.5, fill=1)
        canvas.drawString(64, 701, "Yes")
        canvas.circle(105, 705, 5)
        canvas.drawString(114, 701, "No")

    assert [mark.state for mark in marks_of(read_drawn(draw))] == [MarkState.ON, MarkState.OFF]


def test_tick_boxes_do_not_corrupt_the_table_they_stand_in() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([40, 300, 500], [720, 695, 670])
        canvas.drawString(45, 703, "Consent given?")
        canvas.drawString(45, 678, "Aware?")
        canvas.translate(260, 2)
        draw_box(canvas, 50, ticked="cross")
        draw_box(canvas, 120, word="No")

    (found,) = tables_of(read_drawn(draw))
    assert (found.rows, found.columns) == (2, 2)
    assert [item.state for item in found.cells[1].lines[0].items if isinstance(item, Mark)] == [MarkState.ON, MarkState.OFF]


# On top of the page -------------------------------------------------------------------------------------------------


def annotated(subtype: str, rect: tuple[float, float, float, float], draw: object, **entries: object) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_bytes(draw))) as pdf:  # type: ignore[arg-type]
        annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + subtype), Rect=list(rect), **entries)  # type: ignore[arg-type]
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([annotation]))
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def yes_no(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 700, "Yes")
    canvas.drawString(80, 700, "No")


def test_typed_annotation_is_text_where_it_stands() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Name:")

    document = read_document(annotated("FreeText", (90, 697, 200, 712), draw, Contents="Ada Example"), "made.pdf", FileKind.PDF)
    assert " ".join(" ".join(texts_of(document)).split()) == "Name: Ada Example"


@pytest.mark.parametrize(
    ("subtype", "flag"), [("Highlight", "highlight"), ("StrikeOut", "strike"), ("Underline", "underline"), ("Circle", "highlight")]
)
def test_marking_up_a_word_is_formatting(subtype: str, flag: str) -> None:
    quads = {} if subtype == "Circle" else {"QuadPoints": [79, 711, 95, 711, 79, 698, 95, 698]}
    document = read_document(annotated(subtype, (77, 696, 97, 712), yes_no, **quads), "made.pdf", FileKind.PDF)
    spans = [item for line in document.lines() for item in line.items if not isinstance(item, (Mark, Control))]
    assert [(span.text.strip(), getattr(span, flag)) for span in spans] == [("Yes", False), ("No", True)]


def test_ink_over_an_empty_box_ticks_it() -> None:
    def draw(canvas: Canvas) -> None:
        draw_box(canvas, 50)

    ink = annotated("Ink", (51, 701, 62, 713), draw, InkList=[[51, 705, 54, 701, 62, 713]])
    assert [mark.state for mark in marks_of(read_document(ink, "made.pdf", FileKind.PDF))] == [MarkState.ON]


def test_sticky_note_is_kept_apart() -> None:
    document = read_document(annotated("Text", (300, 700, 320, 720), yes_no, Contents="Rang the school."), "made.pdf", FileKind.PDF)
    assert [line.text for line in document.notes] == ["Rang the school."]
    assert not any("school" in line.text for line in lines_of(document))


def test_hidden_field_is_not_read() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(draw_form))) as pdf:
        pdf.pages[0].Annots[0].F = 2
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert "Ada Example" not in [found.value for found in controls_of(read_document(buffer.getvalue(), "made.pdf", FileKind.PDF))]
