"""What the pixels of a page say beyond its words: how far it is turned, where lines are ruled, which small squares are ticked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.bool_]

_THICKEST = 14
_GAP = 6
_LONG, _UNBROKEN = 500, 0.97
_THICKEST_SIDE = 8
_STRAIGHT = 0.88
_LETTERS, _WIDER = 5, 1.7
_GAP_SHARE, _WIDE_SHARE = 0.25, 0.33


class Stroke(NamedTuple):
    """A level or upright stroke in pixels: `at` across it, `start` to `end` along it."""

    at: float
    start: int
    end: int
    thickness: int


class Square(NamedTuple):
    """A small square in pixels, how much of its inside is ink, and how many of its corners are: letters have round ones."""

    x0: int
    y0: int
    x1: int
    y1: int
    inked: float
    corners: int


def strokes(ink: Ink, shortest: int, longest: int | None = None) -> list[Stroke]:
    """Level strokes of some length. Upright ones are those of the transposed picture."""
    ink = np.ascontiguousarray(ink)
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    open_strokes: list[list[int]] = []
    found: list[Stroke] = []
    for row, start, end in _runs(thick, shortest):
        stroke = next((one for one in open_strokes if row - one[1] <= 1 and min(end, one[3]) - max(start, one[2]) > 0), None)
        if stroke is None:
            found += [_stroke(one) for one in open_strokes if row - one[1] > 1]
            open_strokes = [one for one in open_strokes if row - one[1] <= 1]
            open_strokes.append([row, row, start, end])
        else:
            stroke[1], stroke[2], stroke[3] = row, min(stroke[2], start), max(stroke[3], end)
    found += [_stroke(one) for one in open_strokes]
    return [one for one in found if one.thickness <= _THICKEST and (longest is None or one.end - one.start <= longest) and _is_unbroken(ink, one)]


def _is_unbroken(ink: Ink, stroke: Stroke) -> bool:
    """Whether a short stroke is one line, and not the letters of a word at one height with the gaps between them."""
    if stroke.end - stroke.start > _LONG:
        return True
    row, reach = round(stroke.at), max(1, stroke.thickness // 2 + 1)
    columns = ink[max(0, row - reach) : row + reach + 1, stroke.start : stroke.end].any(axis=0)
    return float(columns.mean()) >= _UNBROKEN


def _stroke(rows: list[int]) -> Stroke:
    return Stroke((rows[0] + rows[1]) / 2, rows[2], rows[3], max(1, rows[1] - rows[0] - 1))


def _runs(ink: Ink, shortest: int) -> Iterator[tuple[int, int, int]]:
    """Unbroken runs of ink as (row, start, end), row by row; gaps of a few pixels do not break one."""
    width = ink.shape[1] + 2
    padded = np.zeros((ink.shape[0], width), dtype=np.bool_)
    padded[:, 1:-1] = ink
    flat = padded.ravel()
    turns = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    starts, ends = turns[::2], turns[1::2]
    if not len(starts):
        return
    near = (starts[1:] - ends[:-1] <= _GAP) & (starts[1:] // width == ends[:-1] // width) & (ends[:-1] - starts[:-1] >= shortest // 4)
    starts, ends = starts[np.concatenate(([True], ~near))], ends[np.concatenate((~near, [True]))]
    long = ends - starts >= shortest
    for start, end in zip(starts[long].tolist(), ends[long].tolist(), strict=True):
        yield start // width, start % width - 1, end % width - 1


def squares(lines: Ink, ink: Ink, smallest: int, largest: int) -> list[Square]:
    """Small drawn squares, from pairs of strokes that face each other. `lines` may hold fainter pixels than `ink`, by which the inside is judged."""
    level = [(one.start, round(one.at), one.end, other_at) for one, other_at in _facing(strokes(lines, smallest, largest), largest)]
    sides = [(round(one.at), one.start, other_at, one.end) for one, other_at in _facing(strokes(lines.T, smallest, largest), largest)]
    found = [
        Square(*box, _inside(ink, *box), _corners(lines, *box))
        for box in (*level, *sides)
        if _has_sides(lines, *box) and _has_sides(lines.T, box[1], box[0], box[3], box[2])
    ]
    return _alone(found)


def _facing(found: list[Stroke], largest: int) -> Iterator[tuple[Stroke, int]]:
    """Pairs of strokes with the same ends, as far apart as they are long."""
    found = sorted(found)
    for number, one in enumerate(found):
        length = one.end - one.start
        for other in found[number + 1 :]:
            distance = other.at - one.at
            if distance > 1.2 * largest:
                break
            if 0.75 * length <= distance <= 1.33 * length and abs(one.start - other.start) <= 6 and abs(one.end - other.end) <= 6:
                yield one, round(other.at)


def _has_sides(ink: Ink, x0: int, y0: int, x1: int, y1: int) -> bool:
    """Whether thin straight upright lines close a box on both sides: a bold letter's strokes are thicker, a round one's not straight."""
    for x in (x0, x1):
        strip = ink[y0 + 2 : y1 - 1, max(0, x - 7) : x + 8]
        if strip.size == 0 or float(np.median(strip.sum(axis=1))) > _THICKEST_SIDE:
            return False
        if (strip[:, 1:] | strip[:, :-1]).mean(axis=0).max() < _STRAIGHT:
            return False
    return True


def _inside(ink: Ink, x0: int, y0: int, x1: int, y1: int) -> float:
    inset = max(6, round(0.2 * (x1 - x0)))
    inner = ink[y0 + inset : y1 - inset + 1, x0 + inset : x1 - inset + 1]
    return float(inner.mean()) if inner.size else 0.0


def _corners(lines: Ink, x0: int, y0: int, x1: int, y1: int) -> int:
    """Corners where ink reaches to within a pixel or two of the point where the sides would meet."""
    return sum(bool(lines[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3].any()) for x, y in ((x0, y0), (x1 - 1, y0), (x0, y1), (x1 - 1, y1)))


def _alone(found: list[Square]) -> list[Square]:
    """Squares that do not stand side by side: those are for one letter each, as in a date. A square within a square is the same one."""
    kept: list[Square] = []
    for square in sorted(found, key=lambda one: one.x0 - one.x1):
        joined = [
            other
            for other in found
            if other is not square and abs(other.y0 - square.y0) < 6 and (abs(other.x0 - square.x1) < 7 or abs(other.x1 - square.x0) < 7)
        ]
        same = any(other.x0 - 8 < square.x0 and other.y0 - 8 < square.y0 and square.x1 < other.x1 + 8 and square.y1 < other.y1 + 8 for other in kept)
        if not joined and not same:
            kept.append(square)
    return kept


def missing_blank(ink: Ink, letters: int) -> tuple[int, int, int] | None:
    """Where a word is really two: after how many letters, and the columns its gap begins and ends at.

    Only told where every letter stands clear of the next, so that gaps can be counted, and one gap is far wider than all others.
    """
    filled = ink.any(axis=0).astype(np.int8)
    steps = np.diff(filled, prepend=0, append=0)
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    if len(starts) != letters or letters < 2:
        return None
    gaps = starts[1:] - ends[:-1]
    widest = int(gaps.argmax())
    others = np.delete(gaps, widest)
    least = _GAP_SHARE if letters >= _LETTERS else _WIDE_SHARE
    if gaps[widest] < _WIDER * max(int(others.max(initial=0)), 1) or gaps[widest] < least * ink.shape[0]:
        return None
    return widest + 1, int(ends[widest]), int(starts[widest + 1])
