"""What is printed and what was written, told by how it looks: the words need not be known."""

from __future__ import annotations

from collections.abc import Sequence

from models.document import Cell, Line
from pipeline.extract.answers import all_bold, has_marks, wholly_filled
from pipeline.extract.labels import Finder
from pipeline.extract.segments import Segment
from pipeline.extract.wording import one_line

LONGEST_LABEL = 120
"""Characters of a label that stands beside others in a row."""


def _shown(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text.strip()]


def looks_printed(cell: Cell) -> bool:
    """Is this cell set apart as labels are, shaded or in bold, and nothing filled in?"""
    lines = _shown(cell.lines)
    if not lines or len(cell.text) > LONGEST_LABEL or has_marks(cell.lines) or any(wholly_filled(line) for line in lines):
        return False
    return cell.shaded or all(all_bold(line) for line in lines)


def stacked(lines: Sequence[Line], find: Finder) -> list[Segment]:
    """A cell whose first lines are bold and whose others are not: a label and its answer under it, whatever the label says. Nothing for any other."""
    shown = _shown(lines)
    count = next((number for number, line in enumerate(shown) if not all_bold(line)), len(shown))
    if not 0 < count < len(shown) or any(all_bold(line) or has_marks((line,)) for line in shown[count:]):
        return []
    printed = " ".join(one_line(line.text) for line in shown[:count])
    if len(printed) > LONGEST_LABEL or any(wholly_filled(line) or has_marks((line,)) for line in shown[:count]):
        return []
    label = find(printed)
    place = list(lines).index(shown[count])
    return [Segment(label, list(lines[place:]), shown[0], unknown=label is None)]
