"""The labelled narratives and what is trained on them: enough, by the guidelines' words, and nothing reported on is learnt from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from benchmarks.narrative.data import FOLDER, Labelled, load
from benchmarks.narrative.measures import CORE, Scored, core_f1, label_counts, micro_f1, share
from benchmarks.narrative.run import score
from benchmarks.narrative.train import SPLITS as FACTUALITY
from benchmarks.narrative.train_hints import AUTHORS
from benchmarks.narrative.train_raised import SPLITS as RAISED
from models.narrative import Category, ConcernStatus, Factuality, Who
from pipeline.extract.narrative import Narrator, hints, raising
from pipeline.extract.narrative.model import WEIGHTS, load_model

REPORTS = ("report", "report2", "report3")
LEARNT = sorted({*FACTUALITY, *(split for splits in AUTHORS.values() for split in splits), *RAISED})


def _rows(split: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_there_are_enough_narratives_and_sentences() -> None:
    rows = [row for split in (*LEARNT, *REPORTS) if split not in ("singles", "phrases") for row in _rows(split)]
    assert len(rows) >= 2500
    assert len({row["narrative_id"] for row in rows}) >= 300


@pytest.mark.parametrize("split", [*LEARNT, *REPORTS])
def test_every_label_is_one_of_the_guidelines(split: str) -> None:
    for row in _rows(split):
        assert row["text"].strip(), row["id"]
        assert split == "phrases" or row["factuality"] in get_args(Factuality), row["id"]
        for concern in row["concerns"]:
            assert concern["category"] in get_args(Category), row["id"]
            assert concern["status"] in get_args(ConcernStatus), row["id"]
            assert concern["who"] in get_args(Who), row["id"]


def test_what_is_reported_on_is_never_learnt_from() -> None:
    assert not set(REPORTS) & set(LEARNT)
    learnt = [row for split in LEARNT for row in _rows(split)]
    reported = [row for split in REPORTS for row in _rows(split)]
    assert not {row["narrative_id"] for row in learnt} & {row["narrative_id"] for row in reported}
    long = {row["text"] for row in learnt if len(row["text"].split()) > 6}
    assert not long & {row["text"] for row in reported}


@pytest.mark.parametrize("path", [WEIGHTS, raising.WEIGHTS, hints.WEIGHTS])
def test_what_is_trained_is_small_json(path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_size < 1_000_000


def test_the_trained_weights_are_those_that_reading_uses() -> None:
    assert isinstance(load_model().chances(["bias"]), dict)
    assert sum(load_model().chances(["bias"]).values()) == pytest.approx(1)


def _scored(gold: set[str], said: set[str]) -> Scored:
    return Scored("a voice", (("fact", "fact", 0.9), ("opinion", "fact", 0.6)), frozenset(gold), frozenset(said), (True, False), ())


def test_the_scorer_counts_what_is_right_missed_and_false() -> None:
    found = [_scored({"neglect", "housing"}, {"neglect", "missing"}), _scored(set(CORE), set(CORE))]
    assert micro_f1(found) == pytest.approx(8 / 10)
    assert core_f1(found) == pytest.approx(1.0)
    assert share(found, "negated_raising") == pytest.approx(0.5)
    counts = label_counts(found, "fact")
    assert (counts.hit, counts.false, counts.missed) == (2, 2, 0)


def test_the_scorer_sets_each_labelled_sentence_beside_the_one_read(tmp_path: Path) -> None:
    row = {"id": "t-1", "narrative_id": "t", "voice": "school", "text": "Mum was drunk at the gate.", "factuality": "fact", "difficulty": "clear"}
    path = tmp_path / "one.jsonl"
    path.write_text(
        json.dumps({**row, "concerns": [{"category": "substance_misuse", "status": "affirmed", "who": "mother"}]}) + "\n", encoding="utf-8"
    )
    (narrative,) = load(path)
    assert isinstance(narrative, Labelled)
    found, pairs = score(Narrator(), narrative)
    assert found.gold == {"substance_misuse"} == found.said
    assert [sentence.text for _, sentence in pairs] == ["Mum was drunk at the gate."]
