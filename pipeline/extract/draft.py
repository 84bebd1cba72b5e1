"""What has been read so far, before it becomes a record: people with what each box said of them, and answers with a place of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models.document import Origin, Place
from models.extraction import GapKind
from pipeline.extract.answers import Answer, confidence_of, origin_of
from pipeline.extract.events import Pair
from pipeline.extract.labels import Label


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a value came to be known: what its confidence is reckoned from. `near` is the share of unknown labels about it."""

    match: str = "exact"
    how: str = "right"
    origin: Origin = Origin.TEXT
    block: str = "heading"
    typed: str = "fits"
    ocr: float = 1.0
    agrees: str = "alone"
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """One value as read. `value` None with `raw` words is an explicit "not known"."""

    value: Any
    raw: str
    place: Place | None
    evidence: Evidence
    text: str = ""


@dataclass(slots=True)
class Entity:
    """Somebody on the form. `block` says in which role, None while that is open; `slots` what was read; `seen` what was asked."""

    block: str | None
    table: str = ""
    row: int = -1
    column: int = 0
    number: int | None = None
    slots: dict[str, list[Found]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    subject: bool | None = None
    relationship: str | None = None
    role: Found | None = None
    sure: str = "heading"
    lives_in: bool | None = None

    def first(self, slot: str) -> Found | None:
        """The first filled reading of a slot."""
        return next((found for found in self.slots.get(slot, ()) if found.value not in (None, "")), None)

    def text(self, slot: str) -> str:
        """Its raw words, or nothing."""
        found = self.first(slot)
        return found.raw if found else ""

    @property
    def filled(self) -> bool:
        """Was anything written about this person?"""
        return any(found.value not in (None, "") for readings in self.slots.values() for found in readings)


@dataclass(slots=True)
class Problem:
    """A gap as found while reading; `entity` when it hangs on a person whose path is not yet known."""

    field: str
    kind: GapKind
    message: str
    entity: Entity | None = None


@dataclass(slots=True)
class Draft:
    """Everything read off one document. `relations` is a holder of parental responsibility, as named, and what they are to the child."""

    entities: list[Entity] = field(default_factory=list)
    singles: dict[str, list[Found]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pr_holders: list[Found] = field(default_factory=list)
    relations: list[tuple[str, Found]] = field(default_factory=list)

    def add(self, path: str, found: Found) -> None:
        """Notes an answer with a place of its own."""
        self.singles.setdefault(path, []).append(found)


def evidence(pair: Pair, *, block: str = "heading", typed: str = "fits") -> Evidence:
    """What speaks for an answer, from how it stood on the page."""
    lines = pair.answer.lines
    return Evidence(
        match=pair.label.match if pair.label else "none",
        how=pair.how,
        origin=origin_of(lines),
        block=block,
        typed=typed,
        ocr=confidence_of(lines),
        near=pair.strange,
    )


def found(value: Any, raw: str, answer: Answer, seen: Evidence) -> Found:
    """A value with its place."""
    place = answer.place or next((line.place for line in answer.lines if line.place), None)
    return Found(value, raw, place, seen, answer.text)


__all__ = ["Draft", "Entity", "Evidence", "Found", "Label", "Problem", "evidence", "found"]
