"""Prompts told by their number: the same few words in many boxes that ask different things were printed there and typed by nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.extract.answers import Answer, has_marks
from pipeline.extract.events import Event, Pair
from pipeline.extract.values.words import is_nothing, is_unknown, parse_yes_no
from pipeline.extract.wording import key

_BOXES = 4
"""Different questions with one answer between them from which on it is a prompt."""
_LONGEST = 40
_OPTION_WORDS = frozenset(
    "yes no y n x not known unknown na n a applicable dont know sure unsure male female m f other given refused asked for partial agreed current past never".split()
)
"""Words of printed options, which stand beside many questions unanswered."""


def without_prompts(events: Iterable[Event]) -> list[Event]:
    """The events with such boxes empty."""
    held = list(events)
    boxes: dict[str, set[str]] = defaultdict(set)
    for event in held:
        if isinstance(event, Pair) and (words := _words(event)):
            boxes[words].add(key(event.printed))
    prompts = {words for words, printed in boxes.items() if len(printed) >= _BOXES}
    if not prompts:
        return held
    return [_emptied(event) if isinstance(event, Pair) and _words(event) in prompts else event for event in held]


def _words(pair: Pair) -> str:
    text = pair.answer.text.strip()
    if not text or len(text) > _LONGEST or is_unknown(text) or is_nothing(text) or parse_yes_no(text)[0] is not None:
        return ""
    words = key(text)
    if has_marks(pair.answer.lines) or not set(words.split()) - _OPTION_WORDS:
        return ""
    return words if words.count(" ") and not any(letter.isdigit() for letter in words) and "\n" not in text else ""


def _emptied(pair: Pair) -> Pair:
    return Pair(pair.label, Answer((), pair.answer.place), pair.follows, pair.how, pair.printed, pair.table, pair.row, pair.column)
