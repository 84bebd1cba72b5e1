"""Labels in bold with their answers on the lines below, as portals print them: made rows of a table, label and answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from models.document import Block, Cell, Line, Place, Span, Table

_FEWEST = 2
_ALIGNED, _INDENT = 4.0, 24.0
_LONGEST = 60


@dataclass(slots=True)
class _Entry:
    """A label and the lines under it."""

    label: Line
    answer: list[Line] = field(default_factory=list)


def with_stacked(blocks: list[Block]) -> list[Block]:
    """The blocks, with such runs of lines as tables."""
    made: list[Block] = []
    run: list[Line] = []
    beside = _side_by_side(blocks)
    for block in blocks:
        if isinstance(block, Line) and block.heading is None and id(block) not in beside:
            run.append(block)
            continue
        made += _as_blocks(run)
        run = []
        made.append(block)
    return [*made, *_as_blocks(run)]


def _side_by_side(blocks: list[Block]) -> set[int]:
    """The lines that stand level with another: columns, which no list of labels and answers has."""
    found: set[int] = set()
    for above, below in pairwise(block for block in blocks if isinstance(block, Line)):
        one, other = above.box, below.box
        if (
            one
            and other
            and above.place
            and below.place
            and above.place.page == below.place.page
            and min(one[3], other[3]) - max(one[1], other[1]) > 2
        ):
            found |= {id(above), id(below)}
    return found


def _as_blocks(run: list[Line]) -> Iterator[Block]:
    """A run of lines, or the table that it is, with what stands before and after."""
    first = next((number for number, line in enumerate(run) if _is_label(line)), len(run))
    entries: list[_Entry] = []
    for line in run[first:]:
        if _is_label(line):
            entries.append(_Entry(line))
        else:
            entries[-1].answer.append(line)
    answered = [number for number, entry in enumerate(entries) if entry.answer]
    if len(answered) < _FEWEST or not _is_list(entries):
        yield from run
        return
    yield from run[:first]
    for entry in entries[: answered[0]]:
        yield entry.label
    yield _table(entries[answered[0] : answered[-1] + 1])
    for entry in entries[answered[-1] + 1 :]:
        yield entry.label


def _is_label(line: Line) -> bool:
    spans = [item for item in line.items if isinstance(item, Span) and item.text.strip()]
    return (
        len(spans) > 0
        and len(spans) == len([item for item in line.items if not isinstance(item, Span) or item.text.strip()])
        and all(span.bold for span in spans)
    )


def _is_list(entries: list[_Entry]) -> bool:
    """Whether labels and answers stand in one column, and the labels are short and bold as no answer is."""
    lefts = [box[0] for entry in entries if (box := entry.label.box)]
    if not lefts or max(lefts) - min(lefts) > _ALIGNED:
        return False
    answers = [line for entry in entries for line in entry.answer]
    starts = [box[0] for line in answers if (box := line.box)]
    if any(not -_ALIGNED <= start - lefts[0] <= _INDENT for start in starts):
        return False
    if sum(len(entry.label.text.split()) > _LONGEST for entry in entries):
        return False
    return not any(isinstance(item, Span) and item.bold and item.text.strip() for line in answers for item in line.items)


def _table(entries: list[_Entry]) -> Table:
    cells: list[Cell] = []
    for row, entry in enumerate(entries):
        place = entry.answer[0].place if entry.answer else entry.label.place
        cells.append(Cell(row, 0, lines=(entry.label,), place=entry.label.place))
        cells.append(Cell(row, 1, lines=tuple(entry.answer), place=place))
    first = entries[0].label.place
    return Table(len(entries), 2, tuple(cells), Place(first.page, first.box) if first else None)
