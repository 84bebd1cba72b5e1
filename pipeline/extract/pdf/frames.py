"""The frames of form fields put right: as tall as the cell of their label, and one where a date has three."""

from __future__ import annotations

from dataclasses import replace

from models.document import Box, Control
from pipeline.extract.pdf.shapes import Placed, Rect, Sheet, Word

_SAME = 1.6
_BESIDE = 4.0
_SLACK = 2.0
_CELL = 12.0
_DATE_PART, _DATE_GAP = 64.0, 16.0


def square_up(sheet: Sheet) -> None:
    """Put fields into the rows of the boxes that their labels stand in; a label whose answer has no frame of its own gets one."""
    fields = [placed.box for placed in sheet.placed if isinstance(placed.item, Control)]
    if not fields:
        return
    labels = [rect for rect in sheet.rects if rect.stroked and _is_cell(rect) and not _is_frame(rect, fields)]
    ends: dict[tuple[int, int], float] = {}
    framed: set[Rect] = set()
    rects: list[Rect] = []
    for rect in sheet.rects:
        label = next((one for one in labels if _beside(one, rect)), None) if rect.stroked and _is_frame(rect, fields) else None
        if label is None:
            rects.append(rect)
            continue
        framed.add(label)
        ends[_column(label)] = rect.x1
        rects.append(rect._replace(x0=label.x1, y0=label.y0, y1=label.y1))
    rects += [label._replace(x0=label.x1, x1=ends[_column(label)]) for label in labels if label not in framed and _is_free(label, ends, sheet)]
    sheet.rects = rects


def _is_cell(rect: Rect) -> bool:
    return rect.x1 - rect.x0 >= _CELL and rect.y1 - rect.y0 >= _CELL


def _is_frame(rect: Rect, fields: list[Box]) -> bool:
    return any(all(abs(side - other) <= _SAME for side, other in zip(rect[:4], field, strict=True)) for field in fields)


def _beside(label: Rect, field: Rect) -> bool:
    """Whether a field stands right of a label's box, level with it and no taller."""
    return abs(label.x1 - field.x0) <= _BESIDE and label.y0 - _SLACK <= field.y0 and field.y1 <= label.y1 + _SLACK


def _column(label: Rect) -> tuple[int, int]:
    return round(label.x0), round(label.x1)


def _is_free(label: Rect, ends: dict[tuple[int, int], float], sheet: Sheet) -> bool:
    """Whether the labels above and below have a field beside them and this one has boxes to tick, or nothing."""
    end = ends.get(_column(label))
    if end is None:
        return False
    y = (label.y0 + label.y1) / 2
    return not any(
        rect.stroked and rect.x0 < end and rect.x1 > label.x1 + _SLACK and rect.y0 < y < rect.y1 and rect.x1 - rect.x0 > _CELL for rect in sheet.rects
    )


# Dates in three boxes -----------------------------------------------------------------------------------------------


def join_dates(words: list[Word], sheet: Sheet) -> list[Word]:
    """Three boxes for day, month and year made one, with the date in it; the words that are left."""
    for kind in (_field_boxes, _drawn_boxes):
        boxes = sorted((box for box in kind(sheet) if _is_part(box)), key=lambda box: (round(box[1]), box[0]))
        for day, month, year in zip(boxes, boxes[1:], boxes[2:], strict=False):
            if _side_by_side(day, month) and _side_by_side(month, year):
                words = _joined(words, (day, month, year), (day[0], day[1], year[2], day[3]), sheet)
    return words


def _field_boxes(sheet: Sheet) -> list[Box]:
    return [placed.box for placed in sheet.placed if isinstance(placed.item, Control)]


def _drawn_boxes(sheet: Sheet) -> list[Box]:
    return [rect[:4] for rect in sheet.rects if rect.stroked]


def _is_part(box: Box) -> bool:
    """Whether a box is wide enough for two figures and not for many more."""
    return _CELL <= box[2] - box[0] <= _DATE_PART and _CELL - 2 <= box[3] - box[1] <= 2 * _CELL + 2


def _side_by_side(left: Box, right: Box) -> bool:
    return abs(left[1] - right[1]) <= 1 and abs(left[3] - right[3]) <= 1 and 0 < right[0] - left[2] <= _DATE_GAP


def _joined(words: list[Word], parts: tuple[Box, Box, Box], whole: Box, sheet: Sheet) -> list[Word]:
    """The words with a date for the figures in three boxes; with fields there, the first field holds it."""
    fields = [next((placed for placed in sheet.placed if isinstance(placed.item, Control) and _in(placed.box, box)), None) for box in parts]
    inside = [[word for word in words if _in(word[1:5], box)] for box in parts]
    said = [_said(field, found) for field, found in zip(fields, inside, strict=True)]
    if (any(said) and not _is_date(said)) or (not any(said) and not all(fields)):
        return words
    sheet.rects = [rect for rect in sheet.rects if not any(_in(rect[:4], box) for box in parts)]
    if any(rect.stroked for rect in sheet.rects):
        sheet.rects.append(Rect(*whole, stroked=True, fill=None))
    if (first := fields[0]) is not None and isinstance(first.item, Control):
        kept = [placed for placed in sheet.placed if placed not in fields]
        place = replace(first.item.place, box=whole) if first.item.place else None
        sheet.placed = [*kept, Placed(replace(first.item, value="/".join(said) if all(said) else None, place=place), whole)]
        return words
    taken = {id(word) for found in inside for word in found} | {id(word) for word in words if word.text in "/-." and _in(word[1:5], whole)}
    head = inside[0][0]._replace(text="/".join(said), x1=inside[2][-1].x1)
    return [*(word for word in words if id(word) not in taken), head]


def _said(field: Placed | None, found: list[Word]) -> str:
    if field is not None and isinstance(field.item, Control):
        return (field.item.value or "").strip()
    return "".join(word.text for word in found)


def _is_date(said: list[str]) -> bool:
    day, month, year = said
    if not all(part.isdecimal() for part in said) or len(day) > 2 or len(month) > 2 or len(year) not in {2, 4}:
        return False
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _in(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3] and inner[2] - inner[0] <= outer[2] - outer[0] + 2 * _SAME
