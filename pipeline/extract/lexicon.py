"""The words of forms, read from `pipeline/authorities/lexicon`: what labels ask, whom they mean, which questions and headings there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.authorities.forms import lexicon_file
from pipeline.extract.bags import bags, bare

_LONGEST = 5
"""Words in the longest phrase of a rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that must meet for a question or a heading. Phrases are words joined by an underscore."""

    value: str
    groups: tuple[frozenset[str], ...]
    none: frozenset[str]
    only: bool = False
    most: int = 99
    says: str | bool = True


class Rules:
    """Rules in their order, found by the words of their first group."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._index: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            for word in rule.groups[0]:
                self._index.setdefault(word, []).append(number)

    def __iter__(self) -> Iterator[Rule]:
        """Every rule, in order."""
        return iter(self._rules)

    def first(self, words: str) -> Rule | None:
        """The first rule that fits a label as compared."""
        return next(self.fitting(words), None)

    def fitting(self, words: str) -> Iterator[Rule]:
        """All rules that fit, in order."""
        parts = words.split()
        found = grams(parts)
        for number in sorted({number for gram in found for number in self._index.get(gram, ())}):
            rule = self._rules[number]
            if len(parts) > rule.most or (rule.only and len(parts) != 1) or not rule.none.isdisjoint(found):
                continue
            if not any(group.isdisjoint(found) for group in rule.groups):
                yield rule


def grams(parts: list[str]) -> frozenset[str]:
    """Every word, and every run of words joined by underscores."""
    found = set(parts)
    for size in range(2, _LONGEST + 1):
        found.update("_".join(parts[start : start + size]) for start in range(len(parts) - size + 1))
    return frozenset(found)


@dataclass(frozen=True)
class Lexicon:
    """Everything the data files say, ready to be looked up."""

    subjects: dict[str, str]
    slots: dict[str, str]
    roles: dict[str, str]
    answers: frozenset[str]
    qualifiers: frozenset[tuple[str, ...]]
    questions: Rules
    headings: Rules
    statements: Rules
    guidance: tuple[str, ...]
    ignore: frozenset[str]
    ethnicity_heads: frozenset[str]
    as_child: frozenset[str]
    as_above: frozenset[str]
    cores: dict[str, tuple[str, ...]]
    bags: dict[tuple[str, ...], str]
    bare: dict[tuple[str, ...], str]


def _rule(entry: dict[str, Any], value: str) -> Rule:
    return Rule(
        entry[value],
        tuple(frozenset(group.split()) for group in entry["all"]),
        frozenset(entry.get("none", "").split()),
        entry.get("only", False),
        entry.get("most", 99),
        entry.get("value", True),
    )


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    labels, furniture, questions = lexicon_file("labels.toml"), lexicon_file("furniture.toml"), lexicon_file("questions.toml")
    slots = {core: slot for slot, cores in labels["slots"].items() for core in cores}
    return Lexicon(
        subjects={phrase: block for block, entry in lexicon_file("subjects.toml").items() for phrase in entry["phrases"]},
        slots=slots,
        roles={core: kind for kind, cores in labels["roles"].items() for core in cores},
        answers=frozenset(labels["also_answers"]["words"]),
        qualifiers=frozenset(tuple(words.split()) for words in labels["qualifiers"]["words"]),
        questions=Rules([_rule(entry, "field") for entry in questions["rule"]]),
        headings=Rules([_rule(entry, "block") for entry in lexicon_file("headings.toml")["rule"]]),
        statements=Rules([_rule(entry, "field") for entry in questions["statement"]]),
        guidance=tuple(furniture["guidance_starts"]),
        ignore=frozenset(furniture["ignore_lines"]),
        ethnicity_heads=frozenset(furniture["ethnicity_heads"]),
        as_child=frozenset(furniture["as_child"]),
        as_above=frozenset(furniture["as_above"]),
        cores=_by_letter(core for core in slots if len(core) >= 6),
        bags=bags(slots),
        bare=bare(slots),
    )


def _by_letter(cores: Iterator[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for core in cores:
        found.setdefault(core[0], []).append(core)
    return {letter: tuple(words) for letter, words in found.items()}
