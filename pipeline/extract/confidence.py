"""The chance that a value is right, from what was seen when it was read. The weights are data, `data/confidence.json`, fitted on filled forms."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.draft import Evidence

_NAME = re.compile(r"^[^\W\d_][\w.'’`-]*(?:[ -][^\W\d_][\w.'’`-]*){0,3}$")
_NO_NAMES = re.compile(
    r"\b(?:click|enter|text|choose|item|above|child|information|available|number|date|name|address|the|and|with|was|is|not|other|please|section)\b",
    re.IGNORECASE,
)


@cache
def _weights() -> dict[str, float]:
    data = json.loads((files("pipeline.extract") / "data" / "confidence.json").read_text(encoding="utf-8"))
    return {str(name): float(weight) for name, weight in data["weights"].items()}


def features(seen: Evidence, path: str, value: Any, kind_of_file: str) -> dict[str, float]:
    """What a value's confidence is reckoned from: names of weights, and how much of each."""
    group, _, rest = path.partition(".")
    leaf = rest.rpartition(".")[2] or rest
    named = (
        f"match={seen.match}",
        f"how={seen.how}",
        f"origin={seen.origin.value}",
        f"block={seen.block}",
        f"typed={seen.typed}",
        f"agrees={seen.agrees}",
        f"group={group}",
        f"leaf={leaf if group in {'children', 'people', 'agencies'} else path}",
        f"file={kind_of_file}",
        f"looks={looks(leaf, value)}",
    )
    return {"base": 1.0, "ocr": round(1.0 - seen.ocr, 3), **dict.fromkeys(named, 1.0)}


def looks(leaf: str, value: Any) -> str:
    """Does a value look like what it should be? `odd` for a name with digits or prompt words, a telephone of five figures, a mail address without its sign."""
    if not isinstance(value, str):
        return "right"
    if leaf in {"given_names", "family_name", "name", "aliases"}:
        return "right" if _NAME.match(value) and not _NO_NAMES.search(value) else "odd"
    if leaf == "phone":
        return "right" if 10 <= sum(letter.isdigit() for letter in value) <= 13 else "odd"
    if leaf in {"relationship_to_child", "role", "agency", "ethnicity", "religion", "first_language"}:
        return "right" if len(value) < 60 and not re.search(r"\b(?:click|enter text|choose an)\b|\d{4}", value, re.IGNORECASE) else "odd"
    return "right"


def confidence(seen: Evidence, path: str, value: Any, kind_of_file: str) -> float:
    """A probability between 0.01 and 0.995."""
    return chance(features(seen, path, value, kind_of_file))


def chance(seen: Mapping[str, float]) -> float:
    """The probability that these features give, between 0.01 and 0.995."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * amount for name, amount in seen.items())
    return round(min(0.995, max(0.01, 1 / (1 + math.exp(-score)))), 3)
