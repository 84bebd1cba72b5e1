"""Word documents that only carry pictures of a form: scans and photographs pasted onto the page."""

from __future__ import annotations

from dataclasses import replace

from models.document import Block, Document
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.caps import CAPS, Caps, problem
from pipeline.extract.docx.package import Package
from pipeline.extract.docx.read import read_docx

_FEW_WORDS = 12
_SMALLEST = 40_000
_MOST = 8


def read_docx_or_pictures(data: bytes, name: str, caps: Caps = CAPS) -> Document:
    """Read a Word document, and the pictures in it where it has hardly a word of its own."""
    try:
        document = read_docx(data, name, caps)
    except Unreadable as error:
        if error.problem.code != "empty":
            raise
        document = Document(name, FileKind.DOCX)
    if sum(len(line.text.split()) for line in document.lines()) >= _FEW_WORDS or any(not hasattr(block, "items") for block in document.blocks):
        return document
    pictures = [picture for picture in Package(data, name, caps).pictures() if len(picture) >= _SMALLEST][:_MOST]
    return _with_pictures(document, pictures, name, caps) if pictures else _or_empty(document, name)


def _or_empty(document: Document, name: str) -> Document:
    if not (document.blocks or document.margins):
        raise problem("empty", name, "the document has nothing in it. Ask the sender whether the right file was attached.")
    return document


def _with_pictures(document: Document, pictures: list[bytes], name: str, caps: Caps) -> Document:
    from pipeline.extract.ocr.images import read_image

    blocks: list[Block] = list(document.blocks)
    refused: list[Unreadable] = []
    for picture in pictures:
        try:
            blocks += read_image(picture, name, caps).blocks
        except Unreadable as error:
            refused.append(error)
    if not blocks and refused:
        raise refused[0]
    warnings = ("ocr", "pages_left_out") if refused else ("ocr",)
    return replace(_or_empty(replace(document, blocks=tuple(blocks)), name), warnings=warnings)
