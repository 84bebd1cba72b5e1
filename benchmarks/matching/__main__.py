"""The whole table in one command: `python -m benchmarks.matching [--quick] [--peers ENV] [--nomenklatura ENV] [--sizes 100000,1000000]`.

Each part runs in a process of its own. `--quick` leaves out a million records and the peers. `make bench-matching` makes the peers'
environments first (nomenklatura needs another duckdb than Splink); without them the parts that need them say so and are left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.matching.score import Outcome, answer, bins, by_group, figures, group_gap, share
from benchmarks.matching.seeds import SEEDS, world
from pipeline.match.index import Index
from pipeline.match.weights import shipped_weights

REACH = {
    "recall@1": (">=", 0.990), "recall@5": (">=", 0.997), "match: members right": (">=", 0.80), "match: non-members": ("<=", 0.002), "match: twins of held": ("<=", 0),
    "0.9: members right": (">=", 0.88), "0.9: non-members": ("<=", 0.010), "0.9: wrong person": ("<=", 0), "Brier": ("<=", 0.040), "largest bin gap": ("<=", 0.07), "group gap at 0.9": ("<=", 0.05),
}  # fmt: skip
REACH_AT_SIZE = {
    "recall@5": (">=", 0.980), "p50 ms": ("<=", 5), "p95 ms": ("<=", 15), "form of eight ms": ("<=", 100), "import and index s": ("<=", 300), "index peak MB": ("<=", 1000),
    "load s": ("<=", 3), "peak MB": ("<=", 1000), "times faster than the scan": (">=", 50),
}  # fmt: skip


def line(name: str, value: float, reach: tuple[str, float] | None) -> None:
    """One figure beside what it should reach."""
    verdict = ""
    if reach:
        good = value >= reach[1] if reach[0] == ">=" else value <= reach[1]
        verdict = f"   asked {reach[0]} {reach[1]:g}: {'reached' if good else 'NOT REACHED'}"
    print(f"  {name:30}{value:12.4f}{verdict}", flush=True)


def accuracy(seed: str, people: int) -> None:
    """The register of twenty thousand: figures, calibration, naming groups."""
    made, questions = world(seed, people, int(people * 0.3), int(people * 0.12))
    index = Index.build(one.known for one in made)
    outcomes = answer(questions, index.match)
    print(f"\n== {len(index)} records, {len(questions)} questions, seed {seed} ({SEEDS[seed]}), weights {shipped_weights().version}")
    for name, value in figures(outcomes).items():
        if not name.endswith(" ms"):
            line(name, value, REACH.get(name))
    print("  predicted -> observed: " + ", ".join(f"{a:.3f}->{b:.3f} ({n})" for a, b, n in bins(outcomes)))
    members = [one for one in outcomes if one.question.record_id]
    print("  right at 0.9 by naming group: " + ", ".join(f"{name} {part:.3f} ({count})" for name, (part, count) in by_group(members).items()))
    fair = [one for one in members if one.question.birth_style == "exact" or one.question.address_style == "current"]
    line("group gap, date or address good", group_gap(fair), None)
    _by_slip(members)


def _by_slip(members: list[Outcome]) -> None:
    for what in ("name_style", "birth_style", "address_style"):
        kinds = sorted({str(getattr(one.question, what)) for one in members})
        groups = {kind: [one for one in members if getattr(one.question, what) == kind] for kind in kinds}
        print(
            f"  recall@1/@5 by {what}: "
            + ", ".join(
                f"{kind} {share(found, lambda one: one.rank == 0):.3f}/{share(found, lambda one: one.rank < 5):.3f}" for kind, found in groups.items()
            )
        )


def size(people: int) -> None:
    """Speed and memory at one size."""
    from benchmarks.matching.scale import measured

    print(f"\n== {people} records: import, index, answers, each in a new process")
    found = measured(people)
    found["import and index s"] = found["import s"] + found["index s"]
    for name, value in found.items():
        line(name, value, REACH_AT_SIZE.get(name) if people >= 1_000_000 else None)


def part(python: str | Path, *arguments: str) -> None:
    """A part in a process of its own; one that fails does not stop the others."""
    if not Path(python).is_file():
        print(f"\n== {' '.join(arguments)}: left out, {python} is not there; see the README", flush=True)
        return
    print(f"\n== {' '.join(arguments)}", flush=True)
    if subprocess.run([str(python), "-m", *arguments], check=False).returncode:
        print("  failed", flush=True)


def main() -> None:
    """Everything, in the order of the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", default="report", choices=SEEDS)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--peers", type=Path, default=Path(".venv/peers-matching"))
    parser.add_argument("--nomenklatura", type=Path, default=Path(".venv/peers-nomenklatura"))
    chosen = parser.parse_args()
    accuracy(chosen.seed, chosen.people)
    part(sys.executable, "benchmarks.matching.lift", "--seed", chosen.seed)
    part(sys.executable, "benchmarks.matching.stability", *(("--seeds", "2", "--twins", "300") if chosen.quick else ()))
    if chosen.quick:
        return
    part(chosen.peers / "bin" / "python", "benchmarks.matching.febrl")
    part(chosen.peers / "bin" / "python", "benchmarks.matching.peers", "20000", str(chosen.nomenklatura / "bin" / "python"))
    for people in json.loads(f"[{chosen.sizes}]"):
        size(people)


if __name__ == "__main__":
    main()
