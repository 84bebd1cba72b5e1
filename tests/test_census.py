"""The alarms of the census: told until somebody who has looked puts them out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.settings import Settings
from pipeline.store import audit, census, figures
from pipeline.store.engine import open_store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_an_alarm_is_told_until_a_person_puts_it_out(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MASH_KEY", "MASH_KEY_FILE", "MASH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MASH_DATA_DIR", str(data_dir))
    run = CliRunner()
    calm = run.invoke(app, ["census"])
    assert (calm.exit_code, "is in the ledger" in calm.output) == (0, True)
    store = open_store(Settings().store_url)
    with store.session() as session:
        census.sound(session, "hub@mail.example", "INBOX", "2 mails came and left the inbox", NOW)
    for _ in range(2):
        told = run.invoke(app, ["census"])
        assert (told.exit_code, "2026-11-20 09:30 UTC  2 mails came and left" in told.output) == (1, True)
    with store.reading() as session:
        assert figures.hub(session, NOW).alarm
    assert run.invoke(app, ["census", "--seen"]).exit_code == 0
    assert run.invoke(app, ["census"]).exit_code == 0
    with store.session() as session:
        assert not figures.hub(session, NOW).alarm
        assert [row.what for row in audit.rows(session)] == ["put out the alarms of the census"]
        census.sound(session, "hub@mail.example", "INBOX", "1 mails in the inbox are not in the ledger", NOW)
    assert run.invoke(app, ["census"]).exit_code == 1, "a new one sounds again"
    store.close()
