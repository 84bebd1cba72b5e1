"""Bytes in, Document out: one reader for each kind of file."""

from __future__ import annotations

from collections.abc import Callable

from models.document import Document
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.caps import CAPS, problem
from pipeline.extract.ocr.legible import is_legible

Passwords = tuple[str, ...]
Reader = Callable[[bytes, str, FileKind, Passwords], Document]


def _docx(data: bytes, name: str, kind: FileKind, passwords: Passwords) -> Document:
    from pipeline.extract.docx import read_docx_or_pictures

    return read_docx_or_pictures(data, name)


def _pdf(data: bytes, name: str, kind: FileKind, passwords: Passwords) -> Document:
    from pipeline.extract.pdf import read_pdf

    return read_pdf(data, name, passwords=passwords)


def _office(data: bytes, name: str, kind: FileKind, passwords: Passwords) -> Document:
    from pipeline.extract.office import read_office

    return read_office(data, name, kind)


def _locked_office(data: bytes, name: str, kind: FileKind, passwords: Passwords) -> Document:
    from pipeline.extract.office import unlock

    opened = unlock(data, name, passwords)
    return _docx(opened, name, kind, ()) if opened.startswith(b"PK") else _office(opened, name, FileKind.DOC, ())


def _image(data: bytes, name: str, kind: FileKind, passwords: Passwords) -> Document:
    from pipeline.extract.ocr.images import read_image

    return read_image(data, name)


def _html(data: bytes, name: str, kind: FileKind, passwords: Passwords) -> Document:
    from pipeline.extract.body import decode, read_body

    return read_body(None, decode(data), name)


def _text(data: bytes, name: str, kind: FileKind, passwords: Passwords) -> Document:
    from pipeline.extract.body import decode, read_body

    return read_body(decode(data), None, name)


READERS: dict[FileKind, Reader] = {
    FileKind.DOCX: _docx,
    FileKind.DOCM: _docx,
    FileKind.PDF: _pdf,
    FileKind.DOC: _office,
    FileKind.RTF: _office,
    FileKind.ODT: _office,
    FileKind.ENCRYPTED_OFFICE: _locked_office,
    FileKind.IMAGE: _image,
    FileKind.HTML: _html,
    FileKind.TEXT: _text,
}

_REFUSALS: dict[FileKind, tuple[str, str]] = {
    FileKind.EMPTY: ("empty", "the file has no content. Ask for it to be sent again."),
    FileKind.ENCRYPTED_MAIL: (
        "encrypted",
        "the message is encrypted. Open it in the mail program it was sent through, or ask for it by secure mail.",
    ),
}


def read_document(data: bytes, name: str, kind: FileKind, passwords: Passwords = ()) -> Document:
    """Read one file, trying an authority's passwords on one that is locked.

    Raises Unreadable with a code of the contract and a remedy; nothing else is meant to come out of here whatever the bytes are.
    """
    if not data:
        raise _refusal(FileKind.EMPTY, name)
    if len(data) > CAPS.file_bytes:
        raise problem(
            "too_large",
            name,
            f"the file has {len(data) // 1_048_576} MB; we read up to {CAPS.file_bytes // 1_048_576} MB. Ask for the form by itself.",
        )
    reader = READERS.get(kind)
    if reader is None:
        raise _refusal(kind, name)
    try:
        document = reader(data, name, kind, passwords)
    except MemoryError as error:
        raise problem("too_large", name, "reading it takes more memory than any form should. Ask for the form by itself, saved afresh.") from error
    except RecursionError as error:
        raise problem("corrupt", name, "its parts are nested deeper than any form's. Ask for a fresh copy.") from error
    if "ocr" in document.warnings and not is_legible(document):
        raise problem("no_text", name, "hardly a word of the picture could be made out. A person must look at it, or ask for a clearer copy.")
    return document


def _refusal(kind: FileKind, name: str) -> Unreadable:
    code, remedy = _REFUSALS.get(kind, ("unsupported", "this kind of file is not read. Ask for the form as a Word document or a PDF."))
    return problem(code, name, remedy)  # type: ignore[arg-type]
