"""Settings: a wrong one is named by its variable, with what to write instead and without its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import WrongSetup
from pipeline.settings import SETTINGS_FILE, load_settings


@pytest.mark.parametrize("name", ["OWN_ADDRESSES", "DOCUMENT_PASSWORDS", "CONSOLE_PROXY_ADDRESSES"])
def test_a_list_that_is_no_json_is_named_by_its_variable(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"MASH_{name}", "quill-and-secret")
    with pytest.raises(WrongSetup, match=f'MASH_{name} is a list: .*\\["one", "two"\\]') as told:
        load_settings()
    assert "quill" not in str(told.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / SETTINGS_FILE).write_text("authority = quill-and-secret")
    with pytest.raises(WrongSetup, match=SETTINGS_FILE) as told:
        load_settings()
    assert "quill" not in str(told.value)
