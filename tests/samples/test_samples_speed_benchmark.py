"""The speed benchmark measures what it says: every reader is run, and reads the form it is given."""

from __future__ import annotations

from random import Random

from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.fill import fill
from benchmarks.speed.reading import CELLS, FOUR_PAGES, docx_cells, docx_readers, measure, our_extraction
from models.extraction import Extraction


def test_all_readers_are_timed_and_see_the_same_words() -> None:
    form, gold = fill(FOUR_PAGES, Random(1))
    data = draw_docx(form)
    times = measure(docx_readers(data, "form.docx"), 1)
    assert {CELLS, "ours, document", "ours, extraction"} <= set(times)
    assert all(milliseconds > 0 for milliseconds in times.values())
    cells = docx_cells(data)
    assert isinstance(cells, list)
    assert "Given name(s)" in cells
    read = our_extraction(data, "form.docx")
    assert isinstance(read, Extraction)
    assert read.record.children
    assert gold.values
