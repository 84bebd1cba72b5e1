"""The sandbox: what comes back, and what cannot take the caller down."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.mail import FileKind
from pipeline.errors import OurBug, Unreadable
from pipeline.extract.caps import MEGABYTE
from pipeline.extract.confine import ALL, able
from pipeline.extract.reader import read_document
from pipeline.extract.sandbox import Limits, Sandbox
from tests.extract import sandboxed
from tests.extract.made_documents import docx_bytes, paragraph, pdf_bytes
from tests.extract.test_extract_ocr import picture, png


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as shared:
        yield shared


@pytest.fixture(scope="module")
def strict() -> Iterator[Sandbox]:
    with Sandbox(Limits(memory=200 * MEGABYTE, cpu=1, wall=1.5, scan_wall=2.0, file_bytes=1000)) as shared:
        yield shared


def problem_of(sandbox: Sandbox, function: Callable[..., object], data: bytes = b"x") -> str:
    with pytest.raises(Unreadable) as caught:
        sandbox.run(function, data, "file", FileKind.PDF)
    assert caught.value.problem.detail.startswith("file: ")
    return caught.value.problem.code


def test_result_and_arguments_cross_as_their_types(sandbox: Sandbox) -> None:
    assert sandbox.run(sandboxed.measure, b"abc", "n", FileKind.DOCX, 2) == {"ndocx": 6}


@pytest.mark.parametrize(
    ("data", "kind"),
    [(docx_bytes(paragraph("Name: ☒ Ada")), FileKind.DOCX), (pdf_bytes(lambda canvas: canvas.drawString(50, 700, "Name")), FileKind.PDF)],
    ids=["docx", "pdf"],
)
def test_document_comes_back_as_it_was_read(sandbox: Sandbox, data: bytes, kind: FileKind) -> None:
    assert sandbox.run(read_document, data, "made", kind) == read_document(data, "made", kind)


def test_refusal_comes_back_as_it_was_raised(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable) as caught:
        sandbox.run(sandboxed.refuse, b"abc", "file", FileKind.PDF)
    assert (caught.value.problem.code, caught.value.problem.detail) == ("no_text", "file: nothing to read in 3 bytes of pdf")


def test_error_of_a_reader_says_nothing_of_the_file(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable) as caught:
        sandbox.run(sandboxed.fail, b"abc", "file", FileKind.PDF)
    assert caught.value.problem.code == "corrupt"
    assert "private" not in str(caught.value)


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (sandboxed.spin, "too_slow"),
        (sandboxed.sleep, "too_slow"),
        (sandboxed.sleep_deaf, "too_slow"),
        (sandboxed.devour, "too_large"),
        (sandboxed.abort, "too_large"),
        (sandboxed.crash, "corrupt"),
        (sandboxed.vanish, "corrupt"),
        (sandboxed.lie, "corrupt"),
    ],
)
def test_ruinous_readers(strict: Sandbox, function: Callable[..., object], code: str) -> None:
    assert problem_of(strict, function) == code
    assert strict.run(sandboxed.measure, b"abc", "n", FileKind.DOCX, 1) == {"ndocx": 3}


def test_file_over_the_limit_is_not_even_sent(strict: Sandbox) -> None:
    assert problem_of(strict, sandboxed.measure, b"x" * 1001) == "too_large"


def test_no_core_files(sandbox: Sandbox) -> None:
    # One byte: nought would not stop a dump that is piped into a program.
    assert sandbox.run(sandboxed.core_limit, b"", "n", FileKind.PDF) <= 1


def test_server_that_died_is_started_again() -> None:
    with Sandbox() as own:
        own.run(sandboxed.measure, b"a", "n", FileKind.PDF, 1)
        assert own._server is not None
        os.kill(own._server.pid, signal.SIGKILL)
        own._server.wait()
        assert own.run(sandboxed.measure, b"a", "n", FileKind.PDF, 1) == {"npdf": 1}


def test_threads_share_one(sandbox: Sandbox) -> None:
    results: list[dict[str, int]] = []
    threads = [threading.Thread(target=lambda n=n: results.append(sandbox.run(sandboxed.measure, b"a" * n, "n", FileKind.PDF, 1))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result["npdf"] for result in results) == list(range(8))


def test_one_bad_file_does_not_hold_up_others(strict: Sandbox) -> None:
    async def both() -> tuple[object, object]:
        bad = asyncio.create_task(asyncio.to_thread(problem_of, strict, sandboxed.sleep))
        good = await asyncio.to_thread(strict.run, sandboxed.measure, b"a", "n", FileKind.PDF, 1)
        assert not bad.done()
        return good, await bad

    assert asyncio.run(both()) == ({"npdf": 1}, "too_slow")


def test_function_that_cannot_be_found_by_name_is_our_bug(sandbox: Sandbox) -> None:
    with pytest.raises(OurBug):
        sandbox.run(lambda data, name, kind: 1, b"", "n", FileKind.PDF)


def test_script_without_a_guard(tmp_path: Path) -> None:
    """The main module is not run a second time, as multiprocessing would."""
    script = tmp_path / "script.py"
    (tmp_path / "form.docx").write_bytes(docx_bytes(paragraph("Ada")))
    script.write_text(
        "from pathlib import Path\nfrom models.mail import FileKind\nfrom pipeline.extract.reader import read_document\n"
        "from pipeline.extract.sandbox import Sandbox\nprint('once')\n"
        "print(Sandbox().run(read_document, Path('form.docx').read_bytes(), 'form.docx', FileKind.DOCX).blocks[0].text)\n"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": root}, check=True
    )
    assert done.stdout.splitlines() == ["once", "Ada"]


MEANS = able()


def test_this_system_can_confine_a_document() -> None:
    """On a system that cannot, doctor says so; the machines that tests run on can."""
    assert MEANS == ALL


def test_what_a_document_that_took_its_child_over_can_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "key"
    secret.write_text("the key")
    monkeypatch.setenv("MASH_SECRET", "word")
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "own").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "own"))
    with socket.create_server(("127.0.0.1", 0)) as somebody, Sandbox() as own:
        ended = own.run(sandboxed.attempts, f"{somebody.getsockname()[1]}\n{secret}".encode(), "n", FileKind.PDF)
        assert own.run(sandboxed.gained, b"", "n", FileKind.PDF) == 1
    assert ended == {
        "call another machine": "PermissionError",
        "look names up": "PermissionError",
        "read somebody's file": "PermissionError",
        "write beside it": "PermissionError",
        "read our environment": "PermissionError",
        "stop us": "PermissionError",
        "settings": "KeyError",
        "use the temporary folder": "done",
        "start a program": "done",
    }
    assert not (tmp_path / "key.new").exists()


def test_a_document_does_not_see_what_is_read_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two mails are read at once, and programs put their files into the temporary folder: each child has one of its own, which goes with it."""
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(own))
    (own / "other.docx").write_text("another family")
    with Sandbox() as here:
        ended = here.run(sandboxed.attempts, f"1\n{own / 'other.docx'}".encode(), "n", FileKind.PDF)
        assert here.run(sandboxed.measure, b"x", "n", FileKind.PDF, 1)
        kept = [path.name for path in own.iterdir() if path.name != "other.docx" and path.is_dir()]
    assert (ended["read somebody's file"], ended["write beside it"]) == ("PermissionError", "PermissionError")
    assert ended["use the temporary folder"] == "done"
    assert len(kept) <= 1


def test_the_same_attempts_succeed_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "key"
    secret.write_text("the key")
    monkeypatch.setenv("MASH_SECRET", "word")
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        ended = sandboxed.attempts(f"{somebody.getsockname()[1]}\n{secret}".encode(), "n", FileKind.PDF)
    assert {what for what, how in ended.items() if how != "done"} <= {"read our environment", "stop us"}


@pytest.mark.parametrize("kind", [FileKind.RTF, FileKind.IMAGE])
def test_the_programs_that_read_for_us_work_where_a_document_is_confined(kind: FileKind) -> None:
    """LibreOffice and Tesseract open files of their own beside the document; what they need must be among what a child may open."""
    program = {FileKind.RTF: "soffice", FileKind.IMAGE: "tesseract"}[kind]
    if shutil.which(program) is None and "CI" not in os.environ:
        pytest.skip(f"{program} is not installed")
    data = {FileKind.RTF: b"{\\rtf1 Name of child: Orla Quill}", FileKind.IMAGE: png(picture())}[kind]
    with Sandbox() as own:
        words = "\n".join(line.text for line in own.run(read_document, data, "made", kind).lines())
    assert {FileKind.RTF: "Orla Quill", FileKind.IMAGE: "Date of birth"}[kind] in words
