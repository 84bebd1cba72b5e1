"""Draws a filled form as a Word document, with the constructs of its template's look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from benchmarks.reading.answers import Answer, FilledBlock, FilledForm
from benchmarks.reading.draw_joined import joined
from benchmarks.reading.pen import Pen
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
    Sentence,
    Slot,
    Twin,
)
from samples.forms import controls, parts
from samples.forms.package import docx

Rows = tuple[tuple[Answer, ...], ...]
WIDTH = 9600
MARGIN = (
    "Please record all names that the child is or has been known by.",
    "Give the usual or home address.",
    "",
    "All known numbers should be given.",
    "",
    "Staff only: check the system first.",
)


class DocxDrawer(Pen):
    """Draws one form."""

    def __init__(self, form: FilledForm) -> None:
        super().__init__(form)
        self.width = 14400 if self.look.landscape else WIDTH

    def draw(self) -> bytes:
        """The bytes of the .docx."""
        body = [parts.par(parts.run(self.form.layout.title), style="Title")]
        body += joined(self) if self.look.joined else [self.block(filled) for filled in self.form.blocks]
        look = self.look
        return docx(
            "".join(body),
            header=parts.run(look.header) if look.header else "",
            footer=parts.run(look.footer) if look.footer else "",
            font=look.font,
            size=look.size,
            colour=look.colour,
            landscape=look.landscape,
        )

    def title(self, text: str, width: int, span: int = 1) -> str:
        """A label cell."""
        return parts.label(text.upper() if self.look.capitals else text, width, span=span, fill=self.look.fill)

    def block(self, filled: FilledBlock) -> str:
        """One block of the form."""
        return self._draw(filled.block, filled.rows)

    @singledispatchmethod
    def _draw(self, block: object, rows: Rows) -> str:
        raise TypeError(f"nobody knows how to draw {type(block).__name__}")

    @_draw.register(Heading)
    def _(self, block: Heading, rows: Rows) -> str:
        return parts.heading(block.text, block.level)

    @_draw.register(Guide)
    def _(self, block: Guide, rows: Rows) -> str:
        return parts.guidance(block.text)

    @_draw.register(Pairs)
    def _(self, block: Pairs, rows: Rows) -> str:
        if not self.look.framed or block.how == "lines":
            return self._pairs(block.slots, rows[0], block.per_row, block.how)
        whole, self.width = self.width, self.width - 400
        inner = self._pairs(block.slots, rows[0], block.per_row, block.how)
        self.width = whole
        return self.table([parts.row(parts.cell(inner, whole))], [whole])

    @_draw.register(Floating)
    def _(self, block: Floating, rows: Rows) -> str:
        lines = [parts.par(parts.run(f"{s.label} ", bold=True), self.value(s, a)) for s, a in zip(block.slots, rows[0], strict=True)]
        return parts.text_box("".join(lines), 300, 22 * len(lines) + 10)

    @_draw.register(Sentence)
    def _(self, block: Sentence, rows: Rows) -> str:
        before, _, after = block.slot.label.partition("{}")
        return parts.par(parts.run(before), self.marks(block.slot.options, rows[0][0].chosen), parts.run(after))

    @_draw.register(Printed)
    def _(self, block: Printed, rows: Rows) -> str:
        width = self.width // len(block.rows[0])
        printed = [parts.row(*(parts.cell(parts.run(words, italic=True), width) for words in line)) for line in block.rows]
        return self.table(printed, [width] * len(block.rows[0]))

    def table(self, rows: list[str], widths: list[int]) -> str:
        """A table, ruled where the template is."""
        return parts.table(rows, widths, ruled=self.look.ruled)

    def _pairs(self, slots: Sequence[Slot], answers: Sequence[Answer], per_row: int, how: str) -> str:
        entries = list(zip(slots, answers, strict=True))
        if how == "lines":
            return "".join(parts.par(parts.run(f"{slot.label} ", bold=True), self.value(slot, answer)) for slot, answer in entries)
        if how == "left":
            return self._left(entries, per_row)
        if how == "margin":
            return self._margin(entries)
        width = self.width // per_row
        rows = []
        for start in range(0, len(entries), per_row):
            chunk = entries[start : start + per_row]
            spare = per_row - len(chunk)
            spans = [1 + (spare if i == len(chunk) - 1 else 0) for i in range(len(chunk))]
            if how == "above":
                rows.append(parts.row(*(self.title(s.label, width * n, n) for (s, _), n in zip(chunk, spans, strict=True))))
                rows.append(parts.row(*(parts.cell(self.value(s, a), width * n, span=n) for (s, a), n in zip(chunk, spans, strict=True))))
            elif how == "stacked":
                cells = [
                    parts.cell(parts.par(parts.run(s.label, bold=True)) + parts.par(self.value(s, a)), width * n, span=n)
                    for (s, a), n in zip(chunk, spans, strict=True)
                ]
                rows.append(parts.row(*cells))
            else:
                cells = [
                    parts.cell(
                        parts.run(s.label + ("" if s.label.endswith((":", "?")) else ":") + " ", bold=True) + self.value(s, a), width * n, span=n
                    )
                    for (s, a), n in zip(chunk, spans, strict=True)
                ]
                rows.append(parts.row(*cells))
        return self.table(rows, [width] * per_row)

    def _left(self, entries: list[tuple[Slot, Answer]], per_row: int) -> str:
        unit = self.width // per_row
        name = int(unit * (0.42 if per_row > 1 else 0.36))
        widths = [name, unit - name] * per_row
        rows = []
        for start in range(0, len(entries), per_row):
            chunk = entries[start : start + per_row]
            cells = []
            for i, (slot, answer) in enumerate(chunk):
                spare = 2 * (per_row - len(chunk)) if i == len(chunk) - 1 else 0
                cells += [self.title(slot.label, name), parts.cell(self.value(slot, answer), unit - name + spare * unit // 2, span=1 + spare)]
            rows.append(parts.row(*cells))
        return self.table(rows, widths)

    def _margin(self, entries: list[tuple[Slot, Answer]]) -> str:
        widths = [self.width // 4, self.width // 4, self.width - 2 * (self.width // 4)]
        rows = [
            parts.row(
                parts.cell(parts.run(MARGIN[i % len(MARGIN)], italic=True, size=15), widths[0]),
                self.title(s.label, widths[1]),
                parts.cell(self.value(s, a), widths[2]),
            )
            for i, (s, a) in enumerate(entries)
        ]
        return self.table(rows, widths)

    @_draw.register(Grid)
    def _(self, block: Grid, rows: Rows) -> str:
        count = len(block.slots)
        width = self.width // count
        out = [parts.row(*(self.title(s.label, width) for s in block.slots), header=True)]
        if block.example:
            out.append(parts.row(*(parts.cell(parts.run(words, italic=True), width) for words in block.example)))
        out += [parts.row(*(parts.cell(self._grid_value(s, a, block), width) for s, a in zip(block.slots, answers, strict=True))) for answers in rows]
        empty = parts.row(*(parts.cell(self._grid_value(s, Answer(), block), width) for s in block.slots))
        table = self.table([*out, *[empty] * block.blank], [width] * count)
        return (parts.par(parts.run(block.title, bold=True)) if block.title else "") + table

    def _grid_value(self, slot: Slot, answer: Answer, block: Grid) -> str:
        if block.printed and slot == block.slots[0]:
            return parts.run(answer.text)
        if slot.options:
            return self.value(slot, answer)
        return self.words(answer.text) if answer.text or self.look.empty in {"control", "legacy"} else ""

    @_draw.register(Box)
    def _(self, block: Box, rows: Rows) -> str:
        slot, answer = block.slot, rows[0][0]
        if block.how == "beside":
            return self._left([(slot, answer)], 1)
        if block.how == "same":
            return self.table(
                [parts.row(parts.cell(parts.par(parts.run(slot.label, bold=True)) + self.prose(answer.text), self.width))], [self.width]
            )
        return self.table([parts.row(self.title(slot.label, self.width)), parts.row(parts.cell(self.prose(answer.text), self.width))], [self.width])

    def prose(self, text: str) -> str:
        """A free-text answer, a paragraph for each line."""
        if self.look.empty == "control":
            return controls.block_control(text or None) if text else parts.par(self.words(""))
        return (
            "".join(parts.par(self.words(line)) for line in text.split("\n"))
            if text
            else parts.par(self.words("") if self.look.empty == "legacy" else "")
        )

    @_draw.register(Columns)
    def _(self, block: Columns, rows: Rows) -> str:
        width = self.width // len(block.slots)
        prompt = parts.par(parts.run(block.prompt, italic=True)) if block.prompt else ""
        top = parts.row(*(self.title(s.label, width) for s in block.slots))
        return self.table([top, parts.row(*(parts.cell(prompt + self.prose(a.text), width) for a in rows[0]))], [width] * len(block.slots))

    @_draw.register(Twin)
    def _(self, block: Twin, rows: Rows) -> str:
        width = self.width // 2
        out = []
        for slots, answers in zip((block.questions, block.reasons), rows, strict=True):
            out.append(parts.row(*(self.title(s.label, width) for s in slots)))
            out.append(parts.row(*(parts.cell(self.value(s, a), width) for s, a in zip(slots, answers, strict=True))))
        return self.table(out, [width, width])

    @_draw.register(Questions)
    def _(self, block: Questions, rows: Rows) -> str:
        heads = list(dict.fromkeys(o for slot in block.slots for o in slot.options))
        mark = 1100
        first = self.width - mark * len(heads)
        out = [parts.row(self.title("", first), *(self.title(h, mark) for h in heads), header=True)]
        for slot, answer in zip(block.slots, rows[0], strict=True):
            cells = [parts.cell(self.lone(h in answer.chosen) if h in slot.options else "", mark) for h in heads]
            out.append(parts.row(self.title(slot.label, first), *cells))
        return self.table(out, [first, *[mark] * len(heads)])

    @_draw.register(Beside)
    def _(self, block: Beside, rows: Rows) -> str:
        answers = rows[0]
        label, value = int(self.width * 0.2), int(self.width * 0.3)
        out = []
        for i, (slot, answer) in enumerate(zip(block.short, answers[1:], strict=True)):
            merge = "restart" if i == 0 else "continue"
            tall = parts.label(block.tall.label if i == 0 else "", label, merge=merge, fill=self.look.fill)
            out.append(
                parts.row(
                    tall,
                    parts.cell(self.value(block.tall, answers[0]) if i == 0 else "", value, merge=merge),
                    self.title(slot.label, label),
                    parts.cell(self.value(slot, answer), value),
                )
            )
        return self.table(out, [label, value, label, value])

    @_draw.register(Options)
    def _(self, block: Options, rows: Rows) -> str:
        slot, answer, ask = block.slot, rows[0][0], parts.par(parts.run(block.slot.label, bold=True))
        if block.columns == 1:
            mark = max(900, self.width // 12)
            out = [parts.row(parts.cell(o, self.width - mark), parts.cell(self.lone(o in answer.chosen), mark)) for o in slot.options]
            return ask + self.table(out, [self.width - mark, mark])
        width = self.width // block.columns
        cells = [parts.cell(self.option(o, o in answer.chosen), width) for o in slot.options]
        cells += [parts.cell("", width)] * (-len(cells) % block.columns)
        out = [parts.row(*cells[i : i + block.columns]) for i in range(0, len(cells), block.columns)]
        return ask + self.table(out, [width] * block.columns)

    @_draw.register(ChildBlocks)
    def _(self, block: ChildBlocks, rows: Rows) -> str:
        return "".join(parts.heading(f"Child {i}", 2) + self._pairs(block.slots, answers, block.per_row, "left") for i, answers in enumerate(rows, 1))


def draw_docx(form: FilledForm) -> bytes:
    """The form as a Word document."""
    return DocxDrawer(form).draw()
