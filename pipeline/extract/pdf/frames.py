"""The frames of form fields, drawn lower than the cell of the label beside them: made as tall as that cell, so that each row is one row."""

from __future__ import annotations

from models.document import Box, Control
from pipeline.extract.pdf.shapes import Rect, Sheet

_SAME = 1.6
_BESIDE = 4.0
_SLACK = 2.0
_CELL = 12.0


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
