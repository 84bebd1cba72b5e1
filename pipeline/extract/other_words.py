"""Labels in words that nobody has taught us: our own word put for theirs, the half of them that is in English, the thing asked for by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from pipeline.authorities.forms import lexicon_file
from pipeline.extract.label import Label
from pipeline.extract.lexicon import lexicon
from pipeline.extract.whom import named_inside, trim, whom
from pipeline.extract.wording import key, unbracketed, unnumbered

_LONGEST = 26
"""Words of a question at most: what is longer is an answer, or a guidance of which single words say little."""
_SHORT = 8
"""Words of a label that is told by the name of the thing it asks for."""


def other_wordings(text: str) -> Iterator[str]:
    """The same question as we would put it, the surest wording first; nothing for what reads like an answer."""
    if not _asks(text):
        return
    yield from _english_halves(text)
    ours = _in_our_words(text)
    if ours != text:
        yield ours
    bare = _without_fillers(ours)
    if bare not in {ours, text}:
        yield bare


def _asks(text: str) -> bool:
    stripped = text.strip().rstrip("*")
    if stripped.count(" ") >= _LONGEST or re.search(r"[a-z][.!] +[A-Z]", stripped):
        return False
    return stripped.endswith(("?", ":")) or (stripped.count(" ") < 2 * _SHORT and not _SENTENCE.search(stripped))


_SENTENCE = re.compile(r"(?:\w{5,}\.|[,;!])$")
"""How words end that are no label: with a full stop after a whole word. "Tel." is short for something."""


# ---- two languages ---------------------------------------------------------------------------------------------------------------
_HALVES = re.compile(r"\s+[/|–-]\s+|\s*\n\s*")


def _english_halves(text: str) -> Iterator[str]:
    """`Cyfeiriad y teulu / Family address`: the half in our words, where the other is in words that no form of ours knows."""
    parts = [part for part in _HALVES.split(unnumbered(text).strip()) if part.strip(" :?*")]
    if len(parts) != 2:
        return
    strange = [_strange(part) for part in parts]
    if strange[0] != strange[1]:
        yield parts[strange.index(False)]


def _strange(part: str) -> bool:
    words = [word for word in key(unbracketed(part)).split() if len(word) > 1]
    return bool(words) and 2 * sum(word in known_words() for word in words) < len(words)


@cache
def known_words() -> frozenset[str]:
    """Every word that the lexicon uses."""
    lex = lexicon()
    held = {word for phrase in (*lex.slots, *lex.subjects, *lex.roles) for word in phrase.split()}
    for rules in (lex.questions, lex.headings, lex.statements):
        held |= {word for rule in rules for group in rule.groups for phrase in group for word in phrase.split("_")}
    return frozenset(held)


# ---- other words for the same ----------------------------------------------------------------------------------------------------
@cache
def _sayings() -> tuple[re.Pattern[str], dict[str, str]]:
    ours = {theirs: word for word, phrases in lexicon_file("synonyms.toml")["say"].items() for theirs in phrases}
    longest = sorted(ours, key=len, reverse=True)
    return re.compile(rf"(?<![\w'’])(?:{'|'.join(map(re.escape, longest))})(?![\w'’])", re.IGNORECASE), ours


@cache
def _fillers() -> re.Pattern[str]:
    words = lexicon_file("synonyms.toml")["drop"]["words"]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})\s+(?=\w)", re.IGNORECASE)


def _in_our_words(text: str) -> str:
    pattern, ours = _sayings()
    return pattern.sub(lambda match: ours[match[0].casefold()], text.replace("’", "'"))


def _without_fillers(text: str) -> str:
    return _fillers().sub("", text)


# ---- the thing itself ------------------------------------------------------------------------------------------------------------
_THINGS = {
    "phone": frozenset("phone telephone tel mobile landline mob ext extension bleep pager".split()),
    "email": frozenset({"email"}),
    "address": frozenset({"address", "addresses"}),
    "postcode": frozenset({"postcode", "postcodes"}),
    "born": frozenset({"dob", "edd", "birth", "birthdate", "birthday", "born"}),
    "nhs": frozenset({"nhs"}),
    "upn": frozenset({"upn"}),
    "ethnicity": frozenset({"ethnicity", "ethnic"}),
    "religion": frozenset({"religion", "faith"}),
    "language": frozenset({"language", "languages"}),
    "gender": frozenset({"gender", "sex"}),
}
"""What is asked for by a word that means nothing else on a form."""
_SHAPED = frozenset({"phone", "email", "address", "postcode", "born"})
_AFTER = re.compile(r"\b(?:of|for|to|at|in|on|with|from|by|if|where|when|who|which|that|or|including|inc|you|we|will|within|the|this)\b")
_ELSEWHERE = frozenset("previous former last incident work base office business next other alternative temporary known".split())
_ALONE = {
    "role": frozenset({"role", "position", "designation", "post"}),
    "relationship": frozenset({"relationship", "relation", "link", "connection"}),
}
"""What is asked for by one word before "in", "to" and the like: "Position in the helpline", "Relationship to youngest child"."""
_PLACES = frozenset("house flat building number street road avenue parish village town city county postcode locality".split())
_POST = re.compile(
    r"^(?:supervising|investigating|attending|assessing|responsible|examining|handling|allocating) (?:officer|worker|clinician|practitioner|professional|nurse|doctor|midwife|teacher)$"
)
_GOES_WITH = frozenset(
    "code codes description number numbers no nos details category group origin id field box address addresses line or and".split()
)
"""What may follow the thing in its own name: "Ethnicity code or description", never an answer to it."""
_GROWN = frozenset({"carer", "mother", "father", "household"})
_NO_LABEL = frozenset("no not none any same as is was has had the first only given sent made".split())
"""Words that begin or end answers and advice rather than labels."""
_NO_THING = frozenset(
    "school nhs trust incident emergency out hours date time reason details change changes copy sign signed consent agree how why what".split()
)


@lru_cache(maxsize=8192)
def thing_asked(text: str) -> Label | None:
    """`Phone of recorder`, `Work base address`, `Email for the outcome letter`: asked for by the name of the thing, at the head of a few words."""
    plain = key(unnumbered(unbracketed(text)))
    words = plain.split()
    if (
        "  " in text.strip()
        or "\t" in text
        or not 1 < len(words) <= _SHORT
        or words[0] in _NO_LABEL
        or words[-1] in _NO_LABEL
        or any(word.isdigit() for word in words)
        or text.rstrip().endswith("?")
        or _SENTENCE.search(text.rstrip())
    ):
        return None
    if len(_PLACES & set(words)) > 1 and _PLACES & set(words) != {"number", "postcode"}:
        return Label(text, block=_whose(words), slots=("address",), match="fuzzy", answer_too=True)
    if _POST.match(plain):
        return Label(text, slots=("name",), match="fuzzy", answer_too=True)
    head = _AFTER.split(plain, maxsplit=1)[0].split() or words
    if len(head) == 1 and head != words and (alone := next((slot for slot, names in _ALONE.items() if head[0] in names), None)):
        return Label(text, slots=(alone,), match="fuzzy", answer_too=True)
    ends = {head[-1]} | ({head[0]} if set(head[1:]) <= _GOES_WITH else set())
    slot = next((slot for slot, names in _THINGS.items() if ends & names), None)
    if slot is None and head[-1] in {"number", "no"} and {"ring", "call", "phone", "contact", "reach"} & set(words):
        slot = "phone"
    if slot is None or (slot not in _SHAPED and _NO_THING & set(words)) or len({s for s, n in _THINGS.items() if n & set(head)}) > 1:
        return None
    if slot == "address" and {"last", "previous", "former", "past"} & set(words):
        slot = "previous_address"
    return Label(text, block=_whose(key(_CONDITION.sub("", text)).split()), slots=(slot,), match="fuzzy", answer_too=True)


_CONDITION = re.compile(r"\(?\b(?:if|where|when|unless)\b.*", re.IGNORECASE | re.DOTALL)
"""What a label says of the case it is for: "Address if not living with child" is not the child's."""


def _whose(words: list[str]) -> str | None:
    parts = tuple(words)
    if {"you", "your", "my"} & set(parts):
        return "referrer"
    named, _, _ = whom(trim(parts))
    return named or named_inside(parts)[0]


def corrected(found: Label, text: str) -> Label:
    """A rule for stories says nothing of a telephone, a mail address or a day: "Email for the outcome letter" asks for no outcome. And "Learning disability
    of carer" is one of the issues that a form ticks."""
    if found.block in _GROWN and set(found.slots) <= {"disability", "disability_details"} and "learning" in key(text).split():
        return Label(text, field="indicators.learning_difficulties", match="rule")
    if found.block in _GROWN and found.slots == ("role",) and "position" in key(text).split():
        return Label(text, field="narrative.parent_views", match="rule")
    if found.slots == ("agency",) and found.match == "part" and (thing := thing_asked(text)) and thing.slots == ("address",):
        return replace(thing, block=found.block)
    if not (found.field or "").startswith("narrative.") or text.rstrip().endswith("?"):
        return found
    if thing := thing_asked(text):
        return thing
    first = key(unnumbered(text)).split()[:1]
    return replace(found, field="nothing") if first in (["date"], ["time"]) else found
