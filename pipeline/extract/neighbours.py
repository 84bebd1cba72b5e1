"""How well the reader knows its way where a value stands: which of the labels about it are known. A value among strange labels may be no more than a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.extract.events import Event, Pair, Rows

_REACH = 4
"""Labels looked at before one and after it."""


def with_neighbours(events: Iterable[Event]) -> list[Event]:
    """The same events, each pair and each table of rows told which share of the labels about it is unknown."""
    held = list(events)
    asked = [(number, *_strange(event)) for number, event in enumerate(held) if isinstance(event, Pair | Rows)]
    for place, (number, own, count) in enumerate(asked):
        near = [*asked[max(0, place - _REACH) : place], *asked[place + 1 : place + 1 + _REACH]]
        unknown = sum(share for _, share, _ in near) + (own * count if count > 1 else 0.0)
        total = len(near) + (count if count > 1 else 0)
        event = held[number]
        if isinstance(event, Pair | Rows):
            held[number] = replace(event, strange=round(unknown / total, 3) if total else 0.0)
    return held


def _strange(event: Pair | Rows) -> tuple[float, int]:
    """The share of an event's own labels that are unknown, and how many it has."""
    if isinstance(event, Rows):
        return sum(head is None for head in event.heads) / max(1, len(event.heads)), len(event.heads)
    return float(event.label is None and event.follows is None), 1
