"""Pages joined into one document: running headers and footers taken out, tables put together again, headings told by their size."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace

from models.document import Block, Line, Place, Table
from pipeline.extract.pdf.continued import Piece, continues, join_tables
from pipeline.extract.pdf.layout import PageBlocks, in_order
from pipeline.extract.pdf.stacked import with_stacked

_BAND = 0.09
_LARGER = 1.08
_HEADING_WORDS = 20
_SAME_SIZE = 6
_LABELS = 6
_PAGE_NUMBER = re.compile(r"^\W*(page\s*)?\d{1,3}(\s*(of|/)\s*\d{1,3})?\W*$", re.IGNORECASE)

_BROWSER = re.compile(r"(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?:\s?[AP]M)?|(?:https?|file)://\S+)$", re.IGNORECASE)
_LEVEL = 2.0


def join_pages(pages: list[PageBlocks]) -> tuple[tuple[Block, ...], tuple[Line, ...]]:
    """The body's blocks, and the lines that run along the margins."""
    running = _running(pages)
    margins: dict[str, Line] = {}
    pieces: list[list[Piece]] = []
    for page in pages:
        body: list[Block] = []
        printed = _printed_by_a_browser(page)
        for block in page.blocks:
            if isinstance(block, Line) and _is_margin(block, page, running, printed):
                margins.setdefault(_pattern(block), replace(block, heading=None))
            else:
                body.append(block)
        pieces.append(_pieces(body, page, pieces[-1][-1] if pieces and pieces[-1] else None))
    sizes: Counter[int] = Counter()
    for page in pages:
        sizes.update(page.letters)
    blocks = with_stacked(_headings(join_tables(pieces), sizes))
    return tuple(_numbered(blocks)), tuple(margins.values())


def _pieces(body: list[Block], page: PageBlocks, last: Piece | None) -> list[Piece]:
    """A page's blocks, with frames opened into lines, unless the first of them goes on with the table that closed the page before."""
    pieces = [Piece(block, page.columns.get(id(block), ()), page.size[1]) for block in body]
    keep = id(body[0]) if pieces and last is not None and continues(last, pieces[0]) else 0
    opened: list[Block] = []
    for block in body:
        if isinstance(block, Table) and id(block) in page.frames and id(block) != keep:
            opened += block.cells[0].lines
        else:
            opened.append(block)
    if len(opened) == len(body) and opened == body:
        return pieces
    return [Piece(block, page.columns.get(id(block), ()), page.size[1]) for block in in_order(opened)]


# Margins ------------------------------------------------------------------------------------------------------------


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip()


def _running(pages: list[PageBlocks]) -> set[tuple[str, int]]:
    """Texts, numbers aside, that stand in the margin at the same height of more than one page."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({_key(block) for block in page.blocks if isinstance(block, Line) and _in_band(block, page)})
    return {key for key, count in counts.items() if count > 1}


def _key(line: Line) -> tuple[str, int]:
    box = line.box
    return _pattern(line), round(box[1] / 6) if box else 0


def _in_band(line: Line, page: PageBlocks) -> bool:
    box = line.box
    height = page.size[1]
    return box is not None and (box[3] < _BAND * height or box[1] > (1 - _BAND) * height)


def _is_margin(line: Line, page: PageBlocks, running: set[tuple[str, int]], printed: list[float]) -> bool:
    if not _in_band(line, page):
        return False
    box = line.box
    level = box is not None and any(abs(box[1] - top) <= _LEVEL for top in printed)
    return level or _key(line) in running or bool(_PAGE_NUMBER.match(line.text))


def _printed_by_a_browser(page: PageBlocks) -> list[float]:
    """The heights at which a browser printed the time, or the page's address: all that stands level with them is its own."""
    lines = [block for block in page.blocks if isinstance(block, Line) and _in_band(block, page)]
    return [line.place.box[1] for line in lines if line.place and line.place.box and _BROWSER.match(line.text.strip())]


# Headings -----------------------------------------------------------------------------------------------------------


def _headings(blocks: list[Block], letters: Counter[int]) -> list[Block]:
    """Bold lines larger than the document's usual letters made headings, the largest level 1. Until here `heading` held a size (words.py)."""
    usual = max(letters.most_common(1)[0][0] if letters else 0, _label_size(blocks))
    levels: dict[int | None, int] = {}
    largest, level = 0, 0
    for size in sorted({size for block in blocks if (size := _heading_size(block, usual))}, reverse=True):
        if level == 0 or size < largest - _SAME_SIZE:
            largest, level = size, level + 1
        levels[size] = level
    return [_with_level(block, levels.get(_heading_size(block, usual))) for block in blocks]


def _label_size(blocks: list[Block]) -> int:
    """The size of bold labels in tables, where there are enough to tell: a loose line of that size is a label too."""
    sizes = Counter(line.heading for block in blocks if isinstance(block, Table) for cell in block.cells for line in cell.lines if line.heading)
    size, count = sizes.most_common(1)[0] if sizes else (0, 0)
    return size if count >= _LABELS else 0


def _heading_size(block: Block, usual: int) -> int:
    if not isinstance(block, Line) or block.heading is None or block.heading <= usual * _LARGER:
        return 0
    return block.heading if len(block.text.split()) <= _HEADING_WORDS else 0


def _with_level(block: Block, level: int | None) -> Block:
    return replace(block, heading=level) if isinstance(block, Line) else _plain(block)


def _plain(table: Table) -> Table:
    return replace(
        table,
        cells=tuple(
            replace(cell, lines=tuple(replace(line, heading=None) for line in cell.lines), tables=tuple(_plain(inner) for inner in cell.tables))
            for cell in table.cells
        ),
    )


# Places -------------------------------------------------------------------------------------------------------------


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
