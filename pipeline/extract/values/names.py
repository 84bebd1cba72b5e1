"""Names in one box, split by the conventions of forms: `SURNAME, Given`, `Given Surname`, `Given SURNAME`, titles, aliases, babies not yet born."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "rev",
        "revd",
        "reverend",
        "sir",
        "lady",
        "master",
        "imam",
        "pc",
        "dc",
        "ds",
        "dci",
        "sgt",
        "sister",
        "fr",
        "father",
        "cllr",
    ]
)
_KEPT_TITLES = frozenset(["dr", "prof", "professor", "pc", "dc", "ds", "dci", "sgt"])
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "bint",
        "binti",
        "ibn",
        "ben",
        "abu",
        "mac",
        "st",
        "st.",
        "o'",
        "ter",
        "ten",
        "ní",
        "nic",
        "nig",
        "ap",
        "ab",
        "ó",
        "uí",
        "mhic",
        "zu",
        "y",
        "lo",
        "li",
        "vander",
        "vanden",
    ]
)
_DOUBLE = frozenset(["da", "de", "dos", "das", "di"])
"""Particles after which a name of Portugal, Spain or Brazil may have two family names: da Silva Santos."""
_SUFFIXES = frozenset(["jnr", "jr", "snr", "sr", "junior", "senior", "ii", "iii"])
_BOTH_TITLES = re.compile(r"^\W*(?:mr|mrs|ms|miss|dr)\.?\s*(?:&|and|/|\+)\s*(?=(?:mr|mrs|ms|miss|dr)\b)", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:shoulder\s*)?(?:no\.?\s*)?\d{2,6}\b")
_FAMILY_LABEL = r"(?:surname|family\s+name|last\s+name)"
_GIVEN_LABEL = r"(?:fore\s?names?(?:\(s\))?|first\s+names?(?:\(s\))?|given\s+names?(?:\(s\))?|christian\s+names?)"
_LABELLED = (
    re.compile(rf"^\W*{_FAMILY_LABEL}\s*:?\s*(?P<family>[^:\n]+?)[\s,;/|-]+{_GIVEN_LABEL}\s*:?\s*(?P<given>[^:\n]+?)\s*$", re.IGNORECASE),
    re.compile(rf"^\W*{_GIVEN_LABEL}\s*:?\s*(?P<given>[^:\n]+?)[\s,;/|-]+{_FAMILY_LABEL}\s*:?\s*(?P<family>[^:\n]+?)\s*$", re.IGNORECASE),
)
_BABY = re.compile(r"^(?:un-?\s?born(?:\s+baby)?|baby(?:\s+(?:girl|boy))?|bump|ub)$", re.IGNORECASE)
_ALIAS = re.compile(
    r"(?:\(|,|;|\s|/|^)\s*(?:also\s+)?(?:a\.?\s?k\.?\s?a\.?|known\s+as|also\s+known\s+(?:as|by)|likes\s+to\s+be\s+called|prefers?(?:\s+to\s+be\s+called)?|called|alias|formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?|n[ée]e|goes\s+by)\s*:?\s+"
    r"(?P<alias>[^()\n;]+?)\s*(?:\)|$|;|\n)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“‘'](?P<alias>[A-Z][\w’'-]+)[\"”’'](?=\s|$)")
_UNBORN = re.compile(
    r"^\W*(?:the\s+)?(?:un-?\s?born(?:\s+(?:baby|child|infant))?|baby|bump|ub|expected\s+baby|unborn\s+unborn)\b\s*(?:\(?(?:of|to|mother|mum)\b\s*:?)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[^\W\d_A-Z]|\))\s*\.\s+[A-Z]\w+\s+(?:is|are|was|were|has|have|does|did|lives?|says?|who)\b")
"""Where a name ends and somebody goes on to tell: "Ann Gale (mum). Dad is ..." """
_BRACKET = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts. `brackets` is what stood in brackets and was no alias; `mother` the mother named for an unborn child."""

    given: str | None = None
    family: str | None = None
    aliases: tuple[str, ...] = ()
    title: str | None = None
    unborn: bool = False
    mother: str | None = None
    brackets: tuple[str, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Habits:
    """How a family's names are written elsewhere on the form: `families` are family names of several words, `fathers` says that a family name is the
    father's and the grandfather's name."""

    families: frozenset[str] = frozenset()
    fathers: bool = False


NO_HABITS = Habits()
_OWN_FATHERS_GRANDFATHERS = 3
"""Words of a name that is one's own, one's father's and one's grandfather's."""


@cache
def _fathers_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names that go from father to child, and those of them that hardly anybody else uses."""
    text = (files("pipeline.extract") / "data" / "fathers_names.txt").read_text(encoding="utf-8")
    words = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    return frozenset(word.rstrip("*") for word in words), frozenset(word[:-1] for word in words if word.endswith("*"))


def _are_fathers_names(words: list[str]) -> bool:
    known, telling = _fathers_names()
    return known.issuperset(words) and not telling.isdisjoint(words)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split()).strip(" ,;:-–.*")


def take_aliases(text: str) -> tuple[str, tuple[str, ...]]:
    """A name without its aliases, and the aliases."""
    aliases: list[str] = []

    def note(match: re.Match[str]) -> str:
        aliases.extend(_tidy(part) for part in re.split(r",|/|\bor\b|\band\b", match["alias"]) if _tidy(part))
        return " "

    text = _ALIAS.sub(note, text)
    text = _QUOTED.sub(note, text)
    return text, tuple(aliases)


def split_name(text: str, habits: Habits = NO_HABITS) -> Name:
    """A name as written in one box. `habits` is what the form shows of the family's names: it settles where a longer name divides."""
    if sentence := _SENTENCE.search(text):
        text = text[: sentence.start()]
    for labelled in _LABELLED:
        if match := labelled.match(text):
            return Name(_cased(match["given"]), _cased(match["family"]))
    text, aliases = take_aliases(text)
    brackets = tuple(_tidy(first or second) for first, second in _BRACKET.findall(text))
    text = _tidy(_BRACKET.sub(" ", text))
    if "," in text and _BABY.match(_tidy(text.partition(",")[2])):
        return Name(None, _cased(text.partition(",")[0]), aliases, unborn=True, brackets=brackets)
    unborn = _UNBORN.match(text)
    if unborn and (_is_unborn(text) or not unborn["rest"]):
        return _unborn_name(text, unborn["rest"], aliases, brackets)
    given, family, title, certain = _divide(text, habits)
    return Name(given, family, aliases, title, brackets=tuple(part for part in brackets if part), certain=certain)


def _is_unborn(text: str) -> bool:
    return bool(re.match(r"^\W*(?:the\s+)?(?:un-?\s?born|bump|ub\b|expected\s+baby|baby\s+of|baby\b)", text, re.IGNORECASE))


def _unborn_name(text: str, rest: str, aliases: tuple[str, ...], brackets: tuple[str, ...]) -> Name:
    of_mother = re.search(r"\b(?:of|to|mother|mum)\b\s*:?\s*(.+)$", text, re.IGNORECASE)
    if of_mother:
        return Name(None, None, aliases, unborn=True, mother=_tidy(of_mother[1]) or None, brackets=brackets)
    family = _tidy(re.sub(r"^(?:(?:baby|child|infant|girl|boy)\b\s*)+", "", rest, flags=re.IGNORECASE))
    if family.count(" ") and re.match(r"^\W*baby\b", text, re.IGNORECASE):
        return replace(split_name(family), aliases=aliases, brackets=brackets)  # "Baby Iris Fenn" has a name of her own: she is born
    return Name(None, _cased(family), aliases, unborn=True, brackets=brackets)


def _divide(text: str, habits: Habits) -> tuple[str | None, str | None, str | None, bool]:
    if "," in text:
        family, _, given = text.partition(",")
        if _SUFFIXES.issuperset(given.casefold().replace(".", "").split()):
            return _divide(family, habits)
        words, title = _take_title(given.split())
        before, title_before = _take_title(family.split())
        return _cased(" ".join(words)), _cased(" ".join(before)), title or title_before, True
    words, title = _take_title(_BOTH_TITLES.sub("", text).split())
    if title is not None and len(words) > 1 and _NUMBERED.fullmatch(words[0]):
        words = words[1:]
    if len(words) > 2 and words[-1].casefold().rstrip(".") in _SUFFIXES:
        words = words[:-1]
    if not words or not re.search(r"[^\W\d_]", text):
        return None, None, title, True
    if len(words) == 1:
        return (None, _cased(words[0]), title, True) if title else (_cased(words[0]), None, None, True)
    cut, certain = _cut(words, habits)
    if cut < 0:
        return _cased(" ".join(words[-cut:])), _cased(" ".join(words[:-cut])), title, certain
    return _cased(" ".join(words[:cut])), _cased(" ".join(words[cut:])), title, certain


def _take_title(words: list[str]) -> tuple[list[str], str | None]:
    title = None
    while words and words[0].casefold().rstrip(".") in _TITLES and (len(words) > 1 or title is None):
        if len(words) == 1:
            return words, title
        title = words[0].rstrip(".")
        words = words[1:]
    return words, title


def _cut(words: list[str], habits: Habits) -> tuple[int, bool]:
    """Where the family name starts; below nought where the family name comes first and ends there."""
    upper = [word.isupper() and sum(letter.isalpha() for letter in word) > 1 for word in words]
    if any(upper) and not all(upper):
        if upper[0] and not upper[-1]:
            return -upper.index(False), True
        if upper[-1]:
            return len(upper) - upper[::-1].index(False), True
    folded = [word.casefold() for word in words]
    for cut in range(1, len(words)):
        if " ".join(folded[cut:]) in habits.families:
            return cut, True
    if len(words) == _OWN_FATHERS_GRANDFATHERS and not _PARTICLES.intersection(folded) and (habits.fathers or _are_fathers_names(folded)):
        return 1, False
    cut = len(words) - 1
    while cut > 1 and (folded[cut - 1] in _PARTICLES or words[cut - 1] == "O"):
        cut -= 1
    if cut == len(words) - 1 and cut > 2 and folded[cut - 2] in _DOUBLE:
        cut -= 2
    return cut, len(words) == 2 or cut < len(words) - 1


def _cased(text: str) -> str | None:
    """A name as written, save that one in capitals alone is given ordinary ones: capitals are a form's habit, not the name's."""
    text = _tidy(text)
    if not text:
        return None
    return " ".join(_case_word(word) for word in text.split())


def _case_word(word: str) -> str:
    if len(word) < 2 or not word.isupper():
        return word
    cased = re.sub(r"[A-Za-zÀ-ÿ]+", lambda part: part.group().capitalize(), word)
    return re.sub(r"\bMc([a-z])", lambda match: "Mc" + match[1].upper(), cased)


def spoken(name: Name) -> str | None:
    """A name as one line for a referrer or professional: the titles that are part of how they are known stay."""
    title = name.title if name.title and name.title.casefold() in _KEPT_TITLES else None
    words = " ".join(part for part in (title, name.given, name.family) if part)
    return words or None


def merged(first: Name, **changes: object) -> Name:
    """A name with some parts replaced."""
    return replace(first, **changes)  # type: ignore[arg-type]
