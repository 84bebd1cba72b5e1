"""Whom or what a heading opens: a block of the form, by its words."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.lexicon import lexicon
from pipeline.extract.other_words import other_wordings
from pipeline.extract.whom import NUMBERS, number_in, take_subject, trim, whom
from pipeline.extract.wording import key, unbracketed, unnumbered


@lru_cache(maxsize=4096)
def find_heading(text: str) -> tuple[str, int | None] | None:
    """The block a heading opens, and its number (`Child 2`); None when the words name none."""
    if not 1 < len(text) <= 240:
        return None
    bare = key(unnumbered(unbracketed(text)))
    if not bare or len(bare) > 160:
        return None
    found = _all_of_one_kind(text) or _block_of(text, bare)
    if found is None:
        reworded = (_block_of(wording, key(unnumbered(unbracketed(wording)))) for wording in other_wordings(text))
        found = next((block for block in reworded if block), None)
    if found is None:
        return None
    return ("sibling", found[1]) if found[0] == "child" and _NOT_REFERRED.search(text) else found


_LISTED = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b)\s*", re.IGNORECASE)
_KIN = frozenset({"carer", "mother", "father", "household", "sibling", "elsewhere"})


def _all_of_one_kind(text: str) -> tuple[str, int | None] | None:
    """`Parents, step-parents and carers`, `Brothers, sisters and others at home`: every word of a list names family."""
    parts = [key(part) for part in _LISTED.split(unnumbered(unbracketed(text))) if part.strip(" :.")]
    if not 2 <= len(parts) <= 6:
        return None
    blocks = [("household", (), None) if part in {"others", "other"} else whom(tuple(part.split())) for part in parts]
    if any(block not in _KIN or trim(rest) for block, rest, _ in blocks):
        return None
    named: set[str] = {"carer" if block in {"mother", "father"} else block for block, _, _ in blocks if block}
    return (named.pop() if len(named) == 1 else "household"), None


_NOT_REFERRED = re.compile(r"\bnot\s+(?:being\s+|also\s+)?(?:referred|subjects?|part)\b", re.IGNORECASE)


def _block_of(text: str, bare: str) -> tuple[str, int | None] | None:
    lex = lexicon()
    if bare in lex.subjects:
        return lex.subjects[bare], number_in(bare)
    block, rest, number = take_subject(trim(tuple(bare.split())))
    if block and rest and all(word in NUMBERS for word in rest):
        return block, NUMBERS[rest[0]]
    if block and not trim(rest):
        return block, number
    if child := _NUMBERED.match(bare):
        return "child", _ORDER.get(child[1]) or int(child[1])
    special = lex.headings.first(bare) or lex.headings.first(_OWNERS.sub(r"\1", bare))
    if special is None and " / " in text:
        return next((found for part in text.split(" / ") if (found := find_heading(part))), None)
    return (special.value, number) if special else None


_NUMBERED = re.compile(
    r"^(?:\w+ ){0,2}(?:child|young person|baby|infant|pupil|student|minor) (?:no |number )?(\d{1,2}|one|two|three|four|five|six|[a-f])$"
)
"""A block for each child under a name we have no word for: "Linked child 2", "Child B"."""
_ORDER = {**NUMBERS, **{letter: number for number, letter in enumerate("abcdef", 1)}}
_OWNERS = re.compile(r"\b(child|pupil|person|parent|carer|mother|father|patient|referrer|practitioner)s\b")
"""Of whom a heading speaks, as owner: "Child's core details"."""
