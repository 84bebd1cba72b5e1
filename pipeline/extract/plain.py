"""Plain text as it was before mail programs had it: quotation marks, forced line ends, and drawn tables taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.glyphs import clean

_QUOTED = re.compile(r"^\s*(?:>\s?)+|^\s*\|\s(?=\S[^|]*$)")
_RULE = re.compile(r"^[\s|+:=_*-]*$")
_STARRED = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,120}?\S|\S)\*(?![\w*])")
_OPTION = re.compile(
    r"^(?:\W*(?:yes|no|y|n|not known|unknown|n/?a|n/?k|not applicable|not sure|don['’]?t know|male|female|m|f|other|unborn|indeterminate|refused|partial|x)\b\W*)+$",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?<=[\w:?.)\]])[ \t]*(?<!\.)(?:\.{5,}|_{4,}|…{2,})[ \t]*$")
"""Dots or a rule that a printed line ran out in."""
_NARROW, _WIDE = 60, 80
"""Characters. The line lengths at which mail programs break lines."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a message. `gap` says that an empty line stands before it."""

    number: int
    text: str
    gap: bool = False


def text_lines(text: str) -> list[TextLine]:
    """The lines of a message as they were written: unquoted, joined where a mail program broke them, columns parted by tabs."""
    rows = [(number, _unquoted(clean(raw).rstrip("\r\n"))) for number, raw in enumerate(text.splitlines(), start=1)]
    found: list[TextLine] = []
    gap = False
    for number, line in rows:
        if not line.strip():
            gap = True
        elif not _is_rule(line):
            found.append(TextLine(number, line, gap))
            gap = False
    return [TextLine(line.number, _columns(_LEADER.sub("", _STARRED.sub(r"\1", line.text))), line.gap) for line in _joined(found)]


def _unquoted(line: str) -> str:
    """A line of a quoted message without the marks in front of it."""
    return _QUOTED.sub("", line, count=1)


def _is_rule(line: str) -> bool:
    """A line drawn with signs, between the rows of a table or the parts of a message."""
    return len(line.strip()) > 2 and bool(_RULE.match(line)) and any(sign in line for sign in "-=_+") and "\t" not in line


def _joined(lines: list[TextLine]) -> Iterator[TextLine]:
    """Lines put together that were broken only because the next word did not fit."""
    width = _width(lines)
    held: TextLine | None = None
    last = ""
    for line in lines:
        if held is not None and width and not line.gap and _broken(last, line.text, width):
            held = TextLine(held.number, f"{held.text.rstrip()} {line.text.strip()}", held.gap)
        else:
            if held is not None:
                yield held
            held = line
        last = line.text
    if held is not None:
        yield held


def _width(lines: list[TextLine]) -> int:
    """The width at which this message was broken; nought when it was not."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if "\t" not in line.text and " " in line.text.strip())
    if not lengths or not _NARROW <= lengths[-1] <= _WIDE:
        return 0
    return lengths[-1] if sum(length > lengths[-1] - 12 for length in lengths) >= 3 else 0


def _broken(line: str, following: str, width: int) -> bool:
    """Would the next line's first word have gone beyond the width?"""
    if "\t" in following or re.match(r"\s*(?:[-*•]|\(?\d{1,2}[.)])\s", following) or re.match(r"\s*[A-Z][^:.?!]{1,60}:(?:\s|$)", following):
        return False
    words = following.split()
    return len(line.rstrip()) + 1 + len(words[0]) > width if words else False


def _columns(line: str) -> str:
    """A row drawn with bars, or with wide spaces, as one with tabs; printed options beside each other stay as they are."""
    stripped = line.strip(" ")
    if stripped.count("|") >= 2 and (stripped.startswith("|") or stripped.count(" | ") >= 2):
        return "\t".join(part.strip() for part in stripped.strip("|").split("|"))
    if "\t" in stripped:
        return stripped
    parts = re.split(r" {3,}", stripped)
    if len(parts) < 2 or all(_OPTION.match(part) for part in parts[1:]):
        return stripped
    return "\t".join(parts)
