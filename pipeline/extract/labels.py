"""Which words are a label, and what they ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.extract.bags import bag, core
from pipeline.extract.heading_words import find_heading
from pipeline.extract.joined import beside_unknown, combined, named_before
from pipeline.extract.label import BLOCKS, Label
from pipeline.extract.lexicon import lexicon
from pipeline.extract.other_words import corrected, known_words, other_wordings, thing_asked
from pipeline.extract.stories import story_of
from pipeline.extract.whom import named_inside, number_in, trim, whom
from pipeline.extract.wording import key, unbracketed, unnumbered

MAX_LABEL = 420
"""Characters. Longer than any printed question; a typed answer of that length is not looked up."""


Finder = Callable[[str], Label | None]
"""Looks a text up; a form definition puts its own labels in front of the lexicon's."""


@lru_cache(maxsize=16384)
def find_label(text: str) -> Label | None:
    """The label these words are, or None. Only whole texts: the caller cuts the answer off."""
    if not 1 < len(text) <= MAX_LABEL:
        return None
    found = _known(text)
    if found is not None and found.match != "guess":
        return corrected(found, text)
    if _holds_answer(text):
        return found
    for wording in other_wordings(text):
        other = _known(wording)
        if other and other.match not in {"fuzzy", "guess"} and (not other.subject_only or text.rstrip().endswith(":")):
            return replace(corrected(other, text), text=text, match="rule" if other.match == "rule" else "part")
    return found or thing_asked(text)


def _known(text: str) -> Label | None:
    """The label these very words are."""
    whole, cut = _candidates(text)
    answered = _holds_answer(_before_advice(text)) or _ANSWERED.search(text) is not None
    for candidates in (whole, cut):
        for candidate in candidates:
            if (found := _plain(candidate, text)) and (candidates is whole or not found.answer_too):
                return found
        if answered:
            continue
        for candidate in candidates:
            if found := _with_subject(candidate, text):
                return found
    if answered and (found := named_before(text, _exact)):
        return found
    if found := _made_by(whole[-1], text) if whole else None:
        return found
    if not answered and (found := combined(text, _exact)):
        return found
    if not answered and (found := _of_somebody(text)):
        return found
    found = _asked(text, () if answered else (*whole, *cut)) or beside_unknown(text, _exact) or _fuzzy(key(unnumbered(unbracketed(text))), text)
    return found or _guessed(text)


_POSSESSIVE = re.compile(r"^\W*[A-Za-z]+(?:['’]s|s['’])\s+(?=\w)")


def _of_somebody(text: str) -> Label | None:
    """`Enquirer's telephone`: a label of somebody we have no word for; whom it means, the heading says."""
    plain = unnumbered(unbracketed(text))
    owner = _POSSESSIVE.match(plain)
    slot = lexicon().slots.get(key(plain[owner.end() :])) if owner and plain.count(" ") < 5 else None
    return Label(text, slots=(slot,), match="part") if slot else None


_OPEN = re.compile(
    r"^(?:please\s+)?(?:what|why|how|tell us|describe|explain|outline|summari[sz]e|summary of|give details|details of|your|think about)\b",
    re.IGNORECASE,
)


def _guessed(text: str) -> Label | None:
    """A question that wants a story, of whatever wording: by its words, the part of the story it most likely wants."""
    plain = unnumbered(text).strip()
    if not _OPEN.match(plain) or plain.count(" ") < 2 or plain.count(" ") > 40 or not plain.endswith(("?", ":")):
        return None
    field = story_of(plain)
    return Label(text, field=field, match="guess") if field else None


def _asked(text: str, candidates: tuple[str, ...]) -> Label | None:
    """A question or a heading, by its words rather than by their order."""
    words, short = key(unnumbered(text)), key(unnumbered(unbracketed(text)))
    if _questionlike(text, short):
        for candidate in candidates:
            if found := _by_bag(candidate, text):
                return found
        if found := _by_rule(short, text) or _by_rule(words, text):
            return found
    for first in (_before_dash(text), _before_advice(text)):
        if len(first) + 3 < len(text) and first.count(" ") and _questionlike(first, key(first)) and (found := _by_rule(key(unnumbered(first)), text)):
            return found
    return None


_ANSWERED = re.compile(r"\)\s*:\s+[^\W\d]\w+ [^\W\d]|\)\s*:\s+\d")
"""What follows a bracket of advice and its colon: "Full name (include maiden name): Ann Smith"."""


def _holds_answer(text: str) -> bool:
    """`Mother: 5` is a label and its answer; `Section 2: Parents` and `Name: (in full)` are labels."""
    return bool(re.search(r":\s*\w", unnumbered(unbracketed(text))))


def _candidates(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words as they stand; and what is left of them without a second half that explains the first."""
    whole = (key(text), key(unnumbered(text)), key(unnumbered(unbracketed(text))))
    cut = (key(unnumbered(_before_dash(text))), key(unnumbered(unbracketed(_before_advice(text)))))
    first = tuple(dict.fromkeys(candidate for candidate in whole if candidate and len(candidate) < 120))
    return first, tuple(dict.fromkeys(candidate for candidate in cut if candidate and len(candidate) < 120 and candidate not in first))


_DASH = re.compile(r"\s[-–]\s|[-–]\s|–")
_ADVICE = re.compile(
    r"(?<=\w)[\s:;,.?()/–-]+(?=(?:please|e\.?g\b|i\.?e\b|for example|including|include|consider|note|nb|specify|indicate|give|use|see|tick|circle)\b)",
    re.IGNORECASE,
)


def _before_dash(text: str) -> str:
    """`Reasons for referral - clearly state the cause` asks for what stands before the dash."""
    return _DASH.split(text, maxsplit=1)[0]


def _before_advice(text: str) -> str:
    """`Name of parents: include all adults` asks for what stands before the advice."""
    return _ADVICE.split(text, maxsplit=1)[0]


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
        slot = lex.slots[words]
        return Label(text, block=_asked_of(slot, words), slots=(slot,), answer_too=words in lex.answers)
    if words in lex.subjects:
        return Label(text, block=lex.subjects[words], slots=("name",), subject_only=True, answer_too=words in lex.answers, number=number_in(words))
    return None


_YES_NO = re.compile(r"\?|\by(?:es)?\W{1,3}no?\b", re.IGNORECASE)
_WITH_CHILD = re.compile(
    r" with whom (?:the )?(?:childs?|children|childrens|pupil|young person|baby)(?: or young person)? (?:lives?|is living|resides?)$"
)


def _without_child(parts: tuple[str, ...]) -> tuple[str, ...]:
    """ "Parents with whom the child lives" speaks of parents."""
    return tuple(_WITH_CHILD.sub("", " ".join(parts)).split())


_OF_THE_CHILD = frozenset({"disability", "interpreter", "address", "language", "ethnicity"})

_OF_THE_WRITER = frozenset({"name", "role", "agency", "phone", "email", "contact", "relationship"})


def _asked_of(slot: str, words: str) -> str | None:
    """ "Does the child have a disability?" is about the child wherever it stands, and "Which service are you from?" about whoever writes."""
    parts = set(words.split())
    if slot in _OF_THE_CHILD and {"child", "childs", "children", "pupil"} & parts:
        return "child"
    return "referrer" if slot in _OF_THE_WRITER and {"you", "your"} & parts else None


def _made_by(words: str, text: str) -> Label | None:
    """`Mapped by`, `Profile written by`: whoever made the form; not whoever took it in, or gave consent."""
    match = _BY.search(words)
    if match is None or words.count(" ") > 4 or match[1] in _NOT_BY:
        return None
    return Label(text, block="referrer", slots=("name",), match="part", subject_only=True)


_BY = re.compile(r"\b(\w+ed|written|sent|drawn up|filled in|done|begun|made) by$")
_NOT_BY = frozenset(
    "received obtained gained agreed witnessed authorised approved screened allocated caused supported attended consented accompanied supervised reviewed checked recommended offered "
    "provided informed seen requested taken needed countersigned referred".split()
)


def _with_subject(words: str, text: str) -> Label | None:
    """Takes the subject and the how-to words off both ends, and looks up what is left."""
    lex = lexicon()
    parts = tuple(words.split())
    if len(parts) > 16:
        return None
    block, rest, number = whom(_without_child(parts))
    if block == "child" and rest == ("worker",):
        return None  # "Children's Worker" is somebody's post
    asked = " ".join(rest)
    if asked in lex.slots and lex.slots[asked] == "in_household" and block in {"carer", "household"} and not _YES_NO.search(text):
        asked, rest = "", ()
    if block in {"school", "gp"} and lex.slots.get(asked) in {block, "name", "agency"}:
        return Label(text, slots=(block,), match="part", answer_too=asked in lex.answers)
    if not rest and block:
        return Label(text, block=block, slots=("name",), subject_only=True, number=number)
    if block == "referrer" and lex.slots.get(asked) == "school":
        return Label(text, block=block, slots=("agency",), match="part")
    if asked in lex.slots and (block or number is not None or not any(part.isdigit() for part in trim(parts))):
        return Label(
            text,
            block=block or _asked_of(lex.slots[asked], asked),
            slots=(lex.slots[asked],),
            match="exact" if block else "part",
            number=number,
            answer_too=asked in lex.answers and not block,
        )
    return None


def _by_bag(words: str, text: str) -> Label | None:
    """A label whose words are known in another order, with small words between them, or with whom it speaks of in their midst."""
    parts = tuple(words.split())
    if not 1 < len(parts) <= 12 or parts[0] in {"have", "has", "had"} or any(part.isdigit() for part in parts):
        return None
    block, rest, number = whom(parts)
    inside, others = named_inside(parts)
    for named, left in ((None, parts), (block, rest), (inside, others if inside else ())):
        slot = _slot_of(left)
        if slot is None or named in {slot, "school", "gp"}:
            continue
        speaks_of = named or ("referrer" if {"you", "your", "my"} & set(parts) else None)
        return Label(text, block=speaks_of, slots=(slot,), match="part", number=number, answer_too=not text.rstrip().endswith(("?", ":")))
    return None


def _slot_of(parts: tuple[str, ...]) -> str | None:
    lex = lexicon()
    if not core(parts):
        return None
    return lex.bags.get(bag(parts)) or (lex.bare.get(core(parts)) if len(parts) < 10 else None)


def _by_rule(words: str, text: str) -> Label | None:
    rule = lexicon().questions.first(words)
    if rule is None:
        return None
    block, _, slot = rule.value.partition(".")
    if block in BLOCKS or block == "person":
        return Label(text, block=block if block in BLOCKS else None, slots=(slot,), match="rule")
    return Label(text, field=rule.value, match="rule", answer_too=rule.value.startswith("narrative.") and _A_BODY.search(text.rstrip()) is not None)


_A_BODY = re.compile(
    r"\b(?:services?|workers?|team|officer|centre|hub|trust|nurse|manager|practitioner|coordinator|charity|council|police|project|hospital|surgery|school|academy|nursery|college)$",
    re.IGNORECASE,
)
"""How a service or a post is called: "Haven Domestic Abuse Service" stands as an answer where a label was before it."""


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
    return (
        len(left) == len(right)
        and not any(one != two and one in known_words() for one, two in zip(left, right, strict=True))
        and all(one == two or (fuzz.ratio(one, two) >= 75 and len(one) > 3) for one, two in zip(left, right, strict=True))
    )


def is_guidance(text: str) -> bool:
    """Does this line tell the writer what to do?"""
    stripped = text.strip()
    if not stripped:
        return True
    if stripped[0] in "([" and stripped[-1] in ")].":
        return True
    words = key(stripped)
    return words in lexicon().ignore or any(words == start or words.startswith(start + " ") for start in lexicon().guidance)


def finder(own: Mapping[str, str], statements: Iterable[str] = ()) -> Finder:
    """A lookup that knows a form's own labels first. `own` is label text to target: `child.name`, `name`, `consent.reason` or `ignore`; `statements` are
    sentences to tick, which ask for nothing however much they look like a label.
    """
    if not own and not statements:
        return find_label
    targets = {key(label): target for label, target in own.items()}
    said = frozenset(key(statement) for statement in statements)

    def find(text: str) -> Label | None:
        if len(text) <= MAX_LABEL and key(text) in said:
            return None
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


__all__ = ["BLOCKS", "MAX_LABEL", "Finder", "Label", "find_heading", "find_label", "find_statement", "finder", "is_guidance"]
