"""Ethnicity: the words as written, and the Department for Education's code where the words settle it. Never inferred from anything else."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

NOT_STATED = frozenset({"NOBT", "REFU"})
_DROP = re.compile(r"\b(?:or|and|the|ethnic|ethnicity|background|heritage|origin|group|please specify|specify)\b")


@cache
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """Words to code, and code to label, from the newest list."""
    folder = files("pipeline.authorities") / "codes"
    newest = max(entry.name for entry in folder.iterdir() if entry.name.startswith("ethnicity-"))
    words: dict[str, str] = {}
    labels: dict[str, str] = {}
    for row in csv.DictReader((folder / newest).read_text(encoding="utf-8").splitlines()):
        labels[row["code"]] = row["label"]
        for phrase in (row["code"], row["label"], *row["words"].split(";")):
            words.setdefault(_key(phrase), row["code"])
            words.setdefault(_loose(phrase), row["code"])
    words.pop("", None)
    return words, labels


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("&", " and ")).split())


def _loose(text: str) -> str:
    return " ".join(_DROP.sub(" ", _key(text)).split())


@cache
def ethnicity_code(text: str) -> str | None:
    """The code for these words, or None where they settle none."""
    words, labels = _codes()
    if (written := re.match(r"\s*([A-Z]{4})\b", text)) and written[1] in labels:
        return written[1]
    without = re.sub(r"^\s*(?:(?:[A-Z]\d{0,2}|\d{1,2})\s*[.:)–-]\s*|[A-Z]\d{1,2}\s+(?=[A-Z]))", "", text)
    for phrase in (text, without):
        code = words.get(_key(phrase)) or words.get(_loose(phrase))
        if code:
            return code
    for part in re.split(r"[(),;:/–-]", text):
        if len(part) > 4 and (code := words.get(_key(part))) and code not in {"OOTH", "AOTH", "BOTH", "MOTH"}:
            return code
    return None


def code_label(code: str) -> str | None:
    """What a code means; None when it is no code of the list."""
    return _codes()[1].get(code.upper())


@cache
def is_ethnicity_option(text: str) -> bool:
    """Is this one of the options an ethnicity grid prints?"""
    if len(text) > 60:
        return False
    words, _ = _codes()
    key = _key(text)
    return key in words or _loose(text) in words
