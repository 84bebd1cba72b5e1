"""The speed benchmark measures what it says: every reader is run, and reads the form it is given."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.fill import fill
from benchmarks.speed.peers import Peers
from benchmarks.speed.reading import CELLS, FOUR_PAGES, docx_cells, docx_readers, measure, memory, our_extraction, timed
from models.extraction import Extraction


def test_all_readers_are_timed_and_see_the_same_words() -> None:
    form, gold = fill(FOUR_PAGES, Random(1))
    data = draw_docx(form)
    times = measure({name: timed(reader) for name, reader in docx_readers(data, "form.docx").items()}, 1)
    assert {CELLS, "ours, document", "ours, extraction"} <= set(times)
    assert all(milliseconds > 0 for milliseconds in times.values())
    cells = docx_cells(data)
    assert isinstance(cells, list)
    assert "Given name(s)" in cells
    read = our_extraction(data, "form.docx")
    assert isinstance(read, Extraction)
    assert read.record.children
    assert gold.values


def test_memory_is_that_of_the_child() -> None:
    (held,) = memory({"form.docx": draw_docx(fill(FOUR_PAGES, Random(1))[0])}).values()
    assert 20 < held < 300


def test_a_peer_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The worker runs in any Python: here in our own, without the peers."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    with Peers(tmp_path, draw_docx(fill(FOUR_PAGES, Random(1))[0])) as peers:
        assert set(peers.failing) | set(peers.working) == {"docx2python", "docling", "markitdown"}
        assert all(timer() > 0 for timer in peers.timers().values())
