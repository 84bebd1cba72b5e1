"""Tick boxes and radio buttons that are drawn and not written: found by their shape, and taken out before tables are looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from models.document import Box, Mark, MarkState, Origin, Place
from pipeline.extract.pdf.nearby import Nearby
from pipeline.extract.pdf.shapes import Glyph, Placed, Rect, Sheet, Squiggle, Word

_SMALLEST, _LARGEST = 5.0, 18.0
_SQUARE = 1.35
_WALL = 1.0
_REACH = 2.5
_OVERDRAWN = 0.9
_DARK = 300
_FIELD = 40.0
MARK_LETTERS = "xX✓✔✗✘/\\•●■√"
"""Signs that people put into or over a box to tick it."""


def take_drawn_ticks(sheet: Sheet) -> None:
    """Turn drawn tick boxes into marks of the sheet, with whatever stands in them; their strokes leave the sheet."""
    boxes = _distinct(list(_square_boxes(sheet)))
    if not boxes:
        return
    small = Nearby((placed.box for placed in sheet.placed if not _is_wide(placed.box)), _itself)
    wide = [placed.box for placed in sheet.placed if _is_wide(placed.box)]
    inside = _Inside(sheet)
    for box in boxes:
        if any(_overlaps(box, field) for field in (*small.about(box, _FIELD), *wide)):
            continue  # the form's own field stands here and says it better
        place = Place(sheet.number, box)
        sheet.placed.append(Placed(Mark(inside.state(box), Origin.VECTOR, confidence=0.97, place=place), box))
    found = Nearby(boxes, _itself)
    sheet.rects = [rect for rect in sheet.rects if not _in_any(rect[:4], found)]
    sheet.squiggles = [shape for shape in sheet.squiggles if not _in_any(shape[:4], found)]
    sheet.level = [edge for edge in sheet.level if not _in_any((edge.start, edge.at, edge.end, edge.at), found)]
    sheet.upright = [edge for edge in sheet.upright if not _in_any((edge.at, edge.start, edge.at, edge.end), found)]
    sheet.glyphs = [glyph for glyph in sheet.glyphs if not (glyph.text in MARK_LETTERS and _in_any(_core(glyph), found))]


def _is_wide(box: Box) -> bool:
    return max(box[2] - box[0], box[3] - box[1]) > _FIELD


def _itself(box: Box) -> Box:
    return box


def _square_boxes(sheet: Sheet) -> Iterator[Box]:
    walls = _Walls(sheet.rects)
    for rect in sheet.rects:
        if rect.stroked and _is_small_square(rect[:4]) and not any(_share_a_side(rect, other) for other in walls.along(rect)):
            yield rect[:4]
    for shape in sheet.squiggles:
        if shape.curved and not shape.filled and shape.points >= 8 and _is_small_square(shape[:4]):
            yield shape[:4]
    yield from _boxes_of_strokes(sheet)


class _Walls:
    """Rectangles by their tops and by their left sides."""

    def __init__(self, rects: list[Rect]) -> None:
        self._lines: dict[tuple[str, int], list[Rect]] = defaultdict(list)
        for rect in rects:
            self._lines["top", round(rect.y0)].append(rect)
            self._lines["left", round(rect.x0)].append(rect)

    def along(self, rect: Rect) -> Iterator[Rect]:
        """Those that may stand wall to wall with one."""
        for step in (-1, 0, 1):
            yield from self._lines.get(("top", round(rect.y0) + step), ())
            yield from self._lines.get(("left", round(rect.x0) + step), ())


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
    kept: Nearby[Box] = Nearby((), _itself)
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: -(box[2] - box[0])):
        if not any(_inside(box, other, 1.5) for other in kept.about(box, _LARGEST)):
            kept.add(box, box)
            found.append(box)
    return found


class _Inside:
    """What could fill or strike a tick box."""

    def __init__(self, sheet: Sheet) -> None:
        self._rects = Nearby((rect for rect in sheet.rects if rect.fill is not None and sum(rect.fill) <= _DARK), lambda rect: rect[:4])
        self._shapes = Nearby(sheet.squiggles, lambda shape: shape[:4])
        self._letters = Nearby((glyph for glyph in sheet.glyphs if glyph.text in MARK_LETTERS), _core)

    def state(self, box: Box) -> MarkState:
        """Whether a box is ticked."""
        ticked = (
            any(_fills(rect, box) for rect in self._rects.about(box, 2))
            or any(_strikes(shape, box) for shape in self._shapes.about(box, _LARGEST))
            or any(_inside(_core(glyph), box, 1.5) for glyph in self._letters.about(box, 2))
        )
        return MarkState.ON if ticked else MarkState.OFF


def _fills(rect: Rect, box: Box) -> bool:
    """A dark square inside the box, or the box itself painted dark."""
    if rect.fill is None or not _inside(rect[:4], box, 1.0) or sum(rect.fill) > _DARK:
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
    letters = Nearby(((number, word) for number, word in enumerate(words) if word.text in MARK_LETTERS), lambda pair: pair[1][1:5])
    shapes = Nearby(sheet.squiggles, lambda shape: shape[:4])
    for position, placed in enumerate(sheet.placed):
        mark = placed.item
        if not isinstance(mark, Mark) or mark.state is not MarkState.OFF or mark.origin is Origin.ACROFORM:
            continue
        box = placed.box
        over = [number for number, word in letters.about(box, _FIELD) if _overlaps(word[1:5], box)]
        if over or any(_strikes(shape, box) for shape in shapes.about(box, _LARGEST)):
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


def _in_any(inner: Box, boxes: Nearby[Box]) -> bool:
    return any(_inside(inner, box, 1.5) for box in boxes.about(inner, _LARGEST)) if _could_be_inside(inner) else False


def _could_be_inside(inner: Box) -> bool:
    return inner[2] - inner[0] <= _LARGEST + 3 and inner[3] - inner[1] <= _LARGEST + 3
