"""The doctor turns a document as a worker would, and says so when that cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import programs
from pipeline.settings import Settings
from pipeline.shell.doctor import Finding, examine


def older(tmp_path: Path) -> Finding:
    settings = Settings(authority="lewisham", data_dir=tmp_path / "data")
    return next(finding for finding in examine(settings) if finding.what == "older documents")


def test_a_document_is_really_turned(tmp_path: Path) -> None:
    finding = older(tmp_path)
    assert finding.good
    assert "turns .doc" in finding.says


def test_a_program_that_cannot_turn_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "programs"
    broken.mkdir()
    for name in programs.OFFICE:
        (broken / name).write_text("#!/bin/sh\nexit 1\n")
        (broken / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(broken), prepend=":")
    programs.find_program.cache_clear()
    finding = older(tmp_path)
    programs.find_program.cache_clear()
    assert not finding.good
    assert "go to a person unread" in finding.says


def test_without_the_program_the_doctor_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "OFFICE", ("no-such-program",))
    finding = older(tmp_path)
    assert finding.good
    assert "libreoffice-writer" in finding.says
