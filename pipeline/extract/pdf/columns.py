"""Tables without rulings, of three columns and more: lines whose parts stand under each other, with white running down between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.document import Control, Mark
from pipeline.extract.pdf.fills import Breaks
from pipeline.extract.pdf.rivers import Leading, leading_of
from pipeline.extract.pdf.rulings import Grid, plain_grid
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.ticks import MARK_LETTERS
from pipeline.extract.pdf.words import Row, box_of, rows_of

Item = Word | Placed
_PART, _SEED, _LEAST = 4.5, 7.0, 1.5
_FEWEST = 3
_ALIGNED = 3.0
_APART, _TIGHT = 34.0, 0.8
_HEAD = 14.0
_PADDING = 6.0
_SLACK = 2.0
_EDGE = 2.0
_BLANK = 3.0


@dataclass(slots=True)
class _Part:
    """Items of a line without a wide gap between them."""

    items: list[Item]

    @property
    def left(self) -> float:
        return box_of(self.items[0])[0]

    @property
    def right(self) -> float:
        return max(box_of(item)[2] for item in self.items)

    @property
    def offer(self) -> str:
        """Its words without what marks an answer."""
        return " ".join(item.text for item in self.items if isinstance(item, Word) and item.text not in MARK_LETTERS)


@dataclass(slots=True)
class _Line:
    """A visual line in parts."""

    row: Row
    parts: list[_Part]


def find_columns(items: Sequence[Item], walls: Sequence[float], breaks: Breaks) -> list[Grid]:
    """Such tables among what stands outside tables. `walls` are heights that none of them runs across."""
    lines = [_Line(row, _parts(row.items)) for row in rows_of(items)]
    found: list[Grid] = []
    number = 0
    while number < len(lines):
        if not _is_seed(lines[number]):
            number += 1
            continue
        band = _Band(lines[number], breaks)
        end = number + 1
        while end < len(lines) and not _walled(lines[end - 1], lines[end], walls) and band.takes(lines[end]):
            band.add(lines[end])
            end += 1
        if number and not _walled(lines[number - 1], lines[number], walls):
            band.heads(lines[number - 1])
        grid = band.as_grid()
        if grid is not None:
            found.append(grid)
        number = end if grid is not None else number + 1
    return found


def _parts(items: list[Item]) -> list[_Part]:
    found: list[_Part] = []
    for item in items:
        if found and box_of(item)[0] - found[-1].right < _PART and not _field(item) and not (_ticked(item) and not _ticked(found[-1].items[-1])):
            found[-1].items.append(item)
        else:
            found.append(_Part([item]))
    return found


def _ticked(item: Item) -> bool:
    return isinstance(item, Placed) and isinstance(item.item, Mark)


def _field(item: Item) -> bool:
    return isinstance(item, Placed) and isinstance(item.item, Control)


def _to_fill_in(line: _Line) -> bool:
    """Whether a field or a box to tick stands in a line after its first words: with a label before it, an answer of its own."""
    return any(_field(part.items[0]) or _ticked(part.items[0]) for part in line.parts[1:])


def _is_seed(line: _Line) -> bool:
    """Whether a line can open a table: three parts or more, of words, well apart."""
    if len(line.parts) < _FEWEST or any(_ticked(part.items[0]) for part in line.parts):
        return False
    return sum(after.left - before.right >= _SEED or _field(after.items[0]) for before, after in pairwise(line.parts)) >= _FEWEST - 1


def _walled(above: _Line, below: _Line, walls: Sequence[float]) -> bool:
    return any(above.row.bottom - 1 < wall < below.row.top + 1 for wall in walls)


class _Band:
    """Lines that keep to the same columns."""

    def __init__(self, line: _Line, breaks: Breaks) -> None:
        self.breaks = breaks
        self.lines = [line]
        self.white = [(before.right, after.left) for before, after in pairwise(line.parts)]

    @property
    def starts(self) -> list[float]:
        """Where the columns begin."""
        return [min(part.left for line in self.lines for part in line.parts), *(end for _, end in self.white)]

    def takes(self, line: _Line) -> bool:
        """Whether a line below stands in these columns."""
        gap = line.row.top - max(one.row.bottom for one in self.lines[-2:])
        if gap > _APART or abs(_size(line) - _size(self.lines[-1])) > 1.2:
            return False
        if len(self._left(line)) < _FEWEST - 1:
            return False
        starts = self.starts
        aligned = [part for part in line.parts if any(abs(part.left - start) <= _ALIGNED for start in starts)]
        if len(line.parts) > 1:
            return 2 * len(aligned) >= len(line.parts) and len(aligned) > 1
        part = line.parts[0]
        if self._crossed(part):
            return False
        if part.left > starts[1] - _ALIGNED:
            return bool(aligned) or gap <= _TIGHT * (line.row.bottom - line.row.top)
        return gap <= _TIGHT * (line.row.bottom - line.row.top) and self._wraps(line)

    def _crossed(self, part: _Part) -> bool:
        return any(part.left < start and part.right > end for start, end in self.white)

    def _wraps(self, line: _Line) -> bool:
        """Whether the words of a line in the first column alone had no room on the one above."""
        above = next((one.parts[0] for one in reversed(self.lines) if one.parts[0].left < self.starts[1] - _ALIGNED), None)
        first = box_of(line.parts[0].items[0])
        return above is not None and above.right + first[2] - first[0] + _BLANK > self.starts[1] - _PADDING

    def _left(self, line: _Line) -> list[tuple[float, float]]:
        """The white that is left between the columns when a line is added."""
        white = [piece for start, end in self.white for piece in _narrowed(start, end, line.parts)]
        return [(start, end) for start, end in white if end - start >= _LEAST]

    def add(self, line: _Line) -> None:
        """Take a line in."""
        self.white = self._left(line)
        self.lines.append(line)

    def heads(self, line: _Line) -> None:
        """Take in the line above if it heads the columns: two or more parts, each where a column begins."""
        gap = self.lines[0].row.top - line.row.bottom
        starts = self.starts
        if gap > _HEAD or len(line.parts) < 2 or len(self._left(line)) < len(self.white) or abs(_size(line) - _size(self.lines[0])) > 1.2:
            return
        if all(any(abs(part.left - start) <= _ALIGNED for start in starts) for part in line.parts):
            self.white = self._left(line)
            self.lines.insert(0, line)

    def as_grid(self) -> Grid | None:
        """The table, where there is one."""
        self.white = [piece for piece in self.white if self._begun(piece[1]) > 1] or self.white
        rows = self._rows()
        while rows and len(self._columns(rows[-1])) < 2:
            rows.pop()
        full = sum(len(self._columns(row)) >= _FEWEST for row in rows)
        if len(rows) < 2 or full < 2 or 3 * full < len(rows) or self._offers(rows):
            return None
        starts = self.starts
        right = max(part.right for row in rows for line in row for part in line.parts)
        across = (starts[0] - _EDGE, *(max(start + 0.5, end - _EDGE) for start, end in self.white), right + _EDGE)
        tops = [min(line.row.top for line in row) for row in rows]
        bottoms = [max(line.row.bottom for line in row) for row in rows]
        down = (tops[0] - 1, *((bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)), bottoms[-1] + 1)
        return plain_grid(across, down) if all(upper < lower for upper, lower in pairwise(down)) else None

    def _begun(self, start: float) -> int:
        """How many parts begin where a column does."""
        return sum(start - 0.5 <= part.left <= start + 2 * _ALIGNED for line in self.lines for part in line.parts)

    def _offers(self, rows: list[list[_Line]]) -> bool:
        """Whether every row offers the same answers: a list of questions, whose boxes are no columns of a table."""
        said: dict[int, set[str]] = {}
        for row in rows:
            for part in row[0].parts:
                said.setdefault(self._column(part), set()).add(part.offer)
        return sum(column > 0 and len(texts) == 1 for column, texts in said.items()) > 1

    def _columns(self, row: list[_Line]) -> set[int]:
        return {self._column(part) for line in row for part in line.parts}

    def _column(self, part: _Part) -> int:
        middle = (part.left + part.right) / 2
        return sum(middle > end - 0.5 * (end - start) for start, end in self.white)

    def _rows(self) -> list[list[_Line]]:
        """Lines put together where the words of a cell go on below."""
        leading = leading_of([below.row.top - above.row.bottom for above, below in pairwise(self.lines)])
        rows: list[list[_Line]] = []
        for line in self.lines:
            if rows and self._goes_on(rows[-1], line, leading):
                rows[-1].append(line)
            else:
                rows.append([line])
        return rows

    def _goes_on(self, row: list[_Line], line: _Line, leading: Leading) -> bool:
        last = row[-1]
        if (shown := self.breaks.between(last.row, line.row)) is not None:
            return not shown
        if line.row.top - last.row.bottom > leading.white + _SLACK + 0.1 * (line.row.bottom - line.row.top):
            return False
        above = {self._column(part): part for part in last.parts}
        here = {self._column(part): part for part in line.parts}
        held = self._columns(row)
        if _bold(line) != _bold(last) and len(here) > 1 and not leading.spaced:
            return False
        if 0 in here and _to_fill_in(line) and any(_to_fill_in(one) for one in row):
            return False
        if leading.spaced:
            return True
        for column in sorted(here):
            if column in above:
                continues = self._had_no_room(above[column], here[column], column)
            else:
                continues = column not in held and column == min(here) and column > 0 and len(here) == 1
            if not continues and (column == 0 or len(here) > 1):
                return 0 not in here and column in above
        return True

    def _had_no_room(self, above: _Part, part: _Part, column: int) -> bool:
        first = box_of(part.items[0])
        starts = self.starts
        limit = starts[column + 1] - _PADDING if column + 1 < len(starts) else max(one.right for line in self.lines for one in line.parts)
        return above.right + first[2] - first[0] + _BLANK > limit - _SLACK


def _narrowed(start: float, end: float, parts: list[_Part]) -> list[tuple[float, float]]:
    """What parts of a line leave of a stretch of white: two stretches where one stands in its midst, a column that was empty so far."""
    for number, part in enumerate(parts):
        if part.right <= start or part.left >= end:
            continue
        if part.left <= start and part.right >= end:
            return []
        if part.left - start >= _SEED and end - part.right >= _SEED and number and not _ticked(part.items[0]):
            return [(start, part.left), *_narrowed(part.right, end, parts[number + 1 :])]
        start, end = (start, part.left) if part.left - start > end - part.right else (part.right, end)
    return [(start, end)]


def _size(line: _Line) -> float:
    return max((item.style.size for item in line.row.items if isinstance(item, Word)), default=10.0)


def _bold(line: _Line) -> bool:
    words = [item for item in line.row.items if isinstance(item, Word)]
    return bool(words) and all(word.style.bold for word in words)
