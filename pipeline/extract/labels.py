"""Which words are a label, and what they ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.extract.lexicon import lexicon
from pipeline.extract.wording import key, unbracketed, unnumbered

BLOCKS = frozenset(
    [
        "child",
        "carer",
        "mother",
        "father",
        "household",
        "sibling",
        "elsewhere",
        "referrer",
        "lead",
        "leadpro",
        "taken",
        "manager",
        "agency",
        "gp",
        "school",
        "role",
        "allocated",
    ]
)
"""Whom a box can speak of."""

MAX_LABEL = 420
"""Characters. Longer than any printed question; a typed answer of that length is not looked up."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label asks for.

    `block` is whom it speaks of when it says so itself; `slots` are what its box may hold (several for a combined label); `field` is set instead when
    the label is a question with a place of its own. `match` is how it was recognised: exact, part, combined, rule, fuzzy or definition.
    `subject_only` is a label that names somebody and nothing else.
    """

    text: str
    block: str | None = None
    slots: tuple[str, ...] = ()
    field: str | None = None
    match: str = "exact"
    subject_only: bool = False
    answer_too: bool = False
    number: int | None = None

    @property
    def slot(self) -> str | None:
        """The one slot, or None."""
        return self.slots[0] if len(self.slots) == 1 else None


Finder = Callable[[str], Label | None]
"""Looks a text up; a form definition puts its own labels in front of the lexicon's."""


_JOINING = frozenset({"of", "for", "about", "to", "by", "the", "s", "with", "regarding", "being"})
_NUMBER = re.compile(r"\b(\d{1,2}|one|two|three|four|five|six)\b")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "first": 1, "second": 2, "third": 3}


@lru_cache(maxsize=16384)
def find_label(text: str) -> Label | None:
    """The label these words are, or None. Only whole texts: the caller cuts the answer off."""
    if not 1 < len(text) <= MAX_LABEL:
        return None
    candidates = _candidates(text)
    for candidate in candidates:
        if found := _plain(candidate, text):
            return found
    if not _holds_answer(text):
        for candidate in candidates:
            if found := _with_subject(candidate, text):
                return found
    words, short = key(unnumbered(text)), key(unnumbered(unbracketed(text)))
    if _questionlike(text, short) and (found := _by_rule(short, text) or _by_rule(words, text)):
        return found
    first = _before_dash(text)
    if len(first) + 3 < len(text) and first.count(" ") and _questionlike(first, key(first)) and (found := _by_rule(key(unnumbered(first)), text)):
        return found
    return _combined(text) or _fuzzy(short, text)


def _holds_answer(text: str) -> bool:
    """`Mother: 5` is a label and its answer; `Section 2: Parents` and `Name: (in full)` are labels."""
    return bool(re.search(r":\s*\w", unnumbered(unbracketed(text))))


def _candidates(text: str) -> tuple[str, ...]:
    whole, plain = key(text), key(unnumbered(text))
    ordered = (whole, plain, key(unnumbered(unbracketed(text))), key(unnumbered(_before_dash(text))))
    return tuple(dict.fromkeys(candidate for candidate in ordered if candidate and len(candidate) < 120))


_DASH = re.compile(r"\s[-–]\s|[-–]\s|–")


def _before_dash(text: str) -> str:
    """`Reasons for referral - clearly state the cause` asks for what stands before the dash."""
    return _DASH.split(text, maxsplit=1)[0]


def _questionlike(text: str, words: str) -> bool:
    """Could these words be printed on a form, rather than typed into it?"""
    count = words.count(" ") + 1
    if count > 70 or re.match(r"^\W*\d{1,2}(?:\.\d)?\s*(?:/|out of)\s*\d", text):
        return False
    stripped = text.rstrip()
    if stripped.endswith(("?", ":", "?*", "*")) or "?" in stripped or words.endswith((" signed", " signature")):
        return True
    return count <= 14 and not stripped.endswith(".") and not re.search(r"[a-z]\. [A-Z]", stripped)


def _exact(words: str, text: str) -> Label | None:
    return _plain(words, text) or _with_subject(words, text)


def _plain(words: str, text: str) -> Label | None:
    """Words that stand in the lexicon as they are."""
    lex = lexicon()
    if words in lex.roles:
        block = "role" if lex.roles[words] == "agency" else "allocated"
        return Label(text, block=block, slots=("name_contact",), answer_too=words in lex.answers or block == "role")
    if words in lex.slots:
        return Label(text, slots=(lex.slots[words],), answer_too=words in lex.answers)
    if words in lex.subjects:
        return Label(text, block=lex.subjects[words], slots=("name",), subject_only=True, answer_too=words in lex.answers, number=_number(words))
    return None


def _number(words: str) -> int | None:
    match = _NUMBER.search(words)
    if not match:
        return None
    return _NUMBERS.get(match[1]) or int(match[1])


def _with_subject(words: str, text: str) -> Label | None:
    """Takes the subject and the how-to words off both ends, and looks up what is left."""
    lex = lexicon()
    parts = tuple(words.split())
    if len(parts) > 16:
        return None
    block, rest, number = _take_subject(_trim(parts))
    if len(rest) > 1 and rest[0] in {"my", "your"}:
        block, rest = "referrer", rest[1:]
    rest = _trim(rest)
    core = " ".join(rest)
    if block in {"school", "gp"} and lex.slots.get(core) == block:
        block = None
    if not rest and block:
        return Label(text, block=block, slots=("name",), subject_only=True, number=number)
    if core in lex.slots and (block or number is not None or not any(part.isdigit() for part in parts)):
        return Label(
            text,
            block=block,
            slots=(lex.slots[core],),
            match="exact" if block else "part",
            number=number,
            answer_too=core in lex.answers and not block,
        )
    return None


def _take_subject(parts: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], int | None]:
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


def _trim(parts: tuple[str, ...]) -> tuple[str, ...]:
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


def _by_rule(words: str, text: str) -> Label | None:
    rule = lexicon().questions.first(words)
    if rule is None:
        return None
    block, _, slot = rule.value.partition(".")
    if block in BLOCKS:
        return Label(text, block=block, slots=(slot,), match="rule")
    return Label(text, field=rule.value, match="rule")


_COMBINING = re.compile(r"\s*(?:/|&|,|\+|\band/or\b|\band\b|\bor\b)\s*", re.IGNORECASE)


def _combined(text: str) -> Label | None:
    """`Tel/Email`, `Gender and ethnicity`: every part must be a label of its own."""
    plain = unnumbered(unbracketed(text))
    if len(plain) > 70 or _holds_answer(text):
        return None
    parts = [part for part in _COMBINING.split(plain) if part.strip(" :?*.")]
    if not 2 <= len(parts) <= 5:
        return None
    block: str | None = None
    slots: list[str] = []
    for part in parts:
        found = _exact(key(part), part)
        if found is None or not found.slots or found.block in {"role", "allocated"}:
            return None
        block = block or found.block
        slots.extend(found.slots)
    return Label(text, block=block, slots=tuple(dict.fromkeys(slots)), match="combined")


def _fuzzy(words: str, text: str) -> Label | None:
    if not 6 <= len(words) <= 40 or len(text) > 60 or text.rstrip().endswith("."):
        return None
    best = process.extractOne(words, lexicon().cores.get(words[0], ()), scorer=fuzz.ratio, score_cutoff=90)
    if best is None or abs(len(best[0]) - len(words)) > 2 or not _typing_slip(words, best[0]):
        return None
    return Label(text, slots=(lexicon().slots[best[0]],), match="fuzzy", answer_too=True)


def _typing_slip(words: str, core: str) -> bool:
    """A slip changes letters inside words; another word is another label."""
    left, right = words.split(), core.split()
    return len(left) == len(right) and all(one == two or (fuzz.ratio(one, two) >= 75 and len(one) > 3) for one, two in zip(left, right, strict=True))


@lru_cache(maxsize=4096)
def find_heading(text: str) -> tuple[str, int | None] | None:
    """The block a heading opens, and its number (`Child 2`); None when the words name none."""
    if not 2 < len(text) <= 240:
        return None
    lex = lexicon()
    bare = key(unnumbered(unbracketed(text)))
    if not bare or len(bare) > 160:
        return None
    if bare in lex.subjects:
        return lex.subjects[bare], _number(bare)
    block, rest, number = _take_subject(_trim(tuple(bare.split())))
    if block and not _trim(rest):
        return block, number
    special = lex.headings.first(bare)
    return (special.value, number) if special else None


def is_guidance(text: str) -> bool:
    """Does this line tell the writer what to do?"""
    stripped = text.strip()
    if not stripped:
        return True
    if stripped[0] in "([" and stripped[-1] in ")].":
        return True
    words = key(stripped)
    return words in lexicon().ignore or any(words == start or words.startswith(start + " ") for start in lexicon().guidance)


def finder(own: Mapping[str, str]) -> Finder:
    """A lookup that knows a form's own labels first. `own` is label text to target: `child.name`, `name`, `consent.reason` or `ignore`."""
    if not own:
        return find_label
    targets = {key(label): target for label, target in own.items()}

    def find(text: str) -> Label | None:
        if len(text) <= MAX_LABEL and (target := targets.get(key(text)) or targets.get(key(unnumbered(unbracketed(text))))):
            return _defined(text, target)
        return find_label(text)

    return find


def _defined(text: str, target: str) -> Label:
    if target == "ignore":
        return Label(text, field="nothing", match="definition")
    block, _, slot = target.rpartition(".")
    if slot in set(lexicon().slots.values()) and (not block or block in BLOCKS):
        return Label(text, block=block or None, slots=(slot,), match="definition")
    return Label(text, field=target, match="definition")


@lru_cache(maxsize=2048)
def find_statement(text: str) -> tuple[str, str | bool] | None:
    """What a tick beside these words says: a field and its value."""
    rule = lexicon().statements.first(key(text))
    return (rule.value, rule.says) if rule else None
