"""What a confidence is reckoned from: how a value looks, what stands about it, and how much else is said of the same person."""

from __future__ import annotations

import pytest

from pipeline.extract.answers import Answer
from pipeline.extract.confidence import looks
from pipeline.extract.events import Event, Heading, Pair, Rows
from pipeline.extract.label import Label
from pipeline.extract.neighbours import with_neighbours
from pipeline.extract.signs import company

KNOWN = Label("Name", slots=("name",))


@pytest.mark.parametrize(
    ("leaf", "value", "how"),
    [
        ("given_names", "Tom Ali", "right"),
        ("given_names", "The child is", "odd"),
        ("family_name", "Elm School", "odd"),
        ("phone", "07700 900123", "right"),
        ("phone", "12345", "odd"),
        ("relationship_to_child", "maternal uncle", "known"),
        ("relationship_to_child", "Whatsit", "right"),
        ("role", "Health visitor", "known"),
        ("agency", "Click here to enter text", "odd"),
        ("school", "Elm Primary School", "known"),
        ("first_language", "Tigrinya", "known"),
        ("ethnicity", "White British", "known"),
        ("narrative.reason", "Seen", "odd"),
        ("narrative.reason", "He has come to school hungry and without a coat all week.", "known"),
        ("date_of_birth", "2015-02-01", "right"),
    ],
)
def test_a_value_that_looks_like_what_it_should_be(leaf: str, value: str, how: str) -> None:
    assert looks(leaf, value) == how


def pair(label: Label | None) -> Pair:
    return Pair(label, Answer(), printed="Something")


def test_values_among_unknown_labels_are_told_from_those_among_known() -> None:
    events: list[Event] = [pair(KNOWN), pair(KNOWN), Heading("Part two", None), pair(None), pair(None), pair(KNOWN)]
    shares = [event.strange for event in with_neighbours(events) if isinstance(event, Pair)]
    assert shares == [0.5, 0.5, 0.25, 0.25, 0.5]


def test_a_table_counts_its_own_heads() -> None:
    rows = Rows((KNOWN, None, None, KNOWN), (), ())
    (found,) = with_neighbours([rows])
    assert isinstance(found, Rows)
    assert found.strange == 0.5


def test_somebody_of_whom_little_is_said() -> None:
    said = company(["people.0.given_names", "people.0.family_name", "people.1.given_names", "narrative.reason", "referrer.name"])
    assert said == {"people.0.given_names": 0.5, "people.0.family_name": 0.5, "people.1.given_names": 1.0, "referrer.name": 1.0}
