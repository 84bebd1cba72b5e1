"""The command line as a user meets it: help at once, one line when something is wrong, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("mash-intake"))
HEAVY = ("spacy", "prefect", "fastapi", "pdfplumber", "sqlalchemy", "numpy", "lxml")


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MASH_")}
    return subprocess.run([COMMAND, *arguments], cwd=cwd, env={**clean, **environment}, capture_output=True, text=True, check=False, timeout=400)


def one_line(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count("\n") == 1
    return answer.stderr


@pytest.mark.parametrize("command", [[], ["extract"], ["poll"], ["records", "import"], ["serve"], ["demo"]])
def test_help_is_light(command: list[str]) -> None:
    program = (
        "import sys; from pipeline.cli import app\n"
        f"try: app({[*command, '--help']!r})\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Usage:" in answer.stdout
    assert answer.stdout.strip().endswith("LOADED []")


def test_wrong_use_is_exit_2(tmp_path: Path) -> None:
    assert run("nosuch", cwd=tmp_path).returncode == 2
    assert run("extract", cwd=tmp_path).returncode == 2
    assert run("schema", "nosuch", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("name", ["extraction", "narrative", "query", "match", "contact"])
def test_schema_is_a_json_schema(name: str, tmp_path: Path) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.loads(run("schema", name, cwd=tmp_path).stdout))


def test_a_wrong_setting_is_named_and_its_value_is_not(tmp_path: Path) -> None:
    said = one_line(run("contacts", cwd=tmp_path, MASH_IMAP_PORT="hunter2"))
    assert "MASH_IMAP_PORT" in said
    assert "hunter2" not in said


def test_settings_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "mash-intake.toml").write_text('imap_security = "sideways"\n', encoding="utf-8")
    assert "mash-intake.toml: imap_security" in one_line(run("contacts", cwd=tmp_path))
    assert run("contacts", cwd=tmp_path, MASH_IMAP_SECURITY="tls").stdout.strip() == "No contacts yet."


@pytest.mark.parametrize(("line", "said"), [("not json\n", "line 1"), ("[1]\n", "line 1"), ('{"id": "a"}\n\n{"id": "b", "name": 7}\n', "line")])
def test_a_bad_line_is_told_by_number(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(line, encoding="utf-8")
    assert said in one_line(run("match", "q.jsonl", cwd=tmp_path))


def test_an_unknown_reference_is_told(tmp_path: Path) -> None:
    assert "no contact" in one_line(run("contact", "LE-26-XXXXXX", cwd=tmp_path))


def test_looking_at_contacts_loads_no_language_model_no_prefect_and_no_web() -> None:
    program = "import sys, pipeline.app; print([name for name in ('spacy', 'prefect', 'fastapi') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
