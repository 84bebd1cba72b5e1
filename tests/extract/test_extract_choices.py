"""Ticks in every style: before, after, in a cell of their own, typed, set apart, crossed out; and nothing marked."""

from __future__ import annotations

import pytest

from models.document import Inline, Line, Mark, MarkState, Origin, Span
from pipeline.extract.answers import Answer
from pipeline.extract.choices import read_choice, read_options, read_sentence, ticked, unsure
from tests.extract.paper import OFF, ON, UNKNOWN, bold, line, struck

YES_NO = [
    ((ON, "Yes ", OFF, "No"), ("Yes",)),
    (("Yes", OFF, " No", ON), ("No",)),
    (("Yes ☐ No ☒",), ("No",)),
    (("☒Yes ☐No",), ("Yes",)),
    (("Yes X No",), ("Yes",)),
    (("X Yes No",), ("Yes",)),
    (("No / Yes X / Not Known",), ("Yes",)),
    (("Yes / ", bold("No")), ("No",)),
    ((struck("Yes"), " / No"), ("No",)),
    ((Span("YES", highlight=True), " NO"), ("YES",)),
    (("Yes [x]  No [ ]",), ("Yes",)),
    (("Yes - told on Monday",), ("Yes",)),
    (("Yes No",), ()),
    (("Yes / No (delete as appropriate)",), ()),
    (("Y / N / Not Known",), ()),
    ((OFF, "Yes ", OFF, "No"), ()),
    ((bold("Yes"), " ", bold("No")), ()),
    (("Y/N (provide details)",), ()),
]


@pytest.mark.parametrize(("parts", "chosen"), YES_NO)
def test_one_line_of_options(parts: tuple[object, ...], chosen: tuple[str, ...]) -> None:
    answer = Answer(((line(*parts),),))  # type: ignore[arg-type]
    assert read_choice(answer).chosen == chosen


def _cells(*contents: Line | None) -> Answer:
    return Answer(tuple((content,) if content else () for content in contents))


def test_options_and_boxes_in_cells_of_their_own() -> None:
    assert read_choice(_cells(line("Yes"), line(OFF), line("No"), line(ON))).chosen == ("No",)
    assert read_choice(_cells(line("Yes"), line("X"), line("No"), None)).chosen == ("Yes",)
    assert read_choice(_cells(None, line("Yes"), line("x"), line("No"))).chosen == ("No",)
    assert read_choice(_cells(line("Yes"), line("X No"))).chosen == ("No",)
    assert read_choice(_cells(line("Yes"), None, line("No"), None)).chosen == ()


def test_runs_broken_inside_a_word_are_one_word() -> None:
    assert read_choice(Answer(((line("Not ", "known ", ON, " Yes ", OFF),),))).chosen == ("Not known",)


def test_an_open_list_of_options() -> None:
    answer = Answer(((line(OFF, " White British"), line(ON, " Caribbean"), line(OFF, " Indian")),))
    assert [(option.text, option.state is MarkState.ON) for option in read_options(answer)] == [
        ("White British", False),
        ("Caribbean", True),
        ("Indian", False),
    ]


def test_a_lone_box_is_ticked_or_not_or_no_box() -> None:
    assert ticked(Answer(((line(ON),),))) is True
    assert ticked(Answer(((line("☐"),),))) is False
    assert ticked(Answer(((line("Tom"),),))) is None


def test_a_box_that_could_not_be_made_out_says_so() -> None:
    assert unsure(Answer(((line(UNKNOWN, "Yes"),),)))


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        (("The child ", ON, " does ", OFF, " does not have a disability"), True),
        (("The child ", OFF, " does ", ON, " does not have a disability"), False),
        (("The child ", struck("does"), "/", "does not", " have a disability"), False),
        (("Parents have / ", struck("have not"), " consented"), True),
        (("The child does/does not have a disability",), None),
    ],
)
def test_a_choice_inside_a_sentence(parts: tuple[object, ...], answer: bool | None) -> None:
    found = read_sentence(line(*parts))  # type: ignore[arg-type]
    assert found is not None
    assert found[1] is answer


@pytest.mark.parametrize("items", [(Mark(MarkState.ON, Origin.PIXELS), Span(" / No")), (Span("Yes / "), Mark(MarkState.ON, Origin.PIXELS))])
def test_a_frame_about_a_word_on_a_scan_is_no_tick_of_the_other(items: tuple[Inline, ...]) -> None:
    answer = Answer(((Line(items),),))
    assert read_choice(answer).chosen == ()
    assert unsure(answer)


def test_boxes_parted_by_strokes_are_ticks() -> None:
    shown = Line((Mark(MarkState.OFF, Origin.PIXELS), Span(" Yes / "), Mark(MarkState.ON, Origin.PIXELS), Span(" No")))
    assert read_choice(Answer(((shown,),))).chosen == ("No",)
