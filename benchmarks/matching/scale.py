"""Speed and memory against the size of the register: `python -m benchmarks.matching.scale 100000 1000000`.

Every step runs in a process of its own, so that its peak of memory is its own: the register is written to a file, imported into a new store and indexed
as `records import` does, loaded from the index's file as every other process does and asked, and scanned by rapidfuzz. All files are thrown away.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.matching.queries import Question, make_questions
from benchmarks.matching.register import Made, Maker, make_register
from benchmarks.matching.score import answer, figures
from benchmarks.matching.seeds import SEEDS
from models.matching import KnownPerson, Query
from pipeline.match.clean_row import COLUMNS
from pipeline.match.family import match_household
from pipeline.match.index import Index
from pipeline.people import PeopleIndex, import_file
from pipeline.store.engine import open_store

SCANS = 12
Found = dict[str, float]


def make(folder: Path, people: int) -> Found:
    """The register as a CSV file, questions about the first twenty thousand, and one form of eight people."""
    seed = SEEDS["report"]
    sample: list[Made] = []
    with (folder / "records.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS)
        for number, made in enumerate(make_register(seed, people)):
            if number < 20_000:
                sample.append(made)
            rows.writerow([_cell(getattr(made.known, column)) for column in COLUMNS])
    questions = make_questions(sample, Maker(seed + 50_000, people), seed + 7, 1400, 600)
    (folder / "questions.json").write_text(json.dumps([{**asdict_of(one)} for one in questions]), encoding="utf-8")
    household = next(made.household for made in sample if len(made.household) >= 6)
    form = [_asked(number, made.known) for number, made in enumerate(household[:6])]
    form += [questions[number].query.model_copy(update={"id": f"other.{number}"}) for number in range(2)]
    (folder / "form.json").write_text(json.dumps([query.model_dump() for query in form]), encoding="utf-8")
    return {}


def asdict_of(question: Question) -> dict[str, Any]:
    """A question as JSON holds it."""
    return {**asdict(question), "query": question.query.model_dump()}


def _cell(value: object) -> object:
    return ";".join(value) if isinstance(value, tuple) else "" if value is None else value


def _asked(number: int, known: KnownPerson) -> Query:
    return Query(
        id=f"people.{number}",
        name=f"{known.given_names} {known.family_name}",
        date_of_birth=known.date_of_birth,
        postcode=known.postcode,
        as_of="2026-11-16",
    )


def take_in(folder: Path, _people: int) -> Found:
    """The file into a new store, and the index out of the store into its file; then the same file once more, of which nothing has changed."""
    store = open_store(f"sqlite:///{folder / 'people.db'}")
    found = _clocked("import", lambda: import_file(store, folder / "records.csv", None, lambda _count: None))
    found |= _clocked("index", PeopleIndex(store, None, folder).ready)
    found |= _clocked("import again", lambda: import_file(store, folder / "records.csv", None, lambda _count: None))
    store.close()
    return found


def ask(folder: Path, _people: int) -> Found:
    """The index out of its file, and everything asked of it."""
    known = PeopleIndex(open_store(f"sqlite:///{folder / 'people.db'}"), None, folder)
    found = _clocked("load", known.index)
    index = known.index()
    found |= {"records": len(index), "index arrays MB": index.nbytes / 1e6}
    questions = [Question(**{**one, "query": Query(**one["query"])}) for one in json.loads((folder / "questions.json").read_text(encoding="utf-8"))]
    form = [Query(**one) for one in json.loads((folder / "form.json").read_text(encoding="utf-8"))]
    answer(questions[:50], index.match)
    found |= figures(answer(questions, index.match))
    found["processor p50 ms"], found["processor p95 ms"] = _processor_ms(index, questions[:600])
    form_times = [_timed(lambda: match_household(form, index)) for _ in range(7)]
    found["form of eight ms"] = float(np.median(form_times))
    added = [
        KnownPerson(record_id=f"N{n}", given_names="Ana", family_name="Reed", date_of_birth="2015-02-03", postcode="ZE1 1AA") for n in range(200)
    ]
    found["change one ms"] = sum(_timed(lambda one=one: index.add(one)) for one in added) / len(added)  # type: ignore[misc]
    found["peak MB"] = _peak()
    return found


def scan(folder: Path, _people: int) -> Found:
    """What a scan with `token_set_ratio` over name and birth date takes for one query."""
    with (folder / "records.csv").open(encoding="utf-8", newline="") as stream:
        texts = [f"{row['given_names']} {row['family_name']} {row['date_of_birth']}" for row in csv.DictReader(stream)]
    questions = [one["query"] for one in json.loads((folder / "questions.json").read_text(encoding="utf-8"))[:SCANS]]
    times = [
        _timed(
            lambda asked=f"{one['name']} {one['date_of_birth'] or ''}": process.extract(  # type: ignore[misc]
                asked, texts, scorer=fuzz.token_set_ratio, limit=5, score_cutoff=80
            )
        )
        for one in questions
    ]
    return {"scan p50 ms": float(np.percentile(times, 50)), "scan p95 ms": float(np.percentile(times, 95))}


def _clocked(name: str, work: Callable[[], object]) -> Found:
    """What a step takes by the clock and of the processor, and the most memory up to its end."""
    start, processor = time.perf_counter(), time.process_time()
    work()
    return {f"{name} s": time.perf_counter() - start, f"{name} processor s": time.process_time() - processor, f"{name} peak MB": _peak()}


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _processor_ms(index: Index, questions: list[Question]) -> tuple[float, float]:
    """p50 and p95 of the processor's time for one query: what is left when other programs share the machine."""
    times = []
    for question in questions:
        start = time.thread_time()
        index.match(question.query)
        times.append((time.thread_time() - start) * 1e3)
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


STEPS = {"make": make, "import": take_in, "ask": ask, "scan": scan}


def measured(people: int) -> Found:
    """Every step for one size, each in a new process."""
    found: Found = {}
    with tempfile.TemporaryDirectory(prefix="matching-scale-") as folder:
        for step in STEPS:
            command = [sys.executable, "-m", "benchmarks.matching.scale", "--step", step, folder, str(people)]
            found |= json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
    found["times faster than the scan"] = found["scan p50 ms"] / found["p50 ms"]
    return found


def main() -> None:
    """One block of figures for each size."""
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(STEPS[sys.argv[2]](Path(sys.argv[3]), int(sys.argv[4]))))
        return
    for people in map(int, sys.argv[1:] or ["100000"]):
        print(f"{people} people")
        for name, value in measured(people).items():
            print(f"  {name:30}{value:12.4f}", flush=True)


if __name__ == "__main__":
    main()
