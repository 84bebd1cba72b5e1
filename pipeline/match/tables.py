"""The naming tables: titles, prefixes, nicknames and spellings, read once from `data/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_DATA = files("pipeline.match") / "data"


@dataclass(frozen=True, slots=True)
class NamingTables:
    """What `data/naming.toml`, `nicknames.txt` and `spellings.txt` say. All words are lower case and plain ASCII."""

    titles: frozenset[str]
    prefixes: frozenset[str]
    title_surnames: frozenset[str]
    never_called: frozenset[str]
    particles: frozenset[str]
    joined: frozenset[str]
    unborn_words: frozenset[str]
    baby_words: frozenset[str]
    filler: frozenset[str]
    unknown_words: frozenset[str]
    gendered_endings: tuple[tuple[str, str], ...]
    nickname_groups: dict[str, frozenset[int]]
    nickname_lines: tuple[tuple[str, ...], ...]
    spelling_groups: dict[str, frozenset[int]]
    spelling_lead: dict[str, str]


@cache
def naming_tables() -> NamingTables:
    """The tables shipped with the product."""
    lists = tomllib.loads((_DATA / "naming.toml").read_text(encoding="utf-8"))
    nickname_lines, nickname_groups = _groups("nicknames.txt")
    spelling_lines, spelling_groups = _groups("spellings.txt")
    lead: dict[str, str] = {}
    for line in spelling_lines:
        for word in line:
            lead.setdefault(word, line[0])
    return NamingTables(
        titles=frozenset(lists["titles"]),
        prefixes=frozenset(lists["prefixes"]),
        title_surnames=frozenset(lists["title_surnames"]),
        never_called=frozenset(lists["prefixes"]) | frozenset(lists["second_names"]),
        particles=frozenset(lists["particles"]),
        joined=frozenset(lists["joined"]),
        unborn_words=frozenset(lists["unborn_words"]),
        baby_words=frozenset(lists["baby_words"]),
        filler=frozenset(lists["filler"]),
        unknown_words=frozenset(lists["unknown_words"]),
        gendered_endings=tuple((man, woman) for man, woman in lists["gendered_endings"]),
        nickname_groups=nickname_groups,
        nickname_lines=nickname_lines,
        spelling_groups=spelling_groups,
        spelling_lead=lead,
    )


def _groups(name: str) -> tuple[tuple[tuple[str, ...], ...], dict[str, frozenset[int]]]:
    lines = tuple(
        tuple(dict.fromkeys(line.split()))
        for line in (_DATA / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    )
    membership: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line:
            membership.setdefault(word, set()).add(number)
    return lines, {word: frozenset(numbers) for word, numbers in membership.items()}
