"""The five rules of the house, enforced."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for room in ("models", "pipeline", "flows") for path in (ROOT / room).rglob("*.py") if "versions" not in path.parts)

KNOWERS = {
    "prefect": ("flows/", "pipeline/shell/serve.py"),
    "sqlalchemy": ("pipeline/store/",),
    "alembic": ("pipeline/store/",),
    "spacy": ("pipeline/extract/narrative/",),
    "fastapi": ("pipeline/review/",),
    "imapclient": ("pipeline/ingest/imap.py", "pipeline/ingest/imap_faults.py"),
    "authlib": ("pipeline/review/web/oidc.py",),
    "argon2": ("pipeline/review/web/local.py",),
    "reportlab": ("pipeline/review/paper.py",),
    "msal": ("pipeline/oauth.py",),
    "cryptography": ("pipeline/store/keyring.py", "pipeline/store/sealer.py", "pipeline/review/"),
    "smtplib": ("pipeline/route/smtp.py", "pipeline/shell/embedded.py"),
}


def test_imports_point_down_and_stages_stay_apart() -> None:
    answer = subprocess.run([str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("library", sorted(KNOWERS))
def test_one_knower_each(library: str) -> None:
    strangers = [
        str(path.relative_to(ROOT)) for path in SOURCES if library in _imported(path) and not str(path.relative_to(ROOT)).startswith(KNOWERS[library])
    ]
    assert strangers == []


def test_no_module_passes_400_lines_and_no_function_60() -> None:
    long = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            long.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        long += [
            f"{path.relative_to(ROOT)}: {node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (node.end_lineno or 0) - node.lineno > 60
        ]
    assert long == []


def test_production_code_makes_no_assertions() -> None:
    naked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert naked == []


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names
