"""Places of a page that had to be turned to be read, given as they are on the page as it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from models.document import Block, Box, Line, Place, Table
from pipeline.extract.pdf.layout import PageBlocks
from pipeline.extract.pdf.view import View


def turned_back(page: PageBlocks, upright: View, shown: View) -> PageBlocks:
    """The blocks of a page read sideways, with every box where a person looking at the page finds it."""

    def box(found: Box) -> Box:
        ax, ay = upright.back(found[0], found[1])
        bx, by = upright.back(found[2], found[3])
        return shown.box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    return moved(page, shown.size, box)


def moved(page: PageBlocks, size: tuple[float, float], box: Callable[[Box], Box]) -> PageBlocks:
    """A page's blocks with every box put through a function."""

    def place(found: Place | None) -> Place | None:
        return replace(found, box=box(found.box)) if found is not None and found.box is not None else found

    def line(found: Line) -> Line:
        return replace(found, items=tuple(replace(item, place=place(item.place)) for item in found.items), place=place(found.place))

    def table(found: Table) -> Table:
        cells = tuple(
            replace(cell, lines=tuple(map(line, cell.lines)), tables=tuple(map(table, cell.tables)), place=place(cell.place)) for cell in found.cells
        )
        return replace(found, cells=cells, place=place(found.place))

    turned: list[Block] = [line(block) if isinstance(block, Line) else table(block) for block in page.blocks]
    ids = {id(old): id(new) for old, new in zip(page.blocks, turned, strict=True)}
    return replace(
        page,
        size=size,
        blocks=tuple(turned),
        columns={ids[number]: lines for number, lines in page.columns.items()},
        frames=frozenset(ids[number] for number in page.frames),
    )
