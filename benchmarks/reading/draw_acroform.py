"""Draws a filled form as a fillable PDF with reportlab: values live in the form fields, not in the page's text."""

from __future__ import annotations

from random import Random

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from benchmarks.reading.acro_notes import with_notes
from benchmarks.reading.acro_pen import LEFT, RIGHT, AcroPen, flattened, latin, without_appearance
from benchmarks.reading.answers import Answer, FilledForm
from benchmarks.reading.spec import (
    Block,
    Box,
    ChildBlocks,
    Columns,
    Grid,
    Guide,
    Heading,
    Options,
    Printed,
    Questions,
    Sentence,
    Slot,
    Twin,
    block_slots,
)


class AcroDrawer(AcroPen):
    """Draws one form, top to bottom."""

    def draw(self) -> bytes:
        """The bytes of the PDF."""
        self.words(self.form.layout.title, LEFT, 14, bold=True)
        self.y -= 8
        for filled in self.form.blocks:
            self._draw(filled.block, filled.rows)
        self.canvas.save()
        data = self.out.getvalue()
        if self.flat:
            return flattened(data)
        if self.typed:
            return with_notes(data, self.notes)
        return without_appearance(data) if self.bare else data

    def _draw(self, block: Block, rows: tuple[tuple[Answer, ...], ...]) -> None:
        if isinstance(block, Heading | Guide):
            self.words(block.text, LEFT, 12 if isinstance(block, Heading) else 8, bold=isinstance(block, Heading))
        elif isinstance(block, Printed):
            for line in block.rows:
                self.words("   ".join(line), LEFT, 8)
        elif isinstance(block, Sentence):
            label = block.slot.label.replace("{}", "/".join(block.slot.options))
            self._pairs([(Slot(label, block.slot.key, block.slot.options), rows[0][0])])
        elif isinstance(block, Box):
            self._tall(block.slot, rows[0][0])
        elif isinstance(block, Twin):
            for asked, answered in zip(zip(block.questions, block.reasons, strict=True), zip(*rows, strict=True), strict=True):
                self._pairs(list(zip(asked, answered, strict=True)))
        elif isinstance(block, Options):
            self._options(block, rows[0][0])
        elif isinstance(block, ChildBlocks):
            for i, row in enumerate(rows, 1):
                self.words(block.head.format(i), LEFT, 11, bold=True)
                self._pairs(list(zip(block.slots, row, strict=True)))
        elif isinstance(block, Questions):
            self._matrix(block, rows[0])
        elif isinstance(block, Grid) and block.heads:
            self._side_by_side(block, rows)
        elif isinstance(block, Grid):
            self._grid(block, [list(r) for r in rows])
        else:
            self._pairs(list(zip(block_slots(block), rows[0], strict=True)), columns=isinstance(block, Columns))

    def _pairs(self, entries: list[tuple[Slot, Answer]], *, columns: bool = False) -> None:
        short = not columns and all(len(s.label) < 45 and not s.key.startswith("box.") and len(s.options) < 4 for s, _ in entries)
        if self.two and short:
            self._two_columns(entries)
            return
        width = RIGHT - LEFT
        name = width * 0.36
        for slot, answer in entries:
            if columns or slot.key.startswith("box."):
                self._tall(slot, answer)
                continue
            lines = simpleSplit(slot.label, "Helvetica-Bold", 9, name - 8)
            height = max(18.0, len(lines) * 11 + 6)
            self.room(height + 2)
            self.y -= height
            if self.boxed:
                self.canvas.setStrokeColor(HexColor("#A0A0A0"))
                self.canvas.rect(LEFT, self.y, name, height)
            for i, part in enumerate(lines):
                self.canvas.setFont("Helvetica-Bold", 9)
                self.canvas.drawString(LEFT + 4, self.y + height - 11 - 11 * i, part)
            self.field(slot, answer, LEFT + name + 2, self.y + (height - 16) / 2, width - name - 2, 16)
        self.y -= 8

    def _two_columns(self, entries: list[tuple[Slot, Answer]]) -> None:
        """Labels above their fields, two beside each other."""
        width = (RIGHT - LEFT - 16) / 2
        for start in range(0, len(entries), 2):
            self.room(36)
            self.y -= 34
            for i, (slot, answer) in enumerate(entries[start : start + 2]):
                x = LEFT + i * (width + 16)
                self.canvas.setFont("Helvetica", 8)
                self.canvas.drawString(x, self.y + 20, latin(slot.label))
                self.field(slot, answer, x, self.y, width, 16)
        self.y -= 8

    def _matrix(self, block: Questions, answers: tuple[Answer, ...]) -> None:
        """Questions down the side, a box under each answer."""
        heads = list(dict.fromkeys(o for slot in block.slots for o in slot.options))
        column, first = 62.0, RIGHT - 62.0 * len(heads)
        self.room(20)
        self.y -= 16
        self.canvas.setFont("Helvetica-Bold", 8)
        for i, head in enumerate(heads):
            self.canvas.drawString(first + i * column, self.y + 4, latin(head))
        for slot, answer in zip(block.slots, answers, strict=True):
            lines = simpleSplit(slot.label, "Helvetica", 9, first - LEFT - 8)
            height = max(16.0, len(lines) * 11 + 4)
            self.room(height)
            self.y -= height
            self.canvas.setFont("Helvetica", 9)
            for i, part in enumerate(lines):
                self.canvas.drawString(LEFT, self.y + height - 11 - 11 * i, part)
            for i, head in enumerate(heads):
                if head in slot.options:
                    self.box(head, head in answer.chosen, slot, first + i * column, self.y)
        self.y -= 8

    def _side_by_side(self, block: Grid, rows: tuple[tuple[Answer, ...], ...]) -> None:
        """A table with a column for each person."""
        if block.title:
            self.words(block.title, LEFT, 10, bold=True)
        first = 130.0
        width = (RIGHT - LEFT - first) / len(block.heads)
        self.room(20 * (len(block.slots) + 1))
        self.y -= 14
        self.canvas.setFont("Helvetica-Bold", 9)
        for n, head in enumerate(block.heads):
            self.canvas.drawString(LEFT + first + n * width, self.y + 3, latin(head))
        for i, slot in enumerate(block.slots):
            self.room(20)
            self.y -= 20
            self.canvas.setFont("Helvetica", 9)
            self.canvas.drawString(LEFT, self.y + 5, latin(slot.label))
            for n in range(len(block.heads)):
                answer = rows[n][i] if n < len(rows) else Answer()
                self.field(slot, answer, LEFT + first + n * width, self.y + 1, width - 6, 16)
        self.y -= 10

    def _tall(self, slot: Slot, answer: Answer) -> None:
        lines = len(simpleSplit(answer.text or "", "Helvetica", 9, RIGHT - LEFT - 10))
        height = max(44.0, lines * 12 + 12)
        self.room(height + 30)
        self.words(slot.label, LEFT, 9, bold=True)
        self.room(height)
        self.y -= height
        self.field(slot, answer, LEFT, self.y, RIGHT - LEFT, height)
        self.y -= 8

    def _options(self, block: Options, answer: Answer) -> None:
        self.words(block.slot.label, LEFT, 9, bold=True)
        for option in block.slot.options:
            self.room(16)
            self.y -= 15
            self.ticks(Slot("", block.slot.key, (option,)), answer, LEFT + 4, self.y, RIGHT - LEFT)
        self.y -= 8

    def _grid(self, block: Grid, rows: list[list[Answer]]) -> None:
        if block.title:
            self.words(block.title, LEFT, 10, bold=True)
        width = (RIGHT - LEFT) / len(block.slots)
        heads = [simpleSplit(s.label, "Helvetica-Bold", 8, width - 4) for s in block.slots]
        height = max(len(h) for h in heads) * 10 + 4
        self.room(height + 20 * (len(rows) + 1))
        self.y -= height
        for i, lines in enumerate(heads):
            self.canvas.rect(LEFT + i * width, self.y, width, height)
            for n, part in enumerate(lines):
                self.canvas.setFont("Helvetica-Bold", 8)
                self.canvas.drawString(LEFT + i * width + 2, self.y + height - 10 - 10 * n, part)
        tall = 5 + 13 * max(self.lines(slot, width - 2) for slot in block.slots)
        for row in [*rows, *[[Answer()] * len(block.slots)] * block.blank]:
            self.room(tall)
            self.y -= tall
            for i, (slot, answer) in enumerate(zip(block.slots, row, strict=True)):
                if block.printed and i == 0:
                    self.canvas.setFont("Helvetica", 8)
                    self.canvas.drawString(LEFT + 2, self.y + tall - 13, answer.text)
                else:
                    self.field(slot, answer, LEFT + i * width + 1, self.y + tall - 17, width - 2, 16)
        self.y -= 10


def draw_acroform(form: FilledForm, dice: Random) -> bytes:
    """The form as a fillable PDF."""
    return AcroDrawer(form, dice).draw()
