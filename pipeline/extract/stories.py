"""A question that nobody has taught us, with a story for its answer: which part of the narrative it most likely asks for, by its words."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.authorities.forms import lexicon_file
from pipeline.extract.lexicon import grams
from pipeline.extract.wording import key, unnumbered

_SHORTEST = 4
"""Letters a word needs before its beginning is compared."""
_LEAD = 1
_LEAST = 3


@cache
def _weights() -> dict[str, dict[str, int]]:
    """Field to the words that speak for it, with their weights."""
    return {field: {word: int(weight) for weight, words in entry.items() for word in words} for field, entry in lexicon_file("stories.toml").items()}


@lru_cache(maxsize=2048)
def story_of(question: str, *, least: int = _LEAST) -> str | None:
    """The narrative field a question's words speak for; None where they speak for none, or for two as much. `least` is lower for words that are known to
    stand over a story: then a weak sign is better than none, and of two the first."""
    found = grams(key(unnumbered(question)).split())
    scores = {field: sum(weight for word, weight in words.items() if _said(word, found)) for field, words in _weights().items()}
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    (best, most), (second, next_most) = ranked[0], ranked[1]
    if most < least:
        return None
    if least == _LEAST and most - next_most < _LEAD and {best, second} != {"reason", "worries"}:
        return None
    return f"narrative.{'reason' if most == next_most else best}"


def _said(word: str, found: frozenset[str]) -> bool:
    if word in found:
        return True
    return len(word) >= _SHORTEST and any(gram.startswith(word) and gram.count("_") == word.count("_") for gram in found)
