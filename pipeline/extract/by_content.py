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
from pipeline.extract.values.words import is_nothing, is_unknown, parse_gender, parse_yes_no
from pipeline.extract.wording import one_line

NAMES = frozenset({"name", "given", "family", "name_role", "name_contact"})
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
_SHAPED = frozenset({"relationship", "born", "phone", "email", "gender"})
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
    heads = [_told_yes_no(head, number, rows, printed, heads) for number, head in enumerate(heads)]
    held = [slot_of(clean(row[number]) for row in rows if number < len(row)) for number in range(len(heads))]
    heads = [None if _belied(head, heads, slot) else head for head, slot in zip(heads, held, strict=True)]
    taken = {slot for head in heads if head for slot in head.slots}
    named = bool(taken & NAMES) or "name" in held
    found: list[Label | None] = []
    for number, (head, slot) in enumerate(zip(heads, held, strict=True)):
        if head is not None or slot is None or slot in taken or (slot in NAMES and taken & NAMES) or not named:
            found.append(head)
            continue
        taken.add(slot)
        found.append(Label(printed[number] if number < len(printed) else slot, slots=(slot,), match="none"))
    return tuple(found)


_ASKED_YES_NO = (
    ("pr", re.compile(r"\b(?:p\.?r\.?s?|prrs?|parental|responsibilit(?:y|ies)|rights|legal guardian)\b", re.IGNORECASE)),
    (
        "in_household",
        re.compile(r"\b(?:liv(?:e|es|ing)|sleeps?|stay(?:s|ing)?|resid\w+|home|house(?:hold)?|address|roof|cohabit\w*)\b", re.IGNORECASE),
    ),
    ("subject", re.compile(r"\b(?:subject|referred|referral|focus|request(?:ed)?|included?)\b", re.IGNORECASE)),
    ("disability", re.compile(r"\b(?:disab\w+|send?|additional needs?)\b", re.IGNORECASE)),
    ("interpreter", re.compile(r"\binterpret\w+\b", re.IGNORECASE)),
    ("unborn", re.compile(r"\bunborn\b", re.IGNORECASE)),
)
"""What a column of yes and no is about, by the words over it."""
_TRUTHS = frozenset(slot for slot, _ in _ASKED_YES_NO)


def _told_yes_no(
    head: Label | None, number: int, rows: Sequence[Sequence[Answer]], printed: Sequence[str], heads: Sequence[Label | None]
) -> Label | None:
    """A column that is answered yes and no asks whether, however its head reads: "Staying with child? (Y/N)" asks for no address."""
    words = printed[number] if number < len(printed) else head.text if head else ""
    if (
        (head is not None and ((head.field and not head.field.startswith("narrative.")) or set(head.slots) & _TRUTHS))
        or not words
        or "why" in words.casefold()
    ):
        return head
    answers = [text for row in rows if number < len(row) and (text := one_line(clean(row[number])))]
    told = [text for text in answers if not is_unknown(text)]
    if head is not None and head.slot == "title" and told and not any(_TITLE.match(text) for text in told):
        return Label(words, slots=("role",), match="part")
    if not told or not all(_is_yes_no(text) for text in told):
        return head
    taken = {slot for other in heads if other for slot in other.slots}
    slot = next((slot for slot, about in _ASKED_YES_NO if about.search(words) and slot not in taken), None)
    if slot is None:
        return None if head is not None and (head.field or head.slot in {"address", "name"}) else head
    return Label(words, slots=(slot,), match="part")


_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir|dame)\b\.?$", re.IGNORECASE)


def _is_yes_no(text: str) -> bool:
    return (
        len(text) < _PLAIN
        and bool(re.fullmatch(r"(?:y|n|yes|no|x|✓|✔)(?![a-z])[.,;–(-]?.{0,22}", text, re.IGNORECASE))
        and parse_yes_no(text)[0] is not None
    )


def _belied(head: Label | None, heads: Sequence[Label | None], slot: str | None) -> bool:
    """A head that seems to ask for one thing over a column that holds another: the column is right. "Who are they to the child?" over Mother, Father."""
    if head is None or head.field or len(head.slots) != 1 or slot is None or head.slot == slot:
        return False
    if slot == "name":
        others = {other.slot for other in heads if other is not None and other is not head}
        return head.slot in {"contact", "phone"} and not others & NAMES
    names = [other for other in heads if other is not None and other.slot in NAMES]
    return head.slot in NAMES and slot in _SHAPED and len(names) > 1


def typed_box(printed: str, answer: Answer) -> Label | None:
    """A label for a box whose question is not known and whose answer can be only one thing."""
    text = one_line(clean(answer))
    if not text or len(printed.split()) > 8 or len(text) > 80:
        return None
    slot = slot_of([text])
    if slot in _ALONE or (slot == "born" and _BIRTH.search(f"{printed} {text}")):
        return Label(printed, slots=(slot or "",), match="none")
    return None
