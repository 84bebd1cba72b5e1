"""Fit what a sentence's wording as a whole says of its concerns: `python -m benchmarks.narrative.train_hints`. No randomness; a minute; writes the weights as JSON.

Learnt from every narrative whose errors may be read and from `phrases`; the report splits are never opened here. It also says how often hints are right about an
author from whom nothing was learnt.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.narrative.data import FOLDER, load
from benchmarks.narrative.measures import CATEGORIES
from pipeline.extract.narrative.hints import WEIGHTS, features
from pipeline.extract.narrative.language import views
from pipeline.extract.narrative.loading import load_language

AUTHORS = {
    "first": ("fit", "work"),
    "second": ("fit2", "work2", "work3"),
    "third": ("fit3",),
    "fourth": ("work4",),
    "fifth": ("fit4",),
    "phrases": ("phrases",),
}
"""The splits of each author. Phrases are sentences alone: always learnt from, never a test."""

STRENGTH = 6.0
THRESHOLD = 0.35
"""The chance from which a hint is given: of the headings that only a hint raised 27 of 55 were right from here (35 of 79 from 0.3, 10 of 29 from 0.43), on 300
narratives by three authors, read before the terms were mended or anything learnt by them. Once they are, the terms raise most of what is right there themselves."""

SMALLEST = 0.6
"""Features that weigh less than this for every category are left out, and the rest fitted again."""


def examples() -> tuple[list[set[str]], list[set[str]], list[str], list[str]]:
    """The features of every sentence, its categories affirmed or possible, its narrative and its author."""
    language = load_language()
    rows, said, narratives, authors = [], [], [], []
    for author, narrative in ((author, one) for author, splits in AUTHORS.items() for split in splits for one in load(FOLDER / f"{split}.jsonl")):
        for row, view in zip(narrative.rows, views(language, narrative.text, narrative.places), strict=True):
            rows.append({name for name, _ in features(view.words)})
            said.append({one["category"] for one in row["concerns"] if one["status"] in ("affirmed", "possible")})
            narratives.append(narrative.id)
            authors.append(author)
    return rows, said, narratives, authors


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


def learn(rows: list[set[str]], said: list[set[str]]) -> tuple[dict[str, float], DictVectorizer, dict[str, Any]]:
    """Fit, leave out what weighs little, and fit again; with how rare each feature is that stayed."""
    rarity = rarities(rows)
    vectoriser, models = fit(rows, said, rarity)
    largest = np.abs(np.vstack([model.coef_[0] for model in models.values()])).max(axis=0)
    telling = {name for name, weight in zip(vectoriser.feature_names_, largest, strict=True) if weight >= SMALLEST}
    rarity = {name: value for name, value in rarity.items() if name in telling}
    return rarity, *fit(rows, said, rarity)


def left_out(rows: list[set[str]], said: list[set[str]], narratives: list[str], authors: list[str]) -> list[tuple[float, bool]]:
    """For each narrative and category the highest chance of its sentences, learnt from the other authors, and whether the heading is right."""
    best: dict[tuple[str, str], float] = {}
    truth = {(narrative, category) for narrative, one in zip(narratives, said, strict=True) for category in one}
    for author in AUTHORS:
        known = [number for number, one in enumerate(authors) if one != author]
        tested = [number for number, one in enumerate(authors) if one == author and one != "phrases"]
        if not tested:
            continue
        rarity, vectoriser, models = learn([rows[number] for number in known], [said[number] for number in known])
        matrix = vectoriser.transform([weighed(rows[number], rarity) for number in tested])
        for category, model in models.items():
            for number, chance in zip(tested, model.predict_proba(matrix)[:, 1], strict=True):
                key = (narratives[number], category)
                best[key] = max(best.get(key, 0.0), float(chance))
    return [(chance, key in truth) for key, chance in best.items()]


def main() -> None:
    """Fit, say how often the model is right about authors left out, and write."""
    rows, said, narratives, authors = examples()
    believed = [right for chance, right in left_out(rows, said, narratives, authors) if chance >= THRESHOLD]
    rarity, vectoriser, models = learn(rows, said)
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
    card = {"sentences": len(rows), "threshold": THRESHOLD, "categories": list(models), "bias": bias, "features": kept}
    WEIGHTS.write_text(json.dumps(card, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(
        f"{len(rows)} sentences, {len(kept)} features, {WEIGHTS.stat().st_size // 1024} KB; of {len(believed)} headings hinted at about authors left out {np.mean(believed):.2f} right"
    )


if __name__ == "__main__":
    main()
