"""Refits the reader's confidences: `python -m benchmarks.confidence.fit FOLDER... [--write]`.

Each folder holds filled forms beside their gold, as `python -m benchmarks.reading.generate --split fit --out FOLDER` makes them. Every value that is read is judged, and a
logistic model with a penalty is fitted to what was seen of it; layouts are held out in turn to report how well the chances hold on forms the fit has not seen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.confidence.forget import forgetting
from benchmarks.reading.family import TODAY
from benchmarks.reading.judge import Judge
from models.document import Document
from models.mail import FileKind
from pipeline.authorities.forms import load_forms
from pipeline.extract import reader
from pipeline.extract.body import read_body
from pipeline.extract.understand import explain
from pipeline.ingest.message import parse

WEIGHTS = Path(__file__).parents[2] / "pipeline" / "extract" / "data" / "confidence.json"
PENALTY = 3.0
LEAN = 0.6
"""How much is taken off the score on forms of unknown wording: there a value that is thought right and is wrong costs more than a look too many."""
PRIOR = {
    "base": 3.5, "ocr": -6.0, "origin=ocr": -0.9, "origin=pixels": -0.9, "agrees=differs": -2.5, "agrees=twice": 0.7, "typed=odd": -1.8, "typed=split": -0.9, "looks=odd": -2.5,
    "block=guess": -1.2, "match=none": -2.0, "match=fuzzy": -0.9, "match=combined": -0.4, "how=derived": -0.9, "file=text": -0.3, "file=pdf": -0.2,
}  # fmt: skip
"""What is believed before anything is seen: it stands where the forms of the fit show too little."""

KINDS = {".docx": FileKind.DOCX, ".pdf": FileKind.PDF}

Row = tuple[str, dict[str, float], bool]
Floats = NDArray[np.float64]


def opened(path: Path) -> Document:
    """One file as the reader sees it: taken apart, not yet understood."""
    data = path.read_bytes()
    if path.suffix == ".eml":
        mail = parse(data)
        return read_body(mail.body_text, mail.body_html, path.name)
    return reader.read_document(data, path.name, KINDS[path.suffix])


def understood(document: Document) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """What it says, with what each value rests on."""
    found, seen = explain(document, load_forms(), TODAY)
    return json.loads(found.model_dump_json()), seen


def rows_of(folder: Path, forgotten: tuple[float, ...] = (0.0,)) -> list[Row]:
    """What was seen of every value in a folder, and whether it is right. A made-up confidence marks each value through the judge.

    `forgotten` are the shares of the lexicon to read each file without, once for each.
    """
    rows: list[Row] = []
    for gold_file in sorted(folder.glob("*.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        try:
            document = opened(folder / gold["file"])
        except Exception as fault:
            print(f"left out: {gold['file']} ({type(fault).__name__})", file=sys.stderr)
            continue
        for share in forgotten:
            with forgetting(share, f"{gold_file.name} {share}"):
                answer, seen = understood(document)
            rows += _judged(gold, answer, seen)
    return rows


def _judged(gold: dict[str, Any], answer: dict[str, Any], seen: dict[str, dict[str, float]]) -> list[Row]:
    marks = {}
    for number, value in enumerate(answer["fields"], start=1):
        value["confidence"] = number / 1_000_000
        marks[number] = value["path"]
    return [(gold["layout"], seen[marks[round(mark * 1_000_000)]], fine) for mark, fine in Judge(gold, answer).judge().confidences]


def fitted(rows: list[Row]) -> dict[str, float]:
    """Weights by Newton's method; the penalty keeps what was seldom seen near nothing."""
    names = sorted({name for _, seen, _ in rows for name in seen})
    column = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for number, (_, seen, _) in enumerate(rows):
        for name, amount in seen.items():
            table[number, column[name]] = amount
    right = np.array([fine for _, _, fine in rows], dtype=float)
    names += [name for name in PRIOR if name not in column]
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    table = np.hstack([table, np.zeros((len(rows), len(names) - table.shape[1]))])
    column = {name: number for number, name in enumerate(names)}
    weights = prior.copy()
    penalty = np.full(len(names), PENALTY)
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (chance - right) + penalty * (weights - prior)
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-7:
            break
    return {name: round(float(weights[column[name]]), 3) for name in names}


def chances(rows: list[Row], weights: dict[str, float]) -> Floats:
    """The chance the weights give each row."""
    scores = np.array([sum(weights.get(name, 0.0) * amount for name, amount in seen.items()) for _, seen, _ in rows])
    found: Floats = np.clip(1 / (1 + np.exp(-scores)), 0.01, 0.995)
    return found


def report(chance: Floats, rows: list[Row], name: str) -> None:
    """Expected calibration error, precision at 0.95 and above, and the share of values there."""
    right = np.array([fine for _, _, fine in rows], dtype=float)
    bins = np.minimum(9, (chance * 10).astype(int))
    error = sum(abs(float(chance[bins == one].mean()) - float(right[bins == one].mean())) * float((bins == one).mean()) for one in set(bins.tolist()))
    high = chance >= 0.95
    print(
        f"{name}: {len(rows)} values, ECE {error:.4f}, precision at 0.95 {float(right[high].mean()) if high.any() else 0:.4f}, share there {float(high.mean()):.3f}"
    )


def held_out(rows: list[Row], parts: int = 5) -> Floats:
    """The chance of each value, from a fit that has not seen its layout."""
    layouts = sorted({layout for layout, _, _ in rows})
    part = {layout: number % parts for number, layout in enumerate(layouts)}
    found = np.zeros(len(rows))
    groups: dict[int, list[int]] = defaultdict(list)
    for number, (layout, _, _) in enumerate(rows):
        groups[part[layout]].append(number)
    for inside in groups.values():
        chosen = set(inside)
        weights = fitted([row for number, row in enumerate(rows) if number not in chosen])
        found[inside] = chances([rows[number] for number in inside], weights)
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Fit the reader's confidences on filled forms.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--forget", default="0", help="shares of the lexicon to read each file without, once for each: 0,0.1,0.3")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args()
    forgotten = tuple(float(share) for share in options.forget.split(","))
    rows = [row for folder in options.folders for row in rows_of(folder, forgotten)]
    report(held_out(rows), rows, "layouts held out")
    weights = fitted(rows)
    report(chances(rows, weights), rows, "the fit itself")
    if options.write:
        weights["form=unknown"] = round(weights.get("form=unknown", 0.0) - LEAN, 3)
        told = {"fitted": f"on {len(rows)} values of {len({layout for layout, _, _ in rows})} layouts", "weights": weights}
        WEIGHTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
