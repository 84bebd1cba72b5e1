"""Ways of marking and of writing that people use in Word beside its form controls: typed boxes, frames, colours, drop-downs, tracked changes, digits in boxes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from samples.forms import controls, parts

ON, OFF = "☒", "☐"


def framed(text: str) -> str:
    """A run with a border around it."""
    return f'<w:r><w:rPr><w:bdr w:val="single" w:sz="8" w:space="0" w:color="000000"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def spread(text: str) -> str:
    """A letter-spaced run."""
    return f'<w:r><w:rPr><w:spacing w:val="50"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def glyphs(options: Sequence[str], chosen: Sequence[str], *, before: bool) -> str:
    """Options with a typed box glued before each, or after it."""
    words = [f"{ON if o in chosen else OFF}{o}" if before else f"{o} {ON if o in chosen else OFF}" for o in options]
    return parts.run("   ".join(words))


def brackets(options: Sequence[str], chosen: Sequence[str], mark: str) -> str:
    """Options each with a pair of square brackets, a mark in those that apply."""
    return parts.run("    ".join(f"[{mark if o in chosen else ' '}] {o}" for o in options))


def singled_out(options: Sequence[str], chosen: Sequence[str], how: str, separator: str) -> str:
    """Options of which the answer is framed or in another colour."""
    shown = [parts.run(o) if o not in chosen else framed(o) if how == "boxed" else parts.run(o, colour="C00000") for o in options]
    return parts.run(separator).join(shown)


def drop_down(options: Sequence[str], chosen: Sequence[str], *, legacy: bool) -> str:
    """The options behind a drop-down list, of which only the choice is to be seen, or the prompt."""
    one = chosen[0] if chosen else None
    if legacy:
        entries = ["Select", *options]
        return controls.legacy_drop_down(entries.index(one) if one else None, entries)
    return controls.drop_down(one, options)


class Track:
    """Tracked changes, numbered as Word numbers them."""

    def __init__(self) -> None:
        self.count = 0

    def _change(self, kind: str, content: str) -> str:
        self.count += 1
        return f'<w:{kind} w:id="{900 + self.count}" w:author="Referrer" w:date="2026-11-02T09:00:00Z">{content}</w:{kind}>'

    def typed(self, run: str) -> str:
        """Words that were typed."""
        return self._change("ins", run)

    def struck(self, text: str) -> str:
        """Words that were deleted."""
        return self._change("del", f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>')


def is_date(key: str) -> bool:
    """Whether a question asks for a date."""
    return key.rsplit(".", 1)[-1] in {"dob", "date", "start"}


def dated(day: date | None, style: str, hand: str = "") -> str:
    """A date in the boxes, frames or blanks of the template; the same left empty where there is none."""
    figures = day.strftime("%d%m%Y") if day else ""
    if style == "slashes":
        return parts.run(day.strftime("%d / %m / %Y") if day else "     /     /     ")
    if style == "control":
        return controls.date_control(day.strftime("%d/%m/%Y") if day else None)
    if style == "digits":
        digits = [framed(f"\u00a0{f}\u00a0") for f in figures or " " * 8]
        return parts.run(" / ").join(parts.run("\u00a0").join(group) for group in (digits[:2], digits[2:4], digits[4:]))
    cells = [parts.cell(parts.run(f, font=hand if day else "", colour="" if day else controls.GREY), 260) for f in figures or "DDMMYYYY"]
    return parts.table([parts.row(*cells)], [260] * 8)
