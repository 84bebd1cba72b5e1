"""Pairs of labels and values, and repeating tables, in the arrangements that Word templates have for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.reading.answers import Answer
from benchmarks.reading.spec import Grid, Slot
from samples.forms import parts

if TYPE_CHECKING:
    from benchmarks.reading.draw_docx import DocxDrawer

Entries = Sequence[tuple[Slot, Answer]]
Rows = tuple[tuple[Answer, ...], ...]
MARGIN = (
    "Please record all names that the child is or has been known by.",
    "Give the usual or home address.",
    "",
    "All known numbers should be given.",
    "",
    "Staff only: check the system first.",
)


def pairs(drawer: DocxDrawer, entries: Entries, per_row: int, how: str, side: str = "") -> str:
    """Labels with their values in one of the arrangements."""
    if how == "lines":
        return "".join(parts.par(parts.run(f"{slot.label} ", bold=True), drawer.inline(slot, answer)) for slot, answer in entries)
    if how == "dotted":
        return _dotted(drawer, entries, per_row)
    if how == "cells":
        return _cells(drawer, entries)
    if how == "left":
        return left(drawer, entries, per_row, side)
    if how == "margin":
        return _margin(drawer, entries)
    width = drawer.width // per_row
    rows = []
    for start in range(0, len(entries), per_row):
        chunk = entries[start : start + per_row]
        spans = [1] * (len(chunk) - 1) + [1 + per_row - len(chunk)]
        if how == "above":
            rows.append(parts.row(*(drawer.label(s, width * n, n) for (s, _), n in zip(chunk, spans, strict=True))))
            rows.append(parts.row(*(parts.cell(drawer.value(s, a), width * n, span=n) for (s, a), n in zip(chunk, spans, strict=True))))
        else:
            rows.append(parts.row(*(parts.cell(_together(drawer, s, a, how), width * n, span=n) for (s, a), n in zip(chunk, spans, strict=True))))
    return drawer.table(rows, [width] * per_row)


def _together(drawer: DocxDrawer, slot: Slot, answer: Answer, how: str) -> str:
    """Label and value in one cell, on two lines or on one."""
    if how == "stacked":
        return parts.par(parts.run(slot.label, bold=True)) + parts.par(drawer.inline(slot, answer))
    colon = "" if slot.label.endswith((":", "?")) else ":"
    return parts.run(f"{slot.label}{colon} ", bold=True) + drawer.inline(slot, answer)


def left(drawer: DocxDrawer, entries: Entries, per_row: int, side: str = "") -> str:
    """Labels at the left of their values, with the section's name in a merged column where it has one."""
    first = drawer.width // 8 if side else 0
    unit = (drawer.width - first) // per_row
    name = int(unit * (0.42 if per_row > 1 else 0.36))
    rows = []
    for start in range(0, len(entries), per_row):
        chunk = entries[start : start + per_row]
        cells = [parts.label(side if start == 0 else "", first, merge="continue" if start else "restart", fill="BFBFBF")] if side else []
        for i, (slot, answer) in enumerate(chunk):
            spare = 2 * (per_row - len(chunk)) if i == len(chunk) - 1 else 0
            cells += [drawer.label(slot, name), parts.cell(drawer.value(slot, answer), unit - name + spare * unit // 2, span=1 + spare)]
        rows.append(parts.row(*cells))
    return drawer.table(rows, ([first] if side else []) + [name, unit - name] * per_row)


def _dotted(drawer: DocxDrawer, entries: Entries, per_row: int) -> str:
    """Lines without a table: the answer is typed onto dots that run to the next label or to the margin."""
    unit, out = drawer.width // per_row, ""
    for start in range(0, len(entries), per_row):
        stops = content = ""
        chunk = entries[start : start + per_row]
        for i, (slot, answer) in enumerate(chunk):
            last = i == len(chunk) - 1
            end = drawer.width if last else unit * (i + 1) - 200
            stops += f'<w:tab w:val="left" w:leader="dot" w:pos="{end}"/>' + ("" if last else f'<w:tab w:val="left" w:pos="{unit * (i + 1)}"/>')
            said = drawer.inline(slot, answer) if slot.options else drawer.written(answer.text.replace("\n", ", ")) if answer.text else ""
            dots = parts.run("..." if answer.text and not slot.options else "")
            content += parts.run(f"{slot.label} ") + dots + said + ("<w:r><w:tab/></w:r>" * (1 if last else 2))
        out += f"<w:p><w:pPr><w:tabs>{stops}</w:tabs></w:pPr>{content}</w:p>"
    return out


def _cells(drawer: DocxDrawer, entries: Entries) -> str:
    """A row for each question; its options and their boxes in cells of their own."""
    most = max((len(slot.options) for slot, _ in entries), default=1)
    box, option = 500, 1100
    name = drawer.width - most * (box + option)
    rows = []
    for slot, answer in entries:
        cells = [drawer.label(slot, name)]
        if len(slot.options) < 2:
            rows.append(parts.row(*cells, parts.cell(drawer.value(slot, answer), drawer.width - name, span=2 * most)))
            continue
        for i, choice in enumerate(slot.options):
            spare = 2 * (most - len(slot.options)) if i == len(slot.options) - 1 else 0
            cells += [parts.cell(choice, option), parts.cell(drawer.lone(choice in answer.chosen), box, span=1 + spare)]
        rows.append(parts.row(*cells))
    return drawer.table(rows, [name, *[option, box] * most])


def _margin(drawer: DocxDrawer, entries: Entries) -> str:
    widths = [drawer.width // 4, drawer.width // 4, drawer.width - 2 * (drawer.width // 4)]
    rows = [
        parts.row(
            parts.cell(parts.run(MARGIN[i % len(MARGIN)], italic=True, size=15), widths[0]),
            drawer.label(s, widths[1]),
            parts.cell(drawer.value(s, a), widths[2]),
        )
        for i, (s, a) in enumerate(entries)
    ]
    return drawer.table(rows, widths)


def grid(drawer: DocxDrawer, block: Grid, rows: Rows) -> str:
    """A repeating table under its title."""
    title = parts.par(parts.run(block.title, bold=True)) if block.title else ""
    return title + (_turned(drawer, block, rows) if block.heads else _listed(drawer, block, rows))


def _listed(drawer: DocxDrawer, block: Grid, rows: Rows) -> str:
    """A row for each person, and a second one beneath for the last questions where the template has it so."""
    count = len(block.slots) - block.below
    width = drawer.width // count
    main, under = block.slots[:count], block.slots[count:]
    out = [parts.row(*(drawer.title(s.label, width) for s in main), header=True)]
    if block.example:
        out.append(parts.row(*(parts.cell(parts.run(words, italic=True), width) for words in block.example)))
    empty = tuple(Answer() for _ in block.slots)
    for answers in [*rows, *[empty] * block.blank]:
        out.append(parts.row(*(parts.cell(_entry(drawer, s, a, block), width) for s, a in zip(main, answers[:count], strict=True))))
        if under:
            said = [
                parts.run(f"{s.label}: ", bold=True) + (drawer.value(s, a) or parts.run(" ")) for s, a in zip(under, answers[count:], strict=True)
            ]
            out.append(parts.row(parts.cell(parts.run("     ").join(said), width * count, span=count)))
    return drawer.table(out, [width] * count)


def _turned(drawer: DocxDrawer, block: Grid, rows: Rows) -> str:
    """A column for each person, the questions down the side."""
    first = drawer.width // 4
    width = (drawer.width - first) // len(block.heads)
    out = [parts.row(drawer.title("", first), *(drawer.title(head, width) for head in block.heads), header=True)]
    for i, slot in enumerate(block.slots):
        said = [row[i] for row in rows] + [Answer()] * (len(block.heads) - len(rows))
        out.append(parts.row(drawer.title(slot.label, first), *(parts.cell(_entry(drawer, slot, answer, block), width) for answer in said)))
    return drawer.table(out, [first, *[width] * len(block.heads)])


def _entry(drawer: DocxDrawer, slot: Slot, answer: Answer, block: Grid) -> str:
    if block.printed and slot == block.slots[0]:
        return parts.run(answer.text)
    if slot.options:
        return drawer.value(slot, answer)
    return drawer.words(answer.text, blanks=False) if answer.text or drawer.look.empty in {"control", "legacy"} else ""
