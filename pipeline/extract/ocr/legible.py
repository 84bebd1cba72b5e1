"""Was anything made out? OCR gives letters for every shadow and fold: a page of doubtful scraps is no reading of it."""

from __future__ import annotations

import re

from models.document import Document, Origin, Span

_SURE = 0.6
_ENOUGH = 8
"""Words surely read. The barest form prints more labels than that."""
_WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}")


def is_legible(document: Document) -> bool:
    """False for a document that only OCR read, and of which hardly a word was read surely."""
    sure = 0
    for line in (*document.lines(), *document.margins):
        for item in line.items:
            if isinstance(item, Span) and item.text.strip():
                if item.origin is not Origin.OCR:
                    return True
                sure += len(_WORD.findall(item.text)) if item.confidence >= _SURE else 0
    return sure >= _ENOUGH
