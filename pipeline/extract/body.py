"""Mail bodies: forms pasted in HTML, or typed as plain text, are documents like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import html as lxml_html
from lxml.etree import ParserError, _Element, strip_elements

from models.document import Block, Cell, Document, Inline, Line, Mark, MarkState, Origin, Place, Span, Table
from models.mail import FileKind
from pipeline.extract.caps import CAPS, problem
from pipeline.extract.covering import without_covering
from pipeline.extract.glyphs import clean, shows_choice, split_ticks
from pipeline.extract.plain import text_lines

_BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
}
_UNSEEN = {"head", "meta", "link", "script", "style", "title", "template", "noscript", "object", "svg", "iframe"}
_BOLD, _ITALIC, _UNDERLINE, _STRIKE = {"b", "strong", "th"}, {"i", "em"}, {"u", "ins"}, {"s", "strike", "del"}
_MAX_DEPTH = 120
_TOO_DEEP = f"boolean({'/*' * (_MAX_DEPTH - 2)})"
_MAX_SPAN = 100


def decode(data: bytes) -> str:
    """Text out of bytes of no declared encoding: a byte order mark, then UTF-8, then Windows."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_body(text: str | None, html: str | None, name: str) -> Document:
    """A mail's body as a Document, from its HTML where that says anything, from its plain text otherwise."""
    if len(text or "") + len(html or "") > CAPS.xml_part:
        raise problem("too_large", name, "the message body is larger than any letter. Open the message itself.")
    blocks = _html_blocks(html) if html and html.strip() else ()
    kind = FileKind.HTML
    if not blocks:
        blocks, kind = tuple(_text_lines(text or "")), FileKind.TEXT
    if not blocks:
        raise problem("empty", name, "the message has no words in it.")
    return Document(name, kind, without_covering(blocks))


def _text_lines(text: str) -> Iterator[Line]:
    for line in text_lines(text):
        place = Place(where=f"line {line.number}")
        bullet = bool(re.match(r"\s*[-*•]\s+\S", line.text))
        yield Line(tuple(_pieces(line.text, _Look(), place)), bullet=bullet, place=place, gap=line.gap)


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    highlight: bool = False
    grey: bool = False


def _pieces(text: str, look: _Look, place: Place) -> Iterator[Inline]:
    for piece in split_ticks(text, paired=shows_choice(text)):
        if isinstance(piece, MarkState):
            yield Mark(piece, Origin.SYMBOL, place=place)
        elif piece:
            yield Span(piece, look.bold, look.italic, look.underline, look.strike, look.highlight, look.grey, origin=Origin.MAIL_BODY, place=place)


def _html_blocks(html: str) -> tuple[Block, ...]:
    try:
        root = lxml_html.document_fromstring(
            html.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
        )
    except (ParserError, ValueError):
        return ()
    if root.xpath(_TOO_DEEP):
        return tuple(_text_lines(_unfolded(html)))
    walker = _Walker()
    walker.walk(root, _Look(), 0)
    walker.end_line()
    return tuple(walker.blocks)


def _unfolded(html: str) -> str:
    """The words of markup nested deeper than a walk can follow, as long rows of replies are: nothing of them is lost but their looks."""
    root = lxml_html.document_fromstring(html.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True))
    strip_elements(root, *_UNSEEN, with_tail=False)
    for element in root.iter(*_BLOCKS, "table", "tr", "br"):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    for element in root.iter("td", "th"):
        element.tail = "\t" + (element.tail or "").lstrip()
    return "".join(map(str, root.itertext()))


@dataclass(slots=True)
class _Walker:
    """Walks HTML in order and makes lines at block edges."""

    blocks: list[Block] = field(default_factory=list)
    where: str = ""
    _items: list[Inline] = field(default_factory=list)
    _heading: int | None = None
    _bullet: bool = False
    _lines: int = 0
    _tables: int = 0
    _gap: bool = False

    def walk(self, element: _Element, look: _Look, depth: int) -> None:
        """One element and what is inside it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _UNSEEN or not tag or depth > _MAX_DEPTH or _is_hidden(element):
            return
        look = _looks(element, tag, look)
        if tag == "table":
            self._table(element, look, depth)
        elif tag == "br":
            self._gap = self._gap or not any(not isinstance(item, Span) or item.text.strip() for item in self._items)
            self.end_line()
        elif tag in {"input", "select", "textarea"}:
            self._field(element, tag)
        else:
            self._content(element, tag, look, depth)

    def _content(self, element: _Element, tag: str, look: _Look, depth: int) -> None:
        block = tag in _BLOCKS
        if block:
            self.end_line()
            self._heading = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else self._heading
            self._bullet = tag == "li" or self._bullet
        self._say(element.text, look, keep=tag == "pre")
        for child in element:
            self.walk(child, look, depth + 1)
            self._say(child.tail, look, keep=tag == "pre")
        if block:
            self.end_line()
            self._heading, self._bullet = None, False

    def _field(self, element: _Element, tag: str) -> None:
        kind = (element.get("type") or "").casefold()
        place = self._place()
        if tag == "input" and kind in {"checkbox", "radio"}:
            state = MarkState.ON if element.get("checked") is not None else MarkState.OFF
            self._items.append(Mark(state, Origin.SYMBOL, element.get("title"), element.get("name") if kind == "radio" else None, place=place))
        elif tag == "input" and kind not in {"hidden", "submit", "button", "image", "reset"}:
            self._say(element.get("value"), _Look())
        elif tag == "textarea":
            self._say(element.text, _Look(), keep=True)
        else:
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            self._say(" ".join((option.text or "").strip() for option in chosen), _Look())

    def _say(self, text: str | None, look: _Look, *, keep: bool = False) -> None:
        if not text:
            return
        self._gap = self._gap or (not text.strip() and "\u00a0" in text and not self._items)
        for number, part in enumerate(text.splitlines() if keep else [re.sub(r"[ \t\r\n\f]+", " ", text)]):
            if number:
                self.end_line()
            for item in _pieces(clean(part), look, self._place()):
                last = self._items[-1] if self._items else None
                if isinstance(item, Span) and isinstance(last, Span) and replace(last, text=item.text) == item:
                    self._items[-1] = replace(last, text=last.text + item.text)
                else:
                    self._items.append(item)

    def _place(self) -> Place:
        return Place(where=self.where or f"line {self._lines + 1}")

    def end_line(self) -> None:
        """Finish the line that is being gathered."""
        items = [replace(item, text=re.sub(r" {2,}", " ", item.text)) if isinstance(item, Span) else item for item in self._items]
        self._items = []
        while items and isinstance(items[0], Span) and not items[0].text.strip():
            items.pop(0)
        while items and isinstance(items[-1], Span) and not items[-1].text.strip():
            items.pop()
        if items:
            items[0] = replace(items[0], text=items[0].text.lstrip()) if isinstance(items[0], Span) else items[0]
            items[-1] = replace(items[-1], text=items[-1].text.rstrip()) if isinstance(items[-1], Span) else items[-1]
            self._lines += 1
            self.blocks.append(Line(tuple(items), self._heading, self._bullet, items[0].place, self._gap))
            self._gap = False

    def _table(self, element: _Element, look: _Look, depth: int) -> None:
        self.end_line()
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        if _is_frame(rows):
            for row in rows:
                for cell in row:
                    self._content(cell, "div", look, depth + 1)
            return
        self._tables += 1
        where = f"{self.where + ', ' if self.where else ''}table {self._tables}"
        self.blocks.append(_read_table(rows, look, where, depth))


def _is_frame(rows: list[_Element]) -> bool:
    """Whether a table only lays out the page: one cell, or other tables in a single column."""
    cells = [cell for row in rows for cell in row if cell.tag in {"td", "th"}]
    return len(cells) <= 1 or (all(len(row) <= 1 for row in rows) and any(next(cell.iter("table"), None) is not None for cell in cells))


def _read_table(rows: list[_Element], look: _Look, where: str, depth: int) -> Table:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    width = 0
    for number, row in enumerate(rows):
        column = 0
        for position, element in enumerate((cell for cell in row if cell.tag in {"td", "th"}), start=1):
            while (number, column) in taken:
                column += 1
            across, down = _span(element.get("colspan")), min(_span(element.get("rowspan")), len(rows) - number)
            taken.update((number + r, column + c) for r in range(down) for c in range(across))
            place = Place(where=f"{where}, row {number + 1}, cell {position}")
            inner = _Walker(where=place.where or "")
            inner._content(element, "td" if element.tag == "td" else "th", _looks(element, str(element.tag), look), depth + 1)  # noqa: SLF001
            inner.end_line()
            lines = tuple(block for block in inner.blocks if isinstance(block, Line))
            tables = tuple(block for block in inner.blocks if isinstance(block, Table))
            cells.append(Cell(number, column, down, across, lines, tables, element.tag == "th" or _is_shaded(element), place))
            column += across
            width = max(width, column)
    return Table(len(rows), width, tuple(cells), Place(where=where))


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and value.strip().isdecimal() else 1


def _style(element: _Element) -> str:
    return (element.get("style") or "").casefold().replace(" ", "")


def _is_hidden(element: _Element) -> bool:
    style = _style(element)
    return "display:none" in style or "mso-hide:all" in style


def _is_shaded(element: _Element) -> bool:
    colour = element.get("bgcolor") or next((part.partition(":")[2] for part in _style(element).split(";") if part.startswith("background")), "")
    return bool(colour) and colour.casefold() not in {"white", "#ffffff", "#fff", "transparent", "none", "initial"}


def _looks(element: _Element, tag: str, look: _Look) -> _Look:
    style = _style(element)
    return _Look(
        bold=look.bold or tag in _BOLD or "font-weight:bold" in style or "font-weight:700" in style,
        italic=look.italic or tag in _ITALIC or "font-style:italic" in style,
        underline=(look.underline or tag in _UNDERLINE or "text-decoration:underline" in style) and tag != "a",
        strike=look.strike or tag in _STRIKE or "line-through" in style,
        highlight=look.highlight or tag == "mark" or (tag == "span" and _is_shaded(element)),
        grey=look.grey,
    )
