"""How sure to be that a heading is raised: a small logistic model over the evidence for it, its weights a JSON file beside this module."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from models.narrative import Category, ConcernStatus
from pipeline.errors import OurBug

WEIGHTS = Path(__file__).parent / "raised_weights.json"

RAISING: tuple[ConcernStatus, ...] = ("affirmed", "possible")


@dataclass(frozen=True)
class Evidence:
    """What a narrative says about one heading: how many mentions of each status, and how many of them rest on a weak term."""

    affirmed: int = 0
    possible: int = 0
    weak: int = 0
    denied: int = 0

    def with_mention(self, status: ConcernStatus, weak: bool) -> Evidence:
        """One mention more. A denied or past one counts as `denied`."""
        if status not in RAISING:
            return Evidence(self.affirmed, self.possible, self.weak, self.denied + 1)
        if weak:
            return Evidence(self.affirmed, self.possible, self.weak + 1, self.denied)
        return Evidence(self.affirmed + (status == "affirmed"), self.possible + (status == "possible"), self.weak, self.denied)

    @property
    def raises(self) -> bool:
        """Whether anything is stated or suspected."""
        return self.affirmed + self.possible + self.weak > 0

    def features(self, category: Category) -> dict[str, float]:
        """What the model sees: is anything stated, how often is it said, is it also denied."""
        said = self.affirmed + self.possible + self.weak
        found = {"stated": float(self.affirmed > 0), "again": math.log2(max(min(said, 6), 1)), "denied too": float(self.denied > 0), category: 1.0}
        return {name: value for name, value in found.items() if value}


def chances(evidence: Mapping[Category, Evidence]) -> dict[Category, float]:
    """The chance of each heading that is raised at all."""
    weights = load_weights()
    return {category: round(_chance(found.features(category), weights), 3) for category, found in evidence.items() if found.raises}


def gather(mentions: Iterable[tuple[Category, ConcernStatus, bool]], evidence: dict[Category, Evidence]) -> None:
    """Add mentions, each with its category, its status and whether its term is weak."""
    for category, status, weak in mentions:
        evidence[category] = evidence.get(category, Evidence()).with_mention(status, weak)


def _chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = weights["bias"] + sum(value * weights.get(name, 0.0) for name, value in features.items())
    return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Read the weights that `python -m benchmarks.narrative.train` wrote."""
    try:
        return {str(name): float(value) for name, value in json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"].items()}
    except (OSError, ValueError, KeyError, AttributeError) as problem:
        raise OurBug(f"{WEIGHTS.name}: the weights cannot be read; run `python -m benchmarks.narrative.train`") from problem
