"""Reads the term files of the narrative reader, ours and a council's own, and says which file and line is wrong and how to put it right.

A folder holds `lexicon.toml`, `innocent.jsonl`, `assertion.jsonl`, `factuality.jsonl`, `urgency.jsonl` and `concerns/*.jsonl`; every file may be absent
from a council's folder. A line with an id of ours replaces ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from models.narrative_terms import AssertionCue, ConcernTerm, FactualityCue, InnocentTerm, Term, UrgencyTerm
from pipeline.authorities.term_patterns import Lexicon, Pattern, PatternError, compile_pattern
from pipeline.errors import WrongSetup

BUILT_IN = Path(__file__).parent / "terms"

AnyTerm = TypeVar("AnyTerm", bound=Term)


@dataclass(frozen=True)
class TermList(Generic[AnyTerm]):
    """Terms beside their compiled patterns, same order."""

    terms: tuple[AnyTerm, ...]
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Terms:
    """All that the term files say."""

    lexicon: Lexicon
    concerns: TermList[ConcernTerm]
    innocent: TermList[InnocentTerm]
    assertion: TermList[AssertionCue]
    factuality: TermList[FactualityCue]
    urgency: TermList[UrgencyTerm]


def load_terms(folder: Path | None = None) -> Terms:
    """Our terms, with those of a council's own folder added or put in their place."""
    folders = [BUILT_IN] if folder is None or folder.resolve() == BUILT_IN.resolve() else [BUILT_IN, folder]
    for place in folders:
        if not place.is_dir():
            raise WrongSetup(f"{place}: no such folder of terms; name one that exists, or leave the setting out")
    lexicon = _lexicon(folders)
    return Terms(
        lexicon=lexicon,
        concerns=_terms(folders, "concerns/*.jsonl", ConcernTerm, lexicon),
        innocent=_terms(folders, "innocent.jsonl", InnocentTerm, lexicon),
        assertion=_terms(folders, "assertion.jsonl", AssertionCue, lexicon),
        factuality=_terms(folders, "factuality.jsonl", FactualityCue, lexicon),
        urgency=_terms(folders, "urgency.jsonl", UrgencyTerm, lexicon),
    )


def _lexicon(folders: list[Path]) -> Lexicon:
    lists: dict[str, tuple[str, ...]] = {}
    irregular: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        path = folder / "lexicon.toml"
        if not path.exists():
            continue
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise WrongSetup(f"{path}: not a readable TOML file ({problem}); put the line right") from problem
        for target, key in ((lists, "lists"), (irregular, "irregular")):
            for name, words in data.get(key, {}).items():
                if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                    raise WrongSetup(f"{path}: {key}.{name} must be a list of words in quotation marks")
                target[name] = tuple(words)
    return Lexicon(lists, irregular)


def _terms(folders: list[Path], glob: str, kind: type[AnyTerm], lexicon: Lexicon) -> TermList[AnyTerm]:
    found: dict[str, tuple[AnyTerm, Pattern]] = {}
    for folder in folders:
        seen: set[str] = set()
        for path in sorted(folder.glob(glob)):
            for number, line in _lines(path):
                term, pattern = _term(path, number, line, kind, lexicon)
                if term.id in seen:
                    raise WrongSetup(f"{path} line {number}: the id {term.id} stands twice; give each term its own")
                seen.add(term.id)
                found[term.id] = (term, pattern)
    kept = [pair for pair in found.values() if not pair[0].off]
    return TermList(tuple(term for term, _ in kept), tuple(pattern for _, pattern in kept))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise WrongSetup(f"{path}: not UTF-8 text; save it as UTF-8") from problem
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _term(path: Path, number: int, line: str, kind: type[AnyTerm], lexicon: Lexicon) -> tuple[AnyTerm, Pattern]:
    try:
        term = kind.model_validate_json(line)
        return term, compile_pattern(term.pattern, lexicon)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the line"
        raise WrongSetup(f"{path} line {number}: {where}: {first['msg']}") from problem
    except PatternError as problem:
        raise WrongSetup(f"{path} line {number}: pattern: {problem}") from problem
