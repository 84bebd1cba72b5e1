"""Names as plain letters, and the key that spellings of one name share."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from pipeline.match.tables import naming_tables

_APOSTROPHES = str.maketrans("", "", "'’`´‘ʻʼ.")
_LOOK_ALIKE = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b"})
_SPLIT = re.compile(r"[^a-z0-9?]+")
_VOWELS = re.compile(r"(?<!^)[aeiouyh]+")
_REPEATED = re.compile(r"(.)\1+")
# Written differently, heard alike: transliterations and the commonest slips. Order matters.
_HEARD_ALIKE = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("sz", "s"), ("cz", "c"), ("zh", "j"), ("dh", "d"), ("th", "t"), ("bh", "b"),
    ("sh", "s"), ("ch", "c"), ("ph", "f"), ("gh", "g"), ("kh", "k"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("w", "v"), ("z", "s"),
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("dj", "j"),
)  # fmt: skip
_MAC = re.compile(r"^(?:mac|mc)(?=[a-z]{3})")


@lru_cache(maxsize=60_000)
def fold(text: str) -> str:
    """Lower case, no accents, Latin letters, whatever the alphabet."""
    plain = text if text.isascii() else anyascii(text)
    return plain.lower()


@lru_cache(maxsize=60_000)
def words(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name; a hyphenated word is one group of several tokens, and Mc or O' is part of its word."""
    tables = naming_tables()
    groups: list[tuple[str, ...]] = []
    pending = ""
    for raw in fold(text).replace(". ", " ").replace(".", " ").translate(_APOSTROPHES).split():
        tokens = tuple(token for part in _SPLIT.split(raw) if (token := _clean(part)))
        if not tokens:
            continue
        if len(tokens) == 1 and tokens[0] in tables.joined and not pending:
            pending = tokens[0]
            continue
        groups.append((pending + tokens[0], *tokens[1:]))
        pending = ""
    if pending:
        groups.append((pending,))
    return tuple(groups)


def _clean(token: str) -> str:
    """A digit among letters is a letter that a scanner or a finger missed."""
    if token.isalpha() or token.isdigit():
        return token
    return token.translate(_LOOK_ALIKE).replace("?", "")


@lru_cache(maxsize=60_000)
def sound(token: str) -> str:
    """The consonants that spellings and transliterations of a name share; "" for an initial."""
    if len(token) < 2:
        return ""
    token = naming_tables().spelling_lead.get(token, token)
    for ending in ("ova", "eva", "ov", "iene", "aite", "yte", "ute"):
        if token.endswith(ending) and len(token) > len(ending) + 3:
            token = token[: -len(ending)] + ("s" if ending in {"iene", "aite", "yte", "ute"} else "")
            break
    token = _MAC.sub("mk", token)
    initial_vowel = token[0] in "aeiou"
    for written, heard in _HEARD_ALIKE:
        if written in token:
            token = token.replace(written, heard)
    heard = _VOWELS.sub("", _REPEATED.sub(r"\1", token))
    return ("a" + heard[1:] if initial_vowel else heard)[:7]


def plain_words(text: str | None) -> str:
    """Letters and digits with single spaces: for addresses and schools."""
    return " ".join(_SPLIT.split(fold(text))).strip() if text else ""
