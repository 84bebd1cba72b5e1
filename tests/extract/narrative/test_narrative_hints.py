"""What the learnt reader of wording may say where no term speaks, what a past date does not end, and where a denial stops. Texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.narrative import ConcernMention, Narrative
from pipeline.errors import OurBug
from pipeline.extract.narrative import Narrator, hints
from pipeline.extract.narrative.hints import HintModel, features

NARRATOR = Narrator()


def _mentions(text: str, category: str) -> list[ConcernMention]:
    return [concern for sentence in _read(text).sentences for concern in sentence.concerns if concern.category == category]


def _read(text: str) -> Narrative:
    return NARRATOR.read("t", text)


def _model(weight: float) -> HintModel:
    names = ("damp", "walls")
    return HintModel(dict.fromkeys(names, 1.0), {name: {"housing": weight} for name in names}, {"housing": -1.0}, 0.5)


def test_wording_is_believed_only_from_the_threshold_and_shows_its_telling_words() -> None:
    words = ("the", "walls", "are", "damp")
    assert not _model(0.5).hints(words)
    (hint,) = _model(3.0).hints(words)
    assert (hint.term.category, hint.term.status, hint.term.id) == ("housing", "possible", "learnt.housing")
    assert {"walls", "damp"} & set(words[hint.first : hint.last])
    assert "learnt" in (hint.term.says or "")


def test_numbers_and_kin_count_alike_and_long_words_by_their_beginning() -> None:
    found = {name for name, _ in features(("mum", "was", "neglecting", "3"))}
    assert {"<mother>", "negle*", "#", "was neglecting"} <= found
    assert found & {name for name, _ in features(("mother", "neglected", "12"))} >= {"<mother>", "negle*", "#"}


def test_what_is_learnt_is_never_more_than_possible_and_never_beside_a_term() -> None:
    text = "He came in hungry and asked for toast. The cupboards held nothing. His sister is often left to mind him. Nobody came to the door."
    for sentence in _read(text).sentences:
        for category in {concern.category for concern in sentence.concerns}:
            rules = [concern.rule or "" for concern in sentence.concerns if concern.category == category]
            assert not any(rule.startswith("learnt.") for rule in rules) or all(rule.startswith("learnt.") for rule in rules)
        assert all(concern.status != "affirmed" for concern in sentence.concerns if (concern.rule or "").startswith("learnt."))


def test_weights_that_cannot_be_read_are_our_bug_with_the_command_that_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "hint_weights.json"
    broken.write_text('{"features": 3}', encoding="utf-8")
    monkeypatch.setattr(hints, "WEIGHTS", broken)
    hints.load_hints.cache_clear()
    try:
        with pytest.raises(OurBug, match="train_hints"):
            hints.load_hints()
    finally:
        hints.load_hints.cache_clear()


@pytest.mark.parametrize(
    ("text", "category", "status"),
    [
        ("Dad had a stroke last year and cannot use his left side.", "disability", "affirmed"),
        ("Mr Lowe is a registered sex offender, convicted in 2014.", "sexual_abuse", "possible"),
        ("Ex heroin user.", "substance_misuse", "historical"),
        ("His dad drank himself to death.", "substance_misuse", "historical"),
    ],
)
def test_what_a_past_date_ends_and_what_it_does_not(text: str, category: str, status: str) -> None:
    assert status in {mention.status for mention in _mentions(text, category)}


@pytest.mark.parametrize(
    ("text", "category", "status"),
    [
        ("He does not sleep, pulls out his own eyelashes and hides.", "mental_health", "affirmed"),
        ("He has not been hit, kicked or shouted at.", "physical_abuse", "negated"),
        ("He was stopped by police with eleven wraps and two phones.", "exploitation", "affirmed"),
        ("Non-accidental injury has to be excluded.", "physical_abuse", "affirmed"),
    ],
)
def test_where_a_denial_stops(text: str, category: str, status: str) -> None:
    assert status in {mention.status for mention in _mentions(text, category)}


@pytest.mark.parametrize(
    ("text", "category", "who"),
    [
        ("Kayla (9) told me mum pulls her hair.", "physical_abuse", "child"),
        ("He was thrown against the radiator by mum's boyfriend.", "physical_abuse", "child"),
    ],
)
def test_who_is_hurt_when_a_name_has_an_age_or_the_doer_stands_after_by(text: str, category: str, who: str) -> None:
    assert who in {mention.who for mention in _mentions(text, category)}


def test_a_friends_mother_is_outside_the_family() -> None:
    assert "disability" not in _read("Her best friend's mum has epilepsy.").raised
