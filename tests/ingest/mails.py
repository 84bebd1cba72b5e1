"""Small mails and files for the ingest tests, built from raw bytes so that nothing tidies them."""

from __future__ import annotations

import base64
import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(content_type: str = WORD) -> bytes:
    """The least that is a Word document."""
    return zipped({"[Content_Types].xml": TYPES.format(content_type).encode(), "word/document.xml": b"<w:document/>"})


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    """A picture of a size."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, kind)
    return out.getvalue()


def part(content_type: str, data: bytes, *headers: str) -> bytes:
    """One base64 part."""
    lines = [f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n")


def text_part(words: str, content_type: str = "text/plain; charset=utf-8") -> bytes:
    """One text part."""
    return part(content_type, words.encode())


def attached(name: str, data: bytes, content_type: str = "application/octet-stream", disposition: str = "attachment") -> bytes:
    """A file."""
    return part(content_type, data, f'Content-Disposition: {disposition}; filename="{name}"')


def multipart(*parts: bytes, subtype: str = "mixed", boundary: str = "=-edge-=") -> bytes:
    """Several parts, with the header that says so."""
    edge = b"--" + boundary.encode()
    body = b"".join(edge + b"\r\n" + one + b"\r\n" for one in parts)
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode() + body + edge + b"--\r\n"


def mail(content: bytes, *headers: str, subject: str = "Referral") -> bytes:
    """A whole mail around its content; `content` begins with its own Content-Type header."""
    top = [
        "From: Pat Quill <pat@school.example>",
        "To: mash@council.example",
        f"Subject: {subject}",
        "Date: Fri, 20 Nov 2026 09:30:00 +0000",
        "Message-ID: <mail-1@school.example>",
        "MIME-Version: 1.0",
        *headers,
    ]
    return "\r\n".join(top).encode() + b"\r\n" + content
