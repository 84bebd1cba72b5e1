"""What is fuzzed, and what it promises. A broken promise is a find."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes
from pathlib import Path

from benchmarks.hostile.package import body, docx, paragraph
from benchmarks.hostile.pdf import SHOWN, one_page
from models.mail import FileKind
from pipeline.authorities.forms import load_forms
from pipeline.errors import Unreadable
from pipeline.extract.body import read_body
from pipeline.extract.caps import Caps
from pipeline.extract.pdf.read import read_pdf
from pipeline.extract.reader import read_document
from pipeline.extract.understand import understand
from pipeline.ingest.message import thread_ids
from pipeline.opening import opened_here

SAMPLES = Path(__file__).parents[2] / "samples/mails"
_OURS = str(Path(__file__).parents[2] / "pipeline")
_XML = b"<?xml"
TODAY = date(2026, 11, 2)
NO_OCR = Caps(ocr_pages=0)


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
    _answered(lambda: read_document(as_file("word", data), "fuzzed", FileKind.DOCX))


def pdf(data: bytes) -> None:
    """A PDF document is read or refused. Bytes that are no PDF are taken for what one page draws; nothing is sent to OCR, which is another program."""
    _answered(lambda: read_pdf(as_file("pdf", data), "fuzzed", NO_OCR))


def form(data: bytes) -> None:
    """Any text is understood as a form, whatever it says, and what came of it can be written down."""
    text = data.decode("utf-8", "replace")
    _answered(lambda: understand(read_body(text, None, "fuzzed"), load_forms(), TODAY).model_dump_json())


def as_file(target: str, data: bytes) -> bytes:
    """A Word or PDF file round what was made up, where it is none itself."""
    if target == "pdf":
        return data if data.startswith(b"%PDF") else one_page(data)
    return data if data.startswith(b"PK") else docx(data if data.startswith(_XML) else body(data.decode("utf-8", "replace")))


def _answered(work: Callable[[], object]) -> None:
    """Errors of libraries are answered by the sandbox, as a document that is damaged; one raised by a line of ours is a find."""
    try:
        work()
    except (Unreadable, MemoryError, RecursionError):
        return
    except Exception as error:
        if traceback.extract_tb(error.__traceback__)[-1].filename.startswith(_OURS):
            raise


TARGETS: dict[str, Callable[[bytes], None]] = {"mime": mime, "word": word, "pdf": pdf, "form": form}


def seeds(target: str) -> Iterator[bytes]:
    """Small inputs that show the way in: the samples, and what hangs on them."""
    if target == "word":
        yield body(paragraph("Name of child: Orla"))
        yield body("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    if target == "pdf":
        yield SHOWN
        yield b"50 700 400 40 re S 250 700 m 250 740 l S BT /F1 11 Tf 55 715 Td (Date of birth) Tj 200 0 Td (3/4/2016) Tj ET\n" + SHOWN
        yield one_page()
        return
    if target == "form":
        yield b"Name of child: Orla Fennimore\nDate of birth: 3/4/2016\nConsent? Yes [x] No [ ]\n"
        yield b"| Name | DOB | Relationship |\n| Tam Fennimore | 1.2.90 | father |\n"
        yield b"Reason for referral\nOrla said: 'no'. Mum's mobile 07700 900123, LS1 4AP\n"
        return
    for path in sorted(SAMPLES.glob("*.eml")):
        raw = path.read_bytes()
        if target == "mime":
            yield raw[:60_000]
            continue
        for part in message_from_bytes(raw).walk():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.startswith(b"PK"):
                yield data
