"""Form fields and words on the pages of a fillable PDF, in the habits of the program that made it."""

from __future__ import annotations

import io
from random import Random

import pikepdf
import pypdfium2
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from benchmarks.reading.acro_notes import Note
from benchmarks.reading.answers import Answer, FilledForm
from benchmarks.reading.marks import is_date
from benchmarks.reading.spec import Slot
from samples.printing import settle

LEFT, RIGHT, TOP, BOTTOM = 50.0, A4[0] - 50, A4[1] - 50, 55.0


_PLAIN = str.maketrans({"–": "-", "•": "-", "’": "'", "✓": "X", "✔": "X", "£": "GBP "})


def latin(text: str) -> str:
    """Words that reportlab can draw in a form field."""
    return text.translate(_PLAIN).encode("latin-1", "replace").decode("latin-1")


class AcroPen:
    """Places fields and words from the top of the page down."""

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
        self.choices = dice.random() < 0.25
        self.two = dice.random() < 0.3
        self.dates = dice.choice(["whole", "whole", "whole", "parts", "comb"])
        self.flat = dice.random() < 0.15
        self.typed = not self.flat and dice.random() < 0.1
        self.rings = self.typed and dice.random() < 0.5
        self.notes: list[Note] = []
        if self.typed:
            self.radios = self.choices = self.bare = False

    def room(self, height: float) -> None:
        """Begin a new page where the rest of this one is too short."""
        if self.y - height < BOTTOM:
            self.canvas.setFont("Helvetica", 8)
            self.canvas.drawString(LEFT, 30, f"Page {self.canvas.getPageNumber()}")
            self.canvas.showPage()
            self.y = TOP

    def words(self, text: str, x: float, size: float, *, bold: bool = False, width: float = RIGHT - LEFT) -> None:
        """Printed words, wrapped."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        lines = simpleSplit(text, font, size, width)
        self.room(len(lines) * (size + 2) + 6)
        self.canvas.setFillColor(black)
        for part in lines:
            self.y -= size + 2
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, self.y, part)
        self.y -= 4

    def name(self, slot: Slot) -> tuple[str, str]:
        """The name of the next field, and what is shown when a pointer rests on it."""
        self.count += 1
        name = f"{slot.key.split('.')[-1].split('+')[0]}_{self.count}" if self.named else f"Text{self.count}"
        return name, latin(slot.label) if self.tips else ""

    def field(self, slot: Slot, answer: Answer, x: float, y: float, width: float, height: float) -> None:
        """The field or fields of one question."""
        if slot.options and self.choices and len(slot.options) > 1 and len(answer.chosen) < 2:
            self.choice(slot, answer, x, y, width)
            return
        if slot.options:
            self.ticks(slot, answer, x, y, width)
            return
        if self.dates != "whole" and width > 125 and is_date(slot.key) and (answer.day or not answer.text):
            self.date(slot, answer, x, y, height)
            return
        self.text(slot, answer, x, y, width, height)

    def date(self, slot: Slot, answer: Answer, x: float, y: float, height: float) -> None:
        """A date in a comb of eight, or in three fields for day, month and year."""
        figures = answer.day.strftime("%d%m%Y") if answer.day else ""
        if self.dates == "comb":
            self.text(slot, Answer(figures), x, y, 120, height, flags="comb", most=8)
            return
        for part, width in ((figures[:2], 24), (figures[2:4], 24), (figures[4:], 40)):
            self.text(slot, Answer(part), x, y, width, height)
            x += width + 4

    def choice(self, slot: Slot, answer: Answer, x: float, y: float, width: float) -> None:
        """A drop-down list."""
        name, tip = self.name(slot)
        entries = ["- select -", *(latin(option) for option in slot.options)]
        self.canvas.acroForm.choice(
            name=name,
            tooltip=tip or None,
            value=latin(answer.chosen[0]) if answer.chosen else entries[0],
            options=entries,
            x=x,
            y=y,
            width=min(width, 200),
            height=16,
            fontSize=9,
            borderWidth=0.5,
            forceBorder=True,
        )

    def text(self, slot: Slot, answer: Answer, x: float, y: float, width: float, height: float, flags: str = "", most: int = 5000) -> None:
        """A field to type into, or a printed frame that was written into with a viewer's typewriter."""
        if self.typed:
            self.canvas.setStrokeColor(HexColor("#808080"))
            self.canvas.rect(x, y, width, height)
            if answer.text:
                self._note(x, y, width, height, self._fitted(answer.text, width, height), self._points(answer.text, width, height))
            return
        name, tip = self.name(slot)
        self.canvas.acroForm.textfield(
            name=name,
            tooltip=tip or None,
            value=self._fitted(answer.text, width, height),
            x=x,
            y=y,
            width=width,
            height=height,
            fontSize=self._points(answer.text, width, height),
            borderWidth=0.5,
            borderColor=HexColor("#808080"),
            fillColor=white,
            textColor=black,
            forceBorder=True,
            fieldFlags=flags or ("multiline" if height > 30 else ""),
            maxlen=most,
        )

    def _note(self, x: float, y: float, width: float, height: float, text: str, size: float) -> None:
        self.notes.append(Note(self.canvas.getPageNumber() - 1, (x, y, x + width, y + height), text, size))

    def _fitted(self, text: str, width: float, height: float) -> str:
        """The words as the field takes them: on one line, or on several; what is printed for good has to be broken to the width."""
        if height < 30:
            return latin(text.replace("\n", " "))
        if not (self.flat or self.typed):
            return latin(text)
        return "\n".join(part for line in latin(text).split("\n") for part in simpleSplit(line, "Helvetica", 9, width - 12))

    def _points(self, text: str, width: float, height: float) -> float:
        """The size of the letters: smaller where a line that is printed for good would not fit."""
        long = self.canvas.stringWidth(latin(text.replace("\n", " ")), "Helvetica", 9) if (self.flat or self.typed) and height < 30 else 0
        return 9 if long <= width - 6 else max(4.0, 9 * (width - 6) / long)

    def lines(self, slot: Slot, width: float) -> int:
        """How many lines the options of a question take."""
        place, count = 0.0, 1
        for option in slot.options if not self.choices else ():
            place += 27 + self.canvas.stringWidth(option, "Helvetica", 8)
            if place > width - 20:
                place, count = 0.0, count + 1
        return count - (place == 0.0 and count > 1)

    def ticks(self, slot: Slot, answer: Answer, x: float, y: float, width: float) -> None:
        """A box or a radio button for each option."""
        place = x
        if self.rings and len(slot.options) > 1:
            self._ringed(slot, answer, x, y, width)
            return
        group, tip = self.name(slot)
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
                self.box(option, option in answer.chosen, slot, place, y)
            self.canvas.setFont("Helvetica", 8)
            self.canvas.drawString(place + 13, y + 4, "" if option == "✓" else latin(option))
            place += 13 + self.canvas.stringWidth(option, "Helvetica", 8) + 14
            if place > x + width - 20:
                place, y = x, y - 13

    def _ringed(self, slot: Slot, answer: Answer, x: float, y: float, room: float) -> None:
        """Printed options of which one is ringed."""
        self.canvas.setFont("Helvetica", 9)
        place = x
        for option in slot.options:
            width = self.canvas.stringWidth(latin(option), "Helvetica", 9)
            if place > x and place + width > x + room:
                place, y = x, y - 13
            self.canvas.drawString(place, y + 4, latin(option))
            if option in answer.chosen:
                self.notes.append(Note(self.canvas.getPageNumber() - 1, (place - 4, y, place + width + 4, y + 14), "", 9, ring=True))
            place += width + 14

    def box(self, option: str, on: bool, slot: Slot, place: float, y: float) -> None:
        """One check box."""
        if self.typed:
            self.canvas.setStrokeColor(black)
            self.canvas.rect(place, y + 2, 10, 10)
            if on:
                self._note(place, y + 1, 12, 12, "X", 9)
            return
        name, _ = self.name(slot)
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


def flattened(data: bytes) -> bytes:
    """The same form after it was printed to a file: the values are part of the page, the fields are gone."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    for number in range(len(document)):
        document[number].flatten()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return settle(out.getvalue())
