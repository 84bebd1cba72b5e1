"""Score our reader over labelled narratives: `python -m benchmarks.narrative.run [FILE ...] [--errors]`."""

from __future__ import annotations

from benchmarks.narrative.data import Labelled
from benchmarks.narrative.measures import Scored
from models.narrative import Narrative, Sentence
from pipeline.extract.narrative import Narrator

RAISING = ("affirmed", "possible")


def score(narrator: Narrator, labelled: Labelled) -> tuple[Scored, list[tuple[dict, Sentence]]]:  # type: ignore[type-arg]
    """A narrative's figures, and each labelled sentence beside the one that overlaps it most."""
    read = narrator.read(labelled.id, labelled.text)
    pairs = [(row, overlapping(read, place)) for row, place in zip(labelled.rows, labelled.places, strict=True)]
    return scored(labelled, read, pairs), pairs


def overlapping(read: Narrative, place: tuple[int, int]) -> Sentence:
    """The read sentence that shares most characters with a place."""
    return max(read.sentences, key=lambda sentence: min(sentence.end, place[1]) - max(sentence.start, place[0]))


def scored(labelled: Labelled, read: Narrative, pairs: list[tuple[dict, Sentence]]) -> Scored:  # type: ignore[type-arg]
    """Count what the measures need."""
    negated, historical, mentions = [], [], []
    for row, sentence in pairs:
        here = {concern.category for concern in sentence.concerns if concern.status in RAISING}
        wanted = {concern["category"] for concern in row["concerns"] if concern["status"] in RAISING}
        for concern in row["concerns"]:
            category = concern["category"]
            if concern["status"] == "negated" and category not in wanted:
                negated.append(category in here)
            if concern["status"] == "historical" and category not in wanted:
                historical.append(category in here)
            said = next((mention for mention in sentence.concerns if mention.category == category), None)
            mentions.append((f"{category} {concern['status']} {concern['who']}", category, f"{said.status} {said.who}" if said else None))
    return Scored(
        labelled.voice,
        tuple((row["factuality"], sentence.factuality, sentence.confidence) for row, sentence in pairs),
        frozenset(labelled.raised),
        frozenset(read.raised),
        tuple(negated),
        tuple(historical),
        tuple((chance, category in labelled.raised) for category, chance in read.raised.items()),
        tuple(mentions),
    )
