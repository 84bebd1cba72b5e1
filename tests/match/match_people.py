"""Made-up people for the matching tests: a crowd to be lost in, and builders."""

from __future__ import annotations

from models.matching import KnownPerson, Query

_GIVEN = ("Alice", "Ben", "Chloe", "Dan", "Ewa", "Farah", "Gita", "Hugo", "Ines", "Jamal", "Kofi", "Lena", "Musa", "Nadia", "Omar", "Priya")
_FAMILY = (
    "Archer", "Begum", "Cole", "Deng", "Ellis", "Farah", "Gill", "Hussain", "Ivanov", "Jones", "Khan", "Lewis", "Mensah", "Nowak", "Okafor", "Patel", "Quinn", "Rahman", "Smith", "Tran",
)  # fmt: skip


def known(record_id: str, given: str | None, family: str | None, born: str | None = None, **more: object) -> KnownPerson:
    return KnownPerson.model_validate({"record_id": record_id, "given_names": given, "family_name": family, "date_of_birth": born, **more})


def query(name: str, born: str | None = None, **more: object) -> Query:
    return Query.model_validate({"id": "q", "name": name, "date_of_birth": born, "as_of": "2026-11-16", **more})


def crowd() -> list[KnownPerson]:
    """320 people, no two alike."""
    return [
        known(
            f"X{number}",
            given,
            family,
            f"{1985 + number % 37}-{1 + number % 12:02}-{2 + number % 26:02}",
            gender="FM"[number % 2],
            address=f"{1 + number % 60} Crowd Street, Elsewhere",
            postcode=f"ZX{number % 9 + 1} {number % 7}AB",
            household_id=f"C{number // 3}",
        )
        for number, (given, family) in enumerate((given, family) for given in _GIVEN for family in _FAMILY)
    ]
