"""Which characters are ticks: boxes, ballots and check marks in Unicode and in the symbol fonts of Word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from models.document import MarkState

ON, OFF = MarkState.ON, MarkState.OFF

_UNICODE = {
    **dict.fromkeys("☑☒✓✔✅✗✘✖✕☓🗸🗹🗵🗷🗴🗶⮽⮾⊠⊗◉⦿🔘🗳", ON),
    **dict.fromkeys("☐□▢❏❐❑❒◻◽⬜⭘◯🗆", OFF),
}
_PAIRED = {"●": ON, "■": ON, "⬛": ON, "◼": ON, "○": OFF}
"""Radio-style glyphs that are as often bullets: ticks only where a line shows a choice of them."""

_SYMBOL_FONTS: dict[str, dict[int, MarkState]] = {
    "wingdings": {
        **dict.fromkeys((0xFE, 0xFD, 0xFC, 0xFB, 0x78, 0xA4), ON),
        **dict.fromkeys((0xA8, 0x6F, 0x70, 0x71, 0x72, 0xA1), OFF),
    },
    "wingdings 2": {
        **dict.fromkeys((0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56), ON),
        **dict.fromkeys((0xA3, 0x2A, 0x35), OFF),
    },
    "webdings": {**dict.fromkeys((0x61, 0x72), ON), 0x63: OFF},
    "marlett": dict.fromkeys((0x61, 0x62), ON),
    "symbol": {0xD6: ON, 0xF0: OFF},
    "zapfdingbats": {**dict.fromkeys(range(0x33, 0x39), ON), **dict.fromkeys((0x6F, 0x70, 0x71, 0x72), OFF)},
}
_PRIVATE = range(0xF020, 0xF100)
_VARIATION_SELECTORS = "\ufe0e\ufe0f"


def symbol_state(font: str | None, code: int) -> MarkState | None:
    """The state a character of a symbol font shows, or None when it is no tick. Private-use codes of no named font are taken for Wingdings."""
    known = _SYMBOL_FONTS.get(_family(font))
    if known is None:
        known = _SYMBOL_FONTS["wingdings"] if code in _PRIVATE else None
    return known.get(code & 0xFF) if known and (code in _PRIVATE or code < 0x100) else None


def is_symbol_font(font: str | None) -> bool:
    """Whether a font draws pictures where other fonts draw letters."""
    return _family(font) in _SYMBOL_FONTS


@lru_cache(maxsize=256)
def _family(font: str | None) -> str:
    name = (font or "").casefold()
    name = name.rpartition("+")[2]
    if name.startswith("zapf") or name in {"d050000l", "dingbats"}:
        return "zapfdingbats"
    for family in ("wingdings 2", "wingdings", "webdings", "marlett"):
        if name.replace("-", " ").replace("wingdings2", "wingdings 2").startswith(family):
            return family
    return "symbol" if name in {"symbol", "symbolmt"} else name


def state_of(char: str, font: str | None = None) -> MarkState | None:
    """The state one character shows, or None when it is text."""
    if font and is_symbol_font(font):
        return _UNICODE.get(char) or symbol_state(font, ord(char))
    if ord(char) in _PRIVATE:
        return symbol_state(None, ord(char))
    return _UNICODE.get(char)


def split_ticks(text: str, font: str | None = None, *, paired: bool = False) -> Iterator[str | MarkState]:
    """A text cut into words and ticks, in order. `paired` takes round and filled glyphs for ticks too (see `shows_choice`)."""
    if not font and text.isascii():
        if text:
            yield text
        return
    start = 0
    for position, char in enumerate(text):
        if char.isascii() and not font:
            continue
        state = state_of(char, font) or (_PAIRED.get(char) if paired else None)
        if state is None:
            continue
        if position > start:
            yield text[start:position]
        yield state
        start = position + 1
        if text[start : start + 1] and text[start] in _VARIATION_SELECTORS:
            start += 1
    if start < len(text):
        yield text[start:]


def shows_choice(text: str) -> bool:
    """Whether a line offers round or filled glyphs as a choice: an empty one beside another, as no bulleted line does."""
    return "○" in text and sum(text.count(glyph) for glyph in _PAIRED) > 1


def clean(text: str) -> str:
    """Text without characters that are only there for a machine (zero-width, soft hyphen, stray private-use bullets)."""
    if text.isascii():
        return text
    return "".join(char for char in text.translate(_PLAIN) if char not in _UNSEEN and not _is_private(char))


_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u2011": "-", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2060\ufeff" + _VARIATION_SELECTORS


def _is_private(char: str) -> bool:
    return 0xE000 <= ord(char) <= 0xF8FF
