"""How one referrer writes on one template in Word: typed answers, and marks in the template's own way."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.reading import marks
from benchmarks.reading.answers import Answer, FilledForm
from benchmarks.reading.spec import Slot
from samples.forms import controls, parts


class Pen:
    """Writes answers as WordprocessingML."""

    def __init__(self, form: FilledForm) -> None:
        self.form, self.look = form, form.layout.look
        self.track = marks.Track()

    def words(self, text: str, *, blanks: bool = True) -> str:
        """A typed answer, or what the template shows where there is none; the cells of a table of people have no blanks of underscores."""
        look = self.look
        if look.empty == "control":
            return controls.text_control(text.replace("\n", ", ") or None, prompt=look.prompt)
        if look.empty == "legacy":
            return controls.legacy_text(text or None)
        if text and blanks and look.empty == "typed_over" and len(text) < 40 and "\n" not in text:
            return parts.run(f"___{text}____")
        if text:
            typed = self.written(text)
            return self._tracked(typed) if look.tracked else typed
        if look.empty in {"underscore", "typed_over"}:
            return parts.run("____________")
        return parts.run(look.prompt, italic=True) if look.empty == "prompt" else ""

    def written(self, text: str) -> str:
        """Words in this person's ink and hand."""
        hand = self.form.hand
        return parts.run(text, colour=self.form.ink, font=hand, size=self.look.size + 4 if hand else 0)

    def _tracked(self, typed: str) -> str:
        """A typed answer as a tracked change, which also deletes the prompt that stood there."""
        return (self.track.struck(self.look.prompt) if self.look.empty == "prompt" else "") + self.track.typed(typed)

    def value(self, slot: Slot, answer: Answer) -> str:
        """The answer to a question, typed or marked."""
        if slot.options:
            return self.marks(slot.options, answer.chosen)
        if self.look.dates != "plain" and marks.is_date(slot.key) and (answer.day or not answer.text):
            return marks.dated(answer.day, self.look.dates, self.form.hand)
        return self.words(answer.text)

    def inline(self, slot: Slot, answer: Answer) -> str:
        """The same where no table can stand."""
        value = self.value(slot, answer)
        return marks.dated(answer.day, "digits") if value.startswith("<w:tbl>") else value

    def marks(self, options: Sequence[str], chosen: tuple[str, ...]) -> str:
        """Printed options with their marks in the way of this template."""
        tick, one = self.look.tick, chosen[0] if chosen else None
        if len(options) == 1:
            return self.lone(bool(chosen))
        if tick in {"check", "check_before"}:
            return controls.checks(options, chosen, before=tick == "check_before")
        if tick in {"glyph", "glyph_after"}:
            return marks.glyphs(options, chosen, before=tick == "glyph")
        if tick == "legacy":
            return "".join(
                parts.run(f"{'   ' if i else ''}{o} ") + controls.legacy_check(o in chosen or None, name=f"C{i}", by_default=i % 2 == 1)
                for i, o in enumerate(options)
            )
        if tick == "symbol":
            return controls.symbols(options, chosen)
        if tick == "brackets":
            return marks.brackets(options, chosen, self.form.mark)
        if self.form.hand and (tick == "x" or len(chosen) > 1):
            return "".join(parts.run(f"{o} ") + self.written("X " if o in chosen else "   ") for o in options)
        if tick == "x" or len(chosen) > 1:
            return parts.run("    ".join(f"{o} {self.form.mark}" if o in chosen else o for o in options))
        if tick in {"dropdown", "legacy_dropdown"}:
            return marks.drop_down(options, chosen, legacy=tick == "legacy_dropdown")
        if tick in {"boxed", "colour"}:
            return marks.singled_out(options, chosen, tick, self.look.separator)
        if tick == "delete" and self.look.tracked and one:
            return parts.run(one) + "".join(self.track.struck(f"{self.look.separator}{o}") for o in options if o != one)
        return controls.formatted(options, one, tick, sep=self.look.separator)

    def lone(self, on: bool) -> str:
        """A mark in a cell of its own."""
        tick = self.look.tick
        if tick in {"check", "check_before"}:
            return controls.check(on)
        if tick in {"glyph", "glyph_after"}:
            return parts.run(marks.ON if on else marks.OFF)
        if tick == "legacy":
            return controls.legacy_check(on or None)
        if tick == "symbol":
            return controls.symbol(on)
        if tick == "brackets":
            return parts.run(f"[{self.form.mark if on else ' '}]")
        return self.written(self.form.mark) if on else ""

    def option(self, option: str, on: bool) -> str:
        """A printed option with its mark beside it."""
        tick = self.look.tick
        if tick in {"check", "check_before", "legacy", "symbol", "brackets"}:
            return self.lone(on) + parts.run(f" {option}")
        if tick in {"glyph", "glyph_after"}:
            return marks.glyphs((option,), (option,) if on else (), before=tick == "glyph")
        if tick in {"boxed", "colour"} and on:
            return marks.singled_out((option,), (option,), tick, "")
        if tick in {"bold", "underline", "highlight"} and on:
            return parts.run(option, bold=tick == "bold", underline=tick == "underline", highlight="yellow" if tick == "highlight" else "")
        return parts.run(f"{option} ") + self.written(self.form.mark) if on else parts.run(option)
