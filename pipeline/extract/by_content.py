"""Columns and boxes whose printed words nobody has taught us, told by what was written in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from pipeline.extract.answers import Answer
from pipeline.extract.contacts import clean
from pipeline.extract.labels import Label
from pipeline.extract.values import numbers
from pipeline.extract.values.dates import find_date
from pipeline.extract.values.ethnicity import ethnicity_code
from pipeline.extract.values.listed import RELATION
from pipeline.extract.values.words import is_nothing, is_unknown, parse_gender
from pipeline.extract.wording import one_line

_NAMES = frozenset({"name", "given", "family", "name_role", "name_contact"})
_WORD = r"[^\W\d_][^\W\d_'’`.-]*(?:['’`-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"^(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?{_WORD}(?:,?\s+{_WORD}){{1,4}}(?:\s*\([^()]*\))?$")
_SMALL = frozenset(
    {"of", "the", "and", "to", "with", "for", "in", "is", "was", "has", "not", "no", "yes", "on", "at", "from", "school", "primary", "surgery"}
)
_BIRTH = re.compile(r"\b(?:born|birth|birthday|dob|due)\b", re.IGNORECASE)
_PLAIN = 30
"""Characters. What may stand beside a date in a cell that is a birth date: an age, a note that it is a guess."""


def _is_name(text: str) -> bool:
    words = text.replace(",", " ").split()
    return bool(_NAME.match(text)) and all(word[0].isupper() or len(word) < 4 for word in words) and not _SMALL & {word.casefold() for word in words}


def _is_born(text: str) -> bool:
    found = find_date(text, date(2100, 1, 1))
    return found is not None and found.iso is not None and len(found.rest) < _PLAIN


def _is_phone(text: str) -> bool:
    return bool(numbers.PHONE.search(text)) and len(re.sub(r"[\d\s()+./-]", "", text)) < 8 and not _is_born(text)


def _is_identifier(kind: str) -> Callable[[str], bool]:
    return lambda text: any(number.kind == kind and number.valid for number in numbers.find_identifier(text)) and len(text) < _PLAIN


_TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("email", lambda text: bool(numbers.EMAIL.fullmatch(text))),
    ("nhs", _is_identifier("nhs_number")),
    ("upn", _is_identifier("upn")),
    ("born", _is_born),
    ("phone", _is_phone),
    ("gender", lambda text: len(text) < 8 and parse_gender(text) in {"female", "male"}),
    ("relationship", lambda text: RELATION.fullmatch(text) is not None),
    ("ethnicity", lambda text: len(text) > 4 and ethnicity_code(text) is not None),
    ("address", lambda text: numbers.find_postcode(text) is not None and len(text) > 12),
    ("name", _is_name),
)
_ALONE = frozenset({"email", "nhs", "upn", "phone"})
"""Kinds that say what they are in a box by themselves."""


def slot_of(texts: Iterable[str]) -> str | None:
    """What these words are, if they are all one kind of thing; explicit unknowns count for nothing."""
    told = [words for text in texts if (words := one_line(text)) and not is_unknown(words) and not is_nothing(words)]
    if not told:
        return None
    for slot, test in _TESTS:
        if sum(test(words) for words in told) >= 0.8 * len(told):
            return slot
    return None


def typed_heads(heads: Sequence[Label | None], rows: Sequence[Sequence[Answer]], printed: Sequence[str] = ()) -> tuple[Label | None, ...]:
    """Column heads with the unknown ones told by their columns. A kind that has a head already is not given twice."""
    taken = {slot for head in heads if head for slot in head.slots}
    found: list[Label | None] = []
    for number, head in enumerate(heads):
        slot = None if head is not None else slot_of(clean(row[number]) for row in rows if number < len(row))
        if slot is None or slot in taken or (slot in _NAMES and taken & _NAMES):
            found.append(head)
            continue
        taken.add(slot)
        found.append(Label(printed[number] if number < len(printed) else slot, slots=(slot,), match="none"))
    return tuple(found)


def typed_box(printed: str, answer: Answer) -> Label | None:
    """A label for a box whose question is not known and whose answer can be only one thing."""
    text = one_line(clean(answer))
    if not text or len(printed.split()) > 8 or len(text) > 80:
        return None
    slot = slot_of([text])
    if slot in _ALONE or (slot == "born" and _BIRTH.search(f"{printed} {text}")):
        return Label(printed, slots=(slot or "",), match="none")
    return None
