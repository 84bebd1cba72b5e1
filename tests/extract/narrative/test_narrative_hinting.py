"""How a hint comes to its words and its status, on a model small enough to reckon by hand (issue 4, points 4 and 5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.authorities.terms import TermList, load_terms
from pipeline.extract.narrative import concerns, hints
from pipeline.extract.narrative.concerns import Concerns
from pipeline.extract.narrative.hints import HintModel, features, load_hints
from pipeline.extract.narrative.language import views
from pipeline.extract.narrative.loading import load_language

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = HintModel(
    rarity={"hungry": 1.0, "bread": 1.0, "crust": 1.0, "crust bread": 2.0, "garden": 1.0},
    weights={
        "hungry": {"neglect": 3.0},
        "bread": {"neglect": 1.0},
        "crust": {"neglect": 1.0},
        "crust bread": {"neglect": 6.0},
        "garden": {"neglect": -2.0},
    },
    bias={"neglect": -1.0},
    threshold=0.5,
)


@pytest.fixture(scope="module")
def language() -> Language:
    """The language model, once."""
    return load_language()


@pytest.fixture
def termless(monkeypatch: pytest.MonkeyPatch) -> Concerns:
    """A reader with every cue, no concern term at all, and the small model: what it finds, it finds by hints."""
    monkeypatch.setattr(concerns, "load_hints", lambda: MODEL)
    return Concerns(replace(load_terms(), concerns=TermList((), ())))


def _found(reader: Concerns, language: Language, text: str) -> list[tuple[str, str]]:
    (view,) = views(language, text, [(0, len(text))])
    return [(mention.term.id, mention.status) for mention in reader.mentions(view, reader.names(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She arrived hungry.", [("learnt.neglect", "possible")]),
        ("She arrived early.", []),
        ("She was not hungry.", [("learnt.neglect", "negated")]),
        ("Mum denies that he is hungry.", [("learnt.neglect", "negated")]),
        ("He used to be hungry.", [("learnt.neglect", "historical")]),
    ],
)
def test_a_hint_without_any_term_is_at_most_possible_and_hears_the_cues(
    termless: Concerns, language: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    assert _found(termless, language, text) == expected


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("in the garden a crust bread and hungry", "crust bread"),
        ("bread for the hungry boy", "hungry"),
        ("hungry", "hungry"),
    ],
)
def test_shows_the_fewest_words_that_carry_most_of_it(words: str, shown: str) -> None:
    row = tuple(words.split())
    (hint,) = MODEL.hints(row)
    assert " ".join(row[hint.first : hint.last]) == shown


def test_words_that_speak_against_it_count() -> None:
    against = replace(MODEL, weights={**MODEL.weights, "garden": {"neglect": -20.0}})
    assert against.hints(("hungry", "bread"))
    assert not against.hints(("hungry", "garden", "bread"))


def test_a_hint_says_that_it_is_one() -> None:
    (hint,) = MODEL.hints(("hungry",))
    assert (hint.term.says or "").startswith("a hint only")


def test_the_work_grows_with_the_words_and_no_faster() -> None:
    """An endless line is read in one pass, at most three features a word, and its words are found in one more."""
    words = ("hungry", *(f"word{number}" for number in range(50_000)))
    assert len(list(features(words))) < 3 * len(words)
    (hint,) = replace(MODEL, threshold=0.0).hints(words)
    assert (hint.first, hint.last) == (0, 1)


def test_the_weights_in_use_are_whole_and_small() -> None:
    model = load_hints()
    assert hints.WEIGHTS.stat().st_size < 2_000_000
    assert set(model.weights) == set(model.rarity)
    assert len(model.bias) == 14
