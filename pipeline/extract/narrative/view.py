"""One sentence as the rules see it: its words in lower case in a row, with where each stands and which are somebody's quoted words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.authorities.term_patterns import Pattern, PatternIndex
from pipeline.extract.narrative.sentences import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SILENT = frozenset("\"'“”‘’`*_~")
_SAME = {"&": "and", "+": "and", "nt": "n't", "ca": "can", "wo": "will", "’s": "'s", "im": "i"}


@dataclass(frozen=True)
class View:
    """`start` is the sentence's offset in the text; `places` are offsets of the words within the sentence."""

    text: str
    start: int
    words: tuple[str, ...]
    tags: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]
    line: str = ""
    word_starts: tuple[int, ...] = field(default=(), repr=False)
    shape: tuple[float, ...] = field(default=(), repr=False)
    """What the tagger's network made of the sentence: the mean and the maximum of its word vectors."""

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """For each word, whether it stands inside a quotation."""
        return tuple(any(first <= start < last for first, last in self.quotes) for start, _ in self.places)

    def find(self, patterns: tuple[Pattern, ...], index: PatternIndex) -> Iterator[tuple[int, int, int]]:
        """Every match as number of the pattern, first word, and the word after the last."""
        for number in index.candidates(list(self.words)):
            for match in patterns[number].regex.finditer(self.line):
                first = bisect_right(self.word_starts, match.start() + (match[0].startswith("^"))) - 1
                last = bisect_right(self.word_starts, match.end() - 1)
                yield number, max(first, 0), max(last, first + 1)

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Offsets within the sentence of a run of words."""
        return self.places[first][0], self.places[last - 1][1]


def view(doc: Doc, start: int) -> View:
    """Look at a tokenised, tagged sentence."""
    words: list[str] = []
    tags: list[str] = []
    places: list[tuple[int, int]] = []
    for token in doc:
        word = token.lower_.strip()
        if not word or word in _SILENT or (word in "-–—" and _inside_a_word(doc.text, token.idx)):
            continue
        word = word.strip('"“”').removeprefix("'") if word not in ("'s", "'re", "'ve", "'ll", "'d", "'m") else word
        if not word:
            continue
        if word == "s" and places and places[-1][1] == token.idx:
            word = "'s"
        words.append(_SAME.get(word, word))
        tags.append(token.tag_)
        places.append((token.idx, token.idx + len(token)))
    line = "^ " + "".join(word + " " for word in words)
    starts, position = [], 2
    for word in words:
        starts.append(position)
        position += len(word) + 1
    return View(doc.text, start, tuple(words), tuple(tags), tuple(places), tuple(quotations(doc.text)), line, tuple(starts), _shape(doc))


def _inside_a_word(text: str, place: int) -> bool:
    return bool(re.match(r"\w[-–—]\w", text[max(place - 1, 0) : place + 2]))


def _shape(doc: Doc) -> tuple[float, ...]:
    if not len(doc) or not doc.tensor.size:
        return ()
    return (*doc.tensor.mean(axis=0).tolist(), *doc.tensor.max(axis=0).tolist())
