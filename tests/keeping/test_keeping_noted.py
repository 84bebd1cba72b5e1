"""Who looks by a command leaves a line in the audit, and leaves it first: what is broken off was looked at all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import WrongSetup
from pipeline.settings import Settings
from pipeline.store import audit
from pipeline.store.engine import open_store


@pytest.fixture(autouse=True)
def here(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MASH_KEY", "MASH_KEY_FILE", "MASH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MASH_DATA_DIR", str(data_dir))


def trail() -> list[str]:
    store = open_store(Settings().store_url)
    with store.reading() as session:
        found = [row.what for row in audit.rows(session)]
    store.close()
    return found


def test_people_who_were_looked_up_before_a_line_that_is_wrong_are_in_the_trail(tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"id": "1", "name": "Ann Quill"}\nnonsense\n')
    told = CliRunner().invoke(app, ["match", "--json", str(asked)])
    assert isinstance(told.exception, WrongSetup)
    assert '"id":"1"' in told.output, "the first was answered"
    assert trail() == ["looked people up among existing records"]


@pytest.mark.parametrize(("command", "what"), [(["audit", "show"], "printed the audit"), (["hold", "list"], "read the reasons of the legal holds")])
def test_what_is_printed_into_a_pipe_that_is_shut_is_in_the_trail(command: list[str], what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(_: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("pipeline.shell.cli_keeping._say", shut)
    assert isinstance(CliRunner().invoke(app, command).exception, BrokenPipeError)
    assert trail() == [what]
