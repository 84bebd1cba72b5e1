"""Lists of labels with their values beside them and no rulings at all: two columns told by where the values begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.document import Control
from pipeline.extract.pdf.fills import Breaks
from pipeline.extract.pdf.rivers import Leading, leading_of
from pipeline.extract.pdf.rulings import Grid, plain_grid
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import Row, box_of, rows_of

Item = Word | Placed
_BLANK = 3.5
_WIDE = 8.0
_ALIGNED = 1.6
_FEWEST = 3
_SLACK = 2.0
_APART = 34.0
_EDGE = 2.0
_LONG_LABEL = 16
_PROSE, _PROSE_WIDTH = 4, 110.0


@dataclass(slots=True)
class _Line:
    """A visual line parted at the edge where values begin."""

    row: Row
    left: list[Item]
    right: list[Item]


@dataclass(slots=True)
class _Entry:
    """A label, perhaps over several lines, and what stands beside it."""

    lines: list[_Line] = field(default_factory=list)

    @property
    def top(self) -> float:
        return min(line.row.top for line in self.lines)

    @property
    def bottom(self) -> float:
        return max(line.row.bottom for line in self.lines)

    @property
    def label(self) -> list[Item]:
        return [item for line in self.lines for item in line.left]

    @property
    def value(self) -> list[Item]:
        return [item for line in self.lines for item in line.right]


def find_lists(items: Sequence[Item], walls: Sequence[float], breaks: Breaks) -> list[Grid]:
    """Such lists among what stands outside tables, as grids of two columns. `walls` are heights that no list runs across: the tops of tables."""
    rows = rows_of(items)
    found: list[Grid] = []
    taken = [False] * len(rows)
    for edge in _edges(rows):
        for start, end in _runs(rows, edge, taken, walls):
            grid = _as_grid([_part(row, edge) for row in rows[start:end]], edge, breaks)
            if grid is not None:
                found.append(grid)
                taken[start:end] = [
                    grid.box[1] <= (row.top + row.bottom) / 2 <= grid.box[3] or taken[n] for n, row in enumerate(rows[start:end], start)
                ]
    return found


def _edges(rows: list[Row]) -> list[float]:
    """Where the second parts of lines begin, the commonest first."""
    starts = sorted(box_of(after)[0] for row in rows for before, after in pairwise(row.items) if box_of(after)[0] - box_of(before)[2] >= _BLANK)
    groups: list[list[float]] = []
    for start in starts:
        if groups and start - groups[-1][0] <= _ALIGNED:
            groups[-1].append(start)
        else:
            groups.append([start])
    return [min(group) for group in sorted(groups, key=len, reverse=True) if len(group) >= _FEWEST]


def _runs(rows: list[Row], edge: float, taken: list[bool], walls: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Lines in a row that part at the edge or end before it."""
    start: int | None = None
    for number, row in enumerate(rows):
        apart = start is not None and (
            row.top - rows[number - 1].bottom > _APART or any(rows[number - 1].bottom - 1 < wall < row.top + 1 for wall in walls)
        )
        if start is not None and (apart or taken[number] or not _parts_at(row, edge)):
            yield start, number
            start = None
        if start is None and not taken[number] and _parts_at(row, edge):
            start = number
    if start is not None:
        yield start, len(rows)


def _parts_at(row: Row, edge: float) -> bool:
    part = _part(row, edge)
    if any(box_of(item)[2] > edge + 0.5 for item in part.left):
        return False
    if not part.right:
        return True
    first = box_of(part.right[0])[0]
    gap = first - box_of(part.left[-1])[2] if part.left else _WIDE
    told = _bold(part.left) and not _bold(part.right)  # a bold label that fills its column
    return first - edge <= _ALIGNED and (gap >= _BLANK or (told and gap > 0)) and not _wide_gap(part.left)


def _wide_gap(items: list[Item]) -> bool:
    """Whether the words left of the edge are themselves in columns."""
    return any(box_of(after)[0] - box_of(before)[2] > 2 * _WIDE for before, after in pairwise(items))


def _part(row: Row, edge: float) -> _Line:
    left = [item for item in row.items if box_of(item)[0] < edge - _ALIGNED]
    return _Line(row, left, row.items[len(left) :])


def _as_grid(lines: list[_Line], edge: float, breaks: Breaks) -> Grid | None:
    entries = _trimmed(_entries(lines, edge, breaks))
    both = [entry for entry in entries if entry.label and entry.value]
    if len(both) < (_FEWEST - 1 if all(_told_apart(entry) for entry in both) else _FEWEST) or not _is_list(entries, both, edge):
        return None
    left = min(box_of(item)[0] for entry in entries for item in entry.label)
    right = max(box_of(item)[2] for entry in entries for item in (*entry.label, *entry.value))
    across = (left - _EDGE, edge - _EDGE, max(right, edge) + _EDGE)
    down = (entries[0].top - 1, *((above.bottom + below.top) / 2 for above, below in pairwise(entries)), entries[-1].bottom + 1)
    if any(lower <= upper for upper, lower in pairwise(down)):
        return None
    return plain_grid(across, down)


def _is_list(entries: list[_Entry], both: list[_Entry], edge: float) -> bool:
    """Whether these are labels and values, and not prose that parts by chance, boxes to tick in two columns, or a table of more columns."""
    if sum(isinstance(entry.label[0], Placed) for entry in both) * 2 > len(both):
        return False
    if sum(len(entry.label) for entry in both) > _LONG_LABEL * len(both):
        return False
    if sum(_gap(entry) >= _WIDE for entry in both) * 3 < len(both):
        return False
    return not _more_columns([line for entry in entries for line in entry.lines if line.right], edge)


def _told_apart(entry: _Entry) -> bool:
    """Whether a label is printed in bold and what stands beside it is not."""
    return _bold(entry.label) and not _bold(entry.value)


def _gap(entry: _Entry) -> float:
    line = next(line for line in entry.lines if line.right)
    return box_of(line.right[0])[0] - max((box_of(item)[2] for item in line.left), default=0.0)


def _more_columns(lines: list[_Line], edge: float) -> bool:
    """Whether the values are themselves in columns: again and again, a part of one begins where a part of another does."""
    starts = sorted((box_of(after)[0], _word(after)) for line in lines for before, after in pairwise(line.right) if _apart(before, after))
    aligned = any(second[0] - first[0] <= _ALIGNED and first[1] != second[1] for first, second in pairwise(starts))
    return aligned or len({word for _, word in starts}) * 3 > 2 * len(lines) > 2


def _apart(before: Item, after: Item) -> bool:
    """Whether a value of its own begins: far from the one before, or a field; boxes to tick are one answer."""
    if isinstance(after, Placed):
        return isinstance(after.item, Control)
    return box_of(after)[0] - box_of(before)[2] > 2 * _WIDE


def _word(item: Item) -> str:
    return item.text if isinstance(item, Word) else f"{id(item)}"


# Entries ------------------------------------------------------------------------------------------------------------


def _entries(lines: list[_Line], edge: float, breaks: Breaks) -> list[_Entry]:
    """Lines put together where a label or a value goes on below."""
    leading = _leading(lines)
    entries: list[_Entry] = []
    for line in lines:
        shown = breaks.between(entries[-1].lines[-1].row, line.row) if entries else None
        if entries and (_goes_on(entries[-1], line, edge, leading) if shown is None else not shown):
            entries[-1].lines.append(line)
        else:
            entries.append(_Entry([line]))
    return entries


def _leading(lines: list[_Line]) -> Leading:
    found = leading_of([below - above for (_, above), (below, _) in pairwise(_height(line.left or line.right) for line in lines)])
    return found._replace(end=max((box_of(item)[2] for line in lines for item in line.right), default=0.0))


def _height(items: list[Item]) -> tuple[float, float]:
    boxes = [box_of(item) for item in items if isinstance(item, Word)] or [box_of(item) for item in items]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def _goes_on(entry: _Entry, line: _Line, edge: float, leading: Leading) -> bool:
    last = next((one for one in reversed(entry.lines) if one.left), entry.lines[-1])
    above = max(_height(one.left or one.right)[1] for one in entry.lines) if not line.left else _height(last.left or last.right)[1]
    top, bottom = _height(line.left or line.right)
    if top - above > leading.white + _SLACK + 0.1 * (bottom - top):
        return False
    if not line.left:
        return True
    if not last.left or _bold(line.left) != _bold(last.left):
        return False
    if _has_leader(line) or _has_leader(last):
        return False
    if leading.spaced:
        return True
    if line.right and entry.value and not (_is_prose(last.right, edge, leading.end) and _had_no_room(last.right, line.right, leading.end)):
        return False
    return _had_no_room(last.left, line.left, edge - _SLACK)


def _has_leader(line: _Line) -> bool:
    """Whether dots or a line to write on fill up what is left of a line: it ends there, however full."""
    return any(isinstance(item, Word) and ("...." in item.text or "___" in item.text or "……" in item.text) for item in line.row.items)


def _is_prose(value: list[Item], edge: float, end: float) -> bool:
    """Whether an answer is words enough, in a column wide enough, to have been wrapped."""
    return len(value) >= _PROSE and end - edge >= _PROSE_WIDTH and all(isinstance(item, Word) for item in value)


def _had_no_room(above: list[Item], below: list[Item], end: float) -> bool:
    """Whether the first word of a line would not have fitted on the one above."""
    first = box_of(below[0])
    return box_of(above[-1])[2] + first[2] - first[0] + _BLANK > end


def _bold(items: list[Item]) -> bool:
    return all(item.style.bold for item in items if isinstance(item, Word))


def _size(items: list[Item]) -> float:
    return max((item.style.size for item in items if isinstance(item, Word)), default=0.0)


def _trimmed(entries: list[_Entry]) -> list[_Entry]:
    """The list without what only stands above or below it: labels that nothing stands beside, and headings."""
    both = [entry for entry in entries if entry.label and entry.value]
    if not both:
        return []
    size = _size(both[0].label)
    bold = sum(_bold(entry.label) for entry in both) * 2 > len(both)
    best: list[_Entry] = []
    run: list[_Entry] = []
    for entry in entries:
        if entry.label and not entry.value and (abs(_size(entry.label) - size) > 0.8 or (bold and not _bold(entry.label))):
            best, run = max(best, _stripped(run), key=len), []
        else:
            run.append(entry)
    return max(best, _stripped(run), key=len)


def _stripped(run: list[_Entry]) -> list[_Entry]:
    full = [number for number, entry in enumerate(run) if entry.label and entry.value]
    return run[full[0] : full[-1] + 1] if full else []
