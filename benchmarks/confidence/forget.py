"""Reading as if a part of the lexicon had never been written: so forms of known wording show what happens to values on a form whose wording is not known."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pipeline.extract import lexicon as home
from pipeline.extract.lexicon import Lexicon, Rules


@contextmanager
def forgetting(share: float, seed: str) -> Iterator[None]:
    """Within it every reader of this process has lost this share of the lexicon's phrases and rules, the same ones for the same seed."""
    if share <= 0:
        yield
        return
    whole = home.lexicon
    part = _thinned(whole(), share, random.Random(seed))
    users = [
        module for name, module in list(sys.modules.items()) if name.startswith("pipeline.extract") and getattr(module, "lexicon", None) is whole
    ]
    try:
        for module in users:
            module.lexicon = lambda: part  # type: ignore[attr-defined]
        _forget_answers()
        yield
    finally:
        for module in users:
            module.lexicon = whole  # type: ignore[attr-defined]
        _forget_answers()


def _thinned(whole: Lexicon, share: float, chance: random.Random) -> Lexicon:
    def some(words: dict[Any, Any]) -> dict[Any, Any]:
        return {word: value for word, value in words.items() if chance.random() >= share}

    def rules(all_of_them: Rules) -> Rules:
        return Rules([rule for rule in all_of_them if chance.random() >= share])

    slots = some(whole.slots)
    return replace(
        whole,
        subjects=some(whole.subjects),
        slots=slots,
        roles=some(whole.roles),
        questions=rules(whole.questions),
        headings=rules(whole.headings),
        statements=rules(whole.statements),
        cores={letter: tuple(word for word in words if word in slots) for letter, words in whole.cores.items()},
        bags=some(whole.bags),
        bare=some(whole.bare),
    )


def _forget_answers() -> None:
    """Label look-ups are kept; those of another lexicon must not be."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline.extract.") and "narrative" not in name:
            for thing in list(vars(module).values()):
                if hasattr(thing, "cache_clear") and getattr(thing, "__module__", "") in {
                    "pipeline.extract.labels",
                    "pipeline.extract.recognise",
                    "pipeline.extract.stories",
                }:
                    thing.cache_clear()
