"""Fields and tick boxes of a PDF put beside the words printed at their left, where the file itself gives neither a table nor a useful name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.document import Block, Box, Cell, Control, Document, Line, Mark, Span, Table

_SLACK = 3.0
"""Points by which two things may miss each other and still stand in one row."""


@dataclass(slots=True)
class _Answer:
    """A line of fields or boxes, and the printed lines that turn out to be its label."""

    line: Line
    box: Box
    page: int
    label: list[int] = field(default_factory=list)


def with_rows(document: Document) -> Document:
    """The document with such fields as rows of a table; itself where there is nothing to do."""
    answers = [answer for block in document.blocks for line in _loose_lines(block) if (answer := _as_answer(line))]
    if not answers:
        return document
    labels = {number: block for number, block in enumerate(document.blocks) if isinstance(block, Line) and _is_label(block)}
    for answer in answers:
        answer.label = _at_left(answer, labels)
    _settle(answers, labels)
    placed = [answer for answer in answers if answer.label]
    return _rebuilt(document, placed) if placed else document


def _loose_lines(block: Block) -> Sequence[Line]:
    """A line by itself, or the lines of a table that holds nothing but fields."""
    if isinstance(block, Line):
        return (block,)
    lines = [line for cell in block.cells for line in cell.lines]
    return lines if lines and block.columns == 1 and all(_as_answer(line) for line in lines) else ()


def _as_answer(line: Line) -> _Answer | None:
    """A line that is only fields, or boxes with their options."""
    place = line.place or next((item.place for item in line.items if item.place), None)
    if place is None or place.box is None or place.page is None or not line.items:
        return None
    printed = [item for item in line.items if isinstance(item, Span) and item.text.strip()]
    marks = [item for item in line.items if isinstance(item, Mark)]
    controls = [item for item in line.items if isinstance(item, Control)]
    if (controls and not printed) or (marks and isinstance(line.items[0], Mark) and sum(len(item.text) for item in printed) < 60):
        return _Answer(line, place.box, place.page)
    return None


def _is_label(line: Line) -> bool:
    return (
        line.heading is None
        and line.place is not None
        and line.place.box is not None
        and bool(line.text.strip())
        and all(isinstance(item, Span) for item in line.items)
    )


def _box(line: Line) -> Box:
    place = line.place
    return place.box if place is not None and place.box is not None else (0.0, 0.0, 0.0, 0.0)


def _at_left(answer: _Answer, labels: dict[int, Line]) -> list[int]:
    """The printed lines left of a field and level with it: the nearest column of them."""
    x0, y0, _, y1 = answer.box
    level = []
    for number, line in labels.items():
        box = _box(line)
        if line.place is None or line.place.page != answer.page or box[2] > x0 + _SLACK:
            continue
        if box[1] < y1 - 1 and box[3] > y0 + 1:
            level.append((box[0], number))
    if not level:
        return []
    nearest = max(left for left, _ in level)
    return [number for left, number in level if left > nearest - 8]


def _settle(answers: list[_Answer], labels: dict[int, Line]) -> None:
    """A printed line level with two fields belongs to the nearer; lines right above or below that belong to none go with them."""
    owner: dict[int, _Answer] = {}
    for answer in answers:
        for number in answer.label:
            held = owner.get(number)
            if held is None or _distance(answer, labels[number]) < _distance(held, labels[number]):
                owner[number] = answer
    for answer in answers:
        answer.label = sorted(number for number in answer.label if owner[number] is answer)
    for answer in answers:
        if answer.label:
            _grow(answer, labels, owner)


def _distance(answer: _Answer, line: Line) -> float:
    box = _box(line)
    return abs((answer.box[1] + answer.box[3]) / 2 - (box[1] + box[3]) / 2) + max(0.0, answer.box[0] - box[2]) / 50


def _grow(answer: _Answer, labels: dict[int, Line], owner: dict[int, _Answer]) -> None:
    """Takes in the rest of a label that is taller than its field."""
    for step in (-1, 1):
        edge = answer.label[0] if step < 0 else answer.label[-1]
        while (following := labels.get(edge + step)) is not None and edge + step not in owner:
            near, far = _box(labels[edge]), _box(following)
            gap = near[1] - far[3] if step < 0 else far[1] - near[3]
            if abs(near[0] - far[0]) > _SLACK or not -2 < gap < 2.5:
                break
            edge += step
            owner[edge] = answer
            answer.label = sorted([*answer.label, edge])


def _rebuilt(document: Document, placed: list[_Answer]) -> Document:
    rows = {answer.label[0]: answer for answer in placed}
    used = {number for answer in placed for number in answer.label}
    taken = {id(answer.line) for answer in placed}
    blocks: list[Block] = []
    waiting: list[tuple[tuple[Line, ...], Line]] = []
    for number, block in enumerate(document.blocks):
        if number in rows:
            answer = rows[number]
            waiting.append((tuple(line for index in answer.label if isinstance(line := document.blocks[index], Line)), answer.line))
        elif number not in used and (left := _left_over(block, taken)) is not None:
            blocks.extend(_as_table(waiting))
            waiting = []
            blocks.append(left)
    blocks.extend(_as_table(waiting))
    return Document(
        document.name, document.format, tuple(blocks), document.pages, document.margins, document.notes, document.warnings, document.page_sizes
    )


def _left_over(block: Block, taken: set[int]) -> Block | None:
    """A block without the lines that went into rows."""
    if isinstance(block, Line):
        return None if id(block) in taken else block
    lines = _loose_lines(block)
    if not any(id(line) in taken for line in lines):
        return block
    cells = tuple(cell for cell in block.cells if not all(id(line) in taken for line in cell.lines))
    return Table(block.rows, block.columns, cells, block.place) if cells else None


def _as_table(waiting: list[tuple[tuple[Line, ...], Line]]) -> list[Table]:
    cells = []
    for row, (label, answer) in enumerate(waiting):
        cells.append(Cell(row, 0, lines=label, place=label[0].place))
        cells.append(Cell(row, 1, lines=(answer,), place=answer.place))
    return [Table(len(waiting), 2, tuple(cells), waiting[0][1].place)] if waiting else []
