"""Files made to bring a reader down: small to send, ruinous to open. Each is made on the spot."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from models.mail import FileKind
from tests.extract.made_documents import NAMESPACES, docx_bytes, paragraph, zip_bytes


def _docx(document: str | bytes, **others: str | bytes) -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return zip_bytes({"_rels/.rels": relations, "word/document.xml": document, **others})


def one_endless_text() -> bytes:
    return _docx(f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>".encode() + b"A" * 150_000_000 + b"</w:t></w:r></w:p></w:body></w:document>")


def four_million_paragraphs() -> bytes:
    return _docx(f"<w:document {NAMESPACES}><w:body>".encode() + b"<w:p/>" * 4_000_000 + b"</w:body></w:document>")


def many_small_paragraphs() -> bytes:
    return _docx(f"<w:document {NAMESPACES}><w:body>".encode() + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 500_000 + b"</w:body></w:document>")


def huge_picture() -> bytes:
    return _docx(f"<w:document {NAMESPACES}><w:body>{paragraph('Name: Ada')}</w:body></w:document>", **{"word/media/image1.png": b"\0" * 500_000_000})


def external_entity() -> bytes:
    return _docx(
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {NAMESPACES}><w:body><w:p><w:r><w:t>[&e;]</w:t></w:r></w:p></w:body></w:document>'
    )


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return _docx(f"<!DOCTYPE x [{entities}]><w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>")


def nested_tables(depth: int) -> bytes:
    inside = paragraph("deep")
    for _ in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"
    return docx_bytes(inside)


def wide_spans() -> bytes:
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr>'
    return docx_bytes(f"<w:tbl>{row * 50}</w:tbl>" + paragraph("x"))


def lying_header() -> bytes:
    """A zip whose directory declares a small part that unpacks to a large one."""
    data = _docx(b"<a>" + b" " * 60_000_000 + b"</a>")
    size = (60_000_007).to_bytes(4, "little")
    return data.replace(size, (1000).to_bytes(4, "little"))


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of raw objects; the first is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def _stream(content: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), extra, packed)


def _one_page(content: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842", *more: bytes) -> bytes:
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>" % (box, resources),
        _stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


def endless_content() -> bytes:
    return _one_page(b"0 0 m 1 1 l S\n" * 7_000_000)


def million_letters() -> bytes:
    return _one_page(b"BT /F1 1 Tf 10 10 Td (" + b"A" * 1_000_000 + b") Tj ET")


def forms_in_forms() -> bytes:
    """Eight forms each drawing eight of the next, nine deep: over a hundred million drawings."""
    levels = 9
    forms = []
    for level in range(levels):
        name = b"/X%d Do " % level * 8 if level < levels - 1 else b"0 0 m 9 9 l S "
        resources = b"/Resources<</XObject<</X%d %d 0 R>>>>" % (level, 7 + level) if level < levels - 1 else b""
        forms.append(_stream(name, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]" + resources))
    return _one_page(b"/Z Do " * 8, b"/XObject<</Z 6 0 R>>", b"0 0 595 842", *forms)


def endless_page() -> bytes:
    return _one_page(b"BT /F1 12 Tf 10 10 Td (Name) Tj ET", box=b"0 0 1000000 1000000")


def grid_of_squares(count: int) -> bytes:
    lines = b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S\n" % (n * 6, n * 6, n * 8, n * 8) for n in range(count))
    return _one_page(b"BT /F1 4 Tf 10 10 Td (Name) Tj ET " + lines)


def two_thousand_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 2003))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 2000>>" % kids, *[page] * 2000)


def page_tree_in_a_circle() -> bytes:
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


HOSTILE: dict[str, tuple[Callable[[], bytes], FileKind, set[str]]] = {
    "one endless text": (one_endless_text, FileKind.DOCX, {"too_large"}),
    "four million paragraphs": (four_million_paragraphs, FileKind.DOCX, {"too_large"}),
    "a picture of 500 MB": (huge_picture, FileKind.DOCX, {"too_large"}),
    "external entity": (external_entity, FileKind.DOCX, {"corrupt"}),
    "billion laughs": (billion_laughs, FileKind.DOCX, {"corrupt"}),
    "tables nested too deep": (lambda: nested_tables(400), FileKind.DOCX, {"corrupt"}),
    "header that lies": (lying_header, FileKind.DOCX, {"corrupt", "too_large"}),
    "content stream of 98 MB": (endless_content, FileKind.PDF, {"too_large", "too_slow"}),
    "forms in forms": (forms_in_forms, FileKind.PDF, {"too_large", "too_slow", "corrupt"}),
    "two thousand pages": (two_thousand_pages, FileKind.PDF, {"too_large"}),
    "page tree in a circle": (page_tree_in_a_circle, FileKind.PDF, {"corrupt", "no_text", "empty"}),
}
"""Name to how it is made, what kind of file it is, and the answers that would be right."""

HARMLESS: dict[str, tuple[Callable[[], bytes], FileKind]] = {
    "tables nested fifty deep": (lambda: nested_tables(50), FileKind.DOCX),
    "spans of two thousand million": (wide_spans, FileKind.DOCX),
    "a million letters on a page": (million_letters, FileKind.PDF),
    "a page of a million points": (endless_page, FileKind.PDF),
    "a grid of 80 by 80": (lambda: grid_of_squares(80), FileKind.PDF),
}
"""Odd files that can be read, if with care."""
