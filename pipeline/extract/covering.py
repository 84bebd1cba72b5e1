"""What a mail program and a letter's habits put around a form: headers of forwarded messages, closings and signatures, disclaimers. None of it is the form's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.document import Block, Line

_HEADER = re.compile(r"^\W*(?P<name>from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments?)\W*:", re.IGNORECASE)
_FORWARD = re.compile(
    r"^\W*(?:-{2,}\s*)?(?:(?:begin\s+)?forwarded\s+(?:message|by\b.*)|original\s+(?:message|appointment))\W*$|^On\b.{6,90}\bwrote:\s*$", re.IGNORECASE
)
_CLOSING = re.compile(
    r"^\W*(?:(?:with\s+)?(?:kind(?:est)?|best|warm(?:est)?|many)?\s*(?:regards|wishes)|many\s+thanks|thanks(?:\s+(?:again|in\s+advance|so\s+much|very\s+much))?|thank\s+you|yours\s+(?:sincerely|faithfully|truly)|sincerely|cheers|kr|bw)"
    r"(?:\s+and\s+(?:best\s+wishes|kind\s+regards|thanks))?\W*$",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^\W*(?:sent\s+(?:from|via)\s+(?:my\s+)?(?:i?phone|ipad|android|samsung|huawei|mobile|blackberry|outlook|yahoo|gmail|mail|windows|a\s+mobile)\b.*|get\s+outlook\s+for\b.*|sent\s+from\s+\w+\s+for\s+\w+)$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(?:intended\s+recipients?|intended\s+(?:solely|only)\s+for|received\s+this\s+(?:e-?mail|message|communication|transmission)\s+in\s+error|scanned\s+(?:for|by)\b.{0,30}\bvirus|virus[\s-]free|"
    r"think\s+before\s+you\s+print|consider\s+the\s+environment|legally\s+privileged|unauthori[sz]ed\s+(?:use|disclosure|copying)|views\s+expressed\s+(?:in|are)|monitor(?:ed|ing)\s+(?:of\s+)?(?:e-?mails|all\s+e-?mail)|"
    r"external\s+(?:e-?mail|sender)\b.{0,80}\b(?:caution|links?|attachments?)|caution:?\s+this\s+e-?mail\s+originated)\b",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = re.compile(r"^\s*[A-Z][^:\n]{2,70}(?::|\?)\s*\S|\t")
_GREETING = 4
"""Labelled lines from which on what follows a closing is a form and no signature."""
_LINES = 14
"""Lines. The longest signature."""
_PROSE = 110
"""Characters. A line longer than any of a signature says something."""


def without_covering(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A message's blocks without what stands around the form."""
    kept: list[Block] = []
    number = 0
    while number < len(blocks):
        number, passed = _passed(blocks, number)
        if not passed and number < len(blocks):
            kept.append(blocks[number])
            number += 1
    return tuple(kept) or tuple(blocks)


def _passed(blocks: Sequence[Block], number: int) -> tuple[int, bool]:
    """Where to go on from a block that belongs to no form, and whether it was one."""
    text = _text(blocks, number)
    if text is None:
        return number, False
    if _FORWARD.match(text) or _DEVICE.match(text) or (len(text) > 40 and _DISCLAIMER.search(text)):
        return number + 1, True
    if (headers := _headers(blocks, number)) > number:
        return headers, True
    if text.rstrip() == "--" or _CLOSING.match(text):
        end = _signature(blocks, number)
        return end, end > number
    return number, False


def _text(blocks: Sequence[Block], number: int) -> str | None:
    block = blocks[number] if number < len(blocks) else None
    return block.text.strip() if isinstance(block, Line) else None


def _headers(blocks: Sequence[Block], start: int) -> int:
    """The end of a run of message headers; the start itself when it is none. A form's own "Date:" has no "Subject:" beside it."""
    names: list[str] = []
    number = start
    while (text := _text(blocks, number)) is not None and (match := _HEADER.match(text)):
        names.append(match["name"].casefold())
        number += 1
    whole = len(set(names)) >= 3 and {"from", "to"} & set(names) and {"subject", "sent"} & set(names)
    return number if whole else start


def _signature(blocks: Sequence[Block], start: int) -> int:
    """The end of a closing with the signature under it; the start itself when a form goes on there."""
    number, asked = start + 1, 0
    while (text := _text(blocks, number)) is not None:
        if _FORWARD.match(text) or _headers(blocks, number) > number:
            break
        asked += bool(_ASKS.search(text)) and not re.match(
            r"\W*(?:t|m|e|w|f|tel|mob|mobile|phone|direct|dd|email|e-mail|web|fax)\b", text, re.IGNORECASE
        )
        number += 1
        if asked >= _GREETING or (len(text) > _PROSE and not _DISCLAIMER.search(text)):
            return start + 1
    tables_follow = number < len(blocks) and not isinstance(blocks[number], Line)
    if tables_follow or number - start > _LINES:
        return start + 1
    return number
