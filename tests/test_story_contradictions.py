"""A box on the form and the words of the form that say different things are shown to the screener as a conflict, never settled in silence."""

from __future__ import annotations

import pytest

from models.narrative import Narrative
from models.record import Indicators, Record
from pipeline.extract.narrative import Narrator
from pipeline.story import tick_conflicts

NARRATOR = Narrator()


def read(text: str) -> Narrative:
    return NARRATOR.read("one", text)


@pytest.mark.parametrize(
    ("text", "indicators", "said"),
    [
        ("Dad was drunk at the gate.", Indicators(substance_misuse=False), "the form says no to substance misuse, but the text raises it"),
        ("She denies any drug use.", Indicators(substance_misuse=True), "the form ticks substance misuse, but the text denies it"),
        ("He likes football.", Indicators(mental_health=True), "the form ticks mental health, but the text says nothing of it now"),
    ],
)
def test_a_tick_and_the_text_at_odds_are_a_conflict(text: str, indicators: Indicators, said: str) -> None:
    (gap,) = tick_conflicts(read(text), Record(indicators=indicators))
    assert (gap.kind, gap.field, gap.message) == ("conflict", "indicators", said)


def test_a_box_nobody_ticked_is_at_odds_with_nothing() -> None:
    assert tick_conflicts(read("Dad was drunk at the gate."), Record(indicators=Indicators())) == ()


def test_no_text_is_at_odds_with_nothing() -> None:
    assert tick_conflicts(None, Record(indicators=Indicators(substance_misuse=True))) == ()
