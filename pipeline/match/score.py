"""Three stories for each candidate: the person, a relative of the person, a stranger."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.match.asked import Asked
from pipeline.match.commonness import Commonness
from pipeline.match.compare import Comparison
from pipeline.match.held import Held
from pipeline.match.weights import STORIES, Floats, Weights

NAMED = np.array([name == "elder" for name in STORIES[1:]], float)
"""The relatives who bear the person's own name: how common the name is speaks against them as much as for a stranger of that name."""
_LOG2 = float(np.log(2.0))


@dataclass(slots=True)
class Shortlist:
    """Everyone who was compared for one query, before a decision. `odds` are bits for "this is the person" against "nobody held"."""

    asked: Asked
    rows: list[int]
    held: list[Held]
    comparisons: list[Comparison]
    stories: Floats
    odds: Floats
    common: Commonness
    left_out: int = 0
    probabilities: Floats = field(default_factory=lambda: np.empty(0))


def stories(comparisons: list[Comparison], weights: Weights) -> Floats:
    """Bits for each story of each candidate, against a stranger: [candidate, story]."""
    if not comparisons:
        return np.empty((0, len(STORIES)))
    levels = np.array([levels for levels, _ in comparisons])
    bits = np.array([bits for _, bits in comparisons])
    return story_bits(levels, bits, weights.base, weights.rate)


def story_bits(levels: npt.NDArray[np.int64], bits: Floats, base: Floats, rate: Floats) -> Floats:
    """The sum over features of base + rate x rarity."""
    features = np.arange(levels.shape[1])
    total = base[:, features, levels] + rate[:, features, levels] * bits
    summed: Floats = total.sum(axis=2).T
    return summed


def odds(told: Floats, prior: Floats, records: int, crowded: float = 0.0, lifted: Floats | None = None) -> Floats:
    """Bits for the person, once every relative has had their say, and everybody else of so common a name (`crowded`). `lifted` raises person and relative alike (a household already found)."""
    prior_bits = told + prior - np.log2(max(records, 2))
    if lifted is not None:
        prior_bits = prior_bits + lifted[:, None]
    relatives = np.logaddexp2.reduce(np.column_stack((prior_bits[:, 1:] - crowded * NAMED, np.zeros(len(told)))), axis=1)
    person: Floats = prior_bits[:, 0] - relatives - crowded
    return person


def share(person: Floats) -> Floats:
    """Probabilities over the candidates and "not held"."""
    if not len(person):
        return np.empty(0)
    everyone = np.append(person, 0.0)
    whole = np.logaddexp2.reduce(everyone)
    probabilities: Floats = np.exp((person - whole) * _LOG2)
    return probabilities


def calibrated(raw: Floats, calibration: tuple[tuple[float, float], ...]) -> Floats:
    """The chance that the suggestion is right, as measured on decisions the weights were not fitted on. Knots are in log-odds (bits)."""
    if not calibration:
        return raw
    clipped = np.clip(raw, 1e-12, 1 - 1e-12)
    logit = np.log2(clipped / (1 - clipped))
    known = np.array(calibration)
    settled = np.interp(logit, known[:, 0], known[:, 1])
    probability: Floats = 1.0 / (1.0 + np.exp2(-settled))
    return probability / max(1.0, float(probability.sum()))
