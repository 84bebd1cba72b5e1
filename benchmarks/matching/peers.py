"""Side by side on the report seed, in one run: `ENV/bin/python -m benchmarks.matching.peers [PEOPLE [PYTHON_OF_NOMENKLATURA]]`.

Each tool gets a sensible, untuned set-up: name, whole birth date, postcode, gender, NHS number. Accuracy is recall@1 and the share of members right
at 99 % precision; the time is for one question (Splink and recordlinkage answer all at once: their time is shared out). nomenklatura finds nobody
by itself: it scores the candidates that our keys find, in a process of its own environment.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from benchmarks.matching.queries import Question
from benchmarks.matching.register import Made
from benchmarks.matching.score import answer, figures
from benchmarks.matching.seeds import world
from pipeline.match.asked import asked
from pipeline.match.index import Index

Ranked = dict[str, list[tuple[float, str]]]


def judge(name: str, ranked: Ranked, questions: list[Question], seconds: float) -> None:
    """One line of the table."""
    members = [one for one in questions if one.record_id]
    first = sum(ranked.get(one.query.id, [(0.0, "")])[0][1] == one.record_id for one in members)
    fifth = sum(one.record_id in [key for _, key in ranked.get(one.query.id, [])[:5]] for one in members)
    top = sorted(((found[0][0], found[0][1] == one.record_id) for one in questions if (found := ranked.get(one.query.id))), reverse=True)
    right = best = 0
    for place, (score, good) in enumerate(top, start=1):
        right += good
        if right / place >= 0.99 and (place == len(top) or top[place][0] != score):
            best = right
    count = len(members)
    print(
        f"  {name:44} recall@1 {first / count:.3f}  @5 {fifth / count:.3f}  right at 99 % precision {best / count:.3f}  {seconds / len(questions) * 1e3:8.2f} ms a question",
        flush=True,
    )


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table indexed by id."""
    return pd.DataFrame(rows).set_index("unique_id", drop=False)


def record_row(made: Made) -> dict[str, Any]:
    """A record's fields as the peers take them."""
    known = made.known
    born = known.date_of_birth if known.date_of_birth and len(known.date_of_birth) == 10 else None
    return {
        "unique_id": known.record_id,
        "given": (known.given_names or "").lower(),
        "family": (known.family_name or "").lower(),
        "dob": born,
        "postcode": (known.postcode or "").replace(" ", "") or None,
        "gender": (known.gender or "").lower() or None,
        "nhs": known.nhs_number,
    }


def question_row(question: Question) -> dict[str, Any]:
    """A question's fields, read by our own parser so that the peers do not stumble over the way dates and names are written."""
    wanted = asked(question.query)
    reading = wanted.name.readings[0] if wanted.name.readings else None
    born = wanted.born
    return {
        "unique_id": question.query.id,
        "given": " ".join(reading.given) if reading else "",
        "family": " ".join(reading.family) if reading else "",
        "dob": f"{born.year}-{born.month:02}-{born.day:02}" if born.kind == "full" else None,
        "postcode": wanted.postcode or None,
        "gender": wanted.gender or None,
        "nhs": wanted.nhs or None,
    }


def splink(records: pd.DataFrame, queries: pd.DataFrame) -> Ranked:
    """Splink 5 on DuckDB, trained on these very tables."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rules = [
        block_on("given", "family"),
        block_on("dob"),
        block_on("postcode"),
        block_on("family", "substr(given,1,1)"),
        block_on("nhs"),
        block_on("given", "substr(dob,1,4)"),
    ]
    settings = SettingsCreator(
        link_type="link_only", blocking_rules_to_generate_predictions=rules, retain_intermediate_calculation_columns=False,
        comparisons=[cl.JaroWinklerAtThresholds("given", [0.92, 0.8]), cl.JaroWinklerAtThresholds("family", [0.92, 0.8]), cl.DamerauLevenshteinAtThresholds("dob", [1, 2]), cl.ExactMatch("postcode"), cl.ExactMatch("gender"), cl.ExactMatch("nhs")],
    )  # fmt: skip
    database = DuckDBAPI()
    linker = Linker([database.register(queries), database.register(records)], settings)
    linker.training.estimate_probability_two_random_records_match([block_on("dob", "family")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("dob"), block_on("given", "family")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.0001).as_pandas_dataframe()
    ranked: Ranked = {}
    for left, right, score in zip(found["unique_id_l"], found["unique_id_r"], found["match_weight"], strict=True):
        query, record = (left, right) if str(left).startswith("Q") else (right, left)
        ranked.setdefault(query, []).append((float(score), record))
    return {key: sorted(pairs, reverse=True) for key, pairs in ranked.items()}


def recordlinkage(records: pd.DataFrame, queries: pd.DataFrame) -> Ranked:
    """recordlinkage with three blocks and a sum of similarities."""
    import recordlinkage as rl

    indexer = rl.Index()
    for block in ("dob", "postcode", "family"):
        indexer.block(block)
    compare = rl.Compare()
    compare.string("given", "given", method="jarowinkler", label="given")
    compare.string("family", "family", method="jarowinkler", label="family")
    for column in ("dob", "postcode", "gender", "nhs"):
        compare.exact(column, column, label=column)
    candidates = indexer.index(queries.drop(columns="unique_id"), records.drop(columns="unique_id"))
    total = compare.compute(candidates, queries, records).sum(axis=1)
    ranked: Ranked = {}
    for (query, record), score in total.items():
        ranked.setdefault(str(query), []).append((float(score), str(record)))
    return {key: sorted(pairs, reverse=True)[:10] for key, pairs in ranked.items()}


def rapidfuzz_scan(records: pd.DataFrame, queries: pd.DataFrame) -> Ranked:
    """token_set_ratio over name and birth date, every record."""
    texts = [f"{given} {family} {dob}" for given, family, dob in zip(records["given"], records["family"], records["dob"], strict=True)]
    keys = list(records["unique_id"])
    ranked: Ranked = {}
    for key, given, family, dob in zip(queries["unique_id"], queries["given"], queries["family"], queries["dob"], strict=True):
        found = process.extract(f"{given} {family} {dob or ''}", texts, scorer=fuzz.token_set_ratio, limit=5)
        ranked[key] = [(score, keys[place]) for _, score, place in found]
    return ranked


def nomenklatura(python: str, algorithm: str, index: Index, questions: list[Question]) -> Ranked:
    """One of its algorithms over the candidates that our keys find."""
    lines, shown = [], []
    for one in questions:
        shortlist = index.look_up(one.query)
        people = [index.shown(row) for row in shortlist.rows]
        shown.append([person.record_id for person in people])
        born = shortlist.asked.born
        query = {
            "name": one.query.name, "aliases": one.query.aliases, "gender": shortlist.asked.gender, "address": one.query.address,
            "born": f"{born.year}-{born.month:02}-{born.day:02}" if born.kind == "full" else str(born.year or ""),
        }  # fmt: skip
        held = [
            {
                "name": f"{p.given_names} {p.family_name}",
                "aliases": p.aliases,
                "gender": (p.gender or "").lower(),
                "address": p.address,
                "born": p.date_of_birth,
            }
            for p in people
        ]
        lines.append(json.dumps({"query": query, "candidates": held}))
    script = str(Path(__file__).with_name("nomenklatura_scores.py"))
    told = subprocess.run([python, script, algorithm], input="\n".join(lines) + "\n", text=True, stdout=subprocess.PIPE, check=True).stdout
    scores = [json.loads(line) for line in told.splitlines()]
    return {
        one.query.id: sorted(zip(found, ids, strict=True), reverse=True) for one, ids, found in zip(questions, shown, scores, strict=True) if found
    }


def main() -> None:
    """The table."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    other = sys.argv[2] if len(sys.argv) > 2 else ""
    made, questions = world("report", people, 700, 300)
    print(f"{people} records, {len(questions)} questions, report seed")
    index = Index.build(one.known for one in made)
    start = time.perf_counter()
    outcomes = answer(questions, index.match)
    seconds = time.perf_counter() - start
    ranked = {one.query.id: [(candidate.probability, candidate.record_id) for candidate in index.match(one.query).candidates] for one in questions}
    judge("this project, with reasons", ranked, questions, seconds)
    print(
        "    "
        + ", ".join(f"{name} {value:.4f}" for name, value in figures(outcomes).items() if name in {"Brier", "0.9: members right", "0.9: non-members"})
    )
    records, queries = frame([record_row(one) for one in made]), frame([question_row(one) for one in questions])
    tools: list[tuple[str, Callable[[], Ranked]]] = [
        ("Splink 5, batch (training counted)", lambda: splink(records, queries)),
        ("recordlinkage 0.16, batch", lambda: recordlinkage(records, queries)),
        ("rapidfuzz token_set_ratio scan", lambda: rapidfuzz_scan(records, queries)),
    ]
    if other and Path(other).is_file():
        tools += [
            (f"nomenklatura {name}, on our candidates", partial(nomenklatura, other, name, index, questions)) for name in ("logic-v1", "logic-v2")
        ]
    else:
        print("  nomenklatura: left out, it needs an environment of its own; see the README")
    for name, tool in tools:
        start = time.perf_counter()
        try:
            found = tool()
        except Exception as problem:
            print(f"  {name}: failed: {type(problem).__name__}: {str(problem)[:300]}")
            continue
        spent = time.perf_counter() - start
        judge(name, found, questions, spent)
        print(f"    {spent / seconds:.0f} times our time")


if __name__ == "__main__":
    np.random.default_rng(1)
    main()
