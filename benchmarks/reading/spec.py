"""Layouts as data: blocks of questions in the order a form prints them.

A question is written `label=key`, with its printed options in braces where it has any: `Interpreter required?=child.interpreter{Yes/No}`.
Several stand in one string, parted by ` | `. What a key means is known in `fill.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.reading.look import Look

_SLOT = re.compile(r"^(?P<label>.*)=(?P<key>[\w.+:]*)(\{(?P<options>.*)\})?$", re.DOTALL)


@dataclass(frozen=True)
class Slot:
    """One question: its printed label, the key of what is asked, the options printed beside it."""

    label: str
    key: str
    options: tuple[str, ...] = ()


def slots(text: str) -> tuple[Slot, ...]:
    """The questions written in one string."""
    found = []
    for entry in text.split(" | "):
        match = _SLOT.match(entry.strip())
        if not match:
            raise ValueError(f"not a question: {entry!r}")
        options = match["options"]
        found.append(Slot(match["label"].strip(), match["key"], tuple(options.split("/")) if options else ()))
    return tuple(found)


@dataclass(frozen=True)
class Heading:
    """A section heading."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Guide:
    """Printed guidance."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Labels with their values.

    `how`: left, above (label row over value row), stacked (both in one cell), colon (on one line in one cell), lines (no table), dotted (no table, dots to the edge), margin (a
    column of guidance before the label), cells (each option and each of its boxes in a cell of its own). `side`: the section's name in a merged column at the left.
    """

    slots: tuple[Slot, ...]
    per_row: int = 2
    how: str = "left"
    side: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with a header row and one row for each of `source`.

    `printed` are words already in the first column, `example` a printed row that shows how to fill it in. `heads`: the table is turned, with a column for each person under
    these heads and the questions down the side. `below`: so many of the last questions stand in a second row under each person.
    """

    slots: tuple[Slot, ...]
    source: str
    blank: int = 2
    printed: tuple[str, ...] = ()
    title: str = ""
    example: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    below: int = 0


@dataclass(frozen=True)
class Box:
    """A free-text question. `how`: below, beside, same (question and answer in one cell)."""

    slot: Slot
    how: str = "below"


@dataclass(frozen=True)
class Columns:
    """Free-text questions side by side, the answers in the row below each; `prompt` is printed in the answer cells."""

    slots: tuple[Slot, ...]
    prompt: str = ""


@dataclass(frozen=True)
class Twin:
    """Two questions side by side with their reasons beneath by column."""

    questions: tuple[Slot, ...]
    reasons: tuple[Slot, ...]


@dataclass(frozen=True)
class Options:
    """Statements to tick, one a row; `columns` of them side by side where more than one."""

    slot: Slot
    columns: int = 1


@dataclass(frozen=True)
class ChildBlocks:
    """Child 1, Child 2, ... each under its `head` with the same questions, `total` of them printed."""

    slots: tuple[Slot, ...]
    total: int = 3
    per_row: int = 2
    head: str = "Child {}"


@dataclass(frozen=True)
class Questions:
    """Questions down the side, their options as columns: a mark goes into the cell under the answer."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence to complete by deleting: `{}` in the label stands for the options."""

    slot: Slot


@dataclass(frozen=True)
class Beside:
    """One tall answer beside several short ones: its label and value cells are merged over their rows."""

    tall: Slot
    short: tuple[Slot, ...]


@dataclass(frozen=True)
class Floating:
    """Questions in a text box."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Running(Floating):
    """Questions in the header of every page."""


@dataclass(frozen=True)
class Printed:
    """A table that is only printed: guidance that reads like a form."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Guide | Pairs | Grid | Box | Columns | Twin | Options | ChildBlocks | Questions | Sentence | Beside | Floating | Running | Printed


@dataclass(frozen=True)
class Layout:
    """One council's form. `split` is fit, work or report; `author` the kind of agency that fills it in, where only one does."""

    name: str
    form: str
    title: str
    split: str
    blocks: tuple[Block, ...]
    look: Look = field(default_factory=Look)
    accepted: tuple[str, ...] = ()
    author: str = ""

    def all_slots(self) -> Iterator[Slot]:
        """Every question of the form."""
        for block in self.blocks:
            yield from block_slots(block)

    def asks(self, *endings: str) -> bool:
        """Whether any key ends in one of the endings."""
        return any(slot.key.endswith(endings) for slot in self.all_slots())

    def sources(self) -> set[str]:
        """Whom the tables of the form list."""
        return {block.source for block in self.blocks if isinstance(block, Grid)}


def block_slots(block: Block) -> tuple[Slot, ...]:
    """The questions of one block."""
    match block:
        case Twin():
            return (*block.questions, *block.reasons)
        case Box() | Options() | Sentence():
            return (block.slot,)
        case Beside():
            return (block.tall, *block.short)
        case Heading() | Guide() | Printed():
            return ()
    return block.slots


heading = Heading
guide = Guide


def pairs(text: str, per_row: int = 2, how: str = "left", side: str = "") -> Pairs:
    """Labels with their values."""
    return Pairs(slots(text), per_row, how, side)


def grid(
    source: str, text: str, blank: int = 2, printed: tuple[str, ...] = (), title: str = "", example: tuple[str, ...] = (), below: int = 0
) -> Grid:
    """A repeating table."""
    return Grid(slots(text), source, blank, printed, title, example, (), below)


def turned(source: str, heads: tuple[str, ...], text: str, title: str = "") -> Grid:
    """A table with a column for each person."""
    return Grid(slots(text), source, 0, (), title, (), heads)


def questions(text: str) -> Questions:
    """Questions with their options as columns."""
    return Questions(slots(text))


def sentence(text: str) -> Sentence:
    """A sentence to complete by deleting."""
    return Sentence(slots(text)[0])


def beside(tall: str, short: str) -> Beside:
    """One tall answer beside several short ones."""
    return Beside(slots(tall)[0], slots(short))


def floating(text: str) -> Floating:
    """Questions in a text box."""
    return Floating(slots(text))


def running(text: str) -> Running:
    """Questions in the header of every page."""
    return Running(slots(text))


def printed(*rows: tuple[str, ...]) -> Printed:
    """A printed table."""
    return Printed(rows)


def boxes(text: str, how: str = "below") -> tuple[Box, ...]:
    """Free-text questions, one box each."""
    return tuple(Box(slot, how) for slot in slots(text))


def columns(text: str, prompt: str = "") -> Columns:
    """Free-text questions side by side."""
    return Columns(slots(text), prompt)


def twin(questions: str, reasons: str) -> Twin:
    """Two parallel questions."""
    return Twin(slots(questions), slots(reasons))


def options(text: str, width: int = 1) -> Options:
    """Statements to tick."""
    return Options(slots(text)[0], width)


def layout(
    name: str,
    form: str,
    title: str,
    split: str,
    *blocks: Block | tuple[Block, ...],
    look: Look | None = None,
    accepted: tuple[str, ...] = (),
    author: str = "",
) -> Layout:
    """A layout of blocks; tuples of blocks are laid out flat."""
    flat: list[Block] = []
    for block in blocks:
        flat.extend(block if isinstance(block, tuple) else (block,))
    return Layout(name, form, title, split, tuple(flat), look or Look(), accepted or (form,), author)
