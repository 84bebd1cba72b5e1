"""A table whose cells reached us one below the other: its heads first, then row after row, empty cells left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.document import Block, Line
from pipeline.extract.by_content import slot_of
from pipeline.extract.labels import Finder, Label, find_heading

_NAMES = frozenset({"name", "given", "family"})
_LEAST = 3
"""Heads that make a table; two labels below each other are more often two labels."""
_TELLING = frozenset({"relationship", "born", "gender", "pr", "role", "agency", "in_household", "subject"})
_YES_NO = frozenset({"pr", "in_household", "subject", "interpreter", "disability", "unborn"})
_WORDY = frozenset({"name", "given", "family", "role", "agency", "school", "gp", "address", "language", "religion", "aliases", "disability_details"})
_SHAPED = frozenset({"born", "phone", "email", "gender"})
_LONGEST, _SHORT = 120, 30
"""Characters of a cell at most, and of one that holds a date or an age."""


@dataclass(slots=True)
class _Rows:
    """Rows as they fill up: `at` is the column that was filled last."""

    heads: Sequence[Label]
    rows: list[list[Line | None]]
    at: int = -1

    def put(self, line: Line) -> bool:
        """Takes a line into the next column that it fits, in a new row where none is left; False where it fits none."""
        column = next(
            (number for number in range(self.at + 1, len(self.heads)) if _fits(self.heads[number], line.text, self.heads[number + 1 :])), None
        )
        if column is None:
            column = 0 if _fits(self.heads[0], line.text, ()) else None
            if column is None:
                return False
            self.at = -1
        if self.at < 0:
            self.rows.append([None] * len(self.heads))
        self.rows[-1][column] = line
        self.at = column
        return True


def rows_of_cells(blocks: Sequence[Block], start: int, find: Finder) -> tuple[list[list[Line | None]], int]:
    """The rows of such a table, its heads first, and how many lines it took; none where there is no such table."""
    heads = _heads(blocks, start, find)
    if len(heads) < _LEAST:
        return [], 0
    found = _Rows([label for _, label in heads], [])
    number = start + len(heads)
    while number < len(blocks):
        line = _cell(blocks[number], find)
        if line is None or not found.put(line):
            break
        number += 1
    whole = [row for row in found.rows if sum(cell is not None for cell in row) > 1]
    if not whole or len(whole) != len(found.rows):
        return [], 0
    return [[line for line, _ in heads], *found.rows], number - start


def _heads(blocks: Sequence[Block], start: int, find: Finder) -> list[tuple[Line, Label]]:
    """A run of labels that are the heads of people: a name among them and no other kind asked twice."""
    found: list[tuple[Line, Label]] = []
    seen: set[str] = set()
    for block in blocks[start:]:
        label = (
            find(block.text.strip()) if isinstance(block, Line) and block.text.strip()[-1:] not in {":", "?", ""} and len(block.text) < 60 else None
        )
        if not isinstance(block, Line) or label is None or len(label.slots) != 1 or label.subject_only or label.slots[0] in seen:
            break
        found.append((block, label))
        seen.add(label.slots[0])
    return found if _NAMES & seen and found[0][1].slots[0] in _NAMES and len(_TELLING & seen) > 1 else []


def _cell(block: Block, find: Finder) -> Line | None:
    """A line that can be a cell; a label or a heading ends the table."""
    if not isinstance(block, Line) or "\t" in block.text or len(block.text) > _LONGEST or block.text.rstrip()[-1:] in {":", "?"}:
        return None
    text = block.text.strip()
    label = find(text)
    if label is not None and not label.answer_too:
        return None
    return None if label is None and find_heading(text) else block


def _fits(head: Label, text: str, later: Sequence[Label]) -> bool:
    """Could this be a cell under that head? Words that are clearly of a later column's kind are left for it."""
    words = text.strip()
    kind = "yes_no" if words.casefold().rstrip(".") in {"yes", "no", "y", "n", "not known", "n/k", "unknown"} else slot_of([words])
    slot = head.slots[0]
    if kind == "yes_no":
        return slot in _YES_NO or (slot == "gender" and words.casefold() == "unknown")
    if slot in _WORDY:
        return kind in {None, slot, "name"} or kind not in {*_SHAPED, *(label.slots[0] for label in later)}
    if slot in {"born", "age", "date"}:
        return kind == "born" or (kind is None and any(letter.isdigit() for letter in words) and len(words) < _SHORT)
    return kind == slot or (kind is None and slot in {"relationship", "ethnicity"} and not any(letter.isdigit() for letter in words))
