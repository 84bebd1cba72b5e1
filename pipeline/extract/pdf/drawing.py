"""The lines and shapes drawn on a page, through pdfium: rectangles, level strokes, and everything else as a squiggle."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.extract.pdf.letters import fill_colour
from pipeline.extract.pdf.shapes import Edge, Rect, Sheet, Squiggle
from pipeline.extract.pdf.view import IDENTITY, Matrix, View, apply, combine

_THIN = 2.5
_STRAIGHT = 0.6
_MAX_DEPTH = 6
Point = tuple[float, float]


class DrawingReader:
    """Puts what is drawn on a page into a Sheet."""

    def __init__(self, view: View, sheet: Sheet, cap: int) -> None:
        self._view = view
        self._sheet = sheet
        self._left = cap
        self._matrix = pdfium.FS_MATRIX()

    def read(self, page: Any) -> None:
        """All objects of a page, those inside forms too."""
        count = pdfium.FPDFPage_CountObjects(page)
        for index in range(count):
            self._object(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)
            if self._left <= 0:
                self._sheet.truncated = True
                return

    def _object(self, item: Any, outer: Matrix, depth: int) -> None:
        self._left -= 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, combine(self._matrix_of(item), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            matrix = combine(self._matrix_of(item), outer)
            corners = [self._view.point(*apply(matrix, x, y)) for x, y in ((0, 0), (1, 1), (0, 1), (1, 0))]
            self._sheet.images.append(_bounds(corners))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            matrix = combine(self._matrix_of(item), outer)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(item), max(self._left, 0))):
                self._object(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)

    def _matrix_of(self, item: Any) -> Matrix:
        matrix = self._matrix
        if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
            return IDENTITY
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _path(self, item: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
            return
        colour = fill_colour(item) if fill.value else None
        width = ctypes.c_float(0.5)
        if stroke.value:
            pdfium.FPDFPageObj_GetStrokeWidth(item, width)
        for points, curved, closed in self._subpaths(item, matrix):
            self._shape(points, curved=curved, closed=closed or bool(fill.value), stroked=bool(stroke.value), colour=colour, width=width.value)

    def _subpaths(self, item: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool, bool]]:
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[Point] = []
        curved = False
        count = pdfium.FPDFPath_CountSegments(item)
        self._left -= count
        for index in range(min(count, max(self._left, 0))):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
                if len(points) > 1:
                    yield points, curved, False
                points, curved = [], False
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._view.point(*apply(matrix, x.value, y.value)))
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield points, curved, True
                points, curved = [], False
        if len(points) > 1:
            yield points, curved, False

    def _shape(self, points: list[Point], *, curved: bool, closed: bool, stroked: bool, colour: tuple[int, int, int] | None, width: float) -> None:
        x0, y0, x1, y1 = _bounds(points)
        if not curved and (min(x1 - x0, y1 - y0) <= _THIN) and max(x1 - x0, y1 - y0) > 0:
            self._stroke(points, x0, y0, x1, y1, width)
        elif not curved and closed and _is_rectangle(points):
            self._sheet.rects.append(Rect(x0, y0, x1, y1, stroked, colour))
        elif not curved and stroked and not colour and all(_is_level(a, b) for a, b in itertools.pairwise(points)):
            for a, b in itertools.pairwise(points):
                self._stroke([a, b], *_bounds([a, b]), width)
        else:
            self._sheet.squiggles.append(Squiggle(x0, y0, x1, y1, curved, colour is not None, len(points)))

    def _stroke(self, points: list[Point], x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        if x1 - x0 >= y1 - y0:
            self._sheet.level.append(Edge((y0 + y1) / 2, x0, x1, max(y1 - y0, width if len(points) == 2 else 0.0)))
        else:
            self._sheet.upright.append(Edge((x0 + x1) / 2, y0, y1, max(x1 - x0, width if len(points) == 2 else 0.0)))


def _bounds(points: list[Point]) -> tuple[float, float, float, float]:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _is_level(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) <= _STRAIGHT or abs(a[1] - b[1]) <= _STRAIGHT


def _is_rectangle(points: list[Point]) -> bool:
    ring = points if points[0] == points[-1] else [*points, points[0]]
    return len(ring) >= 5 and all(_is_level(a, b) for a, b in itertools.pairwise(ring)) and len({(round(x), round(y)) for x, y in ring}) == 4
