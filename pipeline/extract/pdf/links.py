"""What a portal prints beside every answer though it is none: the links to change it."""

from __future__ import annotations

from collections import defaultdict

from pipeline.extract.pdf.shapes import Word

_LINKS = frozenset({"change", "edit", "amend", "update", "view", "remove", "delete"})
_FEWEST = 3
_ALIGNED = 2.0
_APART = 12.0


def without_links(words: list[Word]) -> list[Word]:
    """The words without such links: one word, the same again and again down the page, at the end of lines and apart from what stands before."""
    columns: dict[tuple[str, int], list[Word]] = defaultdict(list)
    for word in words:
        if word.text.casefold() in _LINKS:
            columns[word.text, round(word.x0 / _ALIGNED)].append(word)
    dropped = {id(word) for found in columns.values() if len(found) >= _FEWEST and all(_alone(word, words) for word in found) for word in found}
    return [word for word in words if id(word) not in dropped] if dropped else words


def _alone(word: Word, words: list[Word]) -> bool:
    middle = (word.y0 + word.y1) / 2
    level = [other for other in words if other is not word and other.y0 < middle < other.y1]
    return not any(other.x1 > word.x0 - _APART for other in level)
