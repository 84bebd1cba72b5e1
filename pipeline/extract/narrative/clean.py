"""Text made readable without losing where each character stood: broken encodings mended, odd spaces and invisible characters taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BROKEN = {
    "â€™": "'", "â€˜": "'", "â€œ": '"', "â€\x9d": '"', "â€“": "-", "â€”": "-", "â€¦": "…", "Â£": "£", "Â ": " ", "Â\xa0": " ",
    "Ã©": "é", "Ã¨": "è", "Ã¡": "á", "Ã³": "ó", "Ã±": "ñ", "Ã¶": "ö", "Ã¼": "ü", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&nbsp;": " ",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "\xa0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\xad": "", "\u2060": "", "\ufffd": "'",
}  # fmt: skip
_PATTERN = re.compile("|".join(map(re.escape, sorted(_BROKEN, key=len, reverse=True))) + r"|[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Cleaned:
    """The readable text, and for each of its characters the offset it had; one more for the end."""

    text: str
    offsets: tuple[int, ...] | None
    length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text as given that a stretch of the readable text stands for."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]


def clean(text: str) -> Cleaned:
    """Mend what is broken; a text with nothing to mend costs one pass."""
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    same_length = True
    for match in _PATTERN.finditer(text):
        mended = _BROKEN.get(match[0], " ")
        same_length = same_length and len(mended) == len(match[0])
        pieces += [text[done : match.start()], mended]
        offsets.extend(range(done, match.start()))
        offsets.extend([match.start()] * len(mended))
        done = match.end()
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return Cleaned("".join(pieces), None if same_length else tuple(offsets), len(text))
