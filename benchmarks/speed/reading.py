"""How fast a form is read, and in how much memory: `python -m benchmarks.speed.reading [--rounds 15] [--peers ENV]`; `make bench-speed` builds ENV.

Each reader is warmed once, then timed in turn, so that a busy moment of the machine falls on all of them. Medians, one core, bytes to result. Peers with
heavy dependencies are timed in an environment of their own, in the same turns. The memory is the most that a document's child process held, with all it started.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from random import Random

import docx
import pdfplumber
import pypdfium2

from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.fill import fill
from benchmarks.reading.layouts import known
from benchmarks.reading.scanner import scan
from benchmarks.reading.spec import layout
from benchmarks.speed.memory import peak_while
from benchmarks.speed.peers import Peers
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
Timer = Callable[[], float]
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


def docx_readers(data: bytes, name: str) -> dict[str, Reader]:
    """What is timed on a Word document."""
    return {
        CELLS: lambda: docx_cells(data),
        "ours, document": lambda: our_document(data, name),
        "ours, extraction": lambda: our_extraction(data, name),
    }


def pdf_readers(data: bytes, name: str) -> dict[str, Reader]:
    """What is timed on a PDF."""
    return {
        PLUMBED: lambda: plumbed(data),
        "pypdfium2 text": lambda: pdfium_text(data),
        "ours, document": lambda: our_document(data, name),
        "ours, extraction": lambda: our_extraction(data, name),
    }


def timed(reader: Reader) -> Timer:
    """A reader as something that runs once and says its milliseconds."""

    def run() -> float:
        start = time.perf_counter()
        reader()
        return 1000 * (time.perf_counter() - start)

    return run


def measure(timers: dict[str, Timer], rounds: int) -> dict[str, float]:
    """Median milliseconds of each, after one run to warm it."""
    for timer in timers.values():
        timer()
    taken: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(rounds):
        for name, timer in timers.items():
            taken[name].append(timer())
    return {name: statistics.median(times) for name, times in taken.items()}


def memory(files: dict[str, bytes]) -> dict[str, float]:
    """Megabytes that the child process of each file held at most, read as a mail's attachment is."""
    from pipeline.extract.safe import SafeReader
    from pipeline.ingest.attachments import identify

    reader = SafeReader(TODAY)
    try:
        reader.file(b"Name of child: Orla", "warm-up", identify(b"Name of child: Orla"))
        return {name: peak_while(partial(reader.files, data, name, identify(data, name)))[1] for name, data in files.items()}
    finally:
        reader.close()


def show_times(name: str, times: dict[str, float], yardstick: str) -> None:
    """One document's readers, with their ratios."""
    print(name)
    for reader, milliseconds in times.items():
        ours = times["ours, extraction"]
        print(
            f"  {reader:26s} {milliseconds:8.1f} ms  {milliseconds / times[yardstick]:6.2f} x {yardstick}  (ours takes {ours / milliseconds:5.2f} of it)"
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Time the readers side by side, and measure their memory.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--peers", type=Path, help="the environment with the packages of peers.txt")
    parser.add_argument("files", nargs="*", type=Path, help="time these .docx and .pdf files instead of a generated form of four pages")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    files = {path.name: path.read_bytes() for path in options.files} or dict(
        zip(("four pages.docx", "four pages.pdf"), four_page_form(), strict=True)
    )
    figures = {name: times_of(data, name, options.rounds, options.peers) for name, data in files.items()}
    for name, data in [*files.items()] if not options.files else []:
        if data.startswith(b"%PDF"):
            files[f"scan of {name}"] = scan(data, Random(1))
    print("most memory of the child process")
    held = memory(files)
    for name, megabytes in held.items():
        print(f"  {name:26s} {megabytes:8.0f} MB")
    if options.json:
        options.json.write_text(json.dumps({"milliseconds": figures, "megabytes": held}, indent=1), encoding="utf-8")


def times_of(data: bytes, name: str, rounds: int, peers: Path | None) -> dict[str, float]:
    """Every reader's time on one document, shown."""
    readers, yardstick = (pdf_readers(data, name), PLUMBED) if data.startswith(b"%PDF") else (docx_readers(data, name), CELLS)
    timers = {label: timed(reader) for label, reader in readers.items()}
    if peers is None or yardstick == PLUMBED:
        times = measure(timers, rounds)
    else:
        with Peers(peers, data) as others:
            times = measure({**timers, **others.timers()}, rounds)
            for peer, why in others.failing.items():
                print(f"  {peer} did not run: {why}")
    show_times(name, times, yardstick)
    return times


if __name__ == "__main__":
    main()
