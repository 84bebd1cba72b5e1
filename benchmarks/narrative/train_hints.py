"""Fit what a sentence's wording as a whole says of its concerns: `python -m benchmarks.narrative.train_hints`. No randomness; a minute; writes the weights as JSON.

Learnt from every narrative whose errors may be read and from `phrases`; the report splits are never opened here. Left-out narratives choose the score from which
the model is believed: the lowest at which at least BELIEVED of its headings are right.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.narrative.data import FOLDER, load
from benchmarks.narrative.measures import CATEGORIES
from pipeline.extract.narrative.hints import WEIGHTS, features
from pipeline.extract.narrative.language import views
from pipeline.extract.narrative.loading import load_language

SPLITS = ("fit", "work", "fit2", "work2", "work3", "fit3", "work4", "phrases")
STRENGTH = 6.0
BELIEVED = 0.85
SMALLEST = 0.6
"""Features that weigh less than this for every category are left out, and the rest fitted again."""


def examples(splits: tuple[str, ...] = SPLITS) -> tuple[list[set[str]], list[set[str]], list[str]]:
    """The features of every sentence, its categories affirmed or possible, and its narrative."""
    language = load_language()
    rows, said, groups = [], [], []
    for narrative in (one for split in splits for one in load(FOLDER / f"{split}.jsonl")):
        for row, view in zip(narrative.rows, views(language, narrative.text, narrative.places), strict=True):
            rows.append({name for name, _ in features(view.words)})
            said.append({one["category"] for one in row["concerns"] if one["status"] in ("affirmed", "possible")})
            groups.append(narrative.id)
    return rows, said, groups


def rarities(rows: list[set[str]]) -> dict[str, float]:
    """How rare each feature is that stands in two sentences or more."""
    counts = Counter(name for row in rows for name in row)
    return {name: round(math.log((1 + len(rows)) / (1 + count)) + 1, 3) for name, count in counts.items() if count > 1}


def weighed(row: set[str], rarity: dict[str, float]) -> dict[str, float]:
    """A sentence as a row of length one."""
    found = {name: rarity[name] for name in row if name in rarity}
    length = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {name: value / length for name, value in found.items()}


def fit(rows: list[set[str]], said: list[set[str]], rarity: dict[str, float]) -> tuple[DictVectorizer, dict[str, Any]]:
    """One model for each category."""
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform([weighed(row, rarity) for row in rows])
    return vectoriser, {
        category: LogisticRegression(C=STRENGTH, max_iter=500).fit(matrix, np.array([category in one for one in said])) for category in CATEGORIES
    }


def left_out(rows: list[set[str]], said: list[set[str]], groups: list[str]) -> list[tuple[float, bool]]:
    """For each narrative and category left out the highest score of its sentences, and whether the heading is right."""
    best: dict[tuple[str, str], float] = {}
    truth = {(group, category) for group, one in zip(groups, said, strict=True) for category in one}
    for known, tested in GroupKFold(6).split(rows, groups=groups):
        some = [rows[number] for number in known]
        rarity = rarities(some)
        vectoriser, models = fit(some, [said[number] for number in known], rarity)
        matrix = vectoriser.transform([weighed(rows[number], rarity) for number in tested])
        for category, model in models.items():
            for number, score in zip(tested, model.predict_proba(matrix)[:, 1], strict=True):
                key = (groups[number], category)
                best[key] = max(best.get(key, 0.0), float(score))
    return [(score, key in truth) for key, score in best.items() if not key[0].startswith("ph")]


def threshold(scores: list[tuple[float, bool]]) -> float:
    """The lowest score at which enough of the headings from there upwards are right."""
    for step in np.arange(0.2, 0.95, 0.01):
        believed = [right for score, right in scores if score >= step]
        if believed and sum(believed) >= BELIEVED * len(believed):
            return round(float(step), 2)
    return 0.95


def main() -> None:
    """Fit, say how often the model is right on narratives left out, and write."""
    rows, said, groups = examples()
    scores = left_out(rows, said, groups)
    enough = threshold(scores)
    believed = [right for score, right in scores if score >= enough]
    rarity = rarities(rows)
    vectoriser, models = fit(rows, said, rarity)
    largest = np.abs(np.vstack([model.coef_[0] for model in models.values()])).max(axis=0)
    telling = {name for name, weight in zip(vectoriser.feature_names_, largest, strict=True) if weight >= SMALLEST}
    rarity = {name: value for name, value in rarity.items() if name in telling}
    vectoriser, models = fit(rows, said, rarity)
    kept = {
        name: [
            rarity[name],
            {
                str(place): round(float(model.coef_[0][column]), 2)
                for place, model in enumerate(models.values())
                if abs(model.coef_[0][column]) >= 0.1
            },
        ]
        for column, name in enumerate(vectoriser.feature_names_)
    }
    bias = {category: round(float(model.intercept_[0]), 3) for category, model in models.items()}
    card = {"sentences": len(rows), "threshold": enough, "categories": list(models), "bias": bias, "features": kept}
    WEIGHTS.write_text(json.dumps(card, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(
        f"{len(rows)} sentences, {len(kept)} features, {WEIGHTS.stat().st_size // 1024} KB; believed from {enough}: left out {np.mean(believed):.2f} of {len(believed)} right"
    )


if __name__ == "__main__":
    main()
