"""Older, locked and foreign files."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import docx
import msoffcrypto
import pikepdf
import pytest

from models.document import Document, MarkState
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract import office, programs
from pipeline.extract.reader import read_document
from tests.extract.made_documents import docx_bytes, marks_of, paragraph, pdf_bytes, tables_of, texts_of, zip_bytes

needs_office = pytest.mark.skipif(shutil.which("soffice") is None and "CI" not in os.environ, reason="LibreOffice is not installed")


def problem_of(data: bytes, kind: FileKind) -> str:
    with pytest.raises(Unreadable) as caught:
        read_document(data, "made", kind)
    assert caught.value.problem.detail.startswith("made: ")
    return caught.value.problem.code


def written_docx() -> bytes:
    """A document as python-docx writes it, styles and all."""
    document = docx.Document()
    document.add_paragraph("Name: Ada")
    table = document.add_table(rows=1, cols=2)
    for found, text in zip(table.rows[0].cells, ("School", "☒ Elm Primary"), strict=True):
        found.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


RTF = (
    rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Referral\par"
    rb"\trowd\cellx3000\cellx6000\intbl School\cell\intbl \u9746? Elm Primary\cell\row\pard End\par}"
)
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    "content.xml": '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:body><office:text><text:p>Referral</text:p><table:table><table:table-column '
    'table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>School</text:p></table:table-cell><table:table-cell><text:p>☒ Elm Primary</text:p>'
    "</table:table-cell></table:table-row></table:table><text:p>End</text:p></office:text></office:body></office:document-content>",
}


@needs_office
@pytest.mark.parametrize(("data", "kind"), [(RTF, FileKind.RTF), (zip_bytes(ODT), FileKind.ODT)], ids=["rtf", "odt"])
def test_other_formats_by_way_of_docx(data: bytes, kind: FileKind) -> None:
    document: Document = read_document(data, "made", kind)
    (found,) = tables_of(document)
    assert document.format == kind
    assert [part.text.strip() for part in found.cells] == ["School", "Elm Primary"]
    assert [mark.state for mark in marks_of(document)] == [MarkState.ON]


@needs_office
@pytest.mark.slow
def test_older_word_documents(tmp_path: Path) -> None:
    source = tmp_path / "made.docx"
    source.write_bytes(written_docx())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", tmp_path, source], check=True, capture_output=True, timeout=60
    )
    document = read_document((tmp_path / "made.doc").read_bytes(), "made", FileKind.DOC)
    assert "Name: Ada" in texts_of(document)
    assert [mark.state for mark in marks_of(document)] == [MarkState.ON]


def test_without_libreoffice_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda names: None)
    assert problem_of(b"{\\rtf1 Name}", FileKind.RTF) == "unsupported"


@needs_office
def test_conversion_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_SECONDS", 0.05)
    assert problem_of(b"{\\rtf1 Name}", FileKind.RTF) == "too_slow"


def test_program_that_fails_is_told() -> None:
    with pytest.raises(programs.ProgramFailed):
        programs.run_program(["false"], seconds=5)


def test_macros_of_a_docm_are_not_looked_at() -> None:
    assert texts_of(read_document(docx_bytes(paragraph("Name: Ada")), "made.docm", FileKind.DOCM)) == ["Name: Ada"]


def locked_docx() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, packed = io.BytesIO(written_docx()), io.BytesIO()
    OOXMLFile(plain).encrypt("telephone", packed)
    return packed.getvalue()


def test_locked_docx_is_encrypted() -> None:
    assert problem_of(locked_docx(), FileKind.ENCRYPTED_OFFICE) == "encrypted"
    assert office.is_locked(locked_docx())


def test_locked_docx_is_opened_with_the_authority_s_password() -> None:
    document = read_document(locked_docx(), "made", FileKind.ENCRYPTED_OFFICE, ("wrong", "telephone"))
    assert texts_of(document)[0] == "Name: Ada"
    assert msoffcrypto.OfficeFile(io.BytesIO(locked_docx())).is_encrypted()


def test_locked_pdf_is_opened_with_the_authority_s_password() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(lambda canvas: canvas.drawString(50, 700, "Name")))) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="boss", user="telephone"))
    assert problem_of(buffer.getvalue(), FileKind.PDF) == "encrypted"
    assert texts_of(read_document(buffer.getvalue(), "made", FileKind.PDF, ("wrong", "telephone"))) == ["Name"]


@pytest.mark.parametrize(
    ("kind", "code"), [(FileKind.OTHER, "unsupported"), (FileKind.CALENDAR, "unsupported"), (FileKind.ENCRYPTED_MAIL, "encrypted")]
)
def test_kinds_that_are_not_read(kind: FileKind, code: str) -> None:
    assert problem_of(b"something", kind) == code


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short", b"not a zip at all"], ids=["empty", "truncated", "other"])
def test_docx_that_is_none(data: bytes) -> None:
    assert problem_of(data, FileKind.DOCX) == ("corrupt" if data else "empty")
