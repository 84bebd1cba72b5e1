"""The index: who is found, how sure, and that it follows changes."""

from __future__ import annotations

import pytest

from models.matching import KnownPerson, Query
from pipeline.match.index import Index


def known(record_id: str, given: str, family: str, born: str | None = None, **more: object) -> KnownPerson:
    return KnownPerson.model_validate({"record_id": record_id, "given_names": given, "family_name": family, "date_of_birth": born, **more})


CROWD = tuple(
    known(
        f"X{number}",
        given,
        family,
        f"{1990 + number % 30}-{1 + number % 12:02}-{2 + number % 26:02}",
        gender="FM"[number % 2],
        postcode=f"ZZ{number % 40} 1AA",
    )
    for number, (given, family) in enumerate(
        (g, f) for g in ("Alice", "Ben", "Chloe", "Dan", "Ewa", "Farah") for f in ("Archer", "Baker", "Cole", "Dean", "Ellis") * 8
    )
)
LEILA = known("P1", "Leila", "Hamdan", "2014-03-07", gender="F", address="12 Pier Road, Seaton", postcode="ZZ1 2AB", nhs_number="9990000018")


@pytest.fixture
def index() -> Index:
    return Index.build((*CROWD, LEILA))


def test_the_same_person_is_a_match_with_reasons(index: Index) -> None:
    result = index.match(Query(id="q", name="Leila Hamdan", date_of_birth="7/3/14", postcode="zz12ab", as_of="2026-11-16"))
    assert result.decision == "match"
    assert result.candidates[0].record_id == "P1"
    words = {line.field: line.comparison for line in result.candidates[0].evidence}
    assert words["birth date"] == "birth date the same"
    assert words["address"] == "same postcode"


def test_swapped_day_and_month_is_said_in_words(index: Index) -> None:
    result = index.match(Query(id="q", name="HAMDAN, Leila", date_of_birth="03/07/2014", address="12 Pier Rd", as_of="2026-11-16"))
    assert result.candidates[0].record_id == "P1"
    assert "day and month swapped" in {line.comparison for line in result.candidates[0].evidence}


def test_nobody_held_answers_none_with_what_was_searched(index: Index) -> None:
    result = index.match(Query(id="q", name="Torvald Quist", date_of_birth="2001-05-05", as_of="2026-11-16"))
    assert result.decision == "none"
    assert any("birth date" in way for way in result.searched)


def test_added_changed_and_removed_records_are_followed(index: Index) -> None:
    query = Query(id="q", name="Oskar Nyman", date_of_birth="2012-02-03", postcode="ZZ9 9ZZ", as_of="2026-11-16")
    index.add(known("P2", "Oskar", "Nyman", "2012-02-03", postcode="ZZ9 9ZZ"))
    assert index.match(query).candidates[0].record_id == "P2"
    index.add(known("P2", "Oskar", "Nyman", "2011-02-03", postcode="ZZ8 8ZZ"))
    assert len(index) == len(CROWD) + 2
    changed = index.match(query).candidates[0]
    assert changed.person is not None
    assert changed.person.postcode == "ZZ8 8ZZ"
    assert index.remove("P2")
    assert all(candidate.record_id != "P2" for candidate in index.match(query).candidates)


def test_an_empty_index_answers_none() -> None:
    assert Index.build(()).match(Query(id="q", name="Leila Hamdan", date_of_birth="2014-03-07")).decision == "none"
