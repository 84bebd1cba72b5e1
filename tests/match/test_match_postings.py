"""Postings and ids: the compact arrays answer as a plain dictionary would."""

from __future__ import annotations

import random

import numpy as np
import pytest

from pipeline.match.ids import Ids
from pipeline.match.index import _floor, _most_promising
from pipeline.match.postings import LONG, Postings

EVERYWHERE = 10**9


def _filed(seed: int, rows: int, keys: int) -> tuple[Postings, dict[int, list[int]]]:
    rng = random.Random(seed)
    postings, plain = Postings(), dict[int, list[int]]()
    for row in range(rows):
        under = {rng.randrange(keys) for _ in range(6)} | {keys + n for n in range(4) if rng.random() < 0.3}  # four are common
        postings.file(row, under)
        for key in under:
            plain.setdefault(key, []).append(row)
    postings.finish()
    return postings, plain


def _expected(plain: dict[int, list[int]], looked: dict[int, float]) -> dict[int, float]:
    found: dict[int, float] = {}
    for key, weight in looked.items():
        for row in plain.get(key, ()):
            found[row] = found.get(row, 0.0) + weight
    return found


@pytest.mark.parametrize("seed", range(5))
def test_rows_and_their_worth_are_those_of_a_dictionary(seed: int) -> None:
    postings, plain = _filed(seed, 6000, 400)
    rng = random.Random(seed)
    looked = {key: float(rng.randint(1, 5)) for key in [*rng.sample(range(400), 60), 400, 402, 403]}
    assert max(len(plain[key]) for key in looked) > LONG
    rows, worth, left_out = postings.gather(looked, EVERYWHERE)
    assert dict(zip(rows.tolist(), worth.tolist(), strict=True)) == pytest.approx(_expected(plain, looked))
    assert left_out == 0
    assert postings.counts(list(plain)).tolist() == [len(found) for found in plain.values()]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_passed_over_would_not_have_been_compared(seed: int) -> None:
    postings, _ = _filed(seed, 6000, 400)
    rng = random.Random(seed)
    looked = {key: rng.choice((0.5, 2.0, 4.0, 9.0)) for key in [*rng.sample(range(400), 60), 400, 402, 403]}
    whole, worth, _ = postings.gather(looked, EVERYWHERE)
    quick, quick_worth, _ = postings.gather(looked, EVERYWHERE, _floor)
    kept = dict(zip(whole.tolist(), worth.tolist(), strict=True))
    best, found = _most_promising(whole, worth), _most_promising(quick, quick_worth)
    assert sorted(kept[row] for row in found.tolist()) == pytest.approx(sorted(kept[row] for row in best.tolist()))


def test_a_key_past_the_limit_is_left_out_and_counted() -> None:
    postings = Postings()
    for row in range(50):
        postings.file(row, {1, 100 + row})
    postings.finish()
    rows, _, left_out = postings.gather({1: 1.0, 107: 1.0}, limit=20)
    assert (rows.tolist(), left_out) == ([7], 1)


def test_rows_filed_later_are_found_too() -> None:
    postings = Postings()
    postings.file(0, {5})
    postings.finish()
    postings.file_later(1, {5, 6})
    rows, worth, _ = postings.gather({5: 2.0, 6: 1.0}, EVERYWHERE)
    assert (rows.tolist(), worth.tolist()) == ([0, 1], [2.0, 3.0])
    assert postings.count(5) == 2


def test_nothing_filed_finds_nothing() -> None:
    postings = Postings()
    postings.finish()
    rows, worth, left_out = postings.gather({5: 2.0}, EVERYWHERE)
    assert (len(rows), len(worth), left_out) == (0, 0, 0)
    assert _floor(np.empty(0)) == 0.0


def test_ids_find_their_rows_and_the_last_of_two_counts() -> None:
    held = ["R1", "R2", "R1", "é-3"]
    ids = Ids(held.__getitem__)
    for one in held:
        ids.append(one)
    assert list(ids.finish()) == [0]
    assert [ids.find(one) for one in ("R1", "R2", "é-3", "R9")] == [2, 1, 3, None]
    ids.set("R2", None)
    ids.set("R9", 4)
    assert (ids.find("R2"), ids.find("R9")) == (None, 4)


def test_two_ids_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.match.ids._hash", lambda _text: 7)
    held = ["A", "B", "A"]
    ids = Ids(held.__getitem__)
    for one in held:
        ids.append(one)
    assert list(ids.finish()) == [0]
    assert (ids.find("A"), ids.find("B"), ids.find("C")) == (2, 1, None)
