"""The table of figures: `python -m benchmarks.matching.evaluate [--people N] [--seed report]`."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.matching.score import Outcome, answer, bins, by_group, figures, share
from benchmarks.matching.seeds import SEEDS, world
from pipeline.match.index import Index
from pipeline.match.weights import read_weights


def main() -> None:
    """Prints the table, the slices and the calibration."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", default="work", choices=SEEDS)
    parser.add_argument("--members", type=int, default=1750)
    parser.add_argument("--outsiders", type=int, default=750)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    chosen = parser.parse_args()
    made, questions = world(chosen.seed, chosen.people, chosen.members, chosen.outsiders)
    start = time.perf_counter()
    index = Index.build((one.known for one in made), read_weights(chosen.weights) if chosen.weights else None)
    print(f"{len(index)} records indexed in {time.perf_counter() - start:.1f} s; {len(questions)} questions, seed {chosen.seed}")
    outcomes = answer(questions, index.match)
    for name, value in figures(outcomes).items():
        print(f"  {name:28}{value:9.4f}")
    slices(outcomes)
    for one in [one for one in outcomes if _bad(one)][: chosen.misses]:
        print(one.rank, round(one.top, 3), one.story, one.question)
        for candidate in index.match(one.question.query).candidates[:2]:
            known = candidate.person
            print(
                "   ",
                candidate.record_id,
                candidate.probability,
                candidate.story,
                known and (known.given_names, known.family_name, known.aliases, known.date_of_birth, known.address, known.postcode, known.school),
            )
            print("      ", [(line.field, line.comparison[:34], line.weight) for line in candidate.evidence])
        if one.question.record_id and one.rank:
            print("    right:", index.person(one.question.record_id))


def _bad(one: Outcome) -> bool:
    return (one.question.record_id is not None and one.rank > 0) or (one.question.record_id is None and one.top > 0.9)


def slices(outcomes: list[Outcome]) -> None:
    """By group, by what was done to the query, and the calibration."""
    members = [one for one in outcomes if one.question.record_id]
    print("  right at 0.9 by group: " + ", ".join(f"{name} {part:.3f} ({count})" for name, (part, count) in by_group(members).items()))
    for what in ("name_style", "birth_style", "address_style", "kind"):
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for one in members:
            groups[getattr(one.question, what)].append(one)
        print(
            f"  {what}: "
            + ", ".join(
                f"{name} {share(found, lambda o: o.rank == 0):.3f}/{share(found, lambda o: o.rank < 5):.3f} ({len(found)})"
                for name, found in sorted(groups.items())
            )
        )
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if not one.question.record_id:
            kinds[one.question.kind].append(one)
    print(
        "  non-members over 0.5 / 0.9 / match: "
        + ", ".join(
            f"{name} {share(f, lambda o: o.top >= 0.5):.3f}/{share(f, lambda o: o.top >= 0.9):.3f}/{share(f, lambda o: o.matched):.3f} ({len(f)})"
            for name, f in sorted(kinds.items())
        )
    )
    print("  predicted -> observed: " + ", ".join(f"{predicted:.3f}->{observed:.3f} ({count})" for predicted, observed, count in bins(outcomes)))


if __name__ == "__main__":
    main()
