"""`mash-intake demo` as a newcomer meets it, twice in the same folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.load import load_samples
from tests.test_cli import run


@pytest.mark.timeout(900)
def test_the_demonstration_and_a_second_run(tmp_path: Path) -> None:
    for _ in range(2):
        answer = run("demo", "--data-dir", "demo", cwd=tmp_path, MASH_IMAP_HOST="imap.example.org")
        assert answer.returncode == 0, answer.stderr
        assert "Traceback" not in answer.stdout + answer.stderr
        for sample in load_samples():
            assert sample.name in answer.stdout
        assert "URGENT" in answer.stdout
        assert "incomplete sent" in answer.stdout
    runs = [len(list(folder.glob("*.html"))) for folder in (tmp_path / "demo").glob("*/reports")]
    assert len(runs) == 2
    assert min(runs) == max(runs) >= 16
