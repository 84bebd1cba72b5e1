"""Weights from a council's own confirmed decisions: `python -m benchmarks.matching.fit --decisions FILE --records FILE -o FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from benchmarks.matching.fit import Examples, Likelihood, calibration, fitted, flatten, gather, version_now
from models.matching import Query
from pipeline.errors import WrongSetup
from pipeline.match.index import Index
from pipeline.match.records import read_records
from pipeline.match.weights import Floats, Weights, quick_weights, shipped_weights, weights_as_json

FEW = 400
"""Below so many decisions the calibration in use stays: its knots would be chance."""


def read_decisions(file: Path) -> list[tuple[Query, str | None]]:
    """Who each person asked for turned out to be: a record, or nobody held. Raises WrongSetup naming the line that is no decision."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            decided = json.loads(line)
            found.append((Query.model_validate(decided["query"]), decided["record_id"]))
        except (ValueError, KeyError, TypeError) as problem:
            raise WrongSetup(f'{file.name}: line {number} is no decision {{"query": ..., "record_id": ...}} ({type(problem).__name__})') from None
    if not found:
        raise WrongSetup(f"{file.name}: holds no decision; `mash-intake corrections export --for matches` writes them")
    return found


def fit_council(records: Path, decisions: Path, output: Path, hold: float) -> None:
    """New weights from a council's own decisions, and how they do on decisions left out."""
    before = shipped_weights()
    decided = read_decisions(decisions)
    index = Index.build((person for batch in read_records(records).batches() for person in batch.people), before)
    unknown = sum(record_id is not None and record_id not in index for _, record_id in decided)
    if unknown:
        print(f"  {unknown} decisions name a record that is not in {records.name}: they are left out")
        decided = [one for one in decided if one[1] is None or one[1] in index]
    halves = [gather(index, decided[start::2]) for start in (0, 1)]
    left_out = [foretold(fitted(learn, hold, before), test) for learn, test in (halves, halves[::-1])] if len(decided) >= 4 else []
    told = [foretold((before.base, before.rate, before.prior), test) for test in halves[::-1]] if left_out else []
    print(
        f"  {len(decided)} decisions; loss of one left out: in use {sum(told) / max(len(decided), 1):.4f}, fitted {sum(left_out) / max(len(decided), 1):.4f} (lower is better)"
    )
    base, rate, prior = fitted(gather(index, decided), hold, before)
    points = list(before.calibration)
    if len(decided) >= FEW:
        index.weights = Weights("fit", base, rate, prior, (), quick_weights(base, rate))
        points = calibration([(index, decided)])
    output.write_text(
        weights_as_json(version_now(), base, rate, prior, points, f"{len(decided)} confirmed decisions, from {before.version}"), encoding="utf-8"
    )


def foretold(tables: tuple[Floats, Floats, Floats], examples: Examples) -> float:
    """The loss of these decisions under these weights: what was decided, how unlikely they thought it."""
    start = flatten(*tables)
    return Likelihood(examples, start, np.ones_like(start), np.zeros_like(start))(start)[0]
