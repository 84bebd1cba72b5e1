"""The same figures over several registers: `python -m benchmarks.matching.stability [--seeds 6] [--twins 600]`.

One seed has a few hundred questions in its smaller naming groups and a few dozen twins: what it finds there is chance as much as merit. This asks
several registers that nothing was fitted on, adds many more twins and many more brothers and sisters who are not held, and tells the spread.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from benchmarks.matching.queries import Asker, make_questions
from benchmarks.matching.register import Maker, make_register
from benchmarks.matching.score import Outcome, answer, bins, by_group, figures, group_gap, largest_gap, share
from pipeline.match.index import Index
from pipeline.match.weights import Weights, read_weights, shipped_weights

FIRST = 7000
"""The registers of this part are FIRST, FIRST + 1, ...: neither fitted, nor calibrated, nor the table's own."""
SHOWN = (
    "recall@1", "recall@5", "match: members right", "match: non-members", "match: twins of held", "match: wrong person", "0.9: members right", "0.9: non-members", "0.9: wrong person",
    "Brier", "largest bin gap", "group gap at 0.9",
)  # fmt: skip


def one_register(seed: int, people: int, members: int, outsiders: int, twins: int, weights: Weights) -> tuple[Index, list[Outcome], list[Outcome]]:
    """The usual questions of one register, and twins who are not held."""
    made = list(make_register(seed, people))
    index = Index.build((one.known for one in made), weights)
    usual = answer(make_questions(made, Maker(seed + 50_000, people), seed + 7, members, outsiders), index.match)
    asker = Asker(seed + 21, Maker(seed + 70_000, people))
    children = [one for one in made if one.role == "child"]
    chosen = random.Random(seed + 22).sample(children, min(twins, len(children)))
    return index, usual, answer([asker.outsider(one, "twin") for one in chosen], index.match)


def main() -> None:
    """The spread of every figure, and all registers as one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=FIRST)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--members", type=int, default=3000)
    parser.add_argument("--outsiders", type=int, default=1200)
    parser.add_argument("--twins", type=int, default=600)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--bad", type=int, default=0, help="how many wrong answers to print, with the reasons given")
    chosen = parser.parse_args()
    weights = read_weights(chosen.weights) if chosen.weights else shipped_weights()
    print(
        f"{chosen.seeds} registers of {chosen.people}, each {chosen.members} members, {chosen.outsiders} others, {chosen.twins} more twins; weights {weights.version}"
    )
    found: dict[str, list[float]] = defaultdict(list)
    everything: list[Outcome] = []
    extra: list[Outcome] = []
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        index, usual, twins = one_register(seed, chosen.people, chosen.members, chosen.outsiders, chosen.twins, weights)
        for name, value in figures(usual).items():
            found[name].append(value)
        found["more twins matched"].append(sum(one.matched for one in twins))
        found["more twins over 0.9"].append(sum(one.top >= 0.9 for one in twins))
        everything += usual
        extra += twins
        for one in [one for one in (*usual, *twins) if _wrong(one)][: chosen.bad]:
            explain(one, index)
    print(f"  {'':26}{'each register':60}{'spread':>18}")
    for name in (*SHOWN, "more twins matched", "more twins over 0.9"):
        each = " ".join(f"{value:8.4f}" for value in found[name])
        print(f"  {name:26}{each:60}{min(found[name]):9.4f}{max(found[name]):9.4f}")
    together(everything, extra)


def together(everything: list[Outcome], twins: list[Outcome]) -> None:
    """All registers as one: small groups and rare errors show only here."""
    members = [one for one in everything if one.question.record_id]
    print(f"  all together: group gap {group_gap(members):.4f}, bin gap {largest_gap(everything):.4f}")
    print("  predicted -> observed: " + ", ".join(f"{predicted:.3f}->{observed:.3f} ({count})" for predicted, observed, count in bins(everything)))
    print("  right at 0.9 by naming group: " + ", ".join(f"{name} {part:.3f} ({count})" for name, (part, count) in by_group(members).items()))
    cultures: dict[str, list[Outcome]] = defaultdict(list)
    for one in members:
        cultures[one.question.culture].append(one)
    print(
        "  right at 0.9, recall@1 by community: "
        + ", ".join(
            f"{code} {share(group, lambda o: o.top >= 0.9 and o.right):.3f} {share(group, lambda o: o.rank == 0):.3f} ({len(group)})"
            for code, group in sorted(cultures.items(), key=lambda item: share(item[1], lambda o: o.top >= 0.9 and o.right))
        )
    )
    others = [one for one in everything if not one.question.record_id]
    asked, matched, sure = (
        Counter(one.question.kind for one in kept) for kept in (others, [o for o in others if o.matched], [o for o in others if o.top >= 0.9])
    )
    print(
        "  not held, by kind: matched, over 0.9, asked: "
        + ", ".join(f"{kind} {matched[kind]} {sure[kind]} of {asked[kind]}" for kind in sorted(asked))
    )
    print(
        f"  twins in all: {matched['twin'] + sum(one.matched for one in twins)} matched of {asked['twin'] + len(twins)}; most sure of one {np.max([o.top for o in twins]):.3f}"
    )


def _wrong(one: Outcome) -> bool:
    return one.top >= 0.9 and not one.right


def explain(one: Outcome, index: Index) -> None:
    """A wrong answer, and why it was given."""
    print(f"  {one.top:.3f} {'MATCHED' if one.matched else ''} {one.question.kind} {one.question.culture} {one.question}")
    for candidate in index.match(one.question.query).candidates[:2]:
        known = candidate.person
        if known:
            print(
                "     ",
                candidate.record_id,
                candidate.probability,
                known.given_names,
                known.family_name,
                known.aliases,
                known.date_of_birth,
                known.address,
                known.postcode,
            )
        print("       ", [(line.field, line.comparison[:40], line.weight) for line in candidate.evidence])


if __name__ == "__main__":
    main()
