"""The page taken apart: a document as a run of events, each a heading, a question with its answer, or rows of a table under its column heads."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Document, Line, Table
from pipeline.extract.answers import Answer, all_bold
from pipeline.extract.events import Event, Heading, Loose, Pair
from pipeline.extract.labels import Finder, find_heading, find_label
from pipeline.extract.segments import Segment, is_prompt, segments, typed_prefix
from pipeline.extract.tables import Grid, read_table
from pipeline.extract.wording import key

_TYPED_ONCE = frozenset({"name", "given", "family", "born", "phone", "email", "postcode", "nhs", "upn", "gender", "date", "age", "role", "agency"})


def read_layout(document: Document, find: Finder = find_label) -> list[Event]:
    """Every question and answer of a document, in reading order."""
    walker = _Walker(find)
    blocks = document.blocks
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            walker.table(block, number)
        else:
            walker.line(block, blocks[number + 1] if number + 1 < len(blocks) else None)
    walker.close()
    return walker.events


@dataclass(slots=True)
class _Open:
    """A label outside any table that still waits for its answer, or may have more of it."""

    segment: Segment
    lines: list[Line]


class _Walker:
    """Goes through the blocks once; `open` is the label that the next lines may answer."""

    def __init__(self, find: Finder) -> None:
        self.find = find
        self.events: list[Event] = []
        self.open: _Open | None = None

    def close(self) -> None:
        """Lets go of the open label with what it has."""
        if self.open is not None:
            answer = Answer((tuple(self.open.lines),), self.open.lines[0].place if self.open.lines else None)
            self.events.append(Pair(self.open.segment.label, answer, self.open.segment.follows, how="line", printed=_printed(self.open.segment)))
            self.open = None

    def table(self, table: Table, number: int) -> None:
        """A table; a label right before a box of words has its answer there."""
        grid = Grid(table, self.find)
        if self.open is not None and not self.open.lines and grid.is_plain_box():
            self.open.lines.extend(grid.all_lines())
            self.close()
            return
        if self.open is not None and not self.open.lines:
            text = _printed(self.open.segment)
            heading = find_heading(text)
            label = self.open.segment.label
            self.open = None
            self.events.append(Heading(text, heading[0] if heading else None, heading[1] if heading else None, label))
        else:
            self.close()
        self.events.extend(read_table(grid, f"t{number}"))

    def line(self, line: Line, following: object) -> None:
        """One paragraph outside any table."""
        text = line.text.strip()
        if not text and not line.items:
            return
        if self._heading(line, text, following):
            return
        found = segments((line,), self.find)
        if len(found) == 1 and not found[0].asks and (prefix := typed_prefix(line, self.find)):
            found = [prefix]
        for segment in found:
            if segment.asks:
                self.close()
                self.open = _Open(segment, list(segment.lines))
            else:
                self._words(segment.lines)

    def _words(self, lines: list[Line]) -> None:
        if self.open is None:
            self.events.append(Loose(Answer((tuple(lines),), lines[0].place if lines else None)))
            return
        label = self.open.segment.label
        once = label is not None and label.slot in _TYPED_ONCE
        for line in lines:
            if is_prompt(line) and not self.open.lines:
                continue
            if once and any(held.text.strip() for held in self.open.lines):
                self.close()
                self.events.append(Loose(Answer((tuple(lines),), line.place)))
                return
            self.open.lines.append(line)

    def _heading(self, line: Line, text: str, following: object) -> bool:
        """A heading: styled as one, or known words on a line of their own before something else."""
        styled = line.heading is not None or (all_bold(line) and len(text) < 90 and not text.endswith(":"))
        label = self.find(text)
        if label is not None and not label.subject_only:
            return False
        heading = find_heading(text) if len(text) < 200 else None
        known = heading is not None and heading[0] != "body" and not text.endswith(".")
        if label is not None and not styled and not isinstance(following, Table):
            return False
        if not (styled or (known and (isinstance(following, Table) or text.isupper() or len(key(text).split()) <= 5))):
            return False
        self.close()
        self.events.append(Heading(text, heading[0] if heading else None, heading[1] if heading else None, label))
        return True


def _printed(segment: Segment) -> str:
    return segment.label.text if segment.label else segment.printed.text.strip() if segment.printed else ""
