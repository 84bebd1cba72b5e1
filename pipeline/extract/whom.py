"""Whom a label or a heading speaks of: the subject and the how-to words taken off both its ends."""

from __future__ import annotations

import re

from pipeline.extract.lexicon import lexicon

_JOINING = frozenset({"of", "for", "about", "to", "by", "the", "s", "with", "regarding", "being"})
_NUMBER = re.compile(r"\b(\d{1,2}|one|two|three|four|five|six)\b")
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "first": 1, "second": 2, "third": 3}


def number_in(words: str) -> int | None:
    """The number a name is given: 2 of "parent carer 2"."""
    match = _NUMBER.search(words)
    if not match:
        return None
    return NUMBERS.get(match[1]) or int(match[1])


def whom(parts: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], int | None]:
    """Whom a label speaks of, and the rest of it: "name of child's primary carer" speaks of the carer."""
    block, rest, number = take_subject(trim(parts))
    if len(rest) > 1 and rest[0] in {"my", "your"}:
        block, rest = "referrer", rest[1:]
    rest = trim(rest)
    if block in _OF_A_CHILD and rest and " ".join(rest) not in lexicon().slots:
        other, left, _ = take_subject(rest)
        if other is not None and other != block and "child" in {block, other}:
            block, rest = (other if block == "child" else block), trim(left)
    return block, rest, number


_OF_A_CHILD = frozenset({"child", "carer", "mother", "father", "gp", "school", "allocated"})
"""Whom a label may name together with the child they belong to."""


def take_subject(parts: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], int | None]:
    """The longest subject at either end, the words without it, and its number."""
    lex = lexicon()
    number = None
    plain = tuple(part for part in parts if not part.isdigit())
    if len(plain) != len(parts) and plain:
        number = int(next(part for part in parts if part.isdigit()))
        parts = plain
    for size in range(min(len(parts), 12), 0, -1):
        if block := lex.subjects.get(" ".join(parts[:size])):
            rest = parts[size:]
            return block, rest[1:] if rest and rest[0] == "s" else rest, number
        if block := lex.subjects.get(" ".join(parts[-size:])):
            rest = parts[:-size]
            while rest and rest[-1] in _JOINING:
                rest = rest[:-1]
            return block, rest, number
    return None, parts, number


def trim(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Takes the how-to words off both ends; one that is the whole label stays, if it is one word."""
    qualifiers = lexicon().qualifiers
    changed = True
    while changed and parts:
        changed = False
        for size in range(min(5, len(parts)), 0, -1):
            if parts[-size:] in qualifiers and (size < len(parts) or size > 1):
                parts, changed = parts[:-size], True
                break
            if size < len(parts) and parts[:size] in qualifiers:
                parts, changed = parts[size:], True
                break
    return parts


_INSIDE = {
    **dict.fromkeys(("child", "childs", "children", "childrens", "pupil", "pupils", "baby", "babys", "infant", "young"), "child"),
    **dict.fromkeys(("parent", "parents", "carer", "carers", "guardian"), "carer"),
    **dict.fromkeys(("mother", "mothers", "mum"), "mother"),
    **dict.fromkeys(("father", "fathers", "dad"), "father"),
}


def named_inside(parts: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Whom single words inside a question name ("What is the child's ethnic background?"), and the words without them."""
    named = {_INSIDE[part] for part in parts if part in _INSIDE}
    return (named.pop() if len(named) == 1 else None), tuple(part for part in parts if part not in _INSIDE)
