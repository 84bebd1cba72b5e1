"""Rows of a CSV file, so read that one forgotten quotation mark costs one row and not the rest of the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

LONGEST = 25
"""Lines one value may run over (an address with line breaks); past that a quotation mark was never closed."""


def csv_rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the line it begins on; None for a row whose quotation mark is never closed. Empty lines are passed over."""
    source = iter(lines)
    again: deque[str] = deque()
    number = 0
    while True:
        line = again.popleft() if again else next(source, None)
        if line is None:
            return
        number += 1
        start = number
        if not line.strip():
            continue
        if line.count('"') % 2:
            rest = _until_closed(source, again)
            if rest is None:
                yield start, None
                continue
            line += "".join(rest)
            number += len(rest)
        yield start, next(csv.reader([line.replace("\0", "")], delimiter=delimiter), [])


def _until_closed(source: Iterator[str], again: deque[str]) -> list[str] | None:
    """The lines up to the closing mark; None, and the lines given back, when there is no such mark near."""
    taken: list[str] = []
    while len(taken) < LONGEST:
        line = again.popleft() if again else next(source, None)
        if line is None:
            break
        taken.append(line)
        if line.count('"') % 2:
            return taken
    again.extendleft(reversed(taken))
    return None
