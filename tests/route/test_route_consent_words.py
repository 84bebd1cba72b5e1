"""What an answer in a referrer's own words says of consent: one plain thing, or nothing until a person has read it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.route.answer_values import NotPlain, typed
from pipeline.route.consent_words import consent_in

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Yes, both parents agreed", "given"),
        ("Mum is happy for you to speak to school", "given"),
        ("Mother does not agree", "refused"),
        ("No - mum won't consent", "refused"),
        ("She disagreed with it", "refused"),
        ("They withdrew consent on Monday", "refused"),
        ("I did not ask", "not_sought"),
        ("It hasn't been sought yet", "not_sought"),
        ("We have not been able to ask", "not_sought"),
        ("Yes, but only for health", "partial"),
        ("Mum has some worries but agreed to everything", "given"),
    ],
)
def test_one_plain_thing_is_taken_th_5(words: str, status: str) -> None:
    assert consent_in(words) == status


@pytest.mark.parametrize(
    "words",
    [
        "Mum agreed, dad refused",
        "Mum agreed; dad has not been asked",
        "Consent has not been given",
        "She has not refused",
        "No consent",
        "Nobody gave permission",
        "unless mum agrees",
        "see form",
    ],
)
def test_two_things_or_none_wait_for_a_person_th_5(words: str) -> None:
    with pytest.raises(NotPlain):
        typed("consent.status", words, TODAY)


@pytest.mark.parametrize(
    ("path", "words", "value"),
    [
        ("consent.parents_aware", "Both parents are aware", True),
        ("consent.parents_aware", "Mum was told on Friday", True),
        ("consent.parents_aware", "No, they don't know", False),
        ("consent.parents_aware", "not aware", False),
        ("safety.immediate_protection", "not at the moment", False),
        ("indicators.domestic_abuse", "none known", False),
    ],
)
def test_yes_and_no_in_other_words_le_7(path: str, words: str, value: bool) -> None:
    assert typed(path, words, TODAY).value is value


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("consent.parents_aware", "Mum knows, dad doesn't"),
        ("consent.parents_aware", "Yes, but only mum"),
        ("consent.parents_aware", "Is mum aware?"),
        ("safety.immediate_protection", "Not safe at home"),
        ("safety.immediate_protection", "No longer safe there"),
        ("safety.immediate_protection", "No one is with her"),
        ("indicators.domestic_abuse", "No, but he was violent in 2019"),
    ],
)
def test_a_no_that_is_none_is_left_to_a_person_le_6(path: str, words: str) -> None:
    with pytest.raises(NotPlain):
        typed(path, words, TODAY)
