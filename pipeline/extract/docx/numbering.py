"""Lists: whether a paragraph is an item of one, and whether its bullet is itself a tick box."""

from __future__ import annotations

from models.document import MarkState
from pipeline.extract.docx.names import Element, W, val
from pipeline.extract.glyphs import state_of


class Numbering:
    """The numbering part of a document: list and level to the glyph its bullets show ('' for a numbered list)."""

    def __init__(self, root: Element | None) -> None:
        self._glyphs: dict[tuple[str, str], tuple[str, str | None]] = {}
        if root is not None:
            abstract = {item.get(W + "abstractNumId"): _levels(item) for item in root.iterfind(W + "abstractNum")}
            for number in root.iterfind(W + "num"):
                identifier = number.get(W + "numId") or ""
                for level, glyph in abstract.get(val(number, "abstractNumId"), {}).items():
                    self._glyphs[identifier, level] = glyph

    def is_item(self, numbering: tuple[str, str] | None) -> bool:
        """Whether the paragraph is an item of a list (list 0 is Word's way to take a paragraph out of one)."""
        return numbering is not None and numbering[0] != "0"

    def tick(self, numbering: tuple[str, str] | None) -> MarkState | None:
        """The state a bullet shows when forms use tick boxes for bullets."""
        glyph, font = self._glyphs.get(numbering or ("", ""), ("", None))
        return state_of(glyph, font) if len(glyph) == 1 else None


def _levels(abstract: Element) -> dict[str, tuple[str, str | None]]:
    levels = {}
    for level in abstract.iterfind(W + "lvl"):
        fonts = level.find(f"{W}rPr/{W}rFonts")
        font = fonts.get(W + "ascii") if fonts is not None else None
        glyph = val(level, "lvlText") or "" if val(level, "numFmt") == "bullet" else ""
        levels[level.get(W + "ilvl") or "0"] = (glyph, font)
    return levels
