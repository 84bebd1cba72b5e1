"""Mixed mail for the measurements: made-up families on many layouts, half Word and half PDF, each form in a mail of its own; and short mails for a backlog."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path
from random import Random

import pypdfium2

from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.generate import make
from benchmarks.reading.layouts import all_layouts
from samples.printing import print_all

WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGES = 3


def mixed(count: int, seed: int, cache: Path) -> list[bytes]:
    """So many mails, of forms of about three pages. Printing takes longest, so what was made is kept."""
    cache.mkdir(parents=True, exist_ok=True)
    kept = [cache / f"{seed}-{number}.eml" for number in range(count)]
    if not all(path.exists() for path in kept):
        for path, raw in zip(kept, _made(count, seed), strict=True):
            path.write_bytes(raw)
    return [path.read_bytes() for path in kept]


def _made(count: int, seed: int) -> list[bytes]:
    layouts = [layout for layout in all_layouts(seed) if layout.split == "fit"]
    documents: dict[str, bytes] = {}
    tried = 0
    while len(documents) < 3 * count:
        layout = layouts[tried % len(layouts)]
        documents[str(tried)] = draw_docx(make(layout, tried, seed, "docx").form)
        tried += 1
    printed = print_all(documents)
    near = sorted(documents, key=lambda name: abs(_pages(printed[name]) - PAGES))[:count]
    dice = Random(seed)
    dice.shuffle(near)
    return [_mail(number, documents[name], "docx") if number % 2 else _mail(number, printed[name], "pdf") for number, name in enumerate(near)]


def _pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    pages = len(document)
    document.close()
    return pages


def _mail(number: int, data: bytes, kind: str) -> bytes:
    message = short(number)
    message.add_attachment(data, maintype="application", subtype=WORD if kind == "docx" else "pdf", filename=f"Referral {number}.{kind}")
    return message.as_bytes()


def short(number: int) -> EmailMessage:
    """A mail with a few words."""
    message = EmailMessage()
    message["From"] = f"Referrer <referrer{number}@school{number % 97}.example.org>"
    message["To"] = "mash@example-council.example"
    message["Subject"] = f"Referral {number}"
    message["Date"] = "Mon, 16 Nov 2026 10:00:00 +0000"
    message["Message-ID"] = f"<bench-{number}@school{number % 97}.example.org>"
    message.set_content(f"Please find a referral attached.\n\nNumber {number}\n")
    return message
