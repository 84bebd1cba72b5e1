"""Answers beneath our questions as people re-word them."""

from __future__ import annotations

import pytest

from models.extraction import Gap
from pipeline.route.asked_again import question_of

GAPS = (
    Gap(
        field="children.0.date_of_birth",
        kind="missing",
        message="Date of birth: not stated.",
        question="What is the child's date of birth?",
        number=1,
    ),
    Gap(
        field="children.0.address",
        kind="missing",
        message="Where the child lives: not stated.",
        question="At what address does the child live?",
        number=2,
    ),
    Gap(field="consent.status", kind="missing", message="Consent: not stated.", question="Did a parent or carer agree to the referral?", number=3),
    Gap(
        field="referrer.phone",
        kind="missing",
        message="How to reach the referrer: not stated.",
        question="On which number can we reach you?",
        number=4,
    ),
)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Date of birth of Wren Tolliver", 1),
        ("DOB?", 1),
        ("Home address", 2),
        ("Where does Wren live", 2),
        ("Do the parents agree to this referral?", 3),
        ("A telephone number for you", 4),
        ("Kind regards", None),
        ("The child", None),
        ("", None),
    ],
)
def test_a_reworded_question_is_known_again(line: str, number: int | None) -> None:
    assert question_of(line, GAPS, {"children.0": frozenset({"wren", "tolliver"})}) == number
