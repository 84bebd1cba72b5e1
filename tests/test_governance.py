"""The governance pages say what is so: each hazard names a test that exists, each command and setting they name is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from typer.main import get_command

from pipeline.cli import app
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs" / "governance").glob("*.md"))
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def _rows() -> list[list[str]]:
    lines = (ROOT / "docs" / "governance" / "hazards.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in lines if re.match(r"\| \d+ \|", line)]


def test_every_hazard_is_told_whole_and_numbered_once() -> None:
    rows = _rows()
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert [row[0] for row in rows if len(row) < 7 or not all(row[:7]) or row[4] not in "12345" or not NAMED.search(row[6])] == []


def test_every_test_that_is_named_exists() -> None:
    missing = []
    for page in PAGES:
        for file, name in NAMED.findall(page.read_text(encoding="utf-8")):
            path = ROOT / file
            there = (
                {node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)}
                if path.exists()
                else set()
            )
            if name not in there:
                missing.append(f"{page.name}: {file}::{name}")
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_setting_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = get_command(app)
    for words in re.findall(r"mash-intake ([a-z][a-z -]*)", text):
        first, *more = words.split()
        command = known.commands.get(first)  # type: ignore[attr-defined]
        assert command is not None, f"mash-intake {first}"
        if more and hasattr(command, "commands") and not more[0].startswith("-"):
            assert more[0] in command.commands, f"mash-intake {first} {more[0]}"
    unknown = {name for name in re.findall(r"`MASH_([A-Z_]+)`", text) if name.lower() not in Settings.model_fields}
    assert unknown == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_that_is_linked_to_exists(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
