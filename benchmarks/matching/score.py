"""The scorer: the table of figures, by everything, by community and by kind of slip."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.matching.queries import Question
from models.matching import MatchResult, Query


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question answered: the rank of the right record (99 when it is not shown), and the top suggestion's probability."""

    question: Question
    rank: int
    top: float
    matched: bool
    seconds: float
    story: str | None = None

    @property
    def right(self) -> bool:
        """Whether the first suggestion is the right record."""
        return self.question.record_id is not None and self.rank == 0


def answer(questions: Sequence[Question], match: Callable[[Query], MatchResult]) -> list[Outcome]:
    """Every question, one at a time."""
    found = []
    for question in questions:
        start = time.perf_counter()
        result = match(question.query)
        found.append(outcome(question, result, time.perf_counter() - start))
    return found


def outcome(question: Question, result: MatchResult, seconds: float) -> Outcome:
    """What an answer was worth."""
    ids = [candidate.record_id for candidate in result.candidates]
    rank = ids.index(question.record_id) if question.record_id in ids else 99
    top = result.candidates[0] if result.candidates else None
    return Outcome(question, rank, top.probability if top else 0.0, result.decision == "match", seconds, top.story if top else None)


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The issue's table."""
    members = [one for one in outcomes if one.question.record_id]
    others = [one for one in outcomes if not one.question.record_id]
    return {
        "recall@1": share(members, lambda one: one.rank == 0), "recall@5": share(members, lambda one: one.rank < 5),
        "match: members right": share(members, lambda one: one.matched and one.right), "match: non-members": share(others, lambda one: one.matched),
        "match: twins of held": float(sum(one.matched for one in others if one.question.kind == "twin")), "match: wrong person": float(sum(one.matched and not one.right for one in members)),
        "0.9: members right": share(members, lambda one: one.top >= 0.9 and one.right), "0.9: non-members": share(others, lambda one: one.top >= 0.9),
        "0.9: wrong person": float(sum(one.top >= 0.9 and not one.right for one in members)), "Brier": brier(outcomes), "largest bin gap": largest_gap(outcomes),
        "right at 99 % precision": right_at_precision(outcomes), "group gap at 0.9": group_gap(members),
        "p50 ms": float(np.percentile([one.seconds for one in outcomes], 50)) * 1e3, "p95 ms": float(np.percentile([one.seconds for one in outcomes], 95)) * 1e3,
    }  # fmt: skip


def share(outcomes: Sequence[Outcome], good: Callable[[Outcome], bool]) -> float:
    """What part of them."""
    return sum(map(good, outcomes)) / max(len(outcomes), 1)


def brier(outcomes: Sequence[Outcome]) -> float:
    """Mean squared error of the top suggestion's probability."""
    return float(np.mean([(one.top - one.right) ** 2 for one in outcomes]))


BINS = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 1.01)


def bins(outcomes: Sequence[Outcome]) -> list[tuple[float, float, int]]:
    """(predicted, observed, how many) of each bin."""
    found = []
    for low, high in pairwise(BINS):
        inside = [one for one in outcomes if low <= one.top < high]
        if inside:
            found.append((float(np.mean([one.top for one in inside])), share(inside, lambda one: one.right), len(inside)))
    return found


def largest_gap(outcomes: Sequence[Outcome]) -> float:
    """The largest distance between predicted and observed in a bin of at least 40."""
    return max((abs(predicted - observed) for predicted, observed, count in bins(outcomes) if count >= 40), default=0.0)


def right_at_precision(outcomes: Sequence[Outcome], wanted: float = 0.99) -> float:
    """Members right above the loosest threshold at which suggestions are right as often as wanted."""
    members = sum(one.question.record_id is not None for one in outcomes)
    right = best = 0
    for count, one in enumerate(sorted(outcomes, key=lambda one: -one.top), start=1):
        right += one.right
        if right / count >= wanted:
            best = right
    return best / max(members, 1)


_GROUPS = {
    "wb": "British", "ban": "Bangladeshi", "pak": "Pakistani", "sikh": "Sikh or Hindu", "ind": "Sikh or Hindu", "tam": "Sikh or Hindu", "som": "Somali or Eritrean", "eri": "Somali or Eritrean", "carib": "Caribbean",
    "pol": "East European", "lit": "East European", "svk": "East European", "bul": "East European", "rou": "East European", "ukr": "East European", "alb": "East European",
}  # fmt: skip


def group_of(culture: str) -> str:
    """The naming group of a community."""
    return _GROUPS.get(culture, "other")


def by_group(members: Sequence[Outcome]) -> dict[str, tuple[float, int]]:
    """Members right at 0.9, by naming group."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in members:
        groups[group_of(one.question.culture)].append(one)
    return {name: (share(found, lambda one: one.top >= 0.9 and one.right), len(found)) for name, found in sorted(groups.items())}


def group_gap(members: Sequence[Outcome]) -> float:
    """The largest difference between naming groups of at least 30."""
    shares = [part for part, count in by_group(members).values() if count >= 30]
    return max(shares, default=0.0) - min(shares, default=0.0)
