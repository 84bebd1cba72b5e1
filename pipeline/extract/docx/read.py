"""Bytes of a DOCX to a Document."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Document, Line, Place
from models.mail import FileKind
from pipeline.extract.caps import CAPS, Caps, problem
from pipeline.extract.docx.names import Element, R, W
from pipeline.extract.docx.numbering import Numbering
from pipeline.extract.docx.package import Package
from pipeline.extract.docx.sizes import Sizes
from pipeline.extract.docx.story import Story
from pipeline.extract.docx.styles import Styles

_NOTES = (("comments", "comment"), ("footnotes", "footnote"), ("endnotes", "endnote"))


def read_docx(data: bytes, name: str, caps: Caps = CAPS) -> Document:
    """Read a Word document; macros are never looked at."""
    package = Package(data, name, caps)
    root = package.xml(package.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise problem("corrupt", name, "the document has no body. Open it in Word, save it again as .docx and send that.")
    related = dict(package.relations(package.main))
    reader = _Reader(package, related)
    blocks = reader.sizes.with_headings(reader.story().blocks(body))
    document = Document(name, FileKind.DOCX, blocks, margins=tuple(reader.margins(body)), notes=tuple(reader.notes()))
    if not (document.blocks or document.margins):
        raise problem("empty", name, "the document has nothing in it. Ask the sender whether the right file was attached.")
    return document


class _Reader:
    """The parts that all stories of a document share."""

    def __init__(self, package: Package, related: dict[str, str]) -> None:
        self._package = package
        self._related = related
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self.sizes = Sizes()

    def _part(self, kind: str) -> Element | None:
        target = self._related.get(kind)
        return self._package.xml(target) if target else None

    def story(self, name: str = "") -> Story:
        return Story(self._styles, self._numbering, self.sizes, name)

    def margins(self, body: Element) -> Iterator[Line]:
        """Lines of the headers and footers that sections use, each part once."""
        targets = self._package.targets(self._package.main)
        seen: set[str] = set()
        counts = {"header": 0, "footer": 0}
        for section in body.iter(W + "sectPr"):
            for reference in section:
                kind = "header" if reference.tag == W + "headerReference" else "footer" if reference.tag == W + "footerReference" else None
                target = targets.get(reference.get(R + "id") or "")
                if kind is None or target is None or target in seen:
                    continue
                seen.add(target)
                counts[kind] += 1
                root = self._package.xml(target)
                if root is not None:
                    yield from self.story(f"{kind} {counts[kind]}").lines(root)

    def notes(self) -> Iterator[Line]:
        """Comments, footnotes and endnotes: said about the form, not in it."""
        for kind, word in _NOTES:
            root = self._part(kind)
            if root is None:
                continue
            real = [note for note in root if note.get(W + "type") in {None, "normal"}]
            for number, note in enumerate(real, start=1):
                for line in self.story(f"{word} {number}").lines(note):
                    yield Line(line.items, place=Place(where=f"{word} {number}"))
