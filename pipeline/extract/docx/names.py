"""The names of WordprocessingML, spelled the way lxml spells them. Strict and transitional documents differ only in their namespaces."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
VAL = W + "val"
_PROPERTIES, _STYLE, _NUMBERING, _OUTLINE = W + "pPr", W + "pStyle", W + "numPr", W + "outlineLvl"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

Element = etree._Element  # noqa: SLF001  (lxml exports no public name for it)


def first(parent: Element, tag: str) -> Element | None:
    """The first child of that name. Word puts properties first, so looking at one child after another is many times faster than lxml's own `find`."""
    for child in parent:
        if child.tag == tag:
            return child
    return None


def val(parent: Element | None, tag: str) -> str | None:
    """The w:val of a child element, or None when the child or its value is absent."""
    child = first(parent, W + tag) if parent is not None else None
    return child.get(VAL) if child is not None else None


class Properties(NamedTuple):
    """What a paragraph's properties say, read in one pass: its style, its list (number and level) and its outline level."""

    style: str | None = None
    numbering: tuple[str, str] | None = None
    outline: str | None = None


def read_properties(paragraph: Element) -> Properties:
    """A paragraph's properties."""
    element = first(paragraph, _PROPERTIES)
    style = outline = None
    numbering = None
    for child in element if element is not None else ():
        tag = child.tag
        if tag == _STYLE:
            style = child.get(VAL)
        elif tag == _NUMBERING:
            numbering = (val(child, "numId") or "0", val(child, "ilvl") or "0")
        elif tag == _OUTLINE:
            outline = child.get(VAL)
    return Properties(style, numbering, outline)


def switched(element: Element | None) -> bool | None:
    """An on/off element: absent is None, present without a value is on."""
    if element is None:
        return None
    return is_true(element.get(VAL))


def is_true(value: str | None) -> bool:
    """An on/off value as Word writes it; no value means on."""
    return value is None or value.strip().casefold() not in {"0", "false", "off", "none"}


def whole(value: str | None, default: int = 0) -> int:
    """A number out of an attribute; whatever is not one counts as the default."""
    try:
        return int(value or "")
    except ValueError:
        return default
