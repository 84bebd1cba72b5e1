"""Draws a filled form as a fillable PDF with reportlab: values live in the form fields, not in the page's text."""

from __future__ import annotations

import io
from random import Random

import pikepdf
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

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
    Sentence,
    Slot,
    Twin,
    block_slots,
)

LEFT, RIGHT, TOP, BOTTOM = 50.0, A4[0] - 50, A4[1] - 50, 55.0


_PLAIN = str.maketrans({"–": "-", "•": "-", "’": "'", "✓": "X", "✔": "X", "£": "GBP "})


def latin(text: str) -> str:
    """Words that reportlab can draw in a form field."""
    return text.translate(_PLAIN).encode("latin-1", "replace").decode("latin-1")


class AcroDrawer:
    """Draws one form, top to bottom."""

    def __init__(self, form: FilledForm, dice: Random) -> None:
        self.form, self.dice = form, dice
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, A4, invariant=1)
        self.y, self.count = TOP, 0
        self.named = dice.random() < 0.5
        self.tips = dice.random() < 0.5
        self.boxed = dice.random() < 0.5
        self.bare = dice.random() < 0.3
        self.radios = dice.random() < 0.4

    def draw(self) -> bytes:
        """The bytes of the PDF."""
        self._words(self.form.layout.title, LEFT, 14, bold=True)
        self.y -= 8
        for filled in self.form.blocks:
            self._draw(filled.block, filled.rows)
        self.canvas.save()
        return without_appearance(self.out.getvalue()) if self.bare else self.out.getvalue()

    def _draw(self, block: Block, rows: tuple[tuple[Answer, ...], ...]) -> None:
        if isinstance(block, Heading | Guide):
            self._words(block.text, LEFT, 12 if isinstance(block, Heading) else 8, bold=isinstance(block, Heading))
        elif isinstance(block, Printed):
            for line in block.rows:
                self._words("   ".join(line), LEFT, 8)
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
                self._words(f"Child {i}", LEFT, 11, bold=True)
                self._pairs(list(zip(block.slots, row, strict=True)))
        elif isinstance(block, Grid):
            self._grid(block, [list(r) for r in rows])
        else:
            self._pairs(list(zip(block_slots(block), rows[0], strict=True)), columns=isinstance(block, Columns))

    def _room(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self.canvas.setFont("Helvetica", 8)
            self.canvas.drawString(LEFT, 30, f"Page {self.canvas.getPageNumber()}")
            self.canvas.showPage()
            self.y = TOP

    def _words(self, text: str, x: float, size: float, *, bold: bool = False, width: float = RIGHT - LEFT) -> None:
        font = "Helvetica-Bold" if bold else "Helvetica"
        lines = simpleSplit(text, font, size, width)
        self._room(len(lines) * (size + 2) + 6)
        self.canvas.setFillColor(black)
        for part in lines:
            self.y -= size + 2
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, self.y, part)
        self.y -= 4

    def _name(self, slot: Slot) -> tuple[str, str]:
        self.count += 1
        name = f"{slot.key.split('.')[-1].split('+')[0]}_{self.count}" if self.named else f"Text{self.count}"
        return name, latin(slot.label) if self.tips else ""

    def _field(self, slot: Slot, answer: Answer, x: float, y: float, width: float, height: float) -> None:
        if slot.options:
            self._ticks(slot, answer, x, y, width)
            return
        name, tip = self._name(slot)
        self.canvas.acroForm.textfield(
            name=name,
            tooltip=tip or None,
            value=latin(answer.text.replace("\n", " ") if height < 30 else answer.text),
            x=x,
            y=y,
            width=width,
            height=height,
            fontSize=9,
            borderWidth=0.5,
            borderColor=HexColor("#808080"),
            fillColor=white,
            textColor=black,
            forceBorder=True,
            fieldFlags="multiline" if height > 30 else "",
            maxlen=5000,
        )

    def _ticks(self, slot: Slot, answer: Answer, x: float, y: float, width: float) -> None:
        place = x
        group, tip = self._name(slot)
        single = self.radios and len(slot.options) > 1 and len(answer.chosen) < 2
        for option in slot.options:
            if single:
                self.canvas.acroForm.radio(
                    name=f"{group}_group",
                    tooltip=tip or None,
                    value=latin(option),
                    selected=option in answer.chosen,
                    x=place,
                    y=y + 2,
                    size=10,
                    borderWidth=0.5,
                    buttonStyle="circle",
                )
            else:
                self._box(option, option in answer.chosen, slot, place, y)
            self.canvas.setFont("Helvetica", 8)
            self.canvas.drawString(place + 13, y + 4, "" if option == "✓" else latin(option))
            place += 13 + self.canvas.stringWidth(option, "Helvetica", 8) + 14
            if place > x + width - 20:
                place, y = x, y - 13

    def _box(self, option: str, on: bool, slot: Slot, place: float, y: float) -> None:
        name, _ = self._name(slot)
        self.canvas.acroForm.checkbox(
            name=f"{name}_{latin(option[:12])}",
            tooltip=latin(option) if self.tips else None,
            checked=on,
            x=place,
            y=y + 2,
            size=10,
            borderWidth=0.5,
            buttonStyle=self.dice.choice(["check", "cross"]),
        )

    def _pairs(self, entries: list[tuple[Slot, Answer]], *, columns: bool = False) -> None:
        width = RIGHT - LEFT
        name = width * 0.36
        for slot, answer in entries:
            if columns or slot.key.startswith("box."):
                self._tall(slot, answer)
                continue
            lines = simpleSplit(slot.label, "Helvetica-Bold", 9, name - 8)
            height = max(18.0, len(lines) * 11 + 6)
            self._room(height + 2)
            self.y -= height
            if self.boxed:
                self.canvas.setStrokeColor(HexColor("#A0A0A0"))
                self.canvas.rect(LEFT, self.y, name, height)
            for i, part in enumerate(lines):
                self.canvas.setFont("Helvetica-Bold", 9)
                self.canvas.drawString(LEFT + 4, self.y + height - 11 - 11 * i, part)
            self._field(slot, answer, LEFT + name + 2, self.y + (height - 16) / 2, width - name - 2, 16)
        self.y -= 8

    def _tall(self, slot: Slot, answer: Answer) -> None:
        lines = len(simpleSplit(answer.text or "", "Helvetica", 9, RIGHT - LEFT - 10))
        height = max(44.0, lines * 12 + 12)
        self._room(height + 30)
        self._words(slot.label, LEFT, 9, bold=True)
        self._room(height)
        self.y -= height
        self._field(slot, answer, LEFT, self.y, RIGHT - LEFT, height)
        self.y -= 8

    def _options(self, block: Options, answer: Answer) -> None:
        self._words(block.slot.label, LEFT, 9, bold=True)
        for option in block.slot.options:
            self._room(16)
            self.y -= 15
            self._ticks(Slot("", block.slot.key, (option,)), answer, LEFT + 4, self.y, RIGHT - LEFT)
        self.y -= 8

    def _grid(self, block: Grid, rows: list[list[Answer]]) -> None:
        if block.title:
            self._words(block.title, LEFT, 10, bold=True)
        width = (RIGHT - LEFT) / len(block.slots)
        heads = [simpleSplit(s.label, "Helvetica-Bold", 8, width - 4) for s in block.slots]
        height = max(len(h) for h in heads) * 10 + 4
        self._room(height + 20 * (len(rows) + 1))
        self.y -= height
        for i, lines in enumerate(heads):
            self.canvas.rect(LEFT + i * width, self.y, width, height)
            for n, part in enumerate(lines):
                self.canvas.setFont("Helvetica-Bold", 8)
                self.canvas.drawString(LEFT + i * width + 2, self.y + height - 10 - 10 * n, part)
        for row in [*rows, *[[Answer()] * len(block.slots)] * block.blank]:
            self._room(18)
            self.y -= 18
            for i, (slot, answer) in enumerate(zip(block.slots, row, strict=True)):
                if block.printed and i == 0:
                    self.canvas.setFont("Helvetica", 8)
                    self.canvas.drawString(LEFT + 2, self.y + 5, answer.text)
                else:
                    self._field(slot, answer, LEFT + i * width + 1, self.y + 1, width - 2, 16)
        self.y -= 10


def without_appearance(data: bytes) -> bytes:
    """The same form as some programs leave it: values without a picture of them on the page, the viewer asked to draw them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.AcroForm.NeedAppearances = True
        for page in pdf.pages:
            for widget in page.get("/Annots", pikepdf.Array()):
                if widget.get("/FT") == "/Tx" and "/AP" in widget:
                    del widget["/AP"]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def draw_acroform(form: FilledForm, dice: Random) -> bytes:
    """The form as a fillable PDF."""
    return AcroDrawer(form, dice).draw()
