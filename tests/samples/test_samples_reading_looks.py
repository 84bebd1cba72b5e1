"""The looks of the reading benchmark: what was marked can be told from what was not, dates are whole, poor scanners are repeatable, nothing is lost on the way to paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from random import Random

import pikepdf
import pypdfium2
import pytest

from benchmarks.reading import marks
from benchmarks.reading.acro_pen import latin
from benchmarks.reading.answers import Answer, FilledForm
from benchmarks.reading.draw_acroform import AcroDrawer
from benchmarks.reading.draw_body import wrapped
from benchmarks.reading.draw_docx import DocxDrawer
from benchmarks.reading.fill import fill
from benchmarks.reading.layouts import all_layouts
from benchmarks.reading.layouts.drawn import DATES, EMPTY, TICKS
from benchmarks.reading.pen import Pen
from benchmarks.reading.scanner import scan
from benchmarks.reading.spec import Layout, Options, block_slots, slots
from benchmarks.reading.voice import truth_of

LAYOUTS = {layout.name: layout for layout in all_layouts(1)}
OPTIONS = ("Yes", "No")


def form_of(name: str, **look: object) -> FilledForm:
    layout: Layout = LAYOUTS[name]
    return fill(replace(layout, look=replace(layout.look, **look)), Random(name))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("tick", TICKS)
def test_every_way_of_marking_tells_yes_from_no_and_from_nothing(tick: str) -> None:
    pen = Pen(form_of("matrix-marf", tick=tick))
    drawn = [pen.marks(OPTIONS, chosen) for chosen in (("Yes",), ("No",), ())]
    assert len(set(drawn)) == 3
    assert pen.lone(on=True) != pen.lone(on=False)
    assert pen.option("African", on=True) != pen.option("African", on=False)


@pytest.mark.parametrize("style", sorted(set(DATES) - {"plain"}))
def test_a_date_in_boxes_has_all_its_figures(style: str) -> None:
    words = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", marks.dated(date(2014, 3, 9), style)))
    assert re.sub(r"\D", "", words) == "09032014"
    assert not re.search(r"\d", "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", marks.dated(None, style))))


@pytest.mark.parametrize("empty", sorted(set(EMPTY)))
def test_answers_stand_on_the_form_however_its_blanks_look(empty: str) -> None:
    form = form_of("legacy-numbered-marf", empty=empty, dates="plain", tracked=True, hints=True, spaced=True)
    said = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", DocxDrawer(form).block(form.blocks[-2])))
    (answers,) = form.blocks[-2].rows
    assert all(answer.text in said for answer in answers)


def test_a_prompt_that_was_typed_over_is_a_tracked_deletion() -> None:
    drawn = Pen(form_of("matrix-marf", tracked=True, empty="prompt", prompt="Write here")).words("Ann")
    assert re.search(r"<w:del .*<w:delText[^>]*>Write here</w:delText>.*</w:del><w:ins .*Ann.*</w:ins>", drawn)


def drawer_that(form: FilledForm, habit: str) -> AcroDrawer:
    return next(drawer for drawer in (AcroDrawer(form, Random(n)) for n in range(200)) if getattr(drawer, habit))


def test_a_flattened_form_has_no_fields_but_all_words() -> None:
    form = form_of("legacy-numbered-marf")
    data = drawer_that(form, "flat").draw()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not any("/Annots" in page and len(page.Annots) for page in pdf.pages)
    document = pypdfium2.PdfDocument(data)
    page_text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    assert all("".join(latin(answer.text).split()) in page_text for answer in form.blocks[-2].rows[0])
    document.close()


def test_a_form_filled_in_with_a_typewriter_has_its_answers_in_notes() -> None:
    form = form_of("legacy-numbered-marf")
    with pikepdf.open(io.BytesIO(drawer_that(form, "typed").draw())) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        words = [str(note.Contents) for note in notes if note.Subtype == "/FreeText"]
    assert all(latin(answer.text) in words for answer in form.blocks[-2].rows[0] if answer.text)


def test_where_one_answer_is_to_be_circled_each_choice_has_its_ring() -> None:
    form = form_of("legacy-numbered-marf")
    with pikepdf.open(io.BytesIO(drawer_that(form, "rings").draw())) as pdf:
        rings = sum(note.Subtype == "/Circle" for page in pdf.pages for note in page.get("/Annots", []))
    asked = [
        (slot, answer)
        for filled in form.blocks
        if not isinstance(filled.block, Options)
        for row in filled.rows
        for slot, answer in zip(block_slots(filled.block), row, strict=False)
    ]
    assert rings == sum(len(answer.chosen) for slot, answer in asked if len(slot.options) > 1) > 0


def test_the_same_scanner_gives_the_same_pages() -> None:
    data = AcroDrawer(form_of("housing-concern-slip"), Random(1)).draw()
    assert scan(data, Random("a")) == scan(data, Random("a")) != scan(data, Random("b"))


def test_options_say_yes_or_no_in_many_words() -> None:
    assert [truth_of(o) for o in ("Yes – in writing", "No (please say why)", "was not", "Not known", "Unsure", "Never")] == [
        True,
        False,
        False,
        None,
        None,
        False,
    ]


def test_broken_lines_keep_their_words() -> None:
    text = "Reason: " + "a long answer " * 12 + "\nName\tPost\tTelephone number of the person who has to be rung about this referral today"
    assert wrapped(text).split() == text.split()
    assert max(len(line) for line in wrapped(text).split("\n") if "\t" not in line) <= 74


def test_a_whole_date_goes_into_the_boxes_and_a_guess_does_not() -> None:
    pen = Pen(form_of("matrix-marf", dates="boxes"))
    (slot,) = slots("Date of birth=child.dob")
    assert pen.value(slot, Answer("9/3/14", day=date(2014, 3, 9))).startswith("<w:tbl>")
    assert "EDD 4 May" in pen.value(slot, Answer("EDD 4 May"))
