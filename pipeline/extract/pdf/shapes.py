"""What stands on a page before anybody makes sense of it. Every coordinate is in points from the top left of the page as it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from models.document import Box, Control, Mark


class Style(NamedTuple):
    """How letters look. `symbol` is the font's name when it draws pictures for letters; `hidden` is text laid invisibly under a scan;
    `turns` are quarter turns of text that does not run across the page as it is shown.
    """

    size: float
    bold: bool = False
    italic: bool = False
    grey: bool = False
    symbol: str | None = None
    hidden: bool = False
    underline: bool = False
    strike: bool = False
    highlight: bool = False
    turns: int = 0
    ocr: bool = False


class Glyph(NamedTuple):
    """One character where it stands."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    style: Style


class Word(NamedTuple):
    """Letters that stand together in one style. `glued`: no blank parts it from the word before. `spaced`: a blank is written after it."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    style: Style
    glued: bool = False
    spaced: bool = False
    confidence: float = 1.0


class Edge(NamedTuple):
    """A straight horizontal or vertical stroke: `at` across its direction, `start` to `end` along it."""

    at: float
    start: float
    end: float
    thickness: float = 0.5


class Rect(NamedTuple):
    """A rectangle; `fill` is its colour (red, green, blue) or None."""

    x0: float
    y0: float
    x1: float
    y1: float
    stroked: bool
    fill: tuple[int, int, int] | None
    edges: int = 0


class Squiggle(NamedTuple):
    """Anything drawn that is neither a rectangle nor a straight level stroke: a diagonal, a curve, a filled shape."""

    x0: float
    y0: float
    x1: float
    y1: float
    curved: bool
    filled: bool
    points: int


class Markup(NamedTuple):
    """A highlighter's stroke or its like: which formatting it gives to the words it covers."""

    flag: str
    box: Box


class Placed(NamedTuple):
    """A mark or control where it stands."""

    item: Mark | Control
    box: Box


@dataclass(slots=True)
class Sheet:
    """One page's content. `words` are those that came as words, by OCR; `tone` tells from the pixels whether a part of the page is shaded."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    level: list[Edge] = field(default_factory=list)
    upright: list[Edge] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)
    squiggles: list[Squiggle] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    markups: list[Markup] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    truncated: bool = False
    tone: Callable[[Box], bool] | None = None
