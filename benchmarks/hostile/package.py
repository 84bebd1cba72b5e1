"""The least that makes a Word document or an OpenDocument text, so that a hostile part can be put into it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
PERSON = "Name of child: Orla Fennimore"


def zipped(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def content_types(main: str = DOCUMENT_TYPE) -> str:
    """The part that says what kind of document this is."""
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def relations(*entries: str) -> str:
    """A relationships part."""
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def relation(identifier: str, kind: str, target: str, *, external: bool = False) -> str:
    """One relationship."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def docx_parts(document: str | bytes, main_type: str = DOCUMENT_TYPE, **others: str | bytes) -> dict[str, str | bytes]:
    """The parts of a Word document with this main part."""
    return {
        "[Content_Types].xml": content_types(main_type),
        "_rels/.rels": relations(relation("a", "officeDocument", "word/document.xml")),
        "word/document.xml": document,
        **others,
    }


def docx(document: str | bytes, **others: str | bytes) -> bytes:
    """A Word document with this main part."""
    return zipped(docx_parts(document, DOCUMENT_TYPE, **others))


def body(inside: str | bytes) -> bytes:
    """A main part with this body."""
    content = inside if isinstance(inside, bytes) else inside.encode()
    return f"<w:document {WORD}><w:body>".encode() + content + b"</w:body></w:document>"


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(content: str | bytes) -> bytes:
    """An OpenDocument text with this content part."""
    kind = "application/vnd.oasis.opendocument.text"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def odt_body(inside: str | bytes) -> bytes:
    """A content part with this text."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
    )
    head = f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
    content = inside if isinstance(inside, bytes) else inside.encode()
    return head.encode() + content + b"</office:text></office:body></office:document-content>"
