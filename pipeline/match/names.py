"""A name as somebody wrote it, and the ways it can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from pipeline.match.fold import fold, words
from pipeline.match.tables import naming_tables

Tokens = tuple[str, ...]

_ALSO = re.compile(
    r"\b(?:a\.?\s?k\.?\s?a\b\.?|a/k/a|also known as|(?:now |better |usually )?known as|likes to be called|prefers|preferred name|goes by|calls? (?:him|her|them)sel(?:f|ves)"
    r"|formerly(?: known as)?|previously(?: known as)?|previous(?: sur)?name|n[eé]e|maiden name|alias|or)\b[:\s]*",
    re.IGNORECASE,
)
_FORMER = re.compile(r"former|previous|n[eé]e|maiden", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]|[\"“”]([^\"“”]+)[\"“”]")
_BABY_OF = re.compile(r"\b(?:b/o|(?:baby|child|infant|twins?|unborn)(?:\s+(?:baby|child|boy|girl|\d|[ab]))*\s+(?:of|to))\b", re.IGNORECASE)


class Order(IntEnum):
    """How a reading came about."""

    AS_WRITTEN = 0
    SPLIT = 1
    REVERSED = 2
    ALSO = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name. An empty side is not stated."""

    given: Tokens
    family: Tokens
    order: Order = Order.AS_WRITTEN


@dataclass(frozen=True, slots=True)
class WrittenName:
    """Every reading of a name. `placeholder` is "unborn" or "baby" where no given name exists yet; `mother` are readings of the mother's name in it."""

    readings: tuple[Reading, ...]
    placeholder: str | None = None
    mother: tuple[Reading, ...] = ()

    @property
    def tokens(self) -> frozenset[str]:
        """Every token of every reading."""
        return frozenset(token for reading in self.readings for token in (*reading.given, *reading.family))


def written_name(name: str, aliases: tuple[str, ...] = ()) -> WrittenName:
    """Reads a name as a referrer writes it, with "known as", brackets and aliases."""
    main, others = _variants(name)
    placeholder = _placeholder(main)
    if placeholder:
        return _unnamed(main, placeholder)
    readings = list(_readings(main))
    for kind, other in others:
        readings += _variant_readings(kind, other, readings[0] if readings else None)
    for alias in aliases:
        alias_main, _ = _variants(alias)
        readings += _variant_readings("also", alias_main, readings[0] if readings else None)
    return WrittenName(tuple(dict.fromkeys(readings))[:9])


def _variants(name: str) -> tuple[str, list[tuple[str, str]]]:
    """The name itself, and what it says in brackets, in quotes or after "known as"."""
    found: list[tuple[str, str]] = []
    for match in _BRACKETS.finditer(name):
        inner = match.group(1) or match.group(2) or ""
        kind = "former" if _FORMER.search(inner) else "also"
        found.append((kind, _ALSO.sub(" ", inner)))
    name = _BRACKETS.sub(" ", name)
    parts = _ALSO.split(name)
    cues = _ALSO.findall(name)
    for cue, part in zip(cues, parts[1:], strict=False):
        found.append(("former" if _FORMER.search(cue) else "also", part))
    pieces = re.split(r"\s+/\s+|;", parts[0])
    found += [("also", piece) for piece in pieces[1:]]
    return pieces[0], [(kind, text) for kind, text in found if text.strip()]


def _variant_readings(kind: str, text: str, main: Reading | None) -> list[Reading]:
    """One word is another given name (or, after "formerly", another family name); several are a whole name."""
    groups = _groups(text)
    if not groups:
        return []
    if len(groups) == 1 and main is not None and "," not in text:
        if kind == "former":
            return [Reading(main.given, groups[0], Order.ALSO)]
        return [Reading(groups[0], main.family, Order.ALSO)]
    return [Reading(reading.given, reading.family, Order.ALSO) for reading in _readings(text) if reading.order is not Order.REVERSED]


@lru_cache(maxsize=50_000)
def _readings(text: str) -> tuple[Reading, ...]:
    if "," in text:
        family_text, _, given_text = text.partition(",")
        family, given = _flat(_groups(family_text)), _flat(_groups(given_text))
        if family and given:
            return (Reading(given, family), Reading(family, given, Order.REVERSED))
        text = family_text if family else given_text
    groups = _groups(text)
    if not groups:
        return ()
    if len(groups) == 1:
        return (Reading(groups[0], ()), Reading((), groups[0], Order.SPLIT))
    return tuple(dict.fromkeys(_splits(groups, _capitals(text, groups))))


def _splits(groups: list[Tokens], capitals: int | None) -> list[Reading]:
    """Given names first, then the other ways: two-word family names, and the family name first."""
    last, first = groups[-1], groups[0]
    found = [Reading(_flat(groups[:-1]), last), Reading(_flat(groups[1:]), first, Order.REVERSED)]
    if len(groups) > 2:
        found.append(Reading(first, _flat(groups[1:]), Order.SPLIT))
        found.append(Reading(last, _flat(groups[:-1]), Order.REVERSED))
    if len(groups) > 3:
        found.append(Reading(_flat(groups[:-2]), _flat(groups[-2:]), Order.SPLIT))
    if capitals is not None:  # SMITH John: the capitals are the family name
        found.insert(0, Reading(_flat(groups[capitals:]), _flat(groups[:capitals])))
    return found


def _capitals(text: str, groups: list[Tokens]) -> int | None:
    written = [word for raw in text.split() if len(word := raw.strip(".,()'")) > 1]
    leading = 0
    while leading < len(written) and written[leading].isupper():
        leading += 1
    return leading if 0 < leading < min(len(written), len(groups)) else None


def _flat(groups: list[Tokens]) -> Tokens:
    return tuple(token for group in groups for token in group)


def _groups(text: str) -> list[Tokens]:
    """The words that carry a name: titles, particles and "not known" left out."""
    tables = naming_tables()
    groups = [group for group in words(text) if not _says_unknown(group)]
    while len(groups) > 1 and groups[0][0] in tables.titles:
        groups = groups[1:]
    if len(groups) == 1 and groups[0][0] in tables.titles:
        return []
    kept = without_particles(groups)
    return kept if len(kept) > 1 or len(groups) == 1 else groups


def _says_unknown(group: Tokens) -> bool:
    return set(group) <= naming_tables().unknown_words | {"?"}


def without_particles(groups: list[Tokens]) -> list[Tokens]:
    """Leaves out al, bin, de and their like, unless nothing would remain."""
    particles = naming_tables().particles
    kept = [tuple(t for t in group if t not in particles and not t.isdigit()) for group in groups]
    kept = [group for group in kept if group]
    return kept or [group for group in groups if not group[0].isdigit()]


@lru_cache(maxsize=30_000)
def name_part(text: str | None) -> Tokens:
    """The tokens of a given or a family name that stands in a box of its own."""
    if not text:
        return ()
    groups = [group for group in words(text) if not _says_unknown(group)]
    return _flat(without_particles(groups))


@lru_cache(maxsize=20_000)
def no_given_name_yet(text: str) -> bool:
    """Whether a box for given names says that there is none: Unborn, Baby."""
    return _placeholder(_variants(text)[0]) is not None


def _placeholder(text: str) -> str | None:
    tables = naming_tables()
    tokens = {token for group in words(text.replace("/", " ")) for token in group}
    if tokens & tables.unborn_words:
        return "unborn"
    if tokens & tables.baby_words or _BABY_OF.search(text):
        return "baby"
    return None


def _unnamed(text: str, placeholder: str) -> WrittenName:
    """Unborn Smith, Baby of Jane Smith: a family name, perhaps a mother, and no given name."""
    tables = naming_tables()
    drop = tables.unborn_words | tables.baby_words | tables.filler
    of_mother = _BABY_OF.search(text) is not None
    if of_mother:
        text = _BABY_OF.sub(" ", text)
    kept = ", ".join(" ".join(word for word in part.split() if fold(word).strip(".,()") not in drop) for part in text.split(",")).strip(", ")
    if "," in text and "," not in kept:  # SMITH JONES, Unborn: all of it is the family name
        family = _flat(_groups(kept))
        return WrittenName((Reading((), family),) if family else (), placeholder)
    readings = [reading for reading in _readings(kept) if reading.order is not Order.REVERSED] if kept else []
    if not readings:
        return WrittenName((), placeholder)
    main = readings[0]
    whole = bool(main.given and main.family)
    family = main.family or main.given
    found = [Reading((), family)]
    if whole and not of_mother:  # Baby Ella Smith: Ella may be the baby or the mother
        found += [Reading((), main.given + family, Order.SPLIT), Reading(main.given, family, Order.SPLIT)]
    mothers = tuple(readings) if whole and of_mother else ()
    return WrittenName(tuple(found), placeholder, mothers)
