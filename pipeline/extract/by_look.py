"""Heads that are known by how they look: a row of shaded or bold cells over rows that are not."""

from __future__ import annotations

import re

from models.document import Line, Mark, MarkState, Span
from pipeline.extract.answers import Answer, cell_lines
from pipeline.extract.by_content import NAMES, slot_of, typed_heads
from pipeline.extract.contacts import clean
from pipeline.extract.events import Event, Pair, Rows
from pipeline.extract.grid import Grid, View
from pipeline.extract.labels import Label
from pipeline.extract.looks import looks_printed
from pipeline.extract.printed import follow_up
from pipeline.extract.wording import key

_ORDINALS = frozenset("1 2 3 4 5 6 a b c d e f i ii iii iv one two three four first second third".split())


_SCALE = 5
"""Numbers in a row that make a scale."""
_TYPED_MARK = re.compile(r"(?<!\w)[xX](?!\w)|\[\s*[xX✓✔]\s*\]|[✓✔]")


def heads_by_look(grid: Grid, name: str, row: int) -> tuple[list[Event], int]:
    """What stands under such heads, and the row after it; nothing where this row is none."""
    heads = grid.rows[row]
    if len(heads) < 2 or not all(looks_printed(view.cell) for view in heads):
        return [], row
    body: list[list[View]] = []
    columns = {view.cell.column for view in heads}
    for views in grid.rows[row + 1 :]:
        if any(looks_printed(view.cell) for view in views) or not {view.cell.column for view in views} <= columns or len(views) < 2:
            break
        body.append(views)
    if not body:
        return [], row
    end = row + 1 + len(body)
    labels: tuple[Label | None, ...] = tuple(view.label or grid.find(view.text) for view in heads)
    printed = tuple(view.text for view in heads)
    rows = [tuple(_under(head, views) for head in heads) for views in body]
    filled = [answers for answers in rows if any(answer.filled for answer in answers)]
    typed = typed_heads(labels, filled, printed)
    slots = {slot for label in typed if label for slot in label.slots}
    if NAMES & slots and (len(filled) > 1 or slots & {"relationship", "role", "pr"}) and not any(label and label.field for label in typed):
        return [Rows(typed, tuple(rows), (None,) * len(rows), name, printed)], end
    if len(filled) > 1 and not any(label and label.field for label in labels):
        return [], row
    answers = [Answer() for _ in heads]
    for line in rows:
        answers = [held.joined(more) for held, more in zip(answers, line, strict=True)]
    return [
        Pair(label, answer, follow_up(text) if label is None else None, how="below", printed=text, table=name, row=row + 1, column=view.cell.column)
        for label, answer, text, view in zip(labels, answers, printed, heads, strict=True)
    ], end


def looks_alternate(views: list[View]) -> bool:
    """Label, answer, label, answer, by their look: no row of heads, whatever the words."""
    return (
        len(views) > 1
        and len(views) % 2 == 0
        and all(looks_printed(view.cell) for view in views[::2])
        and not any(looks_printed(view.cell) for view in views[1::2])
    )


def _under(head: View, views: list[View]) -> Answer:
    first, last = head.cell.column, head.cell.column + head.cell.column_span
    inside = [view for view in views if first <= view.cell.column < last]
    return Answer(tuple(cell_lines(view.cell) for view in inside), inside[0].cell.place) if inside else Answer()


def heads_by_kind(grid: Grid, name: str, row: int) -> tuple[list[Event], int]:
    """A row over columns of names, of relationships and of birth dates: its heads, whatever it says and however it looks."""
    heads = grid.rows[row]
    columns = {view.cell.column for view in heads}
    end = row + 1
    while end < len(grid.rows) and len(views := grid.rows[end]) > 1 and {view.cell.column for view in views} <= columns:
        end += 1
    rows = [tuple(_under(head, views) for head in heads) for views in grid.rows[row + 1 : end]]
    filled = [answers for answers in rows if sum(answer.filled for answer in answers) > 1]
    if len(heads) < 3 or len(filled) < 2:
        return [], row
    kinds = [slot_of(clean(answers[number]) for answers in filled) for number in range(len(heads))]
    telling = [number for number, kind in enumerate(kinds) if kind in {"relationship", "born", "gender", "phone"}]
    if "name" not in kinds or not {"relationship", "born"} & set(kinds) or any(slot_of([heads[number].text]) == kinds[number] for number in telling):
        return [], row
    printed = tuple(view.text for view in heads)
    labels = tuple(view.label or grid.find(view.text) for view in heads)
    return [Rows(typed_heads(labels, filled, printed), tuple(rows), (None,) * len(rows), name, printed)], end


def numbered_people(grid: Grid, name: str, row: int) -> tuple[list[Event], int]:
    """People as columns under (1), (2), (3) or A, B, C, with the labels down the left."""
    heads = grid.rows[row]
    people = heads[1:]
    if len(people) < 2 or heads[0].text.strip() or not all(_is_ordinal(view.text) for view in people):
        return [], row
    labels: list[Label | None] = []
    printed: list[str] = []
    columns: list[list[Answer]] = [[] for _ in people]
    end = row + 1
    while end < len(grid.rows) and len(views := grid.rows[end]) > 1 and views[0].text.strip() and views[0].cell.column == heads[0].cell.column:
        labels.append(views[0].label or grid.find(views[0].text))
        printed.append(views[0].text)
        for number, person in enumerate(people):
            columns[number].append(_under(person, views[1:]))
        end += 1
    if sum(label is not None for label in labels) < 2:
        return [], row
    return [Rows(tuple(labels), tuple(tuple(column) for column in columns), (None,) * len(people), name, tuple(printed))], end


def _is_ordinal(text: str) -> bool:
    words = key(text).split()
    return bool(words) and len(words) <= 2 and words[-1] in _ORDINALS


def scale_row(grid: Grid, name: str, row: int) -> Pair | None:
    """Numbers in cells side by side, one of them marked: a point on a scale."""
    views = grid.rows[row]
    numbers = [view.text.strip(" \t☐☒☑□✓✔*xX[]()") for view in views]
    if len(views) < _SCALE or numbers not in ([str(number) for number in range(first, first + len(views))] for first in (0, 1)):
        return None
    chosen = _chosen(views)
    return _point(chosen, numbers[views.index(chosen)] if chosen is not None else "", name, row)


def _point(chosen: View | None, number: str, name: str, row: int) -> Pair:
    """The point of a scale that was marked, or none."""
    place = chosen.cell.place if chosen is not None else None
    answer = Answer(((Line((Span(number, place=place),), place=place),),), place) if chosen is not None else Answer()
    return Pair(Label("scale", field="safety.scale", match="rule"), answer, how="option", printed="scale", table=name, row=row)


def scale_column(grid: Grid, name: str, row: int) -> tuple[list[Event], int]:
    """Numbers below each other with a box beside each, one of them marked."""
    end = row
    while end < len(grid.rows) and len(views := grid.rows[end]) == 2 and views[0].text.strip().isdigit():
        end += 1
    numbers = [grid.rows[number][0].text.strip() for number in range(row, end)]
    if len(numbers) < _SCALE or numbers not in ([str(number) for number in range(first, first + len(numbers))] for first in (0, 1)):
        return [], row
    boxes = [grid.rows[number][1] for number in range(row, end)]
    marked = [box for box in boxes if _has(box, "marked")]
    chosen = marked[0] if len(marked) == 1 else None
    return [_point(chosen, numbers[boxes.index(chosen)] if chosen is not None else "", name, row)], end


def _chosen(views: list[View]) -> View | None:
    """The one cell that is unlike all others: marked, bold, underlined, highlighted, or alone not struck out."""
    for look in ("marked", "highlight", "underline", "bold"):
        having = [view for view in views if _has(view, look)]
        if len(having) == 1:
            return having[0]
    left = [view for view in views if not _has(view, "strike")]
    return left[0] if len(left) == 1 else None


def _has(view: View, look: str) -> bool:
    if look == "marked":
        ticked = any(isinstance(item, Mark) and item.state is MarkState.ON for line in view.cell.lines for item in line.items)
        return ticked or bool(_TYPED_MARK.search(view.text))
    return any(isinstance(item, Span) and getattr(item, look) and item.text.strip() for line in view.cell.lines for item in line.items)
