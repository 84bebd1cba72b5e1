"""A letter's text as blocks, so that one template gives both the plain text and the HTML of a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

_NUMBERED = re.compile(r"(\d{1,4})\. (.*)")


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item and its further lines."""

    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, points or numbered items."""

    kind: Literal["heading", "paragraph", "points", "numbers"]
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


def tidy(text: str) -> str:
    """Template output with single blank lines between blocks and none at its ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept: list[str] = []
    for line, ahead in zip(lines, [*lines[1:], ""], strict=False):
        if not line and (not kept or not kept[-1] or (_joins(kept[-1]) and _joins(ahead))):
            continue
        kept.append(line)
    return "\n".join(kept) + "\n"


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a tidied text."""
    parted = (tuple(lines) for blank, lines in groupby(text.splitlines(), key=lambda line: not line.strip()) if not blank)
    return tuple(_block(lines) for lines in parted)


def _joins(line: str) -> bool:
    """Whether a line belongs to a list, whose entries stand close together."""
    return line.startswith(("- ", "   ")) or _NUMBERED.match(line) is not None


def _block(lines: tuple[str, ...]) -> Block:
    if lines[0].startswith("# "):
        return Block("heading", (lines[0][2:],))
    if lines[0].startswith("- "):
        return Block("points", tuple(line.removeprefix("- ").strip() for line in lines))
    if _NUMBERED.match(lines[0]):
        return Block("numbers", items=tuple(_items(lines)))
    return Block("paragraph", lines)


def _items(lines: tuple[str, ...]) -> list[Item]:
    found: list[Item] = []
    for line in lines:
        if numbered := _NUMBERED.match(line):
            found.append(Item(int(numbered.group(1)), (numbered.group(2),)))
        else:
            found[-1] = Item(found[-1].number, (*found[-1].lines, line.strip()))
    return found
