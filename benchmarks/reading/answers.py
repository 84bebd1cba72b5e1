"""What stands on a filled form, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benchmarks.reading.spec import Block, Layout


@dataclass(frozen=True)
class Answer:
    """The words written, or the options marked. Both empty where the form was left as it came. `day` where the words are a whole date and nothing else."""

    text: str = ""
    chosen: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class FilledBlock:
    """A block with its answers: one row of them for most, one a table row for grids and child blocks."""

    block: Block
    rows: tuple[tuple[Answer, ...], ...]


@dataclass(frozen=True)
class FilledForm:
    """A whole form. `mark` is what this person types for a tick, `ink` the colour of what they write, `hand` the font of their handwriting."""

    layout: Layout
    blocks: tuple[FilledBlock, ...]
    mark: str = "X"
    ink: str = ""
    hand: str = ""
