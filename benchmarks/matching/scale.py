"""Speed and memory against the size of the register, beside a rapidfuzz scan in the same run: `python -m benchmarks.matching.scale 100000 1000000`."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.matching.evaluate import SEEDS
from benchmarks.matching.queries import Question, make_questions
from benchmarks.matching.register import Made, Maker, make_register
from benchmarks.matching.score import answer, figures
from models.matching import KnownPerson, Query
from pipeline.match.family import match_household
from pipeline.match.index import Index

SCANS = 12


def build(people: int) -> tuple[Index, list[Question], list[str], list[Query], float]:
    """The index, questions about a part of it, the texts a scan would search, and one form of eight people."""
    seed = SEEDS["report"]
    sample: list[Made] = []
    texts: list[str] = []

    def known() -> Iterator[KnownPerson]:
        for number, made in enumerate(make_register(seed, people)):
            if number < 20_000:
                sample.append(made)
            texts.append(f"{made.known.given_names} {made.known.family_name} {made.known.date_of_birth}")
            yield made.known

    start = time.perf_counter()
    index = Index.build(known())
    spent = time.perf_counter() - start
    questions = make_questions(sample, Maker(seed + 50_000, people), seed + 7, 700, 300)
    household = next(made.household for made in sample if len(made.household) >= 6)
    form = [_asked(number, made.known) for number, made in enumerate(household[:6])]
    form += [questions[number].query.model_copy(update={"id": f"other.{number}"}) for number in range(2)]
    return index, questions, texts, form, spent


def _asked(number: int, known: KnownPerson) -> Query:
    return Query(
        id=f"people.{number}",
        name=f"{known.given_names} {known.family_name}",
        date_of_birth=known.date_of_birth,
        postcode=known.postcode,
        as_of="2026-11-16",
    )


def scan(texts: list[str], questions: list[Question]) -> tuple[float, float]:
    """What a scan with `token_set_ratio` takes for one query: p50 and p95 in ms."""
    times = []
    for question in questions[:SCANS]:
        asked = f"{question.query.name} {question.query.date_of_birth or ''}"
        start = time.perf_counter()
        process.extract(asked, texts, scorer=fuzz.token_set_ratio, limit=5, score_cutoff=80)
        times.append((time.perf_counter() - start) * 1e3)
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def processor_ms(index: Index, questions: list[Question]) -> tuple[float, float]:
    """p50 and p95 of the processor's time for one query: what is left when other programs share the machine."""
    times = []
    for question in questions:
        start = time.thread_time()
        index.match(question.query)
        times.append((time.thread_time() - start) * 1e3)
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def main() -> None:
    """One block of figures for each size."""
    for people in map(int, sys.argv[1:] or ["100000"]):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        index, questions, texts, form, spent = build(people)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        answer(questions[:50], index.match)
        found = figures(answer(questions, index.match))
        cpu50, cpu95 = processor_ms(index, questions[:400])
        start = time.perf_counter()
        for _ in range(5):
            match_household(form, index)
        form_ms = (time.perf_counter() - start) * 200
        changed = next(iter(form))
        start = time.perf_counter()
        for number in range(200):
            index.add(
                KnownPerson(
                    record_id=f"N{number}",
                    given_names=changed.name.split()[0],
                    family_name=changed.name.split()[-1],
                    date_of_birth="2015-02-03",
                    postcode="ZE1 1AA",
                )
            )
        add_ms = (time.perf_counter() - start) * 5
        p50, p95 = scan(texts, questions)
        print(
            f"{len(index)} records: made and indexed in {spent:.1f} s; index {index.nbytes / 1e6:.0f} MB; process {before / 1e3:.0f} -> {peak / 1e3:.0f} MB at most (with the scan's texts)"
        )
        print(
            f"  one person p50 {found['p50 ms']:.2f} / p95 {found['p95 ms']:.2f} ms (processor {cpu50:.2f} / {cpu95:.2f}); a form of {len(form)} people {form_ms:.1f} ms; add one {add_ms:.2f} ms; rapidfuzz scan p50 {p50:.0f} / p95 {p95:.0f} ms: {p50 / found['p50 ms']:.0f} times"
        )
        print(
            f"  recall@1 {found['recall@1']:.4f} @5 {found['recall@5']:.4f}; match {found['match: members right']:.3f} / {found['match: non-members']:.4f}; 0.9 {found['0.9: members right']:.3f} / {found['0.9: non-members']:.4f}; Brier {found['Brier']:.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
