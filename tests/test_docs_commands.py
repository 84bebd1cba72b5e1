"""The page of commands names every command there is, and none that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from pipeline.cli import app

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"


def _commands(command: Any, name: str) -> Iterator[str]:
    """Groups have commands of their own. (typer carries a click of its own, so its classes cannot be asked for by name.)"""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name
        return
    for word, each in inner.items():
        yield from _commands(each, f"{name} {word}")


def test_the_page_of_commands_names_each_command_once() -> None:
    there = sorted(_commands(typer.main.get_command(app), "mash-intake"))
    told = re.findall(r"^\| (.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = sorted(name for cell in told for name in re.findall(r"`(mash-intake [a-z -]+?)`", cell))
    assert named == there


def test_every_page_it_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE.read_text(encoding="utf-8")):
        assert (PAGE.parent / target).is_file(), target
