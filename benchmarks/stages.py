"""How long each stage takes for one mail with a Word form and one with a PDF: `python -m benchmarks.stages`.

Warm, in one process, medians over several rounds; the store is SQLite in a temporary folder, the records are the samples'. Prefect is left out.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from models.contact import LetterKind
from models.matching import queries_from
from models.routing import RouteInput
from pipeline.app import App
from pipeline.arriving import reference_to
from pipeline.extract.combine import together
from pipeline.extract.mail import read_mail
from pipeline.ingest.message import parse
from pipeline.ingest.unpack import unpack
from pipeline.route.decide import route
from pipeline.route.letters import compose
from pipeline.settings import Settings
from pipeline.story import Arrival, Case, contact_of, mail_facts, read_narrative
from samples.load import RECORDS, Sample, load_samples

ROUNDS = 7
MAILS = {"DOCX": "03-health-visitor-siblings", "PDF": "02-police-urgent"}


class Stopwatch:
    """Milliseconds by stage, a list a stage."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)

    def medians(self) -> dict[str, float]:
        """The first round is the warm-up."""
        found = {name: statistics.median(values[1:]) for name, values in self.times.items()}
        return {**found, "all of it": sum(found.values())}


def main() -> None:
    samples = {sample.name: sample for sample in load_samples()}
    with tempfile.TemporaryDirectory() as folder:
        app = App.open(Settings(authority="lewisham", data_dir=Path(folder)))
        app.import_records(RECORDS, None, lambda _: None)
        columns = {kind: measure(app, samples[name]) for kind, name in MAILS.items()}
        app.close()
    print(f"{f'milliseconds, median of {ROUNDS - 1}':<36}" + "".join(f"{kind:>10}" for kind in columns))
    for stage in columns["DOCX"]:
        print(f"{stage:<36}" + "".join(f"{times[stage]:>10.1f}" for times in columns.values()))


def measure(app: App, sample: Sample) -> dict[str, float]:
    watch = Stopwatch()
    for _ in range(ROUNDS):
        one_mail(app, sample, watch)
    return watch.medians()


def one_mail(app: App, sample: Sample, watch: Stopwatch) -> None:
    """The story of one message with a stop-watch at each step."""
    now = datetime.now(UTC)
    with watch.stage("keep the bytes, with fsync"):
        sha256 = app.blobs.put(sample.raw + str(time.time_ns()).encode())
    with watch.stage("parse the mail, unpack its files"):
        mail = parse(sample.raw)
        mail = mail.model_copy(update={"attachments": unpack(mail).files})
    with watch.stage("read the forms, a child process each"):
        extractions = read_mail(mail, app.reader)
    record, fields, gaps = together(extractions)
    arrival = Arrival(mail, now, reference_to(mail, "bench", sha256, now))
    with watch.stage("narrative"):
        narrative = read_narrative(arrival, extractions, record, app.narrator.read)
    with watch.stage("match everyone named"):
        household = app.household(queries_from(record, "2026-11-20"), record)
    with watch.stage("route"):
        facts = mail_facts(arrival, extractions)
        given = RouteInput(mail=facts, record=record, fields=fields, gaps=gaps, extractions=extractions, narrative=narrative, household=household)
        outcome = route(given, app.authority, now)
    contact = contact_of(Case(extractions, record, fields, narrative, household, outcome), arrival, "LEWI-26-XXXX-XXXX", app.authority, now)
    with watch.stage("letter with the contact record"):
        compose(LetterKind.INCOMPLETE, contact, app.authority, "someone@example.org", now, shareable=True)


if __name__ == "__main__":
    main()
