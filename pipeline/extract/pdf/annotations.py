"""What people add to a PDF that is no form: typed text, highlighter, strike-through, drawn ticks and circles, sticky notes."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from models.document import Box
from pipeline.extract.pdf.shapes import Glyph, Markup, Sheet, Squiggle, Style
from pipeline.extract.pdf.view import View

_HIDDEN = 0b10 | 0b100000
_FLAGS = {
    pdfium.FPDF_ANNOT_HIGHLIGHT: "highlight",
    pdfium.FPDF_ANNOT_UNDERLINE: "underline",
    pdfium.FPDF_ANNOT_SQUIGGLY: "underline",
    pdfium.FPDF_ANNOT_STRIKEOUT: "strike",
}
_RINGS = {pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_SQUARE}
_STROKES = {pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_STAMP}
_LARGEST_LETTERS = 11.0
_MOST = 2_000


def read_annotations(page: Any, view: View, sheet: Sheet) -> None:
    """Add what was put on top of a page to its sheet, as if it were printed there."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                _add(annotation, view, sheet)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _add(annotation: Any, view: View, sheet: Sheet) -> None:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, rectangle):
        return
    box = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    if kind in _FLAGS:
        sheet.markups += [Markup(_FLAGS[kind], quad) for quad in _quads(annotation, view) or [box]]
    elif kind == pdfium.FPDF_ANNOT_FREETEXT:
        sheet.glyphs += _typed(_contents(annotation), box)
    elif kind == pdfium.FPDF_ANNOT_TEXT and (text := _contents(annotation).strip()):
        sheet.notes.append(text)
    elif kind in _RINGS:
        sheet.squiggles.append(Squiggle(*box, curved=True, filled=False, points=12))
    elif kind in _STROKES:
        sheet.squiggles.append(Squiggle(*box, curved=False, filled=False, points=3))


def _contents(annotation: Any) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def _quads(annotation: Any, view: View) -> list[Box]:
    points = pdfium.FS_QUADPOINTSF()
    quads = []
    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), 200)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, points):
            across, down = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
            quads.append(view.box(min(across), min(down), max(across), max(down)))
    return quads


def _typed(text: str, box: Box) -> list[Glyph]:
    """Typed text laid out in its box: the file does not say where each letter stands, and the line is what matters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = (box[3] - box[1]) / max(len(lines), 1)
    size = min(_LARGEST_LETTERS, 0.85 * height)
    glyphs = []
    for number, line in enumerate(lines):
        width = min(0.5 * size, (box[2] - box[0]) / max(len(line), 1))
        top = box[1] + number * height
        for position, char in enumerate(line):
            left = box[0] + position * width
            glyphs.append(Glyph(char, left, top, left + width, top + size, Style(size)))
    return glyphs
