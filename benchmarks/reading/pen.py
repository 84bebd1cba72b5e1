"""How one referrer writes on one template in Word: typed answers, and marks in the template's own way."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.reading.answers import Answer, FilledForm
from benchmarks.reading.spec import Slot
from samples.forms import controls, parts


class Pen:
    """Writes answers as WordprocessingML."""

    def __init__(self, form: FilledForm) -> None:
        self.form, self.look = form, form.layout.look

    def words(self, text: str) -> str:
        """A typed answer, or what the template shows where there is none."""
        look = self.look
        if look.empty == "control":
            return controls.text_control(text.replace("\n", ", ") or None, prompt=look.prompt)
        if look.empty == "legacy":
            return controls.legacy_text(text or None)
        if text:
            return parts.run(text, colour=self.form.ink) if self.form.ink else parts.run(text)
        if look.empty == "underscore":
            return parts.run("____________")
        return parts.run(look.prompt, italic=True) if look.empty == "prompt" else ""

    def value(self, slot: Slot, answer: Answer) -> str:
        """The answer to a question, typed or marked."""
        return self.marks(slot.options, answer.chosen) if slot.options else self.words(answer.text)

    def marks(self, options: Sequence[str], chosen: tuple[str, ...]) -> str:
        """Printed options with their marks in the way of this template."""
        tick, one = self.look.tick, chosen[0] if chosen else None
        if len(options) == 1:
            return self.lone(bool(chosen))
        if tick in {"check", "check_before"}:
            return controls.checks(options, chosen, before=tick == "check_before")
        if tick == "legacy":
            return "".join(
                parts.run(f"{'   ' if i else ''}{o} ") + controls.legacy_check(o in chosen or None, name=f"C{i}", by_default=i % 2 == 1)
                for i, o in enumerate(options)
            )
        if tick == "symbol":
            return controls.symbols(options, chosen)
        if tick == "x" or len(chosen) > 1:
            return parts.run("    ".join(f"{o} {self.form.mark}" if o in chosen else o for o in options))
        return controls.formatted(options, one, tick, sep=self.look.separator)

    def lone(self, on: bool) -> str:
        """A mark in a cell of its own."""
        tick = self.look.tick
        if tick in {"check", "check_before"}:
            return controls.check(on)
        if tick == "legacy":
            return controls.legacy_check(on or None)
        if tick == "symbol":
            return controls.symbol(on)
        return parts.run(self.form.mark) if on else ""

    def option(self, option: str, on: bool) -> str:
        """A printed option with its mark beside it."""
        tick = self.look.tick
        if tick in {"check", "check_before", "legacy", "symbol"}:
            return self.lone(on) + parts.run(f" {option}")
        if tick in {"bold", "underline", "highlight"} and on:
            return parts.run(option, bold=tick == "bold", underline=tick == "underline", highlight="yellow" if tick == "highlight" else "")
        return parts.run(f"{option} {self.form.mark}" if on else option)
