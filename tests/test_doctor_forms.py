"""The doctor looks at a council's own forms before the first mail does."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from pipeline.settings import Settings
from pipeline.shell.doctor import examine


def test_a_fault_in_a_form_of_ones_own_is_told_with_its_file(tmp_path: Path) -> None:
    own = tmp_path / "our-council"
    shutil.copytree(Path(str(files("pipeline.authorities"))) / "lewisham", own)
    settings = Settings(authority=str(own), data_dir=tmp_path / "data")
    assert next(iter(examine(settings))).good
    (own / "forms" / "broken.toml").write_text('id = "our-form"\ntype = "NOT A TYPE"\n', encoding="utf-8")
    finding = next(iter(examine(settings)))
    assert (finding.what, finding.good) == ("authority", False)
    assert "broken.toml" in finding.says
