"""What the page says once taken apart: headings, pairs of question and answer, rows under column heads, and words that belong to nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.answers import Answer
from pipeline.extract.labels import Label


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `block` is whom the boxes under it speak of, None where it does not say; `label` when its words are a label too."""

    text: str
    block: str | None
    number: int | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its answer. `follows` is set on "If no, why?"; `table`, `row` and `column` say where; `how`: right, below, inside, line, option;
    `strange` is the share of unknown labels about it."""

    label: Label | None
    answer: Answer
    follows: str | None = None
    how: str = "right"
    printed: str = ""
    table: str = ""
    row: int = 0
    column: int = 0
    strange: float = 0.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under column heads, or columns beside row heads. `names` holds what a row or column is called by itself ("GP", "Child 2")."""

    heads: tuple[Label | None, ...]
    rows: tuple[tuple[Answer, ...], ...]
    names: tuple[str | None, ...]
    table: str = ""
    printed: tuple[str, ...] = ()
    strange: float = 0.0


@dataclass(frozen=True, slots=True)
class Loose:
    """Words under no label."""

    answer: Answer
    table: str = ""


Event = Heading | Pair | Rows | Loose
