"""Fit the factuality model: `python -m benchmarks.narrative.train`. Seeded, under two minutes; writes the weights as JSON.

Narratives of `fit` and `work` and the single sentences are learnt from; `report` is never opened here. The temperature that makes chances honest is
fitted on folds that leave whole narratives out.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.narrative.data import FOLDER, load
from pipeline.authorities.terms import load_terms
from pipeline.extract.narrative.factuality import FactualityReader
from pipeline.extract.narrative.language import views
from pipeline.extract.narrative.loading import load_language
from pipeline.extract.narrative.model import LABELS, WEIGHTS, FactualityModel

SPLITS = ("fit", "work", "singles", "fit2", "work2", "work3", "fit3", "work4", "fit4")
STRENGTH = 0.2
WEIGHT_OF_LABEL = {"fact": 1.0, "reported": 1.0, "opinion": 1.0}
SMALLEST = 0.01


def examples(splits: tuple[str, ...] = SPLITS) -> tuple[list[dict[str, int]], list[str], list[str]]:
    """Features, labels and narrative of every labelled sentence."""
    reader = FactualityReader(load_terms(), FactualityModel({}, 1.0))
    language = load_language()
    rows: list[dict[str, int]] = []
    labels: list[str] = []
    groups: list[str] = []
    for split in splits:
        for narrative in load(FOLDER / f"{split}.jsonl"):
            for row, view in zip(narrative.rows, views(language, narrative.text, narrative.places), strict=True):
                rows.append(dict.fromkeys(reader.read(view)[2], 1))
                labels.append(row["factuality"])
                groups.append(narrative.id)
    return rows, labels, groups


def fit(matrix: Any, labels: Any) -> LogisticRegression:
    """One fit; no randomness in it."""
    return LogisticRegression(C=STRENGTH, max_iter=3000, class_weight=WEIGHT_OF_LABEL).fit(matrix, labels)


def temperature(matrix: Any, labels: Any, groups: Any) -> float:
    """The softening under which chances of left-out narratives come true most often."""
    scores = np.zeros((len(labels), len(LABELS)))
    for known, left_out in GroupKFold(8).split(matrix, labels, groups):
        scores[left_out] = fit(matrix[known], labels[known]).decision_function(matrix[left_out])
    gold = np.array([LABELS.index(label) for label in labels])
    kept = [number for number, group in enumerate(groups) if not group.startswith("p")]

    def loss(softening: float) -> float:
        scaled = scores[kept] / softening
        scaled -= scaled.max(axis=1, keepdims=True)
        chances = np.exp(scaled) / np.exp(scaled).sum(axis=1, keepdims=True)
        return float(-np.log(chances[np.arange(len(kept)), gold[kept]]).mean())

    return float(min(np.arange(0.4, 2.5, 0.05), key=loss))


def main() -> None:
    """Fit and write."""
    rows, labels, groups = examples()
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform(rows)
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= 2
    matrix, names = matrix[:, common], [name for name, keep in zip(vectoriser.feature_names_, common, strict=True) if keep]
    gold, where = np.array(labels), np.array(groups)
    softening = temperature(matrix, gold, where)
    model = fit(matrix, gold)
    order = [list(model.classes_).index(label) for label in LABELS]
    columns = model.coef_[order].T
    bias = [round(float(value), 4) for value in model.intercept_[order]]
    weights = {
        name: [round(float(value), 4) for value in column] for name, column in zip(names, columns, strict=True) if abs(column).max() >= SMALLEST
    }
    weights["bias"] = [round(a + b, 4) for a, b in zip(weights.get("bias", [0, 0, 0]), bias, strict=True)]
    card = {"sentences": len(labels), "features": len(weights), "temperature": round(softening, 3), "weights": weights}
    WEIGHTS.write_text(json.dumps(card, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(labels)} sentences, {len(weights)} features, temperature {softening:.2f}, {WEIGHTS.stat().st_size // 1024} KB in {WEIGHTS.name}")


if __name__ == "__main__":
    main()
