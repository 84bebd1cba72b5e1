"""The zip a DOCX is: opened within limits, and only the parts a reader needs."""

from __future__ import annotations

import contextlib
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from pipeline.extract.caps import CAPS, Caps, problem
from pipeline.extract.docx.names import RELATIONSHIP, STRICT, Element
from pipeline.extract.zips import open_zip, read_bounded


class Package:
    """The parts of one DOCX, parsed when asked for. Media and other parts that hold no words are never inflated."""

    def __init__(self, data: bytes, name: str, caps: Caps = CAPS) -> None:
        self._name = name
        self._caps = caps
        self._zip = open_zip(data, name, caps)
        self._left = caps.xml_total
        self._entries = {info.filename.lstrip("/").replace("\\", "/"): info for info in self._zip.infolist()}
        self.main = self._main_part()

    def _main_part(self) -> str:
        for kind, target in self.relations(""):
            if kind == "officeDocument":
                return target
        if "word/document.xml" in self._entries:
            return "word/document.xml"
        raise problem(
            "corrupt", self._name, "this is a zip file without a Word document in it. Open it in Word, save it again as .docx and send that."
        )

    def relations(self, part: str) -> list[tuple[str, str]]:
        """The (kind, target part) pairs that a part's relationships give, inside the package only, in the file's order."""
        return [(kind, target) for kind, _, target in self._relations(part)]

    def pictures(self) -> Iterator[bytes]:
        """The pictures that the main part shows, in the order of their relationships."""
        for kind, target in self.relations(self.main):
            info = self._entries.get(target)
            if kind == "image" and info is not None:
                with contextlib.suppress(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError):
                    yield read_bounded(self._zip, info, self._caps.picture_bytes, self._name)

    def targets(self, part: str) -> dict[str, str]:
        """Relationship id to target part."""
        return {identifier: target for _, identifier, target in self._relations(part)}

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        return list(_read_relations(root, folder)) if root is not None else []

    def xml(self, part: str) -> Element | None:
        """A part's root element; None when the package has no such part."""
        info = self._entries.get(part)
        if info is None:
            return None
        try:
            data = read_bounded(self._zip, info, min(self._caps.xml_part, self._left), self._name)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            raise problem("corrupt", self._name, "part of the document is damaged. Ask for it to be sent again.") from error
        except RuntimeError as error:  # zipfile's word for an encrypted entry
            raise problem("encrypted", self._name, "the file is locked with a password. Ask for a copy without one.") from error
        self._left -= len(data)
        if data.count(b"<") > self._caps.xml_tags:
            raise problem("too_large", self._name, "the document has more parts than any form. Ask for the form by itself.")
        return self._parse(data)

    def _parse(self, data: bytes) -> Element:
        for strict, transitional in STRICT.items():
            if strict in data[:4096]:
                data = data.replace(strict, transitional)
        try:
            tree = etree.parse(io.BytesIO(data), _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise problem(
                "corrupt", self._name, "the document's inner text cannot be parsed. Open it in Word, save it again and send that."
            ) from error
        if tree.docinfo.doctype:  # type: ignore[union-attr]
            raise problem("corrupt", self._name, "the document declares a DOCTYPE, which Word never writes, and is refused. Ask for a fresh copy.")
        return tree.getroot()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)


def _read_relations(root: Element, folder: str) -> Iterator[tuple[str, str, str]]:
    for relation in root.iter(RELATIONSHIP):
        target = relation.get("Target") or ""
        if relation.get("TargetMode") == "External" or not target:
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield (relation.get("Type") or "").rpartition("/")[2], relation.get("Id") or "", path
