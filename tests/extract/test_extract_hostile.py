"""Hostile files: each is answered as it should be, in bounded memory, touches nothing outside itself, and holds up no other."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from benchmarks.hostile import other, word
from benchmarks.hostile.files import CATALOGUE, READ, Hostile
from benchmarks.hostile.package import PERSON, body, docx, paragraph
from benchmarks.speed.memory import peak_while
from models.extraction import Extraction
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.caps import MEGABYTE
from pipeline.extract.reader import read_document
from pipeline.extract.safe import SafeReader
from pipeline.extract.sandbox import Limits

TODAY = date(2026, 11, 16)
SLOW = frozenset({"too_slow"})
NEEDS = {FileKind.RTF: "soffice", FileKind.ODT: "soffice", FileKind.DOC: "soffice", FileKind.IMAGE: "tesseract"}


@pytest.fixture(scope="module")
def reader() -> Iterator[SafeReader]:
    """Shorter limits than a deployment's, so that what only a limit ends does not hold up the tests; too slow is a right answer then."""
    made = SafeReader(TODAY, limits=Limits(cpu=4, wall=5.0, scan_wall=5.0))
    yield made
    made.close()


def answer(reader: SafeReader, hostile: Hostile) -> tuple[Extraction, float]:
    data = hostile.make()
    return peak_while(lambda: reader.file(data, "hostile", hostile.kind))


@pytest.mark.slow
@pytest.mark.parametrize("hostile", CATALOGUE, ids=lambda hostile: hostile.name)
def test_hostile_file_is_answered(reader: SafeReader, hostile: Hostile) -> None:
    program = NEEDS.get(hostile.kind)
    if program and shutil.which(program) is None and "CI" not in os.environ:
        pytest.skip(f"{program} is not installed")
    extraction, megabytes = answer(reader, hostile)
    code = extraction.problem.code if extraction.problem else READ
    assert code in hostile.answers | SLOW
    assert extraction.problem is None or extraction.problem.detail.startswith("hostile: ")
    assert megabytes < 1024


def test_others_are_read_while_a_hostile_file_holds_a_child(reader: SafeReader) -> None:
    begun, answers = threading.Event(), list[Extraction]()

    def hold() -> None:
        begun.set()
        answers.append(reader.file(word.long_text("a" + " " * 999, 4_000_000), "endless", FileKind.DOCX))

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait()
    for number in range(3):
        assert reader.file(docx(body(paragraph(PERSON))), f"{number}", FileKind.DOCX).status == "read"
        assert not answers, "the hostile file was answered before the others: it holds nothing up"
    holder.join()
    assert [one.problem.code for one in answers if one.problem] == ["too_slow"]


@pytest.mark.parametrize(
    "name", ["tables nested 80 deep", "styles in a circle", "parts in a circle", "entries with paths", "macros", "a part named twice"]
)
def test_what_a_harmless_oddity_says_is_not_lost(reader: SafeReader, name: str) -> None:
    (hostile,) = [one for one in CATALOGUE if one.name.endswith(name)]
    extraction, _ = answer(reader, hostile)
    assert [child.given_names for child in extraction.record.children] == ["Orla"]


class Listener:
    """A server on this machine that notes who calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/part"
        self.calls = 0
        self._goodbye: tuple[str, int] | None = None
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            caller, address = self._socket.accept()
            caller.close()
            if address == self._goodbye:
                return
            self.calls += 1

    def close(self) -> None:
        """Ends with a call of our own: whoever called before it has been counted by then, however slow the machine."""
        with socket.socket() as own:
            own.bind(("127.0.0.1", 0))
            self._goodbye = own.getsockname()
            own.connect(self._socket.getsockname())
            self._thread.join()
        self._socket.close()


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()
    try:
        yield listener
    finally:
        listener.close()


def test_the_listener_hears_a_call() -> None:
    with listening() as listener:
        socket.create_connection(("127.0.0.1", int(listener.address.split(":")[2].split("/")[0]))).close()
    assert listener.calls == 1


def told(data: bytes, kind: FileKind) -> str:
    """All the words of a document, or the code of what is wrong with it."""
    try:
        return "\n".join(line.text for line in read_document(data, "fetching", kind).lines())
    except Unreadable as error:
        return error.problem.code


@pytest.mark.parametrize("kind", [FileKind.RTF, FileKind.ODT, FileKind.DOCX])
def test_no_document_calls_another_machine(kind: FileKind) -> None:
    with listening() as listener:
        address = listener.address
        make = {FileKind.RTF: partial(other.rtf_fetching, address), FileKind.ODT: partial(other.odt_fetching, address)}.get(
            kind, partial(word.outside_relations, address)
        )
        assert told(make(), kind)
    assert listener.calls == 0


@pytest.mark.parametrize("kind", [FileKind.RTF, FileKind.ODT])
def test_no_document_takes_in_a_file_of_ours(kind: FileKind, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRETWORDS")
    make = other.rtf_fetching if kind is FileKind.RTF else other.odt_fetching
    if shutil.which("soffice") is None and "CI" not in os.environ:
        pytest.skip("LibreOffice is not installed")
    assert "SECRETWORDS" not in told(make(secret.as_uri()), kind)


def test_the_memory_watch_sees_what_a_child_holds(reader: SafeReader) -> None:
    """Otherwise the bound above would hold of itself."""
    _, megabytes = peak_while(lambda: reader.file(word.many_choices(200_000), "large", FileKind.DOCX))
    assert megabytes > 100 * MEGABYTE / 2**20
