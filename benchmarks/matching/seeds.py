"""The seeds, and the worlds made from them."""

from __future__ import annotations

from benchmarks.matching.queries import Question, make_questions
from benchmarks.matching.register import Made, Maker, make_register

SEEDS = {
    "fit": 1101,
    "fit2": 1102,
    "fit3": 1103,
    "calibrate": 1201,
    "calibrate2": 1202,
    "calibrate3": 1203,
    "work": 2202,
    "work2": 2203,
    "report": 7331,
}
"""Weights are fitted and calibrated on the fit and calibrate seeds, developed against work; report is only for the table.

The report seed is used up by looking at it: whoever changes the matcher after reading a report takes a new one. 3303, 5115 and 6221 were the first three.
"""


def world(seed: str, people: int, members: int, outsiders: int) -> tuple[list[Made], list[Question]]:
    """A register and questions about it."""
    number = SEEDS[seed]
    made = list(make_register(number, people))
    return made, make_questions(made, Maker(number + 50_000, people), number + 7, members, outsiders)
