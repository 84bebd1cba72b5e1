"""Fits the weights from decided questions: `python -m benchmarks.matching.fit -o pipeline/match/data/weights.json`.

The likelihood is the matcher's own: each candidate's three stories, shared out over the candidates and "not held". It starts at the prior of
prior.py and is held towards it, so that a level seldom seen keeps a sensible weight.

`--decisions FILE` fits on a council's own confirmed decisions instead of made-up people: what `mash-intake corrections export --for matches` writes, with
`--records FILE`, the records as they were imported. It starts from the weights in use and is held towards them, and tells how well decisions that
were left out of a fit are foretold with the weights in use and with the new ones: whoever puts new weights to use reads that first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.matching.prior import prior_tables
from benchmarks.matching.seeds import world
from models.matching import Query
from pipeline.match.compare import FEATURES, LEVEL_NAMES
from pipeline.match.holds import held_back
from pipeline.match.index import Index
from pipeline.match.score import NAMED, share
from pipeline.match.weights import MOST_LEVELS, STORIES, Floats, Weights, quick_weights, weights_as_json

LESS = 0.5
"""Bits by which a dummy date weighs less, at the least."""
KEPT = 15
"""Candidates of a question that enter the fit: the likeliest, and always the right one."""
WORLDS = (("fit", 20_000, 3000, 1300), ("fit2", 3_000, 900, 400), ("fit3", 40_000, 1800, 800))
CALIBRATED = (
    ("calibrate", 20_000, 4000, 1700),
    ("calibrate2", 20_000, 4000, 1700),
    ("calibrate3", 20_000, 4000, 1700),
)
_LN2 = float(np.log(2.0))
_FEATURES = np.arange(len(FEATURES))
PERSON, TWIN = STORIES.index("same"), STORIES.index("twin")
_BIRTH = next(place for place, feature in enumerate(FEATURES) if feature.id == "birth")
_BIRTH_CELLS = slice(_BIRTH * MOST_LEVELS, (_BIRTH + 1) * MOST_LEVELS)


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidates of all questions one after another; `start` is where each question begins, `right` marks the right one, `shift` is the prior in bits."""

    levels: np.ndarray
    bits: Floats
    shift: Floats
    crowded: Floats
    right: Floats
    question: np.ndarray


def gather(index: Index, decided: Iterable[tuple[Query, str | None]]) -> Examples:
    """Looks every question up and keeps what was compared."""
    levels, bits, right, question, crowded = [], [], [], [], []
    for number, (query, record_id) in enumerate(decided):
        shortlist = index.look_up(query)
        order = np.argsort(-shortlist.odds)[:KEPT].tolist()
        wanted = [at for at, row in enumerate(shortlist.rows) if record_id and index.shown(row).record_id == record_id] if record_id else []
        for at in dict.fromkeys(order + wanted):
            levels.append(shortlist.comparisons[at][0])
            bits.append(shortlist.comparisons[at][1])
            right.append(float(at in wanted))
            question.append(number)
            crowded.append(shortlist.common.crowded)
    count = len(levels)
    return Examples(
        np.array(levels), np.array(bits), np.full(count, -np.log2(max(len(index), 2))), np.array(crowded), np.array(right), np.array(question)
    )


def joined(parts: list[Examples]) -> Examples:
    """Several worlds as one."""
    offsets = np.cumsum([0, *(int(part.question.max()) + 1 for part in parts[:-1])])
    levels, bits, shift, crowded, right = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("levels", "bits", "shift", "crowded", "right")
    )
    return Examples(
        levels, bits, shift, crowded, right, np.concatenate([part.question + offset for part, offset in zip(parts, offsets, strict=True)])
    )


class Likelihood:
    """The loss and its gradient over base, rate and prior, flattened."""

    def __init__(self, examples: Examples, start: Floats, free: Floats, hold: Floats) -> None:
        self.examples, self.start, self.free, self.hold = examples, start, free, hold
        self.questions = int(examples.question.max()) + 1
        self.cells = (_FEATURES * MOST_LEVELS + examples.levels).ravel()

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        base, rate, prior = unflatten(theta.copy())
        _share_birthday(base, rate)
        seen = self.examples
        told = (base[:, _FEATURES, seen.levels] + rate[:, _FEATURES, seen.levels] * seen.bits).sum(axis=2).T + prior + seen.shift[:, None]
        told[:, 1:] -= seen.crowded[:, None] * NAMED
        crowd = np.logaddexp2.reduce(np.column_stack((told[:, 1:], np.zeros(len(told)))), axis=1)
        person = (told[:, 0] - crowd - seen.crowded) * _LN2
        highest = np.maximum(np.full(self.questions, 0.0), _group_max(person, seen.question, self.questions))
        total = np.bincount(seen.question, np.exp(person - highest[seen.question]), self.questions) + np.exp(-highest)
        loss = float((np.log(total) + highest).sum() - (person * seen.right).sum())
        pull = (np.exp(person - highest[seen.question]) / total[seen.question] - seen.right) * _LN2
        blame = np.column_stack((pull, -pull[:, None] * np.exp2(told[:, 1:] - crowd[:, None])))
        gradient = self._gradient(blame)
        away = theta - self.start
        return loss + float((self.hold * away**2).sum()), (gradient + 2 * self.hold * away) * self.free

    def _gradient(self, blame: Floats) -> Floats:
        size, width = len(FEATURES) * MOST_LEVELS, len(FEATURES)
        base = [np.bincount(self.cells, np.repeat(blame[:, story], width), size) for story in range(len(STORIES))]
        rate = [np.bincount(self.cells, (blame[:, story, None] * self.examples.bits).ravel(), size) for story in range(len(STORIES))]
        for tables in (base, rate):
            tables[PERSON][_BIRTH_CELLS] += tables[TWIN][_BIRTH_CELLS]
            tables[TWIN][_BIRTH_CELLS] = 0.0
        return np.concatenate((*base, *rate, blame.sum(axis=0)))


def _share_birthday(base: Floats, rate: Floats) -> None:
    """A twin's birth date is the person's own: whatever befell it is as likely in both stories."""
    for table in (base, rate):
        table[TWIN, _BIRTH] = table[PERSON, _BIRTH]


def _group_max(values: Floats, group: np.ndarray, groups: int) -> Floats:
    found = np.full(groups, -np.inf)
    np.maximum.at(found, group, values)
    return found


def flatten(base: Floats, rate: Floats, prior: Floats) -> Floats:
    """One vector."""
    return np.concatenate((base.ravel(), rate.ravel(), prior))


def unflatten(theta: Floats) -> tuple[Floats, Floats, Floats]:
    """The tables again."""
    shape = (len(STORIES), len(FEATURES), MOST_LEVELS)
    size = int(np.prod(shape))
    return theta[:size].reshape(shape), theta[size : 2 * size].reshape(shape), theta[2 * size :]


def fitted(examples: Examples, hold: float, before: Weights | None = None) -> tuple[Floats, Floats, Floats]:
    """The weights that make the right answers likeliest, held towards the prior, or towards the weights in use before."""
    base, rate, prior = (before.base, before.rate, before.prior) if before else prior_tables()
    start = flatten(base, rate, prior)
    known = np.zeros_like(base)
    for place, names in enumerate(LEVEL_NAMES):
        known[:, place, : len(names)] = [name != "absent" and name != "as_written" for name in names]
    free = flatten(known, known * (rate != 0), np.ones(len(STORIES)))
    holding = flatten(np.full_like(base, hold), np.full_like(rate, hold * 40), np.full(len(STORIES), hold))
    found = minimize(Likelihood(examples, start, free, holding), start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    print(f"  {found.nit} steps, loss {found.fun:.1f}")
    return sensible(*unflatten(found.x))


def sensible(base: Floats, rate: Floats, prior: Floats) -> tuple[Floats, Floats, Floats]:
    """What made-up people cannot teach: a date that is put in when nobody knows weighs less than another, for the person and for a twin."""
    _share_birthday(base, rate)
    same, dummy = LEVEL_NAMES[_BIRTH].index("same"), LEVEL_NAMES[_BIRTH].index("same_dummy")
    base[:, _BIRTH, dummy] = np.minimum(base[:, _BIRTH, dummy], base[:, _BIRTH, same] - LESS)
    rate[:, _BIRTH, dummy] = np.minimum(rate[:, _BIRTH, dummy], rate[:, _BIRTH, same])
    return base, rate, prior


def calibration(worlds: Iterable[tuple[Index, list[tuple[Query, str | None]]]]) -> list[tuple[float, float]]:
    """Knots from raw to observed log-odds (bits) of the top suggestion, smoothed, never falling. Whom a rule holds back is not shown with this chance, and not counted."""
    raw, right = [], []
    for index, decided in worlds:
        for query, record_id in decided:
            shortlist = index.look_up(query)
            if len(shortlist.odds):
                best = int(np.argmax(shortlist.odds))
                shortlist.probabilities = share(shortlist.odds)
                if best in held_back(shortlist)[1]:
                    continue
                raw.append(float(shortlist.probabilities[best]))
                right.append(index.shown(shortlist.rows[best]).record_id == record_id)
    return knots(np.array(raw), np.array(right, float))


def knots(raw: Floats, right: Floats, pieces: int = 8) -> list[tuple[float, float]]:
    """A handful of points: in each stretch of suggestions, how often they were right."""
    from sklearn.isotonic import IsotonicRegression

    clipped = np.clip(raw, 1e-9, 1 - 1e-9)
    logit = np.log2(clipped / (1 - clipped))
    edges = np.array([-30.0, -6.0, -4.0, -2.0, -0.7, 0.7, 2.0, 3.5, 5.0, 7.0, 10.0, 30.0])
    at, true, weight = [], [], []
    for low, high in pairwise(edges):
        inside = (logit >= low) & (logit < high)
        if inside.sum() < 15:
            continue
        middle = float(np.clip(logit[inside].mean(), -14, 14))
        expected = float(1 / (1 + 2.0**-middle))
        rate = (right[inside].sum() + 4 * expected) / (inside.sum() + 4)  # four imagined answers as predicted: few real ones move little
        at.append(middle)
        true.append(float(np.log2(rate / (1 - rate))))
        weight.append(float(inside.sum()))
    smooth = IsotonicRegression(increasing=True).fit_transform(at, true, sample_weight=weight)
    found = [(x, float(y)) for x, y in zip(at, smooth, strict=True)]
    return [(-30.0, min(-16.0, found[0][1] - 10)), *found, (30.0, max(16.0, found[-1][1] + 6))][: pieces + 8]


def _made_up(name: str, people: int, members: int, outsiders: int, weights: Weights) -> tuple[Index, list[tuple[Query, str | None]]]:
    made, questions = world(name, people, members, outsiders)
    return Index.build((one.known for one in made), weights), [(one.query, one.record_id) for one in questions]


def version_now() -> str:
    """The version of weights made now."""
    return f"{datetime.now(UTC):%Y-%m-%d.%H%M}"


def start_weights() -> Weights:
    """The prior as weights."""
    base, rate, prior = prior_tables()
    return Weights("prior", base, rate, prior, (), quick_weights(base, rate))


def main() -> None:
    """Fits, calibrates on another seed, writes the file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--hold", type=float, default=0.5)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--decisions", type=Path)
    chosen = parser.parse_args()
    if chosen.decisions:
        if not chosen.records:
            parser.error("--decisions needs --records, the file of records that were looked up")
        from benchmarks.matching.council import fit_council

        fit_council(chosen.records, chosen.decisions, chosen.output, chosen.hold)
        return
    weights = start_weights()
    for number in range(chosen.rounds):
        worlds = [_made_up(*one, weights) for one in WORLDS]
        examples = joined([gather(index, decided) for index, decided in worlds])
        print(f"round {number + 1}: {len(examples.right)} candidates of {int(examples.question.max()) + 1} questions")
        base, rate, prior = fitted(examples, chosen.hold)
        weights = Weights("fit", base, rate, prior, (), quick_weights(base, rate))
    points = calibration([_made_up(*one, weights) for one in CALIBRATED])
    print("  calibration: " + ", ".join(f"{raw:.1f}->{true:.1f}" for raw, true in points))
    on = "made-up worlds " + ", ".join(f"{name} {people}" for name, people, _, _ in WORLDS)
    chosen.output.write_text(weights_as_json(version_now(), base, rate, prior, points, on), encoding="utf-8")


if __name__ == "__main__":
    main()
