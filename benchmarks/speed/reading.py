"""How fast a form is read beside the libraries it is built on, in one run: `python -m benchmarks.speed.reading [--rounds 15]`.

Each reader is warmed once, then timed in turn, so that a busy moment of the machine falls on all of them. Medians, one core, bytes to result.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import docx
import pdfplumber
import pypdfium2

from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.fill import fill
from benchmarks.reading.layouts import known
from benchmarks.reading.spec import layout
from models.forms import FormDefinition
from samples.printing import print_all

TODAY = date(2026, 11, 16)
FOUR_PAGES = layout(
    "four-pages",
    "CAF",
    "Common Assessment Framework",
    "fit",
    known.CAF_FULL.blocks,
    known.MARF_HUB.blocks[3:5],
    known.CAF_SECTIONS.blocks[-6:],
    known.MARF_HUB.blocks[5:9],
    look=known.CAF_SECTIONS.look,
)
Reader = Callable[[], object]
CELLS, PLUMBED = "python-docx open+cells", "pdfplumber words+tables"


def four_page_form(seed: int = 4) -> tuple[bytes, bytes]:
    """A filled form of four pages as a Word document, and as LibreOffice prints it."""
    for attempt in range(40):
        form, _ = fill(FOUR_PAGES, Random(f"{seed}-{attempt}"))
        data = draw_docx(form)
        printed = print_all({"form": data})["form"]
        document = pypdfium2.PdfDocument(printed)
        pages = len(document)
        document.close()
        if pages == 4:
            return data, printed
    raise RuntimeError("no form of four pages among forty")


def docx_cells(data: bytes) -> object:
    """python-docx: open, every cell's text."""
    document = docx.Document(io.BytesIO(data))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def plumbed(data: bytes) -> object:
    """pdfplumber: words and tables of every page."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_words(), page.extract_tables()) for page in pdf.pages]


def pdfium_text(data: bytes) -> object:
    """pypdfium2: the text of every page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def our_document(data: bytes, name: str) -> object:
    """Our reader, bytes to Document."""
    from pipeline.extract.reader import read_document
    from pipeline.ingest.attachments import identify

    return read_document(data, name, identify(data, name))


def our_extraction(data: bytes, name: str) -> object:
    """Our reader, bytes to Extraction, in this process."""
    from pipeline.extract.reader import read_document
    from pipeline.extract.understand import understand
    from pipeline.ingest.attachments import identify

    return understand(read_document(data, name, identify(data, name)), _forms(), TODAY)


@cache
def _forms() -> tuple[FormDefinition, ...]:
    """The form definitions, loaded once, as the product does."""
    from pipeline.authorities.forms import load_forms

    return load_forms()


def others(word: bytes) -> dict[str, Reader]:
    """Peers that happen to be installed; none of them is a dependency."""
    found: dict[str, Reader] = {}
    try:
        docx2python = importlib.import_module("docx2python").docx2python
        found["docx2python"] = lambda: docx2python(io.BytesIO(word)).text
    except ImportError:
        pass
    try:
        converter = importlib.import_module("markitdown").MarkItDown()
        found["markitdown"] = lambda: converter.convert_stream(io.BytesIO(word), file_extension=".docx")
    except ImportError:
        pass
    return found


def docx_readers(data: bytes, name: str) -> dict[str, Reader]:
    """What is timed on a Word document."""
    return {
        CELLS: lambda: docx_cells(data),
        "ours, document": lambda: our_document(data, name),
        "ours, extraction": lambda: our_extraction(data, name),
        **others(data),
    }


def pdf_readers(data: bytes, name: str) -> dict[str, Reader]:
    """What is timed on a PDF."""
    return {
        PLUMBED: lambda: plumbed(data),
        "pypdfium2 text": lambda: pdfium_text(data),
        "ours, document": lambda: our_document(data, name),
        "ours, extraction": lambda: our_extraction(data, name),
    }


def measure(readers: dict[str, Reader], rounds: int) -> dict[str, float]:
    """Median milliseconds of each."""
    for reader in readers.values():
        reader()
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, reader in readers.items():
            start = time.perf_counter()
            reader()
            taken[name].append(1000 * (time.perf_counter() - start))
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Time the readers side by side.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("files", nargs="*", type=Path, help="time these .docx and .pdf files instead of a generated form of four pages")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    timed: list[tuple[str, dict[str, float], str]] = []
    for data, name in [(path.read_bytes(), path.name) for path in options.files] or zip(
        four_page_form(), ("four pages.docx", "four pages.pdf"), strict=True
    ):
        readers, yardstick = (pdf_readers(data, name), PLUMBED) if data.startswith(b"%PDF") else (docx_readers(data, name), CELLS)
        timed.append((name, measure(readers, options.rounds), yardstick))
    for name, times, yardstick in timed:
        print(name)
        for reader, milliseconds in times.items():
            print(f"  {reader:26s} {milliseconds:8.1f} ms  {milliseconds / times[yardstick]:6.2f} x {yardstick}")
    if options.json:
        options.json.write_text(json.dumps({name: times for name, times, _ in timed}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
