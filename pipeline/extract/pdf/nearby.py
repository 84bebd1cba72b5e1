"""Small things of a page by where they stand, so that each is compared with its neighbours and not with the whole page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from models.document import Box

Thing = TypeVar("Thing")
_CELL = 24.0


class Nearby(Generic[Thing]):
    """Things found by the place of their middle."""

    def __init__(self, things: Iterable[Thing], box_of: Callable[[Thing], Box]) -> None:
        self._cells: dict[tuple[int, int], list[Thing]] = defaultdict(list)
        for thing in things:
            self.add(thing, box_of(thing))

    def add(self, thing: Thing, box: Box) -> None:
        """Take in one more."""
        self._cells[int((box[0] + box[2]) / (2 * _CELL)), int((box[1] + box[3]) / (2 * _CELL))].append(thing)

    def about(self, box: Box, reach: float) -> Iterator[Thing]:
        """Those whose middle is in a box or within reach of it, and some others near by."""
        for across in range(int((box[0] - reach) / _CELL) - 1, int((box[2] + reach) / _CELL) + 1):
            for down in range(int((box[1] - reach) / _CELL) - 1, int((box[3] + reach) / _CELL) + 1):
                yield from self._cells.get((across, down), ())
