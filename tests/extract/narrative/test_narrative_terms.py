"""Every line of the term files is proved by its own two examples; and a wrong file is answered with its place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.narrative_terms import Term
from pipeline.authorities.terms import BUILT_IN, Terms, load_terms
from pipeline.errors import WrongSetup
from pipeline.extract.narrative.concerns import Concerns
from pipeline.extract.narrative.loading import load_language
from pipeline.extract.narrative.view import view

TERMS = load_terms()
LANGUAGE = load_language()
CONCERNS = Concerns(TERMS)
LISTS = ("concerns", "innocent", "assertion", "factuality", "urgency")


def _cases(terms: Terms) -> list[tuple[str, int, Term]]:
    return [(name, number, term) for name in LISTS for number, term in enumerate(getattr(terms, name).terms)]


def _found(name: str, number: int, text: str) -> bool:
    seen = view(LANGUAGE(text), 0)
    if name == "concerns":
        return TERMS.concerns.terms[number] in [term for term, _, _ in CONCERNS.spans(seen)]
    pattern = getattr(TERMS, name).patterns[number]
    return pattern.regex.search(seen.line) is not None


@pytest.mark.parametrize(("name", "number", "term"), _cases(TERMS), ids=lambda value: value.id if isinstance(value, Term) else None)
def test_term_matches_its_example_and_not_its_counter_example(name: str, number: int, term: Term) -> None:
    assert _found(name, number, term.match), term.match
    assert not _found(name, number, term.no_match), term.no_match


def test_every_category_has_terms() -> None:
    assert len({term.category for term in TERMS.concerns.terms}) == 14


def test_council_folder_adds_and_replaces_and_retires(tmp_path: Path) -> None:
    (tmp_path / "concerns").mkdir()
    ours = TERMS.concerns.terms[0]
    line = '{"id":"local.zigzag","category":"housing","pattern":"zigzag (house|flat)","says":"x","match":"a zigzag flat","no_match":"a flat"}\n'
    retired = ours.model_copy(update={"off": True}).model_dump_json()
    (tmp_path / "concerns" / "local.jsonl").write_text(line + retired + "\n", encoding="utf-8")
    ids = {term.id for term in load_terms(tmp_path).concerns.terms}
    assert "local.zigzag" in ids
    assert ours.id not in ids


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "x"', "line 1"),
        ('{"id":"x","category":"housing","pattern":"(a|b","says":"s","match":"a","no_match":"c"}', "bracket is not closed"),
        ('{"id":"x","category":"housing","pattern":"$nolist","says":"s","match":"a","no_match":"c"}', "no such list"),
        ('{"id":"x","category":"moods","pattern":"a","says":"s","match":"a","no_match":"c"}', "category"),
    ],
)
def test_wrong_term_file_names_file_line_and_fault(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "concerns").mkdir()
    (tmp_path / "concerns" / "local.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(WrongSetup, match=r"local\.jsonl line 1") as caught:
        load_terms(tmp_path)
    assert words in str(caught.value)


def test_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WrongSetup, match="no such folder"):
        load_terms(tmp_path / "absent")


def test_built_in_folder_may_be_named() -> None:
    assert load_terms(BUILT_IN).concerns.terms == TERMS.concerns.terms
