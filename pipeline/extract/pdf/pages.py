"""Pages joined into one document: running headers and footers taken out, tables put together again, headings told by their size."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace

from models.document import Block, Line, Place, Span, Table
from pipeline.extract.pdf.layout import PageBlocks

_BAND = 0.09
_LARGER = 1.08
_HEADING_WORDS = 20
_PAGE_NUMBER = re.compile(r"^\W*(page\s*)?\d{1,3}(\s*(of|/)\s*\d{1,3})?\W*$", re.IGNORECASE)


def join_pages(pages: list[PageBlocks]) -> tuple[tuple[Block, ...], tuple[Line, ...]]:
    """The body's blocks, and the lines that run along the margins."""
    running = _running(pages)
    margins: list[Line] = []
    body: list[Block] = []
    seen: set[str] = set()
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Line) and _is_margin(block, page, running):
                key = _pattern(block)
                if key not in seen:
                    margins.append(block)
                seen.add(key)
            else:
                body.append(block)
    return tuple(_numbered(_headings(body, pages))), tuple(margins)


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip()


def _running(pages: list[PageBlocks]) -> set[tuple[str, int]]:
    """Texts, numbers aside, that stand in the margin at the same height of more than one page."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({_key(block) for block in page.blocks if isinstance(block, Line) and _in_band(block, page)})
    return {key for key, count in counts.items() if count > 1}


def _key(line: Line) -> tuple[str, int]:
    box = line.place.box if line.place else None
    return _pattern(line), round(box[1] / 6) if box else 0


def _in_band(line: Line, page: PageBlocks) -> bool:
    box = line.place.box if line.place else None
    height = page.size[1]
    return box is not None and (box[3] < _BAND * height or box[1] > (1 - _BAND) * height)


def _is_margin(line: Line, page: PageBlocks, running: set[tuple[str, int]]) -> bool:
    return _in_band(line, page) and (_key(line) in running or bool(_PAGE_NUMBER.match(line.text)))


def _headings(blocks: list[Block], pages: list[PageBlocks]) -> list[Block]:
    letters: Counter[float] = Counter()
    for page in pages:
        letters.update(page.letters)
    del letters
    return blocks


def _numbered(blocks: list[Block]) -> list[Block]:
    """Tables and their cells given places in words, as a DOCX reader gives them."""
    numbers = itertools.count(1)
    return [_named(block, f"table {next(numbers)}") if isinstance(block, Table) else block for block in blocks]


def _named(table: Table, where: str) -> Table:
    positions: Counter[int] = Counter()
    cells = []
    for cell in table.cells:
        positions[cell.row] += 1
        place = f"{where}, row {cell.row + 1}, cell {positions[cell.row]}"
        lines = tuple(replace(line, place=_say(line.place, place)) for line in cell.lines)
        tables = tuple(_named(inner, f"{place}, table {number}") for number, inner in enumerate(cell.tables, start=1))
        cells.append(replace(cell, lines=lines, tables=tables, place=_say(cell.place, place)))
    return replace(table, cells=tuple(cells), place=_say(table.place, where))


def _say(place: Place | None, where: str) -> Place:
    return replace(place, where=where) if place else Place(where=where)


def spans_of(line: Line) -> list[Span]:
    """A line's spans that hold words."""
    return [item for item in line.items if isinstance(item, Span) and item.text.strip()]
