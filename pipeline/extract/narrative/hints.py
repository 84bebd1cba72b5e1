"""Concerns that no term names, told by a sentence's wording as a whole: a small logistic model for each category, its weights a JSON file beside this module.

It speaks where no term does, it says which words made it, and what it finds is never more than possible: half of it is right about writers from whom it learnt nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from models.narrative import Category
from models.narrative_terms import ConcernTerm
from pipeline.errors import OurBug

WEIGHTS = Path(__file__).parent / "hint_weights.json"

_KIN = {
    **dict.fromkeys(["mum", "mother", "mam", "mummy", "moc", "stepmum"], "<mother>"),
    **dict.fromkeys(["dad", "father", "daddy", "foc", "stepdad", "stepfather"], "<father>"),
    **dict.fromkeys(["nan", "gran", "grandad", "uncle", "aunt", "auntie", "grandfather", "grandmother", "cousin"], "<relative>"),
    **dict.fromkeys(["partner", "boyfriend", "husband", "girlfriend", "wife", "ex"], "<partner>"),
}
_STEM = 5
"""Longer words count by this many first letters as well: bruise, bruises, bruising."""


@dataclass(frozen=True)
class Hint:
    """A category that the wording speaks for, and the fewest words that carry most of what speaks for it."""

    term: ConcernTerm
    first: int
    last: int


@dataclass(frozen=True)
class HintModel:
    """For each feature how rare it is and its weight for each category; a category's `bias` and the score from which it is believed."""

    rarity: dict[str, float]
    weights: dict[str, dict[str, float]]
    bias: dict[str, float]
    threshold: float

    def scores(self, words: Sequence[str]) -> dict[str, float]:
        """The chance of each category, as the model sees it."""
        found = {name: self.rarity[name] for name, _ in features(words) if name in self.rarity}
        length = math.sqrt(sum(value * value for value in found.values())) or 1.0
        sums = dict(self.bias)
        for name, value in found.items():
            for category, weight in self.weights[name].items():
                sums[category] += weight * value / length
        return {category: 1 / (1 + math.exp(-total)) for category, total in sums.items()}

    def hints(self, words: Sequence[str]) -> list[Hint]:
        """The categories believed, each with its most telling words."""
        believed = [category for category, score in self.scores(words).items() if score >= self.threshold]
        return [Hint(_term(category), *self._telling(words, category)) for category in believed]

    def _telling(self, words: Sequence[str], category: str) -> tuple[int, int]:
        """The shortest run of words whose features carry more than half of what speaks for the category."""
        single, pair = [0.0] * len(words), [0.0] * len(words)
        for name, place in features(words):
            worth = max(self.rarity[name] * self.weights[name].get(category, 0.0), 0.0) if name in self.rarity else 0.0
            (pair if " " in name else single)[place] += worth
        return _shortest(single, pair)


def _shortest(single: Sequence[float], pair: Sequence[float]) -> tuple[int, int]:
    """The shortest run that holds more than half of all worth: that of its words, and of those pairs (worth noted at their second word) that stand wholly in it."""
    most = (sum(single) + sum(pair)) / 2
    best, first, inside = (0, len(single)), 0, 0.0
    for last, worth in enumerate(single):
        inside += worth + (pair[last] if last > first else 0.0)
        while first < last and inside - single[first] - pair[first + 1] > most:
            inside -= single[first] + pair[first + 1]
            first += 1
        if inside > most and last + 1 - first < best[1] - best[0]:
            best = (first, last + 1)
    return best


def features(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Words, their beginnings and their pairs, with where they stand; kin by what they are to the child, numbers all alike."""
    plain = [_plain(word) for word in words]
    for place, word in enumerate(plain):
        yield word, place
        if len(word) > _STEM:
            yield word[:_STEM] + "*", place
        if place:
            yield f"{plain[place - 1]} {word}", place


def _plain(word: str) -> str:
    return "#" if word[:1].isdigit() else _KIN.get(word, word)


@cache
def _term(category: Category) -> ConcernTerm:
    """What stands in a term's place: its name and words say that it was learnt."""
    says = f"a hint only, learnt from wording: like sentences about {category.replace('_', ' ')}, though no term names it"
    return ConcernTerm(id=f"learnt.{category}", category=category, pattern="-", says=says, status="possible", match="-", no_match="-")


@lru_cache(maxsize=1)
def load_hints() -> HintModel:
    """Read the weights that `python -m benchmarks.narrative.train_hints` wrote."""
    try:
        data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        rarity = {name: float(value) for name, (value, _) in data["features"].items()}
        weights = {
            name: {data["categories"][int(key)]: float(weight) for key, weight in found.items()} for name, (_, found) in data["features"].items()
        }
        return HintModel(rarity, weights, {str(name): float(value) for name, value in data["bias"].items()}, float(data["threshold"]))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as problem:
        raise OurBug(f"{WEIGHTS.name}: the weights cannot be read; run `python -m benchmarks.narrative.train_hints`") from problem
