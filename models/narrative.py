"""A narrative, sentence by sentence: how the writer knows, and what it raises (shared contract: Narrative)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import Frozen

Factuality = Literal["fact", "opinion", "reported"]
ConcernStatus = Literal["affirmed", "possible", "historical", "negated"]
Who = Literal["child", "mother", "father", "other", "unknown"]
Category = Literal[
    "domestic_abuse",
    "mental_health",
    "substance_misuse",
    "neglect",
    "physical_abuse",
    "sexual_abuse",
    "emotional_abuse",
    "exploitation",
    "disability",
    "housing",
    "missing",
    "self_harm",
    "harmful_practices",
    "radicalisation",
]


class ConcernMention(Frozen):
    """Words that name or show a concern. Offsets are characters of the whole text; `rule` is the term that matched, `says` its words for a screener."""

    category: Category
    status: ConcernStatus
    who: Who
    start: int
    end: int
    text: str
    rule: str | None = None
    says: str | None = None
    cues: tuple[str, ...] = ()


class Sentence(Frozen):
    """One sentence of the text as written. `cues` are the words or rules the label rests on."""

    start: int
    end: int
    text: str
    factuality: Factuality
    confidence: float = Field(ge=0, le=1)
    cues: tuple[str, ...] = ()
    concerns: tuple[ConcernMention, ...] = ()


class UrgencySignal(Frozen):
    """Words that ask for a person at once. `kind` is harm (LE-11), action or crime; `rule` is the term's id, `says` what a screener reads."""

    rule: str
    kind: Literal["harm", "action", "crime", "police_protection"]
    says: str
    start: int
    end: int
    text: str


class Narrative(Frozen):
    """`raised` holds each category with an affirmed or possible mention about this family, with the chance that it is right to raise it.

    `language` is set when the text is not English: then nothing is flagged, and `notes` says so.
    """

    id: str
    sentences: tuple[Sentence, ...] = ()
    raised: dict[Category, float] = Field(default_factory=dict)
    urgent: tuple[UrgencySignal, ...] = ()
    language: str | None = None
    notes: tuple[str, ...] = ()
