"""Draws a filled form as it looks when pasted into a mail: as HTML tables, or flattened to plain text."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence

from benchmarks.reading.answers import Answer, FilledBlock, FilledForm
from benchmarks.reading.marks import OFF, ON
from benchmarks.reading.spec import (
    Beside,
    Box,
    ChildBlocks,
    Columns,
    Floating,
    Grid,
    Guide,
    Heading,
    Options,
    Pairs,
    Printed,
    Questions,
    Running,
    Sentence,
    Slot,
    Twin,
    block_slots,
)


def _marks(slot: Slot, answer: Answer, mark: str, tick: str) -> str:
    if tick == "brackets":
        return "   ".join(f"[{mark if o in answer.chosen else ' '}] {o}" for o in slot.options)
    if tick in {"glyph", "check_before", "symbol"}:
        return "   ".join(f"{ON if o in answer.chosen else OFF} {o}" for o in slot.options)
    if tick in {"dropdown", "legacy_dropdown"}:
        return ", ".join(answer.chosen)
    return "   ".join(f"{o} {mark}" if o in answer.chosen else o for o in slot.options)


def words(form: FilledForm, slot: Slot, answer: Answer) -> str:
    """The answer as plain words: options with the mark after the one chosen; an X where a lone box was ticked."""
    if len(slot.options) == 1:
        return form.mark if answer.chosen else ""
    return _marks(slot, answer, form.mark, form.layout.look.tick) if slot.options else answer.text


def in_sentence(slot: Slot, answer: Answer) -> str:
    """A sentence with the answer in it, or with both options where none was deleted."""
    return slot.label.replace("{}", answer.chosen[0] if answer.chosen else "/".join(slot.options))


class HtmlDrawer:
    """Draws one form as HTML."""

    def __init__(self, form: FilledForm) -> None:
        self.form = form

    def draw(self) -> str:
        """The whole HTML body."""
        inside = self._joined() if self.form.layout.look.joined else "".join(self._block(f) for f in self.form.blocks)
        return f"<html><body><p><b>{html.escape(self.form.layout.title)}</b></p>\n{inside}</body></html>\n"

    def _joined(self) -> str:
        """Headings, pairs and boxes as rows of one table for as long as they follow each other."""
        out, open_table = "", False
        for filled in self.form.blocks:
            rows = self._joined_rows(filled)
            if rows is not None and not open_table:
                out += '<table class="MsoNormalTable" border="1" cellspacing="0">\n'
            if rows is None and open_table:
                out += "</table>\n<p>&nbsp;</p>\n"
            open_table = rows is not None
            out += self._block(filled) if rows is None else rows
        return f"{out}</table>\n" if open_table else out

    def _joined_rows(self, filled: FilledBlock) -> str | None:
        block = filled.block

        def across(text: str, shade: str = "") -> str:
            return f'<tr><td colspan="4"{shade}><p class="MsoNormal">{text or "&nbsp;"}</p></td></tr>\n'

        if isinstance(block, Heading):
            return across(f"<b>{html.escape(block.text)}</b>", ' style="background:#bfbfbf"')
        if isinstance(block, Box):
            return across(f"<b>{html.escape(block.slot.label)}</b>") + across(self._value(block.slot, filled.rows[0][0]))
        if not isinstance(block, Pairs) or block.how not in {"left", "colon"} or block.per_row > 2:
            return None
        out, entries = "", list(zip(block.slots, filled.rows[0], strict=True))
        for start in range(0, len(entries), block.per_row):
            chunk = entries[start : start + block.per_row]
            span = ' colspan="3"' if len(chunk) == 1 else ""
            cells = "".join(f"<td><p><b>{html.escape(s.label)}</b></p></td><td{span}><p>{self._value(s, a) or '&nbsp;'}</p></td>" for s, a in chunk)
            out += f"<tr>{cells}</tr>\n"
        return out

    def _value(self, slot: Slot, answer: Answer) -> str:
        if slot.options and len(slot.options) > 1 and self.form.layout.look.tick == "bold":
            return " / ".join(f"<b>{html.escape(o)}</b>" if o in answer.chosen else html.escape(o) for o in slot.options)
        return html.escape(words(self.form, slot, answer)).replace("\n", "<br>")

    def _table(self, rows: list[list[tuple[str, bool]]]) -> str:
        out = ""
        for row in rows:
            cells = "".join(f'<td><p class="MsoNormal">{f"<b>{text}</b>" if is_label else text or "&nbsp;"}</p></td>' for text, is_label in row)
            out += f"<tr>{cells}</tr>\n"
        return f'<table class="MsoNormalTable" border="1" cellspacing="0">\n{out}</table>\n<p>&nbsp;</p>\n'

    def _pairs(self, slots: Sequence[Slot], answers: Sequence[Answer], per_row: int, how: str) -> str:
        entries = [(html.escape(s.label), self._value(s, a)) for s, a in zip(slots, answers, strict=True)]
        if how in {"lines", "dotted"}:
            dots = " ..........." if how == "dotted" else ""
            return "".join(f"<p>{label} {value}{dots}</p>\n" for label, value in entries)
        rows: list[list[tuple[str, bool]]] = []
        for start in range(0, len(entries), per_row):
            chunk = entries[start : start + per_row]
            if how == "above":
                rows += [[(label, True) for label, _ in chunk], [(value, False) for _, value in chunk]]
            elif how in {"stacked", "colon"}:
                rows.append([(f"<b>{label}</b>{'<br>' if how == 'stacked' else ' '}{value}", False) for label, value in chunk])
            else:
                rows.append([cell for label, value in chunk for cell in ((label, True), (value, False))])
        return self._table(rows)

    def _turned(self, block: Grid, rows: tuple[tuple[Answer, ...], ...]) -> str:
        lines = [[("", True), *((html.escape(head), True) for head in block.heads)]]
        for i, slot in enumerate(block.slots):
            said = [(self._value(slot, row[i]), False) for row in rows] + [("", False)] * (len(block.heads) - len(rows))
            lines.append([(html.escape(slot.label), True), *said])
        return (f"<p><b>{html.escape(block.title)}</b></p>\n" if block.title else "") + self._table(lines)

    def _block(self, filled: FilledBlock) -> str:
        block, rows = filled.block, filled.rows
        if isinstance(block, Heading):
            return f"<p><b>{html.escape(block.text)}</b></p>\n"
        if isinstance(block, Guide):
            return f"<p><i>{html.escape(block.text)}</i></p>\n"
        if isinstance(block, Pairs):
            return self._pairs(block.slots, rows[0], block.per_row, block.how)
        if isinstance(block, Grid) and block.heads:
            return self._turned(block, rows)
        if isinstance(block, Grid):
            head = [(html.escape(s.label), True) for s in block.slots]
            example = [[(html.escape(words), False) for words in block.example]] if block.example else []
            body = [[(self._value(s, a), False) for s, a in zip(block.slots, row, strict=True)] for row in rows]
            return (f"<p><b>{html.escape(block.title)}</b></p>\n" if block.title else "") + self._table(
                [head, *example, *body, *[[("", False)] * len(head)] * min(1, block.blank)]
            )
        if isinstance(block, Box):
            return self._pairs((block.slot,), rows[0], 1, {"below": "above", "beside": "left", "same": "stacked"}[block.how])
        if isinstance(block, Columns):
            return self._pairs(block.slots, rows[0], len(block.slots), "above")
        if isinstance(block, Twin):
            return self._table(
                [
                    line
                    for slots, answers in zip((block.questions, block.reasons), rows, strict=True)
                    for line in (
                        [(html.escape(s.label), True) for s in slots],
                        [(self._value(s, a), False) for s, a in zip(slots, answers, strict=True)],
                    )
                ]
            )
        if isinstance(block, Printed):
            return self._table([[(html.escape(words), False) for words in line] for line in block.rows])
        if isinstance(block, Sentence):
            return f"<p>{html.escape(in_sentence(block.slot, rows[0][0]))}</p>\n"
        if isinstance(block, Questions | Beside | Floating | Running):
            return self._pairs(block_slots(block), rows[0], 1, "left")
        if isinstance(block, Options):
            return f"<p><b>{html.escape(block.slot.label)}</b></p>\n" + self._table(
                [[(html.escape(o), False), (self.form.mark if o in rows[0][0].chosen else "", False)] for o in block.slot.options]
            )
        return "".join(
            f"<p><b>{block.head.format(i)}</b></p>\n{self._pairs(block.slots, row, block.per_row, 'left')}" for i, row in enumerate(rows, 1)
        )


def draw_html(form: FilledForm) -> str:
    """The form as HTML."""
    return HtmlDrawer(form).draw()


def wrapped(text: str, width: int = 74) -> str:
    """The same text as some mail programs send it: long lines broken at a space; those with tabs are left."""
    lines = [[line] if "\t" in line or not line else textwrap.wrap(line, width, break_long_words=False) for line in text.split("\n")]
    return "\n".join(part for line in lines for part in line)


def draw_text(form: FilledForm) -> str:
    """The form as plain text: a line for each question, tabs between the columns of a table."""
    out = [form.layout.title, ""]

    def line(slot: Slot, answer: Answer) -> str:
        label = slot.label if slot.label.endswith((":", "?")) else f"{slot.label}:"
        return f"{label} {words(form, slot, answer)}".rstrip()

    for filled in form.blocks:
        block, rows = filled.block, filled.rows
        if isinstance(block, Heading | Guide):
            out += ["", block.text]
        elif isinstance(block, Grid) and block.heads:
            out += ["", *([block.title] if block.title else []), "\t".join(["", *block.heads])]
            out += ["\t".join([s.label, *(words(form, s, row[i]).replace("\n", ", ") for row in rows)]) for i, s in enumerate(block.slots)]
        elif isinstance(block, Grid):
            out += ["", *([block.title] if block.title else []), "\t".join(s.label for s in block.slots)]
            out += ["\t".join(words(form, s, a).replace("\n", ", ") for s, a in zip(block.slots, row, strict=True)) for row in rows]
            out.append("")
        elif isinstance(block, Options):
            out += [block.slot.label, *(f"{o} {form.mark}" if o in rows[0][0].chosen else o for o in block.slot.options)]
        elif isinstance(block, Twin):
            out += [
                line(s, a)
                for pair in zip(zip(block.questions, rows[0], strict=True), zip(block.reasons, rows[1], strict=True), strict=True)
                for s, a in pair
            ]
        elif isinstance(block, ChildBlocks):
            for i, row in enumerate(rows, 1):
                out += ["", block.head.format(i), *(line(s, a) for s, a in zip(block.slots, row, strict=True))]
        elif isinstance(block, Printed):
            out += ["\t".join(line_) for line_ in block.rows]
        elif isinstance(block, Sentence):
            out.append(in_sentence(block.slot, rows[0][0]))
        elif isinstance(block, Box):
            out += ["", block.slot.label, rows[0][0].text]
        else:
            out += [line(s, a) for s, a in zip(block_slots(block), rows[0], strict=True)]
    return "\n".join(out) + "\n"
