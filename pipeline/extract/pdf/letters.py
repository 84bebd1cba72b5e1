"""The characters of a page, each with its box and style, through pdfium."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.extract.glyphs import is_symbol_font
from pipeline.extract.pdf.shapes import Glyph, Style
from pipeline.extract.pdf.view import View

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]b[di]?$", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,](it|bi)$", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FILL_AND_STROKE, _INVISIBLE = 2, 3
_LINE_END_HYPHEN = 2
_SAMPLE = 60


class LetterReader:
    """Reads the text of pages of one document; fonts are looked at once each."""

    def __init__(self) -> None:
        self._fonts: dict[int, tuple[bool, bool, str | None]] = {}
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._turns = 0

    def read(self, page: Any, view: View, cap: int) -> tuple[list[Glyph], bool, View]:
        """The page's characters in the order they are drawn, whether there were more than the cap, and the view in which most of them run across.

        That view is the page's own unless it is printed sideways.
        """
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return [], False, view
        try:
            count = pdfium.FPDFText_CountChars(text_page)
            self._turns = self._main_direction(text_page, min(count, cap))
            view = replace(view, turns=self._turns) if (self._turns - view.turns) % 4 else view
            return self._glyphs(text_page, view, min(count, cap)), count > cap, view
        finally:
            pdfium.FPDFText_ClosePage(text_page)

    def _main_direction(self, text_page: Any, count: int) -> int:
        """The quarter turns clockwise that the page needs for most of its letters to stand upright."""
        seen: Counter[int] = Counter()
        for index in range(0, count, max(1, count // _SAMPLE)):
            text_object = pdfium.FPDFText_GetTextObject(text_page, index)
            if text_object and pdfium.FPDFPageObj_GetMatrix(text_object, self._matrix):
                seen[_quarter(self._matrix.a, self._matrix.b)] += 1
        return seen.most_common(1)[0][0] if seen else 0

    def _glyphs(self, text_page: Any, view: View, count: int) -> list[Glyph]:
        glyphs: list[Glyph] = []
        styles: dict[int, Style] = {}
        box, unicode_of, loose = self._box, pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
        object_of, to_view, cast = pdfium.FPDFText_GetTextObject, view.box, ctypes.cast
        for index in range(count):
            code = unicode_of(text_page, index)
            if code in (0, 10, 13, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or not loose(text_page, index, box):
                continue
            text_object = object_of(text_page, index)
            address = cast(text_object, ctypes.c_void_p).value or 0
            style = styles.get(address)
            if style is None:
                style = styles[address] = self._style(text_object) if address else (glyphs[-1].style if glyphs else Style(10.0))
            x0, y0, x1, y1 = to_view(box.left, box.bottom, box.right, box.top)
            glyphs.append(Glyph("-" if code == _LINE_END_HYPHEN else chr(code), x0, y0, x1, y1, style))
        return glyphs

    def _style(self, text_object: Any) -> Style:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(text_object, size)
        pdfium.FPDFPageObj_GetMatrix(text_object, self._matrix)
        scale = math.sqrt(abs(self._matrix.a * self._matrix.d - self._matrix.b * self._matrix.c)) or 1.0
        bold, italic, symbol = self._font(pdfium.FPDFTextObj_GetFont(text_object))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        return Style(
            size=round(size.value * scale, 1),
            bold=bold or mode == _FILL_AND_STROKE,
            italic=italic,
            grey=_is_grey(fill_colour(text_object)),
            symbol=symbol,
            hidden=mode == _INVISIBLE,
            turns=(_quarter(self._matrix.a, self._matrix.b) - self._turns) % 4,
        )

    def _font(self, font: Any) -> tuple[bool, bool, str | None]:
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self._fonts:
            name = _font_name(font)
            bold = bool(_BOLD.search(name)) or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
            self._fonts[address] = (bold, bool(_ITALIC.search(name)), name if is_symbol_font(name) else None)
        return self._fonts[address]


def _quarter(a: float, b: float) -> int:
    """Quarter turns clockwise that bring a text matrix upright."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    return buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace").rpartition("+")[2]


def fill_colour(page_object: Any) -> tuple[int, int, int]:
    """The colour an object is filled with; black where nothing says."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(page_object, red, green, blue, alpha):
        return 0, 0, 0
    return red.value, green.value, blue.value


def _is_grey(colour: tuple[int, int, int]) -> bool:
    return max(colour) - min(colour) <= 24 and 0x60 <= colour[1] <= 0xD0
