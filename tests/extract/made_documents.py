"""Documents made for the tests of reading: raw XML for what no library writes, and short views of what was read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.document import Control, Document, Inline, Line, Mark, Span, Table
from models.mail import FileKind
from pipeline.extract.reader import read_document

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAGE_HEIGHT = A4[1]


def docx_bytes(body: str, **parts: str) -> bytes:
    """A DOCX with this body; other parts by name (styles, numbering, header1, comments, footnotes), each the inside of its root element."""
    roots = {"styles": "styles", "numbering": "numbering", "comments": "comments", "footnotes": "footnotes", "endnotes": "endnotes"}
    relations = []
    files = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    for number, (name, inside) in enumerate(parts.items(), start=1):
        kind = roots.get(name) or ("header" if name.startswith("header") else "footer")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        files[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{inside}</w:{root}>"
        relations.append(f'<Relationship Id="{name if kind in {"header", "footer"} else number}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>')
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{package}">{"".join(relations)}</Relationships>'
    return zip_bytes(files)


def zip_bytes(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files, compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    """A w:p of these runs (texts, or XML that begins with <)."""
    inside = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A w:r with properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(inside: str, properties: str = "") -> str:
    """A w:tc; a text becomes its paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else paragraph(inside)}</w:tc>"


def table(*rows: str) -> str:
    """A w:tbl of rows, each given as its cells."""
    return (
        "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(row if row.startswith(("<w:tr", "<w:sdt")) else f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    )


def control(content: str, properties: str = "<w:text/>") -> str:
    """A w:sdt round content."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(kind: str, data: str, shown: str = "") -> str:
    """A legacy form field, with what it shows."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText> {kind} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown) if shown else ""}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def read_body_xml(body: str, **parts: str) -> Document:
    """The Document of a DOCX with this body."""
    return read_document(docx_bytes(body, **parts), "made.docx", FileKind.DOCX)


def pdf_bytes(draw: Callable[[Canvas], object], size: tuple[float, float] = A4) -> bytes:
    """A PDF drawn with reportlab."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read_drawn(draw: Callable[[Canvas], object], size: tuple[float, float] = A4) -> Document:
    """The Document of a PDF drawn with reportlab."""
    return read_document(pdf_bytes(draw, size), "made.pdf", FileKind.PDF)


def items_of(document: Document) -> list[Inline]:
    """Every item of the body in reading order."""
    return [item for line in document.lines() for item in line.items]


def marks_of(document: Document) -> list[Mark]:
    """Every tick of the body."""
    return [item for item in items_of(document) if isinstance(item, Mark)]


def controls_of(document: Document) -> list[Control]:
    """Every control of the body."""
    return [item for item in items_of(document) if isinstance(item, Control)]


def spans_of(document: Document) -> list[Span]:
    """Every span of the body."""
    return [item for item in items_of(document) if isinstance(item, Span)]


def texts_of(document: Document) -> list[str]:
    """Every line of the body as text."""
    return [line.text for line in document.lines()]


def tables_of(document: Document) -> list[Table]:
    """The tables of the body."""
    return [block for block in document.blocks if isinstance(block, Table)]


def lines_of(document: Document) -> list[Line]:
    """The lines of the body that stand in no table."""
    return [block for block in document.blocks if isinstance(block, Line)]


def rows_of(table: Table) -> list[list[str]]:
    """A table's texts, row by row."""
    return [[cell.text for cell in table.row(number)] for number in range(table.rows)]


def grid_of(found: Table) -> list[tuple[int, int, int, int, str]]:
    """A table as (row, column, row span, column span, text) for each cell."""
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in found.cells]
