"""Reads a TOML file so that a fault can be told with its line: the standard parser says where syntax breaks, not where a value stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import WrongSetup

_TABLE = re.compile(r"^\s*\[(\[)?\s*([\w.\"-]+)\s*\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*=\s*(\[\s*)?")
_ENTRY = re.compile(r"^\s*\{")
_REMEDIES = {
    "missing": "is missing. Add it.",
    "extra_forbidden": "is not known here. Check its spelling, or take it out.",
}
_WANTED = {
    "tuple_type": 'this must be a list in square brackets, such as ["one", "two"]',
    "bool_parsing": "this must be true or false",
    "bool_type": "this must be true or false",
    r"^[A-Z]{2,5}-\d+$": "a row of the procedure is two to five capitals, a hyphen and a number, such as BR-12",
    r"^[0-9+][0-9 ]{3,}$": "a telephone number is written in digits and spaces",
}
"""What was wanted, in plain words: by kind of fault, or by the pattern that did not fit."""


@dataclass(frozen=True)
class TomlFile:
    """A parsed file and its text, which knows the line of each value."""

    path: Path
    data: dict[str, Any]
    text: str

    def line(self, loc: Sequence[str | int]) -> int:
        """The line where the value at `loc` stands, or that of the nearest thing around it."""
        lines = _places(self.text)
        for length in range(len(loc), 0, -1):
            if tuple(loc[:length]) in lines:
                return lines[tuple(loc[:length])]
        return 1

    def fault(self, loc: Sequence[str | int], says: str) -> WrongSetup:
        """The error for a value: file, line, what is wrong and what to do."""
        name = ".".join(str(part) for part in loc) or "the file"
        return WrongSetup(f"{self.path}, line {self.line(loc)}: {name} {says}")

    def refusal(self, error: ValidationError) -> WrongSetup:
        """The error for the first thing a type refused, misspelt names before what they leave missing. Only a short value is repeated."""
        first = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
        loc = first["loc"]
        if first["type"] in _REMEDIES:
            return self.fault(loc, _REMEDIES[first["type"]])
        given = first.get("input")
        shown = f" (it says {given!r})" if isinstance(given, str | int | float | bool) and len(str(given)) < 60 else ""
        wanted = _WANTED.get(first["type"]) or _WANTED.get(str((first.get("ctx") or {}).get("pattern")))
        return self.fault(loc, f"is wrong{shown}: {wanted or first['msg'].removeprefix('Value error, ')}. Correct it.")


def read_toml(path: Path) -> TomlFile:
    """Parse a file. Raises WrongSetup naming file, line and remedy."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WrongSetup(f"{path} does not exist. Make it, or name another.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise WrongSetup(f"{path} cannot be read ({type(fault).__name__}). It must be a text file in UTF-8 that this user may read.") from None
    try:
        return TomlFile(path, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"^(.*?) \(at (?:line (\d+), column \d+|end of document)\)", str(fault))
        line = found.group(2) if found and found.group(2) else str(text.count("\n") + 1)
        says = found.group(1) if found else str(fault)
        raise WrongSetup(f"{path}, line {line}: this is not valid TOML: {says}. Often a quotation mark or bracket is missing on this line.") from None


def _places(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of each table, each entry of a list of tables (a table a line, or `[[...]]`), and each key."""
    found: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str, ...], int] = {}
    here: tuple[str | int, ...] = ()
    listed: tuple[str | int, ...] | None = None
    entry = -1
    for number, line in enumerate(text.splitlines(), 1):
        if listed is not None and _ENTRY.match(line):
            entry += 1
            found.setdefault((*listed, entry), number)
            continue
        if table := _TABLE.match(line):
            names = tuple(part.strip('"') for part in table.group(2).split("."))
            here = names
            if table.group(1):
                index = counts.get(names, -1) + 1
                counts[names] = index
                here = (*names, index)
                found.setdefault(names, number)
            found.setdefault(here, number)
            listed = None
        elif key := _KEY.match(line):
            found.setdefault((*here, key.group(1)), number)
            listed, entry = ((*here, key.group(1)) if key.group(2) else None), -1
    return found
