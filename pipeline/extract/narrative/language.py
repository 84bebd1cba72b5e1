"""Which language a text is in, and its sentences tokenised and tagged."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extract.narrative.view import View, view

if TYPE_CHECKING:
    from spacy.language import Language

_LONG = 800
_MARKED = frozenset("ąćęłńśźżăâîșşțţğıçëñãõßőűčďěňřšťůžėįųū")
"""Letters that hardly any English word has."""


def views(language: Language, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[View]:
    """Every sentence tokenised and tagged, in order."""
    pairs = ((text[start:end].replace("\n", " ").replace("\r", " "), start) for start, end in spans)
    for doc, start in language.pipe(pairs, as_tuples=True, batch_size=64):
        yield view(doc, start)


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data["words"].items()}


def other_language(text: str) -> str | None:
    """The language's name when the text is plainly not English; None for English and for what is too short to say."""
    sample = text[:20000]
    letters = [char for char in sample if char.isalpha()]
    if not letters:
        return None
    foreign = sum(ord(char) > 0x24F for char in letters)
    if foreign > 0.5 * len(letters):
        return _script(letters)
    words = re.findall(r"[^\W\d_]+", sample.lower())[:_LONG]
    if len(words) < 4:
        return None
    known = _function_words()
    counts = {name: sum(word in known[name] for word in words) for name in known}
    english = counts.pop("English")
    name, hits = max(counts.items(), key=lambda item: item[1])
    different = len({word for word in words if word in known[name]})
    marked = sum(any(char in _MARKED for char in word) for word in re.findall(r"\b[^\W\d_A-Z]+\b", sample)[:_LONG] if word[:1].islower())
    if different and marked >= 2 and marked >= 0.15 * len(words) and hits >= english:
        return name
    enough = hits >= 3 or (hits == 2 and english == 0)
    return name if enough and different >= 2 and hits > 1.5 * english and hits >= 0.1 * len(words) else None


def _script(letters: list[str]) -> str:
    for low, high, name in (
        (0x370, 0x3FF, "Greek"), (0x400, 0x52F, "a language in Cyrillic script"), (0x590, 0x5FF, "Hebrew"), (0x600, 0x77F, "a language in Arabic script"),
        (0x900, 0x97F, "a language in Devanagari script"), (0x980, 0x9FF, "Bengali"), (0xA00, 0xA7F, "Punjabi"), (0xA80, 0xAFF, "Gujarati"),
        (0xB80, 0xBFF, "Tamil"), (0x1200, 0x137F, "a language in Ethiopic script"), (0x3040, 0x9FFF, "Chinese or Japanese"), (0xAC00, 0xD7AF, "Korean"),
    ):  # fmt: skip
        if sum(low <= ord(char) <= high for char in letters) > 0.4 * len(letters):
            return name
    return "another script"
