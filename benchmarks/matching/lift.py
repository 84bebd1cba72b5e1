"""What the household adds: forms of three to eight people looked up together and one by one: `python -m benchmarks.matching.lift [--seed work]`.

A form names most of one household, sometimes the mother's new partner with a child of his, sometimes a child that nobody holds a record of.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace

from benchmarks.matching.queries import Asker, Question
from benchmarks.matching.register import Made, Maker, make_register
from benchmarks.matching.score import Outcome, brier, largest_gap, outcome, share
from benchmarks.matching.seeds import SEEDS
from pipeline.match.family import match_household
from pipeline.match.index import Index


def make_forms(people: list[Made], seed: int, maker: Maker, count: int) -> list[list[Question]]:
    """Forms with known answers."""
    rng = random.Random(seed)
    asker = Asker(seed + 1, maker)
    homes = list({one.known.household_id: one.household for one in people if len(one.household) >= 2}.values())
    forms: list[list[Question]] = []
    while len(forms) < count:
        home = rng.choice(homes)
        named = [one for one in home if rng.random() < 0.9]
        if rng.random() < 0.25:
            named += rng.choice(homes)[1:3]
        form = [asker.member(one) for one in named[:8]]
        children = [one for one in home if one.role == "child"]
        if children and rng.random() < 0.3 and len(form) < 8:
            form.append(asker.outsider(rng.choice(children), rng.choice(("sibling", "twin", "sibling"))))
        if 3 <= len(form) <= 8:
            forms.append([replace(one, query=one.query.model_copy(update={"id": f"people.{n}"})) for n, one in enumerate(form)])
    return forms


def both_ways(forms: list[list[Question]], index: Index) -> tuple[list[Outcome], list[Outcome]]:
    """Everyone one by one, and everyone with their household."""
    alone, together = [], []
    for form in forms:
        found = match_household([one.query for one in form], index).people
        alone += [outcome(one, index.match(one.query), 0.0) for one in form]
        together += [outcome(one, result, 0.0) for one, result in zip(form, found, strict=True)]
    return alone, together


def figures(outcomes: list[Outcome]) -> dict[str, float]:
    """What the household should raise, and what it must not."""
    members = [one for one in outcomes if one.question.record_id]
    others = [one for one in outcomes if not one.question.record_id]
    return {
        "recall@1": share(members, lambda one: one.rank == 0), "match: members right": share(members, lambda one: one.matched and one.right),
        "0.9: members right": share(members, lambda one: one.top >= 0.9 and one.right), "0.9: wrong person": float(sum(one.top >= 0.9 and not one.right for one in members)),
        "match: not held": share(others, lambda one: one.matched), "0.9: not held": share(others, lambda one: one.top >= 0.9),
        "Brier": brier(outcomes), "largest bin gap": largest_gap(outcomes), "members": float(len(members)), "not held": float(len(others)),
    }  # fmt: skip


def lift(seed: str, people: int, count: int) -> dict[str, tuple[float, float]]:
    """Each figure alone and with the household."""
    number = SEEDS[seed]
    made = list(make_register(number, people))
    index = Index.build(one.known for one in made)
    alone, together = both_ways(make_forms(made, number + 11, Maker(number + 60_000, people), count), index)
    left, right = figures(alone), figures(together)
    return {name: (left[name], right[name]) for name in left}


def main() -> None:
    """Two columns."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", default="work", choices=SEEDS)
    parser.add_argument("--forms", type=int, default=400)
    chosen = parser.parse_args()
    print(f"{chosen.forms} forms, {chosen.people} records, seed {chosen.seed}: one by one -> with the household")
    for name, (alone, together) in lift(chosen.seed, chosen.people, chosen.forms).items():
        print(f"  {name:26}{alone:9.4f} -> {together:7.4f}", flush=True)


if __name__ == "__main__":
    main()
