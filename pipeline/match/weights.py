"""The weights: a versioned data file, fitted by a command and never in silence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.errors import WrongSetup
from pipeline.match.compare import FAMILY, FEATURES, GIVEN, LEVEL_NAMES, ORDERED, QuickWeights

STORIES = ("same", "sibling", "twin", "elder")
"""Who the record may be: the person; a brother or sister; a twin; a parent, child or other relative of the same name."""
MOST_LEVELS = max(map(len, LEVEL_NAMES))
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """`base` and `rate` are [story, feature, level] in bits: a level is worth base + rate x rarity. `prior` is [story] in bits."""

    version: str
    base: Floats
    rate: Floats
    prior: Floats
    calibration: tuple[tuple[float, float], ...]
    quick: QuickWeights


@cache
def shipped_weights() -> Weights:
    """The weights shipped with the product."""
    return read_weights(Path(str(files("pipeline.match") / "data" / "weights.json")))


def read_weights(path: Path) -> Weights:
    """Reads a weights file; WrongSetup names what is missing in it."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _parse(data)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise WrongSetup(f"{path.name}: not a weights file of this version ({type(problem).__name__}: {problem}); fit it again") from problem


def _parse(data: dict[str, object]) -> Weights:
    features = data["features"]
    prior = data["prior"]
    calibration = data["calibration"]
    if not isinstance(features, dict) or not isinstance(prior, dict) or not isinstance(calibration, list):
        raise TypeError("features, prior and calibration")
    shape = (len(STORIES), len(FEATURES), MOST_LEVELS)
    base, rate = np.zeros(shape), np.zeros(shape)
    for place, feature in enumerate(FEATURES):
        for number, level in enumerate(feature.levels):
            for story_number, story in enumerate(STORIES):
                base[story_number, place, number], rate[story_number, place, number] = features[feature.id][level][story]
    return Weights(
        version=str(data["version"]),
        base=base,
        rate=rate,
        prior=np.array([float(prior[story]) for story in STORIES]),
        calibration=tuple((float(raw), float(true)) for raw, true in calibration),
        quick=quick_weights(base, rate),
    )


def quick_weights(base: Floats, rate: Floats) -> QuickWeights:
    """The part of the weights that chooses the reading of a name."""

    def pairs(feature: int) -> tuple[tuple[float, float], ...]:
        return tuple((float(base[0, feature, level]), float(rate[0, feature, level])) for level in range(len(LEVEL_NAMES[feature])))

    return QuickWeights(pairs(GIVEN), pairs(FAMILY), tuple(value for value, _ in pairs(ORDERED)))


def weights_as_json(version: str, base: Floats, rate: Floats, prior: Floats, calibration: list[tuple[float, float]], fitted_on: str) -> str:
    """The file's text."""
    features = {
        feature.id: {
            level: {story: [round(float(base[s, f, n]), 3), round(float(rate[s, f, n]), 3)] for s, story in enumerate(STORIES)}
            for n, level in enumerate(feature.levels)
        }
        for f, feature in enumerate(FEATURES)
    }
    text = {
        "version": version,
        "fitted_on": fitted_on,
        "prior": {story: round(float(prior[s]), 3) for s, story in enumerate(STORIES)},
        "calibration": [[round(raw, 4), round(true, 4)] for raw, true in calibration],
        "features": features,
    }
    return json.dumps(text, indent=1) + "\n"
