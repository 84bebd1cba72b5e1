"""Draws a filled form as a Word document, with the constructs of its template's look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from benchmarks.reading import draw_tables
from benchmarks.reading.answers import Answer, FilledBlock, FilledForm
from benchmarks.reading.draw_joined import joined
from benchmarks.reading.look import hint
from benchmarks.reading.marks import spread
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
    Running,
    Sentence,
    Slot,
    Twin,
)
from samples.forms import controls, parts
from samples.forms.package import docx

Rows = tuple[tuple[Answer, ...], ...]
WIDTH = 9600


class DocxDrawer(Pen):
    """Draws one form."""

    def __init__(self, form: FilledForm) -> None:
        super().__init__(form)
        self.width = 14400 if self.look.landscape else WIDTH

    def draw(self) -> bytes:
        """The bytes of the .docx."""
        title = self.form.layout.title
        body = [parts.par(spread(title) if self.look.spaced else parts.run(title), style="Title")]
        body += joined(self) if self.look.joined else [self.block(filled) for filled in self.form.blocks]
        look = self.look
        return docx(
            "".join(body),
            header=self._header(),
            footer=parts.run(look.footer) if look.footer else "",
            font=look.font,
            size=look.size,
            colour=look.colour,
            landscape=look.landscape,
        )

    def _header(self) -> str:
        """The header of every page: what is printed there, and what was filled in there."""
        said = parts.run(self.look.header) if self.look.header else ""
        for filled in self.form.blocks:
            if isinstance(filled.block, Running):
                for slot, answer in zip(filled.block.slots, filled.rows[0], strict=True):
                    said += parts.run(f"   {slot.label} ") + self.inline(slot, answer)
        return said

    def title(self, text: str, width: int, span: int = 1) -> str:
        """A label cell."""
        return parts.label(text.upper() if self.look.capitals and not text.startswith("<") else text, width, span=span, fill=self.look.fill)

    def label(self, slot: Slot, width: int, span: int = 1) -> str:
        """The label cell of a question, with small print under it where the template has that."""
        small = hint(slot.label, slot.key) if self.look.hints else ""
        if not small:
            return self.title(slot.label, width, span)
        return self.title(parts.par(parts.run(slot.label, bold=True)) + parts.par(parts.run(small, italic=True, size=15)), width, span)

    def block(self, filled: FilledBlock) -> str:
        """One block of the form."""
        return self._draw(filled.block, filled.rows)

    @singledispatchmethod
    def _draw(self, block: object, rows: Rows) -> str:
        raise TypeError(f"nobody knows how to draw {type(block).__name__}")

    @_draw.register(Heading)
    def _(self, block: Heading, rows: Rows) -> str:
        if self.look.spaced:
            return parts.par(spread(block.text), style=f"Heading{block.level}", keep=True)
        return parts.heading(block.text, block.level)

    @_draw.register(Guide)
    def _(self, block: Guide, rows: Rows) -> str:
        return parts.guidance(block.text)

    @_draw.register(Pairs)
    def _(self, block: Pairs, rows: Rows) -> str:
        if not self.look.framed or block.how in {"lines", "dotted"}:
            return self._pairs(block.slots, rows[0], block.per_row, block.how, block.side)
        whole, self.width = self.width, self.width - 400
        inner = self._pairs(block.slots, rows[0], block.per_row, block.how, block.side)
        self.width = whole
        return self.table([parts.row(parts.cell(inner, whole))], [whole])

    @_draw.register(Running)
    def _(self, block: Running, rows: Rows) -> str:
        return ""

    @_draw.register(Floating)
    def _(self, block: Floating, rows: Rows) -> str:
        lines = [parts.par(parts.run(f"{s.label} ", bold=True), self.inline(s, a)) for s, a in zip(block.slots, rows[0], strict=True)]
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

    def _pairs(self, slots: Sequence[Slot], answers: Sequence[Answer], per_row: int, how: str, side: str = "") -> str:
        return draw_tables.pairs(self, list(zip(slots, answers, strict=True)), per_row, how, side)

    @_draw.register(Grid)
    def _(self, block: Grid, rows: Rows) -> str:
        return draw_tables.grid(self, block, rows)

    @_draw.register(Box)
    def _(self, block: Box, rows: Rows) -> str:
        slot, answer = block.slot, rows[0][0]
        if block.how == "beside":
            return draw_tables.left(self, [(slot, answer)], 1)
        if block.how == "same":
            return self.table(
                [parts.row(parts.cell(parts.par(parts.run(slot.label, bold=True)) + self.prose(answer.text), self.width))], [self.width]
            )
        return self.table([parts.row(self.label(slot, self.width)), parts.row(parts.cell(self.prose(answer.text), self.width))], [self.width])

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
        return "".join(
            parts.heading(block.head.format(i), 2) + self._pairs(block.slots, answers, block.per_row, "left") for i, answers in enumerate(rows, 1)
        )


def draw_docx(form: FilledForm) -> bytes:
    """The form as a Word document."""
    return DocxDrawer(form).draw()
