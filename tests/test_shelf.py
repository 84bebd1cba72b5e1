"""Files from a disk: all answered, in order, none holding up the others."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import pikepdf
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from pydantic import SecretStr

from benchmarks.hostile.package import PERSON, body, docx, paragraph
from models.extraction import Extraction
from models.mail import FileKind
from pipeline import shelf as shelves
from pipeline.extract.safe import SafeReader
from pipeline.settings import Settings
from pipeline.shelf import FileShelf
from tests.extract.made_documents import pdf_bytes

TODAY = date(2026, 11, 16)
PASSWORD = "sandcastle"


class Waiting(SafeReader):
    """A reader that does not finish the first file before the others are read."""

    def __init__(self) -> None:
        super().__init__(TODAY)
        self.others = Event()
        self.order: list[str] = []

    def files(self, data: bytes, name: str, kind: FileKind) -> tuple[Extraction, ...]:
        if name == "0.docx":
            assert self.others.wait(60)
        self.order.append(name)
        if name == "2.docx":
            self.others.set()
        return (Extraction(path=name, status="not_a_referral"),)


def test_a_file_that_takes_for_ever_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "PATIENCE", 0.05)
    paths = [tmp_path / f"{number}.docx" for number in range(4)]
    for path in paths:
        path.write_bytes(docx(body(paragraph(PERSON))))
    reader = Waiting()
    answers = list(FileShelf(reader).read_paths(paths))
    reader.close()
    assert [one.path for one in answers] == [str(path) for path in paths]
    assert reader.order.index("2.docx") < reader.order.index("0.docx")


@contextmanager
def opened(tmp_path: Path, *passwords: str) -> Iterator[FileShelf]:
    settings = Settings(data_dir=tmp_path, document_passwords=[SecretStr(one) for one in passwords])
    with FileShelf.open(settings, today=TODAY) as shelf:
        yield shelf


def locked_docx() -> bytes:
    plain, packed = docx(body(paragraph(PERSON)), **{"word/media/large-enough-to-be-locked.bin": random.Random(1).randbytes(9000)}), io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(PASSWORD, packed)
    return packed.getvalue()


def locked_pdf() -> bytes:
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes(lambda canvas: canvas.drawString(50, 700, PERSON)))) as pdf:
        pdf.save(packed, encryption=pikepdf.Encryption(owner="boss", user=PASSWORD))
    return packed.getvalue()


@pytest.mark.parametrize("name", ["form.docx", "form.pdf"])
def test_a_locked_form_is_told_and_opened_where_the_authority_has_its_password(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(locked_docx() if name == "form.docx" else locked_pdf())
    with opened(tmp_path) as shelf:
        (told,) = shelf.read_paths([path])
    assert told.problem is not None
    assert told.problem.code == "encrypted"
    with opened(tmp_path, "wrong", PASSWORD) as shelf:
        (read,) = shelf.read_paths([path])
    assert [child.given_names for child in read.record.children] == ["Orla"]


def test_a_password_is_in_no_answer_and_no_settings_text(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(locked_docx())
    with opened(tmp_path, PASSWORD) as shelf:
        (read,) = shelf.read_paths([path])
    settings = Settings(data_dir=tmp_path, document_passwords=[SecretStr(PASSWORD)])
    assert PASSWORD not in read.model_dump_json() + repr(settings)


@pytest.mark.parametrize(("make", "code"), [(lambda path: None, "empty"), (Path.mkdir, "unsupported"), (lambda path: path.write_bytes(b""), "empty")])
def test_paths_that_are_no_forms_are_answered(make: object, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    assert callable(make)
    make(path)
    with opened(tmp_path) as shelf:
        (told,) = shelf.read_paths([path])
    assert told.problem is not None
    assert told.problem.code == code
