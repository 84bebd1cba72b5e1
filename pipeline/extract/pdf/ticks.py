"""Tick boxes and radio buttons that are drawn and not written: found by their shape, and taken out before tables are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models.document import Box, Mark, MarkState, Origin, Place
from pipeline.extract.pdf.shapes import Glyph, Placed, Rect, Sheet, Squiggle, Word

_SMALLEST, _LARGEST = 5.0, 18.0
_SQUARE = 1.35
_WALL = 1.0
_REACH = 2.5
_OVERDRAWN = 0.9
MARK_LETTERS = "xX✓✔✗✘/\\•●■√"
"""Signs that people put into or over a box to tick it."""


def take_drawn_ticks(sheet: Sheet) -> None:
    """Turn drawn tick boxes into marks of the sheet, with whatever stands in them; their strokes leave the sheet."""
    boxes = _distinct(list(_square_boxes(sheet)))
    if not boxes:
        return
    fields = [placed.box for placed in sheet.placed]
    for box in boxes:
        if any(_overlaps(box, field) for field in fields):
            continue  # the form's own field stands here and says it better
        state = _state(box, sheet)
        place = Place(sheet.number, box)
        sheet.placed.append(Placed(Mark(state, Origin.VECTOR, confidence=0.97, place=place), box))
    sheet.rects = [rect for rect in sheet.rects if not _in_any(rect[:4], boxes)]
    sheet.squiggles = [shape for shape in sheet.squiggles if not _in_any(shape[:4], boxes)]
    sheet.level = [edge for edge in sheet.level if not _in_any((edge.start, edge.at, edge.end, edge.at), boxes)]
    sheet.upright = [edge for edge in sheet.upright if not _in_any((edge.at, edge.start, edge.at, edge.end), boxes)]
    sheet.glyphs = [glyph for glyph in sheet.glyphs if not (glyph.text in MARK_LETTERS and _in_any(_core(glyph), boxes))]


def _square_boxes(sheet: Sheet) -> Iterator[Box]:
    for rect in sheet.rects:
        if rect.stroked and _is_small_square(rect[:4]) and not any(_share_a_side(rect, other) for other in sheet.rects):
            yield rect[:4]
    for shape in sheet.squiggles:
        if shape.curved and not shape.filled and shape.points >= 8 and _is_small_square(shape[:4]):
            yield shape[:4]
    yield from _boxes_of_strokes(sheet)


def _share_a_side(box: Rect, other: Rect) -> bool:
    """Whether two rectangles stand wall to wall, as cells do and boxes for one letter each: those are no tick boxes."""
    level = abs(box.y0 - other.y0) < _WALL and abs(box.y1 - other.y1) < _WALL
    upright = abs(box.x0 - other.x0) < _WALL and abs(box.x1 - other.x1) < _WALL
    return (level and min(abs(box.x1 - other.x0), abs(box.x0 - other.x1)) < _WALL) or (
        upright and min(abs(box.y1 - other.y0), abs(box.y0 - other.y1)) < _WALL
    )


def _boxes_of_strokes(sheet: Sheet) -> Iterator[Box]:
    """Squares drawn as four separate strokes."""
    short = [edge for edge in sheet.level if _SMALLEST <= edge.end - edge.start <= _LARGEST]
    sides = [edge for edge in sheet.upright if _SMALLEST <= edge.end - edge.start <= _LARGEST]
    if not sides:
        return
    for top in short:
        for bottom in short:
            if not (
                _is_small_square((top.start, top.at, top.end, bottom.at)) and abs(top.start - bottom.start) < 1 and abs(top.end - bottom.end) < 1
            ):
                continue
            spanning = [side for side in sides if abs(side.start - top.at) < 1.2 and abs(side.end - bottom.at) < 1.2]
            if any(abs(side.at - top.start) < 1.2 for side in spanning) and any(abs(side.at - top.end) < 1.2 for side in spanning):
                yield top.start, top.at, top.end, bottom.at


def _is_small_square(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return _SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST and max(width, height) <= _SQUARE * min(width, height)


def _distinct(boxes: list[Box]) -> list[Box]:
    """Boxes drawn once for each tick: fill and outline, or a frame in a frame, are one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: -(box[2] - box[0])):
        if not any(_inside(box, other, 1.5) for other in kept):
            kept.append(box)
    return kept


def _state(box: Box, sheet: Sheet) -> MarkState:
    if any(_fills(rect, box) for rect in sheet.rects) or any(_strikes(shape, box) for shape in sheet.squiggles):
        return MarkState.ON
    if any(glyph.text in MARK_LETTERS and _inside(_core(glyph), box, 1.5) for glyph in sheet.glyphs):
        return MarkState.ON
    return MarkState.OFF


def _fills(rect: Rect, box: Box) -> bool:
    """A dark square inside the box, or the box itself painted dark."""
    if rect.fill is None or not _inside(rect[:4], box, 1.0) or sum(rect.fill) > 300:
        return False
    return (rect.x1 - rect.x0) > 0.3 * (box[2] - box[0])


def _strikes(shape: Squiggle, box: Box) -> bool:
    """A diagonal, curve or blot on the box that is not its own round outline. Drawn by hand it may reach beyond the box."""
    width, height = box[2] - box[0], box[3] - box[1]
    if shape.x1 - shape.x0 > _REACH * width or shape.y1 - shape.y0 > _REACH * height:
        return False
    centred = box[0] - 1 < (shape.x0 + shape.x1) / 2 < box[2] + 0.3 * width and box[1] - 0.3 * height < (shape.y0 + shape.y1) / 2 < box[3] + 1
    outline = shape.curved and not shape.filled and shape.points >= 8
    return centred and not (outline and shape.x1 - shape.x0 > 0.8 * width)


def take_overdrawn_ticks(words: list[Word], sheet: Sheet) -> list[Word]:
    """Empty boxes that somebody drew or typed a tick on, as PDF editors do, are ticked; what was typed on them is no word any more."""
    typed: set[int] = set()
    for position, placed in enumerate(sheet.placed):
        mark = placed.item
        if not isinstance(mark, Mark) or mark.state is not MarkState.OFF or mark.origin is Origin.ACROFORM:
            continue
        box = placed.box
        over = [number for number, word in enumerate(words) if word.text in MARK_LETTERS and _overlaps((word.x0, word.y0, word.x1, word.y1), box)]
        if over or any(_strikes(shape, box) for shape in sheet.squiggles):
            typed.update(over)
            sheet.placed[position] = Placed(replace(mark, state=MarkState.ON, confidence=_OVERDRAWN), box)
    return [word for number, word in enumerate(words) if number not in typed] if typed else words


def _core(glyph: Glyph) -> Box:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return x, y, x, y


def _inside(inner: Box | tuple[float, ...], outer: Box, slack: float) -> bool:
    return inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack


def _overlaps(box: Box, field: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return field[0] - 2 <= x <= field[2] + 2 and field[1] - 2 <= y <= field[3] + 2


def _in_any(inner: Box | tuple[float, ...], boxes: list[Box]) -> bool:
    return any(_inside(inner, box, 1.5) for box in boxes)
