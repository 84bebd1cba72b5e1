"""Questions down the side with a box under each answer: the boxes stand in columns under their words, whatever lines are drawn, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.document import Mark
from pipeline.extract.pdf.rulings import Grid, plain_grid
from pipeline.extract.pdf.shapes import Placed, Word
from pipeline.extract.pdf.words import Row, box_of, middle_of, rows_of

Item = Word | Placed
_SAME = 5.0
_CLOSE = 3.0
_APART = 40.0
_HEAD = 22.0
_EDGE = 2.0
_FEWEST = 2


@dataclass(slots=True)
class _Question:
    """The lines of a question, one of which has the boxes."""

    rows: list[Row]
    marks: list[float]
    """The middles of its boxes, from left to right."""

    @property
    def words(self) -> list[Word]:
        return [item for row in self.rows for item in row.items if isinstance(item, Word)]

    @property
    def top(self) -> float:
        return min(box_of(item)[1] for row in self.rows for item in row.items)

    @property
    def bottom(self) -> float:
        return max(box_of(item)[3] for row in self.rows for item in row.items)


def find_matrices(items: Sequence[Item], walls: Sequence[float]) -> list[Grid]:
    """Such tables among what stands outside tables. `walls` are heights that none of them runs across."""
    rows = rows_of(items)
    found: list[Grid] = []
    for run in _runs(_questions(rows), walls):
        grid = _as_grid(run, rows)
        if grid is not None:
            found.append(grid)
    return found


def _boxes(row: Row) -> list[float]:
    """The middles of a row's boxes where two or more stand right of all its words; else none."""
    marks = [item for item in row.items if isinstance(item, Placed)]
    if len(marks) < _FEWEST or not all(isinstance(placed.item, Mark) for placed in marks):
        return []
    if any(isinstance(item, Word) and item.x1 > marks[0].box[0] + 1 for item in row.items):
        return []
    middles = [middle_of(placed)[0] for placed in marks]
    return middles if all(after - before > 2 * _SAME for before, after in pairwise(middles)) else []


def _questions(rows: list[Row]) -> list[_Question]:
    """Each line that ends in boxes, with the lines of words right above or below it that it is the rest of."""
    owners = [number for number, row in enumerate(rows) if _boxes(row)]
    found = {number: _Question([rows[number]], _boxes(rows[number])) for number in owners}
    for number, row in enumerate(rows):
        if number in found or not all(isinstance(item, Word) for item in row.items):
            continue
        near = sorted((_gap(rows[owner], row), owner) for owner in owners if abs(owner - number) <= 2)
        if near and near[0][0] <= _CLOSE and max(box_of(item)[2] for item in row.items) < found[near[0][1]].marks[0]:
            found[near[0][1]].rows.append(row)
    return [found[number] for number in owners]


def _gap(one: Row, other: Row) -> float:
    return max(one.top - other.bottom, other.top - one.bottom)


def _runs(questions: list[_Question], walls: Sequence[float]) -> list[list[_Question]]:
    """Questions under one another whose boxes stand in the same columns."""
    runs: list[list[_Question]] = []
    for question in questions:
        last = runs[-1] if runs else None
        if last is not None and _follows(last, question) and not any(last[-1].bottom - 1 < wall < question.top + 1 for wall in walls):
            last.append(question)
        else:
            runs.append([question])
    return runs


def _follows(run: list[_Question], question: _Question) -> bool:
    columns = max((one.marks for one in run), key=len)
    few, many = sorted((columns, question.marks), key=len)
    return question.top - run[-1].bottom <= _APART and all(any(abs(a - b) <= _SAME for b in many) for a in few)


def _as_grid(run: list[_Question], rows: list[Row]) -> Grid | None:
    """The table, if every column has its words above it and every row its question."""
    columns = max((question.marks for question in run), key=len)
    if not all(question.words for question in run):
        return None
    top = run[0].top
    above = [row for row in rows if row.bottom <= top + 1 and top - row.bottom <= _HEAD]
    heads = _heads(above[-1], columns) if above else None
    if heads is None or (len(run) < _FEWEST and not _is_choice(heads)):
        return None
    ends = [max(word.x1 for question in run for word in question.words)]
    starts = []
    for middle, words in zip(columns, heads, strict=True):
        boxes = [placed.box for question in run for placed in _placed(question) if abs(middle_of(placed)[0] - middle) <= _SAME]
        starts.append(min([box[0] for box in boxes] + [word.x0 for word in words]))
        ends.append(max([box[2] for box in boxes] + [word.x1 for word in words]))
    if any(start <= end - 1 for start, end in zip(starts, ends, strict=False)):
        return None
    left = min(box_of(item)[0] for question in run for item in question.words) - _EDGE
    across = (left, *((end + start) / 2 for end, start in zip(ends, starts, strict=False)), ends[-1] + _EDGE)
    down = (above[-1].top - 1, (above[-1].bottom + top) / 2, *((one.bottom + other.top) / 2 for one, other in pairwise(run)), run[-1].bottom + 1)
    return plain_grid(across, down) if all(a < b for a, b in pairwise(across)) and all(a < b for a, b in pairwise(down)) else None


def _placed(question: _Question) -> list[Placed]:
    return [item for row in question.rows for item in row.items if isinstance(item, Placed)]


def _heads(row: Row, columns: list[float]) -> list[list[Word]] | None:
    """The words over each column; None where a column has none, or the line is something else."""
    if not all(isinstance(item, Word) for item in row.items):
        return None
    reach = min([after - before for before, after in pairwise(columns)])
    found: list[list[Word]] = [[] for _ in columns]
    for item in row.items:
        if not isinstance(item, Word) or item.x1 < columns[0] - reach / 2:
            continue
        nearest = min(range(len(columns)), key=lambda number: abs(columns[number] - _anchor(item, columns[number])))
        found[nearest].append(item)
    return found if all(found) else None


def _anchor(word: Word, column: float) -> float:
    """Where a word stands towards a column: over it, or the nearer of its sides."""
    return column if word.x0 - 1 <= column <= word.x1 + 1 else min(word.x0, word.x1, key=lambda side: abs(side - column))


_CHOICES = frozenset({"yes", "no", "y", "n", "unknown", "unsure", "n/a", "known", "not", "don't", "don’t", "know"})


def _is_choice(heads: list[list[Word]]) -> bool:
    """Whether the words over the columns are answers such as Yes and No, so that one question is enough."""
    return all(word.text.casefold().strip(".,:?") in _CHOICES for words in heads for word in words)
