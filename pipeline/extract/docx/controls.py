"""What Word gives people to fill in: content controls and legacy form fields, read from their properties."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.document import Control, Mark, MarkState, Origin, Place
from pipeline.extract.docx.names import VAL, W14, W15, Element, W, is_true, switched, val, whole

_KINDS = {W + "date": "date", W + "dropDownList": "choice", W + "comboBox": "choice", W + "text": "text", W + "richText": "text"}
_TRANSPARENT = {
    W + "group",
    W + "docPartObj",
    W + "docPartList",
    W + "picture",
    W15 + "repeatingSection",
    W15 + "repeatingSectionItem",
    W + "equation",
    W + "bibliography",
    W + "citation",
}


@dataclass(frozen=True, slots=True)
class ControlShape:
    """A content control's properties. `kind` is text, date, choice, tick, or None for one that only groups what is inside."""

    kind: str | None
    label: str | None
    placeholder: bool
    options: tuple[str, ...] = ()
    empty_options: tuple[str, ...] = ()
    date: str | None = None
    checked: MarkState | None = None

    def control(self, text: str, place: Place | None) -> Control:
        """The control with the text it shows; a prompt is no value."""
        shown = text.strip()
        if self.placeholder or shown in self.empty_options:
            return Control(self.kind or "text", None, Origin.CONTENT_CONTROL, self.label, shown or None, self.options, place)
        value = shown or (self.date if self.kind == "date" else None)
        return Control(self.kind or "text", value, Origin.CONTENT_CONTROL, self.label, None, self.options, place)


def read_shape(properties: Element | None) -> ControlShape:
    """What kind of control a w:sdtPr describes."""
    if properties is None:
        return ControlShape("text", None, placeholder=False)
    label = tag = None
    placeholder = False
    kind: Element | None = None
    for child in properties:
        name = child.tag
        if name == W + "alias":
            label = child.get(VAL)
        elif name == W + "tag":
            tag = child.get(VAL)
        elif name == W + "showingPlcHdr":
            placeholder = bool(switched(child))
        elif name == W14 + "checkbox":
            state = child.find(W14 + "checked")
            on = state is not None and is_true(state.get(W14 + "val"))
            return ControlShape("tick", _title(properties), placeholder=False, checked=MarkState.ON if on else MarkState.OFF)
        elif kind is None and (name in _TRANSPARENT or name in _KINDS):
            kind = child
    label = label or tag
    if kind is None:
        return ControlShape("text", label, placeholder)
    if kind.tag in _TRANSPARENT:
        return ControlShape(None, label, placeholder)
    options, empty = _options(kind)
    return ControlShape(_KINDS[kind.tag], label, placeholder, options, empty, (kind.get(W + "fullDate") or "")[:10] or None)


def _title(properties: Element) -> str | None:
    return val(properties, "alias") or val(properties, "tag")


def _options(element: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The choices a list offers, and those among them that stand for no choice (Word gives these an empty value)."""
    items = [(item.get(W + "displayText") or item.get(W + "value") or "", item.get(W + "value") or "") for item in element.iterfind(W + "listItem")]
    return tuple(shown for shown, value in items if value), tuple(shown.strip() for shown, value in items if not value and shown.strip())


def tick(shape: ControlShape, glyph: MarkState | None, place: Place | None) -> Mark:
    """A tick box control. Where its stored state and the glyph on the paper disagree, neither is believed."""
    state = shape.checked or MarkState.UNKNOWN
    if glyph is not None and glyph != state:
        return Mark(MarkState.UNKNOWN, Origin.CONTENT_CONTROL, shape.label, confidence=0.5, place=place)
    return Mark(state, Origin.CONTENT_CONTROL, shape.label, place=place)


@dataclass(slots=True)
class Field:
    """A complex field while the walk is inside it. Its result is shown; its instruction is not."""

    data: Element | None
    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    shown: list[str] = field(default_factory=list)
    given: bool = False

    @property
    def kind(self) -> str:
        """The field's first word, FORMTEXT for one."""
        words = "".join(self.instruction).split()
        return words[0].upper() if words else ""

    @property
    def label(self) -> str | None:
        """What the form's author called it: status text, help text, or its bookmark unless Word made that up."""
        for tag in ("statusText", "helpText"):
            text = val(self.data, tag)
            if text and text.strip():
                return text.strip()
        name = val(self.data, "name") or ""
        made_up = name.rstrip("0123456789") in {"Text", "Check", "Dropdown", ""}
        return None if made_up else name

    def tick(self, place: Place | None) -> Mark:
        """A legacy tick box. An absent w:checked leaves the default in force; a present one without a value is on."""
        box = self.data.find(W + "checkBox") if self.data is not None else None
        checked = switched(box.find(W + "checked")) if box is not None else None
        if checked is None and box is not None:
            checked = bool(switched(box.find(W + "default")))
        state = MarkState.UNKNOWN if checked is None else MarkState.ON if checked else MarkState.OFF
        return Mark(state, Origin.LEGACY_FIELD, self.label, place=place)

    def choice(self, place: Place | None) -> Control:
        """A legacy drop-down, whose answer stands only in its list. The first entry unchosen is shown, and is its prompt as well."""
        listed = self.data.find(W + "ddList") if self.data is not None else None
        options = tuple(entry.get(VAL) or "" for entry in listed.iterfind(W + "listEntry")) if listed is not None else ()
        chosen = val(listed, "result")
        position = whole(chosen if chosen is not None else val(listed, "default"))
        shown = options[position].strip() if 0 <= position < len(options) else ""
        prompt = shown if chosen is None else None
        return Control("choice", shown or None, Origin.LEGACY_FIELD, self.label, prompt or None, tuple(filter(str.strip, options)), place)

    def text(self, shown: str, place: Place | None) -> Control:
        """A legacy text field. Blank or as delivered, it has no value."""
        default = (val(self.data.find(W + "textInput"), "default") if self.data is not None else None) or ""
        value = shown.strip(" \u2002\u2003\u00a0\t\n")
        kind = "date" if self.data is not None and val(self.data.find(W + "textInput"), "type") == "date" else "text"
        if not value or value == default.strip():
            return Control(kind, None, Origin.LEGACY_FIELD, self.label, value or None, place=place)
        return Control(kind, value, Origin.LEGACY_FIELD, self.label, place=place)
