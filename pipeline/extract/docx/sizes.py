"""Headings that no style names: bold lines in letters larger than the document's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from models.document import Block, Line, Span

_LARGER = 1.08
_HEADING_WORDS = 20


class Sizes:
    """Letter sizes seen while reading, and from them the headings."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self._letters: Counter[int] = Counter()

    def note(self, line: Line, size: int, *, top: bool) -> None:
        """Count a line's letters towards the document's usual size, and remember the size of a top-level line, which may be a heading."""
        self._letters[size] += len(line.text)
        if top:
            self._seen[id(line)] = size

    def with_headings(self, blocks: list[Block]) -> tuple[Block, ...]:
        """The blocks, with large bold lines made headings: the largest are level 1."""
        if not self._letters:
            return tuple(blocks)
        usual = self._letters.most_common(1)[0][0]
        sizes = sorted({size for block in blocks if (size := self._candidate(block, usual))}, reverse=True)
        levels = {size: level for level, size in enumerate(sizes, start=1)}
        return tuple(
            replace(block, heading=levels[size]) if (size := self._candidate(block, usual)) and isinstance(block, Line) else block for block in blocks
        )

    def _candidate(self, block: Block, usual: int) -> int:
        if not isinstance(block, Line) or block.heading is not None or block.bullet:
            return 0
        size = self._seen.get(id(block), 0)
        spans = [item for item in block.items if isinstance(item, Span) and item.text.strip()]
        large = size > usual * _LARGER and len(spans) == len(block.items) and len(block.text.split()) <= _HEADING_WORDS
        return size if large and all(span.bold for span in spans) else 0
