"""The small trained model behind the rules: logistic regression over named features, its weights a JSON file beside this module."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models.narrative import Factuality
from pipeline.errors import OurBug

WEIGHTS = Path(__file__).parent / "factuality_weights.json"

LABELS: tuple[Factuality, ...] = ("fact", "opinion", "reported")


@dataclass(frozen=True)
class FactualityModel:
    """For each feature one weight a label, in the order of LABELS. `temperature` makes the chances honest: fitted on narratives left out of training."""

    weights: dict[str, tuple[float, float, float]]
    temperature: float

    def chances(self, features: Iterable[str]) -> dict[Factuality, float]:
        """The chance of each label."""
        sums = [0.0, 0.0, 0.0]
        for feature in features:
            for place, weight in enumerate(self.weights.get(feature, ())):
                sums[place] += weight
        top = max(sums)
        powers = [math.exp((value - top) / self.temperature) for value in sums]
        total = sum(powers)
        return {label: power / total for label, power in zip(LABELS, powers, strict=True)}


def load_model(path: Path = WEIGHTS) -> FactualityModel:
    """Read the weights that `python -m benchmarks.narrative.train` wrote."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights = {feature: (values[0], values[1], values[2]) for feature, values in data["weights"].items()}
        return FactualityModel(weights, float(data["temperature"]))
    except (OSError, ValueError, KeyError, IndexError) as problem:
        raise OurBug(f"{path.name}: the factuality weights cannot be read; run `python -m benchmarks.narrative.train`") from problem
