"""The chance that a value is right, from what was seen when it was read. The weights are data: `data/confidence.json`, refitted by a command."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files

from pipeline.extract.draft import Evidence


@cache
def _weights() -> dict[str, float]:
    data = json.loads((files("pipeline.extract") / "data" / "confidence.json").read_text(encoding="utf-8"))
    return {str(name): float(weight) for name, weight in data["weights"].items()}


def features(seen: Evidence, kind: str) -> tuple[str, ...]:
    """What a value's confidence is reckoned from, as names of weights. `kind` is the sort of field."""
    return (
        "base",
        f"match={seen.match}",
        f"how={seen.how}",
        f"origin={seen.origin.value}",
        f"block={seen.block}",
        f"typed={seen.typed}",
        f"agrees={seen.agrees}",
        f"kind={kind}",
    )


def confidence(seen: Evidence, kind: str) -> float:
    """A probability between 0.01 and 0.99."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) for name in features(seen, kind)) + weights.get("ocr", 0.0) * (1.0 - seen.ocr)
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-score)))), 3)
