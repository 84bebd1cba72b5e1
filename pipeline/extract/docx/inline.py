"""The inside of a paragraph: runs, controls, fields and symbols, as spans, marks and controls in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from models.document import Control, Inline, Mark, MarkState, Origin, Place, Span
from pipeline.extract.docx.controls import ControlShape, Field, read_shape, tick
from pipeline.extract.docx.names import MC, Element, W, first, val
from pipeline.extract.docx.styles import Look, Styles, dress
from pipeline.extract.glyphs import clean, is_symbol_font, shows_choice, split_ticks, symbol_state

_SPACES = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PASS = {
    W + name
    for name in ("hyperlink", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo", "fldSimple", "ruby", "rubyBase", "sdtContent", "subDoc")
}
_DRAWINGS = {W + "drawing", W + "pict", W + "object"}
_TEXT, _SYMBOL, _FIELD, _INSTRUCTION, _RUN_PROPERTIES = W + "t", W + "sym", W + "fldChar", W + "instrText", W + "rPr"
_CONTROL_PROPERTIES, _CONTENT, _WRAPPED = W + "sdtPr", W + "sdtContent", {MC + "AlternateContent", W + "ruby"}
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = {"{http://schemas.openxmlformats.org/officeDocument/2006/math}" + name for name in ("oMath", "oMathPara")}


@dataclass(frozen=True, slots=True)
class Inside:
    """What a paragraph holds: its items, the text boxes anchored in it, and the size of its letters (half points)."""

    items: tuple[Inline, ...]
    boxes: tuple[Element, ...]
    size: int


class InlineWalker:
    """Walks the paragraphs of one part in order; fields may begin in one paragraph and end in another, so it remembers."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[Field] = []
        self._items: list[Inline] = []
        self._boxes: list[Element] = []
        self._size = 0
        self._place: Place | None = None
        self._paragraph_style: str | None = None
        self._handlers: dict[str, Callable[[Element], None]] = {
            W + "r": self._run,
            W + "sdt": self._control,
            MC + "AlternateContent": self._alternate,
            **dict.fromkeys(_PASS, self._children),
            **dict.fromkeys(_MATH, self._math),
        }

    def read(self, paragraph: Element, style: str | None, place: Place | None) -> Inside:
        """One paragraph."""
        self._items, self._boxes, self._size, self._place = [], [], 0, place
        self._paragraph_style = style
        self._children(paragraph)
        self._flush_open_field()
        return Inside(tuple(_with_choices(self._items)), tuple(self._boxes), self._size)

    def _children(self, parent: Element) -> None:
        for child in parent:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child)

    def _math(self, element: Element) -> None:
        self._say("".join(part.text or "" for part in element.iter(_MATH_TEXT)), Look())

    def _alternate(self, element: Element) -> None:
        chosen = preferred(element)
        if chosen is None:
            return
        for child in chosen:
            if child.tag in _DRAWINGS:
                self._boxes.extend(text_boxes(child))
            elif (handler := self._handlers.get(child.tag)) is not None:
                handler(child)

    def _run(self, run: Element) -> None:
        properties = first(run, _RUN_PROPERTIES)
        style = val(properties, "rStyle")
        look = dress(self._styles.look(self._paragraph_style, style), properties)
        if look.hidden:
            return
        if style and self._styles.name(style) == "placeholdertext":
            look = replace(look, grey=True)
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                self._text(child.text or "", look)
            elif tag in _SPACES:
                self._say(_SPACES[tag], look)
            elif tag == _SYMBOL:
                self._symbol(child, look)
            elif tag == _FIELD:
                self._field_char(child)
            elif tag == _INSTRUCTION and self._fields:
                self._fields[-1].instruction.append(child.text or "")
            elif tag in _DRAWINGS:
                self._boxes.extend(text_boxes(child))
            elif tag in _WRAPPED:
                self._handlers[tag](child)

    def _text(self, text: str, look: Look) -> None:
        font = look.font if look.font and is_symbol_font(look.font) else None
        if font is None and text.isascii():
            self._say(text, look)
            return
        for piece in split_ticks(text, font):
            if isinstance(piece, MarkState):
                self._mark(piece)
            elif font is None or "symbol" in font.casefold():
                self._say(clean(piece), look)

    def _symbol(self, element: Element, look: Look) -> None:
        try:
            code = int(element.get(W + "char") or "", 16)
        except ValueError:
            return
        font = element.get(W + "font")
        state = symbol_state(font, code)
        if state is not None:
            self._mark(state)
        elif not is_symbol_font(font) and 0x20 <= code <= 0x10FFFF:
            self._text(chr(code), look)

    def _mark(self, state: MarkState) -> None:
        if not self._hidden():
            self._flush_open_field()
            self._items.append(Mark(state, Origin.SYMBOL, place=self._place))

    def _say(self, text: str, look: Look) -> None:
        if not text or self._hidden():
            return
        self._size = max(self._size, look.size if text.strip() else 0)
        open_field = self._open_text_field()
        if open_field is not None:
            open_field.shown.append(text)
            return
        span = Span(text, look.bold, look.italic, look.underline, look.strike, look.highlight, look.grey, place=self._place)
        last = self._items[-1] if self._items else None
        if isinstance(last, Span) and replace(last, text=text) == span:
            self._items[-1] = replace(last, text=last.text + text)
        else:
            self._items.append(span)

    # Fields -----------------------------------------------------------------------------------------------------

    def _hidden(self) -> bool:
        return bool(self._fields) and any(not field.in_result or field.kind in {"FORMCHECKBOX", "FORMDROPDOWN"} for field in self._fields)

    def _open_text_field(self) -> Field | None:
        return None if not self._fields else next((field for field in reversed(self._fields) if field.kind == "FORMTEXT" and field.in_result), None)

    def _field_char(self, element: Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(Field(element.find(W + "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._end_field(self._fields.pop())

    def _end_field(self, field: Field) -> None:
        if self._hidden():
            return
        if field.kind == "FORMCHECKBOX":
            self._items.append(field.tick(self._place))
        elif field.kind == "FORMDROPDOWN":
            self._items.append(field.choice(self._place))
        elif field.kind == "FORMTEXT" and not (field.given and not "".join(field.shown).strip()):
            self._items.append(field.text("".join(field.shown), self._place))

    def _flush_open_field(self) -> None:
        """Give what an open text field has shown so far: its value goes on in the next paragraph."""
        field = self._open_text_field()
        if field is not None and "".join(field.shown).strip():
            self._items.append(field.text("".join(field.shown), self._place))
            field.shown, field.given = [], True

    # Content controls -------------------------------------------------------------------------------------------

    def _control(self, element: Element) -> None:
        content = first(element, _CONTENT)
        shape = read_shape(first(element, _CONTROL_PROPERTIES))
        before, self._items = self._items, []
        if content is not None:
            self._children(content)
        if not self._hidden():
            before.extend(in_control(self._items, shape, self._place))
        self._items = before


def in_control(items: list[Inline] | tuple[Inline, ...], shape: ControlShape, place: Place | None) -> list[Inline]:
    """The items a content control shows, as one Control or Mark where it is as simple as that.

    Mixed formatting can be the answer itself ("Yes / No" with one struck out), and so can ticks: those stay items of their own.
    """
    if shape.kind is None:
        return list(items)
    if shape.kind == "tick":
        glyph = next((item.state for item in items if isinstance(item, Mark)), None)
        return [tick(shape, glyph, place)]
    spans = [item for item in items if isinstance(item, Span)]
    if len(spans) == len(items) and (shape.placeholder or shape.kind != "text" or _one_look(spans)):
        return [shape.control("".join(span.text for span in spans), place)]
    return [_under_control(item, shape) for item in items]


def _under_control(item: Inline, shape: ControlShape) -> Inline:
    if isinstance(item, Span):
        return replace(item, origin=Origin.CONTENT_CONTROL, placeholder=shape.placeholder)
    return item


def _one_look(spans: list[Span]) -> bool:
    looks = {(span.bold, span.underline, span.strike, span.highlight) for span in spans if span.text.strip()}
    return len(looks) <= 1 and not any(span.strike for span in spans)


def _with_choices(items: list[Inline]) -> Iterator[Inline]:
    """Round and filled glyphs turned into marks in lines that offer them as a choice."""
    text = "".join(item.text for item in items if isinstance(item, Span))
    paired = not text.isascii() and shows_choice(text)
    for item in items:
        if isinstance(item, Control) and item.value and len(item.value) == 1:
            yield next(
                (Mark(piece, item.origin, item.label, place=item.place) for piece in split_ticks(item.value) if isinstance(piece, MarkState)), item
            )
        elif paired and isinstance(item, Span):
            for piece in split_ticks(item.text, paired=True):
                yield Mark(piece, Origin.SYMBOL, place=item.place) if isinstance(piece, MarkState) else replace(item, text=piece)
        else:
            yield item


def preferred(alternate: Element) -> Element | None:
    """One branch of alternate content: the same thing said for newer and for older programs."""
    choice = alternate.find(MC + "Choice")
    return choice if choice is not None else alternate.find(MC + "Fallback")


def text_boxes(drawing: Element) -> Iterator[Element]:
    """The text boxes of a drawing, each once."""
    for child in drawing:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == MC + "AlternateContent":
            chosen = preferred(child)
            if chosen is not None:
                yield from text_boxes(chosen)
        else:
            yield from text_boxes(child)
