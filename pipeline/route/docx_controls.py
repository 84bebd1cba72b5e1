"""Content controls and shading, which python-docx has no words for: the XML of a place to fill in."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Paper
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from models.contact_rows import Kind

_SHADE = "FFF2CC"
_MULTILINE = "1"


def control(
    paragraph: Paragraph, tag: str, text: str | None, *, kind: Kind = "text", choices: tuple[str, ...] = (), prompt: str = "", locked: bool = False
) -> None:
    """Add a content control to a paragraph. It carries a tag and no title, and shows its prompt where it holds no text."""
    holder = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    _child(properties, "w:tag", tag)
    if locked:
        _child(properties, "w:lock", "sdtContentLocked")
    if text is None:
        properties.append(OxmlElement("w:showingPlcHdr"))
    properties.append(_shape(kind, choices, text))
    holder.append(properties)
    content = OxmlElement("w:sdtContent")
    content.append(_run(prompt if text is None else text, grey=text is None))
    holder.append(content)
    paragraph._p.append(holder)  # noqa: SLF001 - python-docx gives no other way to a paragraph's XML


def two_columns(paper: Paper, rows: int) -> list[tuple[_Cell, _Cell]]:
    """A table of labels and places. Its cells are taken from the XML: python-docx works out a row's cells anew each time, which takes most of a paper's time."""
    table = paper.add_table(rows=rows, cols=2)
    table.style = "Table Grid"
    pairs = (row.tc_lst for row in table._tbl.tr_lst)  # noqa: SLF001 - as above
    return [(_Cell(label, table), _Cell(place, table)) for label, place in pairs]


def shade(cell: _Cell) -> None:
    """Colour a cell in which something is missing."""
    mark = OxmlElement("w:shd")
    mark.set(qn("w:val"), "clear")
    mark.set(qn("w:color"), "auto")
    mark.set(qn("w:fill"), _SHADE)
    cell._tc.get_or_add_tcPr().append(mark)  # noqa: SLF001 - as above


def _shape(kind: Kind, choices: tuple[str, ...], text: str | None) -> Any:
    if kind == "date":
        shape = OxmlElement("w:date")
        _child(shape, "w:dateFormat", "dd/MM/yyyy")
        _child(shape, "w:lid", "en-GB")
        return shape
    if kind == "choice":
        shape = OxmlElement("w:comboBox")  # a combo box takes "not known" too, which a closed list would refuse
        for choice in dict.fromkeys((*choices, *([text] if text and text not in choices else []))):
            item = OxmlElement("w:listItem")
            item.set(qn("w:displayText"), choice)
            item.set(qn("w:value"), choice)
            shape.append(item)
        return shape
    shape = OxmlElement("w:text")
    shape.set(qn("w:multiLine"), _MULTILINE)
    return shape


def _run(text: str, *, grey: bool) -> Any:
    run = OxmlElement("w:r")
    if grey:
        properties = OxmlElement("w:rPr")
        _child(properties, "w:color", "767676")
        run.append(properties)
    for number, line in enumerate(text.splitlines() or [""]):
        if number:
            run.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = "".join(letter for letter in line if letter == "\t" or letter >= " ")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
    return run


def _child(parent: Any, name: str, value: str) -> None:
    child = OxmlElement(name)
    child.set(qn("w:val"), value)
    parent.append(child)
