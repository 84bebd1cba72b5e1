"""Styles resolved as far as they carry meaning: is this bold, struck out, hidden, a heading, how large is it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.extract.docx.names import VAL, Element, W, is_true, switched, val, whole

_MAX_DEPTH = 20
_TOGGLES = {"b": "bold", "i": "italic", "vanish": "hidden"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks. `size` is in half points, 0 when nothing says it."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    highlight: bool = False
    grey: bool = False
    hidden: bool = False
    size: int = 0
    font: str | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    run: Element | None
    outline: int | None
    numbering: tuple[str, str] | None


class Styles:
    """The styles part of a document. Asked for the same style twice it answers from memory."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {} if root is None else {style.get(W + "styleId", ""): style for style in root.iterfind(W + "style")}
        self._read: dict[str, _Style] = {}
        self._default_paragraph = next(
            (style.get(W + "styleId", "") for style in _of_type(root, "paragraph") if is_true(style.get(W + "default", "0"))), None
        )
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._base = dress(Look(size=20), defaults)
        self._looks: dict[tuple[str | None, str | None], Look] = {}
        self._headings: dict[str | None, int | None] = {}
        self._lists: dict[str | None, tuple[str, str] | None] = {}

    def look(self, paragraph_style: str | None, run_style: str | None = None) -> Look:
        """The look of text in a paragraph style and, on top of it, a character style."""
        key = (paragraph_style, run_style)
        if key not in self._looks:
            look = self._layer(self._base, paragraph_style or self._default_paragraph)
            if run_style:
                under = look
                look = self._layer(look, run_style)
                # Toggle properties set in both kinds of style cancel out (Word's rule, and ISO 29500's).
                own = self._layer(Look(), run_style)
                look = replace(look, bold=under.bold != own.bold, italic=under.italic != own.italic)
                if self.name(run_style) in {"hyperlink", "followedhyperlink"}:
                    look = replace(look, underline=under.underline)
            self._looks[key] = look
        return self._looks[key]

    def name(self, style_id: str | None) -> str:
        """A style's name in small letters without blanks, or the empty string."""
        style = self._style(style_id)
        return style.name if style else ""

    def heading(self, style_id: str | None) -> int | None:
        """The outline level (from 1) that a paragraph style gives."""
        if style_id not in self._headings:
            self._headings[style_id] = self._heading(style_id)
        return self._headings[style_id]

    def _heading(self, style_id: str | None) -> int | None:
        for style in self._chain(style_id):
            if style.name == "title":
                return 1
            if style.name.startswith("heading") and style.name[7:].isdecimal():
                return max(1, int(style.name[7:]))
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
        return None

    def numbering(self, style_id: str | None) -> tuple[str, str] | None:
        """The list (number id, level) that a paragraph style puts its paragraphs in."""
        if style_id not in self._lists:
            self._lists[style_id] = next((style.numbering for style in self._chain(style_id) if style.numbering), None)
        return self._lists[style_id]

    def _style(self, style_id: str | None) -> _Style | None:
        """A style, read when it is first asked for: Word documents carry hundreds and use a handful."""
        if not style_id or style_id not in self._elements:
            return None
        if style_id not in self._read:
            self._read[style_id] = _read_style(self._elements[style_id])
        return self._read[style_id]

    def _layer(self, look: Look, style_id: str | None) -> Look:
        for style in reversed(self._chain(style_id)):
            look = dress(look, style.run)
        return look

    def _chain(self, style_id: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while (style := self._style(style_id)) and len(chain) < _MAX_DEPTH:
            chain.append(style)
            style_id = style.based_on
        return chain


def _of_type(root: Element | None, kind: str) -> list[Element]:
    return [] if root is None else [style for style in root.iterfind(W + "style") if style.get(W + "type") == kind]


def _read_style(style: Element) -> _Style:
    paragraph = style.find(W + "pPr")
    outline = val(paragraph, "outlineLvl")
    numbering = paragraph.find(W + "numPr") if paragraph is not None else None
    return _Style(
        name=(val(style, "name") or "").casefold().replace(" ", ""),
        based_on=val(style, "basedOn"),
        run=style.find(W + "rPr"),
        outline=whole(outline) if outline is not None else None,
        numbering=(val(numbering, "numId") or "0", val(numbering, "ilvl") or "0") if numbering is not None else None,
    )


def dress(look: Look, properties: Element | None) -> Look:
    """A look with run properties put on top. What the properties do not say stays."""
    if properties is None:
        return look
    changes: dict[str, object] = {}
    for child in properties:
        tag = child.tag
        if not isinstance(tag, str) or not tag.startswith(W):
            continue
        _read_property(tag[len(W) :], child, changes)
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _read_property(tag: str, element: Element, changes: dict[str, object]) -> None:
    if tag in _TOGGLES:
        changes[_TOGGLES[tag]] = switched(element)
    elif tag in {"strike", "dstrike"}:
        changes["strike"] = bool(changes.get("strike")) or switched(element)
    elif tag == "u":
        changes["underline"] = element.get(VAL, "single") != "none"
    elif tag == "highlight":
        changes["highlight"] = element.get(VAL, "none") not in {"none", "white"}
    elif tag == "bdr":  # a frame round a word is how a word is ringed in Word
        changes["highlight"] = bool(changes.get("highlight")) or element.get(VAL, "none") not in {"none", "nil"}
    elif tag == "shd":
        changes["highlight"] = bool(changes.get("highlight")) or _coloured(element.get(W + "fill"))
    elif tag == "color":
        changes["grey"] = is_grey(element.get(VAL))
    elif tag == "sz":
        changes["size"] = whole(element.get(VAL))
    elif tag == "rFonts":
        font = element.get(W + "ascii") or element.get(W + "hAnsi")
        if font:
            changes["font"] = font


def _coloured(fill: str | None) -> bool:
    return fill is not None and fill.casefold() not in {"auto", "ffffff", ""}


def is_grey(colour: str | None) -> bool:
    """Whether a colour (RRGGBB) is the grey that prompts are printed in: neither near black nor near white."""
    if colour is None or len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return max(red, green, blue) - min(red, green, blue) <= 24 and 0x60 <= green <= 0xD0
