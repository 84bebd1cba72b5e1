"""Figures over narratives, with intervals from drawing narratives again (not sentences: those of one narrative go together)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

LABELS = ("fact", "reported", "opinion")
CORE = ("domestic_abuse", "mental_health", "substance_misuse")
CATEGORIES = (
    *CORE,
    "neglect",
    "physical_abuse",
    "sexual_abuse",
    "emotional_abuse",
    "exploitation",
    "disability",
    "housing",
    "missing",
    "self_harm",
    "harmful_practices",
    "radicalisation",
)


@dataclass(frozen=True)
class Scored:
    """One narrative beside what a system said: sentence labels as (gold, said, confidence), raised headings, and mentions."""

    voice: str
    labels: tuple[tuple[str, str, float], ...]
    gold: frozenset[str]
    said: frozenset[str]
    negated_raising: tuple[bool, ...] = ()
    historical_raising: tuple[bool, ...] = ()
    chances: tuple[tuple[float, bool], ...] = ()
    """For each heading raised, the chance given and whether it is right."""
    mentions: tuple[tuple[str, str, str | None], ...] = field(default=())
    """(category and status and who as labelled, the same as said, or None where the category was not found in the sentence)"""


@dataclass(frozen=True)
class Counts:
    """True and false positives, and misses."""

    hit: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was said that is right."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was said."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = 2 * self.hit + self.false + self.missed
        return 2 * self.hit / total if total else 0.0


def label_counts(scored: Sequence[Scored], label: str) -> Counts:
    """Counts for one factuality label."""
    pairs = [(gold, said) for one in scored for gold, said, _ in one.labels]
    return Counts(
        sum(gold == said == label for gold, said in pairs),
        sum(said == label != gold for gold, said in pairs),
        sum(gold == label != said for gold, said in pairs),
    )


def factuality_f1(scored: Sequence[Scored]) -> float:
    """Macro-F1 over the three labels."""
    return sum(label_counts(scored, label).f1 for label in LABELS) / len(LABELS)


def opinion_as_fact(scored: Sequence[Scored]) -> float:
    """Share of opinions passed as fact."""
    said = [said for one in scored for gold, said, _ in one.labels if gold == "opinion"]
    return sum(label == "fact" for label in said) / len(said) if said else 0.0


def raised_counts(scored: Sequence[Scored], categories: Sequence[str]) -> Counts:
    """Counts of headings raised per narrative."""
    chosen = set(categories)
    return Counts(
        sum(len(one.gold & one.said & chosen) for one in scored),
        sum(len((one.said - one.gold) & chosen) for one in scored),
        sum(len((one.gold - one.said) & chosen) for one in scored),
    )


def core_f1(scored: Sequence[Scored]) -> float:
    """Macro-F1 over domestic abuse, mental health and substance misuse."""
    return sum(raised_counts(scored, [category]).f1 for category in CORE) / len(CORE)


def core_recall(scored: Sequence[Scored]) -> float:
    """Mean recall over the same three."""
    return sum(raised_counts(scored, [category]).recall for category in CORE) / len(CORE)


def micro_f1(scored: Sequence[Scored]) -> float:
    """Micro-F1 over all fourteen."""
    return raised_counts(scored, CATEGORIES).f1


def share(scored: Sequence[Scored], name: str) -> float:
    """Share of negated (or historical-only) mentions whose sentence raises the heading."""
    flags = [flag for one in scored for flag in getattr(one, name)]
    return sum(flags) / len(flags) if flags else 0.0


def calibration_error(scored: Sequence[Scored], bins: int = 10) -> float:
    """Expected calibration error of the factuality confidence, ten bins of equal width."""
    total = 0.0
    pairs = [(confidence, gold == said) for one in scored for gold, said, confidence in one.labels]
    for number in range(bins):
        inside = [(chance, right) for chance, right in pairs if number / bins < chance <= (number + 1) / bins]
        if inside:
            total += abs(sum(chance for chance, _ in inside) - sum(right for _, right in inside))
    return total / len(pairs) if pairs else 0.0


def kappa(scored: Sequence[Scored]) -> float:
    """Cohen's kappa of the factuality labels."""
    pairs = [(gold, said) for one in scored for gold, said, _ in one.labels]
    agreed = sum(gold == said for gold, said in pairs) / len(pairs)
    chance = sum(sum(gold == label for gold, _ in pairs) * sum(said == label for _, said in pairs) for label in LABELS) / len(pairs) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def raised_calibration_error(scored: Sequence[Scored], bins: int = 5) -> float:
    """How far the chances in `raised` are from how often they come true, five bins of equal width."""
    pairs = [pair for one in scored for pair in one.chances]
    total = 0.0
    for number in range(bins):
        inside = [(chance, right) for chance, right in pairs if min(int(chance * bins), bins - 1) == number]
        if inside:
            total += abs(sum(right for _, right in inside) - sum(chance for chance, _ in inside))
    return total / len(pairs) if pairs else 0.0


def raised_brier(scored: Sequence[Scored]) -> float:
    """Mean squared error of the chances in `raised`."""
    pairs = [pair for one in scored for pair in one.chances]
    return sum((chance - right) ** 2 for chance, right in pairs) / len(pairs) if pairs else 0.0


def interval(scored: Sequence[Scored], measure: Callable[[Sequence[Scored]], float], rounds: int = 1000, seed: int = 7) -> tuple[float, float]:
    """The middle 95 % of the measure over narratives drawn with replacement."""
    draw = random.Random(seed)
    values = sorted(measure([draw.choice(scored) for _ in scored]) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]
