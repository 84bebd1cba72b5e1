"""Bold or not, from how thick a word's strokes are beside those of the page's other words."""

from __future__ import annotations

import numpy as np

from pipeline.extract.ocr.engine import Seen
from pipeline.extract.ocr.pixels import Ink

_ENOUGH = 24
_FEWEST = 8
_SHARE = 0.06
_HEAVIER = 1.3
_SHORT = 2
_NEXT, _NEXT_OPTION, _OPTION = 0.9, 3.0, 3
_CHANGE = 0.9
_MOST = 4.0
_CLEARLY = 0.9
_SIGN = 0.2


def bold_words(seen: list[Seen], ink: Ink) -> list[bool]:
    """Which words are bold. Single words waver, so the words of a phrase are judged together: each change of weight in it must be worth it."""
    widths = [stroke_width(ink[word.y0 : word.y1, word.x0 : word.x1]) for word in seen]
    modes = weights_of([width for width, word in zip(widths, seen, strict=True) if len(word.text) > _SHORT])
    if modes is None:
        return [False] * len(seen)
    regular, heavy = modes
    shares = [min(1.0, max(0.0, (width - regular) / (heavy - regular))) for width in widths]
    told: list[bool] = []
    phrase: list[int] = []
    for number, word in enumerate(seen):
        if phrase and not _follows(seen[phrase[-1]], word):
            told += _weights([seen[one] for one in phrase], [shares[one] for one in phrase])
            phrase = []
        phrase.append(number)
    return told + _weights([seen[one] for one in phrase], [shares[one] for one in phrase])


def _follows(word: Seen, after: Seen) -> bool:
    """Whether a word goes on with the phrase of the one before; short options of a choice stand further apart."""
    apart = _NEXT_OPTION if max(len(word.text), len(after.text)) <= _OPTION else _NEXT
    return word.line == after.line and after.x0 - word.x1 < apart * max(word.y1 - word.y0, after.y1 - after.y0)


def _weights(words: list[Seen], shares: list[float]) -> list[bool]:
    """The likeliest weights of a phrase's words: regular 0, bold 1, and the way to each."""
    if len(words) == 1 and len(words[0].text) == 1:
        return [shares[0] >= _CLEARLY]
    costs = (0.0, 0.0)
    paths: tuple[tuple[bool, ...], tuple[bool, ...]] = ((), ())
    for word, share in zip(words, shares, strict=True):
        letters = sum(letter.isalnum() for letter in word.text)
        worth = min(_MOST, 1.5 + letters / 2) if letters else _SIGN
        own = (worth * share**2, worth * (1 - share) ** 2)
        steps = [min((costs[state], state), (costs[1 - state] + _CHANGE, 1 - state)) for state in (0, 1)]
        paths = ((*paths[steps[0][1]], False), (*paths[steps[1][1]], True))
        costs = (steps[0][0] + own[0], steps[1][0] + own[1])
    return list(paths[0] if costs[0] <= costs[1] else paths[1])


def stroke_width(ink: Ink) -> float:
    """How thick the strokes of a word are: ink over the number of times it begins, along rows or down columns, whichever is less for its letters."""
    across = int((ink[:, 1:] & ~ink[:, :-1]).sum() + ink[:, 0].sum())
    down = int((ink[1:] & ~ink[:-1]).sum() + ink[0].sum())
    return float(ink.sum()) / max(across, down) if across or down else 0.0


def weights_of(widths: list[float]) -> tuple[float, float] | None:
    """The stroke widths of a page's regular and of its bold words; None where all are alike."""
    if len(widths) < _ENOUGH:
        return None
    values = np.sort(np.asarray(widths))
    least = max(_FEWEST, round(_SHARE * len(values)))
    splits = range(least, len(values) - least + 1)
    best = min(splits, key=lambda at: float(values[:at].var() * at + values[at:].var() * (len(values) - at)), default=0)
    if not best or values[best:].mean() < _HEAVIER * values[:best].mean():
        return None
    return float(np.median(values[:best])), float(np.median(values[best:]))
