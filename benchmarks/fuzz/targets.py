"""What is fuzzed, and what it promises. A broken promise is a find."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

from benchmarks.hostile.package import body, docx, paragraph
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.reader import read_document
from pipeline.ingest.message import thread_ids
from pipeline.opening import opened_here

SAMPLES = Path(__file__).parents[2] / "samples/mails"
_OURS = str(Path(__file__).parents[2] / "pipeline")
_XML = b"<?xml"


def mime(data: bytes) -> None:
    """A mail is parsed and unpacked whatever it is, and the same every time."""
    found = opened_here(data)
    if found.mail.size != len(data) or opened_here(data) != found:
        raise AssertionError("a mail was read otherwise the second time")
    message_id, answers = thread_ids(data)
    if any("\n" in one or "\r" in one or "\x00" in one for one in (message_id or "", *answers)):
        raise AssertionError("an id holds a line end")


def word(data: bytes) -> None:
    """A Word document is read or refused. Bytes that are no zip file are taken for the document's own XML."""
    _read(data if data.startswith(b"PK") else docx(data if data.startswith(_XML) else body(data.decode("utf-8", "replace"))), FileKind.DOCX)


def pdf(data: bytes) -> None:
    """A PDF document is read or refused."""
    _read(data if data.startswith(b"%PDF") else b"%PDF-1.7\n" + data, FileKind.PDF)


def _read(data: bytes, kind: FileKind) -> None:
    """Errors of libraries are answered by the sandbox, as a document that is damaged; one raised by a line of ours is a find."""
    try:
        read_document(data, "fuzzed", kind)
    except (Unreadable, MemoryError, RecursionError):
        return
    except Exception as error:
        if traceback.extract_tb(error.__traceback__)[-1].filename.startswith(_OURS):
            raise


TARGETS: dict[str, Callable[[bytes], None]] = {"mime": mime, "word": word, "pdf": pdf}


def seeds(target: str) -> Iterator[bytes]:
    """Small inputs that show the way in: the samples, and what hangs on them."""
    if target == "word":
        yield body(paragraph("Name of child: Orla"))
        yield body("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    for path in sorted(SAMPLES.glob("*.eml")):
        raw = path.read_bytes()
        if target == "mime":
            yield raw[:60_000]
            continue
        wanted = {"word": b"PK", "pdf": b"%PDF"}[target]
        for part in message_from_bytes(raw).walk():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.startswith(wanted):
                yield data
