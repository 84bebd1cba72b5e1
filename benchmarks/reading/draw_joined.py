"""The template that is one long table: headings, pairs and boxes are its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.reading.answers import FilledBlock
from benchmarks.reading.spec import Box, Heading, Pairs
from samples.forms import parts

if TYPE_CHECKING:
    from benchmarks.reading.draw_docx import DocxDrawer


def joined(drawer: DocxDrawer) -> list[str]:
    """Headings, pairs and boxes as rows of one table for as long as they follow each other; other blocks stand between."""
    unit = drawer.width // 4
    widths = [unit - 300, unit + 300, unit - 300, unit + 300]
    out: list[str] = []
    rows: list[str] = []
    for filled in drawer.form.blocks:
        more = _rows(drawer, filled, widths)
        if more is not None:
            rows += more
            continue
        if rows:
            out.append(drawer.table(rows, widths))
            rows = []
        out.append(drawer.block(filled))
    return [*out, drawer.table(rows, widths)] if rows else out


def _rows(drawer: DocxDrawer, filled: FilledBlock, widths: list[int]) -> list[str] | None:
    block, whole = filled.block, sum(widths)
    if isinstance(block, Heading):
        return [parts.row(parts.label(parts.par(parts.run(block.text, bold=True, size=drawer.look.size + 2)), whole, span=4, fill="BFBFBF"))]
    if isinstance(block, Box):
        return [parts.row(drawer.label(block.slot, whole, 4)), parts.row(parts.cell(drawer.prose(filled.rows[0][0].text), whole, span=4))]
    if not isinstance(block, Pairs) or block.how not in {"left", "colon"} or block.per_row > 2 or block.side:
        return None
    entries = list(zip(block.slots, filled.rows[0], strict=True))
    rows = []
    for start in range(0, len(entries), block.per_row):
        chunk = entries[start : start + block.per_row]
        cells = []
        for i, (slot, answer) in enumerate(chunk):
            span = 1 if len(chunk) == 2 else 3
            cells += [
                drawer.label(slot, widths[0]),
                parts.cell(drawer.inline(slot, answer), sum(widths[2 * i + 1 : 2 * i + 1 + span]), span=span),
            ]
        rows.append(parts.row(*cells))
    return rows
