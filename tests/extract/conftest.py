"""What the tests of reading share: time enough, for a scan is given up after a while and the machine may be busy."""

from __future__ import annotations

import pytest

from pipeline.extract.ocr import images
from pipeline.extract.pdf import scans

PATIENCE = 300.0


@pytest.fixture(autouse=True)
def _scans_take_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "SECONDS", PATIENCE)
    monkeypatch.setattr(images, "SECONDS", PATIENCE)
