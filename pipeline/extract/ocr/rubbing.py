"""A page without its rulings, underlines and tick boxes: what OCR is given, because it makes letters of strokes and loses words that touch them."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.ocr.paper import Paper
from pipeline.extract.ocr.pixels import Grey, Ink, Square, Stroke, strokes

_LEVEL, _UPRIGHT = 0.28, 0.14
_ALONE = 0.4
_SHORT, _APART = 0.13, 0.08
_THIN = 7
_TOUCHING, _OVER = 0.06, 0.2
_BELOW = 18
_MEETS = 9
_STEP, _BRIDGE, _FILLED = 4, 220, 0.97
_WHITE = 255


class Drawn(NamedTuple):
    """The strokes of a page: `level` and `upright` are rulings, `under` short level ones under letters, `through` those that touch letters."""

    level: list[Stroke]
    upright: list[Stroke]
    under: list[Stroke]
    through: list[Stroke]


def drawn_on(paper: Paper, dpi: int, boxes: list[Square]) -> Drawn:
    """Find the strokes of a page that are not sides of tick boxes."""
    level = _joined(strokes(paper.lines, round(_LEVEL * dpi)), paper.lines)
    short = strokes(paper.ink, round(_APART * dpi), round(_LEVEL * dpi))
    upright = _joined(strokes(paper.lines.T, round(_UPRIGHT * dpi)), paper.lines.T)
    along = [(box.y0, box.y1, box.x0, box.x1) for box in boxes]
    level = _without(level, along)
    short = [one for one in _without(short, along) if one.thickness <= _THIN and _is_whole(one, paper.ink) and not _lies_on(one, level)]
    under = [one for one in short if _is_under(one, paper.ink)]
    through = [one for one in short if one not in under and _is_through(one, paper.ink, round(_SHORT * dpi))]
    upright = _without(upright, [(box.x0, box.x1, box.y0, box.y1) for box in boxes])
    return Drawn(level, [one for one in upright if one.end - one.start >= _ALONE * dpi or _meets(one, level)], under, through)


def _without(found: list[Stroke], boxes: list[tuple[int, int, int, int]]) -> list[Stroke]:
    """Strokes that are no sides of tick boxes, these given as low and high across, start and end along."""
    return [
        one
        for one in found
        if not any(low - 7 <= one.at <= high + 7 and start - 9 <= one.start and one.end <= end + 9 for low, high, start, end in boxes)
    ]


def _joined(found: list[Stroke], lines: Ink) -> list[Stroke]:
    """Strokes made one where letters that touch a ruling broke it in two, and without the slivers beside a longer one."""
    kept: list[Stroke] = []
    for stroke in sorted(found, key=lambda one: (round(one.at / _MEETS), one.start)):
        last = kept[-1] if kept else None
        if last is not None and abs(stroke.at - last.at) <= _STEP and 0 <= stroke.start - last.end <= _BRIDGE:
            row = round((stroke.at + last.at) / 2)
            between = lines[max(0, row - _STEP) : row + _STEP + 1, last.end : stroke.start]
            if not between.size or float(between.any(axis=0).mean()) >= _FILLED:
                kept[-1] = Stroke((last.at + stroke.at) / 2, last.start, stroke.end, max(last.thickness, stroke.thickness))
                continue
        kept.append(stroke)
    longest = sorted(kept, key=lambda one: one.start - one.end)
    return [one for number, one in enumerate(longest) if not _lies_on(one, longest[:number])]


def _lies_on(short: Stroke, level: list[Stroke]) -> bool:
    """Whether a short stroke is only the darker part of a ruling."""
    return any(abs(one.at - short.at) <= _MEETS and one.start <= short.start and short.end <= one.end for one in level)


def _is_whole(stroke: Stroke, ink: Ink) -> bool:
    row = round(stroke.at)
    return bool(ink[row - 1 : row + 2, stroke.start : stroke.end].any(axis=0).all())


def _is_under(stroke: Stroke, ink: Ink) -> bool:
    """Whether a short stroke stands under letters with paper around it."""
    above, below, letters = _beside(stroke, ink)
    return above <= _TOUCHING and below <= _TOUCHING and letters >= _OVER


def _is_through(stroke: Stroke, ink: Ink, long: int) -> bool:
    """Whether a short stroke may have been drawn through letters: longer than any letter is wide, or under letters whose tails it meets."""
    above, below, letters = _beside(stroke, ink)
    return stroke.end - stroke.start >= long and above > 0 and below > 0 and letters >= _OVER


def _beside(stroke: Stroke, ink: Ink) -> tuple[float, float, float]:
    top, bottom = round(stroke.at - stroke.thickness / 2), round(stroke.at + stroke.thickness / 2)
    start, end = stroke.start, stroke.end
    above, below = ink[max(0, top - 4) : max(0, top - 2), start:end], ink[bottom + 3 : bottom + 5, start:end]
    return _touch(above), _touch(below), _touch(ink[max(0, top - _BELOW) : max(0, top - 2), start:end])


def _touch(part: Ink) -> float:
    """How much of a stroke's length has ink in some rows beside it."""
    return float(part.any(axis=0).mean()) if part.size else 0.0


def _meets(upright: Stroke, level: list[Stroke]) -> bool:
    """Whether level rulings begin, end or cross at both ends of an upright stroke: the stems of large letters stand free."""
    return all(
        any(abs(one.at - end) <= _MEETS and one.start - _MEETS <= upright.at <= one.end + _MEETS for one in level)
        for end in (upright.start, upright.end)
    )


def rubbed_out(paper: Paper, drawn: Drawn, boxes: list[Square]) -> Grey:
    """The evened page without these strokes and boxes. Letters that cross a stroke keep what stands on it."""
    clean = paper.flat.copy()
    for stroke in (*drawn.level, *drawn.under):
        _rub(clean, paper.ink, stroke)
    for stroke in drawn.upright:
        _rub(clean.T, paper.ink.T, stroke)
    for box in boxes:
        clean[max(0, box.y0 - 4) : box.y1 + 5, max(0, box.x0 - 4) : box.x1 + 5] = _WHITE
    return clean


def _rub(clean: Grey, ink: Ink, stroke: Stroke) -> None:
    half = stroke.thickness // 2 + 1
    low, high = max(0, round(stroke.at) - half), min(clean.shape[0], round(stroke.at) + half + 1)
    start, end = max(0, stroke.start - 2), stroke.end + 3
    crossing = ink[max(0, low - 3) : low, start:end].any(axis=0) & ink[high : high + 3, start:end].any(axis=0)
    clean[low:high, start:end][:, ~crossing] = _WHITE
