"""What the factuality model sees of a sentence: cues by where they stand to the attribution, kinds of subject and verb, words outside quotations."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.authorities.term_patterns import PatternIndex, compile_pattern
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.attribution import Attribution
from pipeline.extract.narrative.view import View

_ACCOUNTS = ("account", "belief", "perception", "passive")
_CLASSES = ("praise", "blame", "feeling", "intensify", "hedge", "measure", "mother", "father", "child", "injury", "drug", "mentalill")
_BE = frozenset(["be", "been", "being", "was", "were", "is", "are", "am", "'s", "'re"])


class Features:
    """Turns sentences into named features."""

    def __init__(self, terms: Terms) -> None:
        self._classes = tuple(compile_pattern(f"${name}", terms.lexicon) for name in _CLASSES)
        self._index = PatternIndex(list(self._classes))

    def of(self, view: View, cues: list[tuple[str, str, int]], attributions: list[Attribution]) -> list[str]:
        """The features that hold. `cues` are (group, id, first word)."""
        start = min((found.first for found in attributions if found.kind in _ACCOUNTS), default=len(view.words))
        found = ["bias", *_attributed(attributions), *_frame(view), *_wording(view, start)]
        for group, name, first in cues:
            side = "in" if first >= start else "out"
            found += [f"cue {group} {side}", f"cue {name} {side}"]
        found += self._classed(view, start)
        return sorted(set(found))

    def _classed(self, view: View, start: int) -> Iterator[str]:
        for number, first, _ in view.find(self._classes, self._index):
            side = "quote" if view.quoted[first] else "in" if first > start else "out"
            yield f"class {_CLASSES[number]} {side}"
            if any(word in _BE for word in view.words[max(first - 4, 0) : first]):
                yield f"copula {_CLASSES[number]} {side}"


def _attributed(attributions: list[Attribution]) -> Iterator[str]:
    if not attributions:
        yield "attribution none"
    for number, found in enumerate(attributions):
        yield f"attribution {'first' if number == 0 else 'later'} {found.kind}"
        if number == 0:
            yield f"attribution at {min(found.first // 3, 4)} {found.kind}"
            yield f"speaker {found.subject} {found.kind}"


def _frame(view: View) -> Iterator[str]:
    """The sentence's build: its first words, its first verb, its length, numbers and quotations."""
    tags = view.tags
    yield f"length {min(len(tags) // 5, 6)}"
    yield f"starts {view.words[0] if view.words else ''}"
    yield f"starts tag {' '.join(tags[:2])}"
    verb = next((place for place, tag in enumerate(tags) if tag in ("VBD", "VBZ", "VBP", "MD") and not view.quoted[place]), None)
    if verb is None:
        yield "verb none"
    else:
        kind = "be" if view.words[verb] in _BE else "have" if view.words[verb] in ("has", "have", "had") else "other"
        after = tags[verb + 1] if verb + 1 < len(tags) else ""
        yield f"verb {tags[verb]} {kind}"
        yield f"verb {tags[verb]} {kind} {after}"
        yield f"verb word {view.words[verb]}"
        yield f"subject {' '.join(view.words[max(verb - 1, 0) : verb])}"
    for tag in ("VBD", "VBZ", "VBP", "MD", "CD", "JJ", "JJR", "JJS", "RB", "VBG", "VBN", "NNP"):
        count = sum(one == tag for one in tags)
        if count:
            yield f"has {tag} {min(count, 3)}"
    if any(view.quoted):
        yield "quoted" if sum(view.quoted) > 3 else "quoted words"
    if any(char.isdigit() for char in view.text):
        yield "digits"
    if "n't" in view.words or "not" in view.words or "no" in view.words:
        yield "negation"


def _wording(view: View, start: int) -> Iterator[str]:
    words = [
        ("NAME" if tag.startswith("NNP") and len(word) > 2 else "#" if word[:1].isdigit() else word)
        for word, tag in zip(view.words, view.tags, strict=True)
    ]
    for place, word in enumerate(words):
        if view.quoted[place]:
            continue
        side = "in" if place > start else "out"
        yield f"word {word} {side}"
        if place and side == "out":
            yield f"pair {words[place - 1]} {word}"
            yield f"tags {view.tags[place - 1]} {view.tags[place]}"
