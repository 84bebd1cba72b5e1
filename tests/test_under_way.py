"""What may change under a running hub: its settings, the database's version, and whether the database is there at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.app import App, open_app
from pipeline.errors import Retry, WrongSetup
from pipeline.settings import SETTINGS_FILE, Settings
from pipeline.shell.serve import _SettingsFile
from tests.servers import free_port

GOOD = 'authority = "lewisham"\ndata_dir = "data"\nimap_host = "mail.example"\nimap_user = "hub"\nimap_password = "x"\nsmtp_host = "mail.example"\nsmtp_from = "mash@council.example"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import os

    for name in [name for name in os.environ if name.startswith("MASH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / SETTINGS_FILE).write_text(GOOD)
    return tmp_path


def test_settings_that_can_be_worked_with_are_taken_and_others_are_told(folder: Path) -> None:
    told: list[str] = []
    watched = _SettingsFile(folder, Settings(), told.append)
    assert watched.changed() is None
    (folder / SETTINGS_FILE).write_text(GOOD.replace("lewisham", "atlantis-on-sea"))
    assert watched.changed() is None
    assert "atlantis-on-sea" in told[0]
    assert watched.changed() is None, "told once"
    (folder / SETTINGS_FILE).write_text(GOOD.replace("lewisham", "thurrock"))
    taken = watched.changed()
    assert taken is not None
    assert taken.authority == "thurrock"
    assert len(told) == 2


def test_what_others_still_work_with_cannot_change_under_way(folder: Path) -> None:
    """Half the hub would take mail into another folder than the other half looks at."""
    told: list[str] = []
    watched = _SettingsFile(folder, Settings(), told.append)
    (folder / SETTINGS_FILE).write_text(GOOD.replace('"data"', '"elsewhere"') + 'imap_folder = "Referrals"\n')
    assert watched.changed() is None
    assert "data_dir cannot change under way" in told[0]
    assert not (folder / "elsewhere").exists()
    (folder / SETTINGS_FILE).write_text(GOOD + 'imap_folder = "Referrals"\n')
    taken = watched.changed()
    assert taken is not None
    assert (taken.imap_folder, str(taken.data_dir)) == ("Referrals", "data")


def test_a_settings_file_that_is_taken_away_is_told(folder: Path) -> None:
    told: list[str] = []
    watched = _SettingsFile(folder, Settings(), told.append)
    (folder / SETTINGS_FILE).unlink()
    assert watched.changed() is None
    assert "MASH_" in told[0]


@pytest.mark.parametrize("work", [App.poll_once, App.pending, App.deliver_due, lambda intake: intake.process(1)])
def test_a_program_of_an_old_version_stops_at_a_database_that_was_updated_under_way(folder: Path, work: Callable[[App], object]) -> None:
    settings = Settings()
    with open_app(settings) as intake:
        engine = create_engine(settings.store_url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        engine.dispose()
        with pytest.raises(WrongSetup, match="update this machine"):
            work(intake)
    with pytest.raises(WrongSetup, match="another version"):
        App.open(settings)


def test_a_database_that_is_down_is_one_line_and_tried_again_later(folder: Path) -> None:
    settings = Settings(database_url=f"postgresql://mash@127.0.0.1:{free_port()}/hub")
    from datetime import UTC, datetime

    from pipeline.store.keyring import new_file, new_key

    settings.key_file = folder / "keys"
    new_file(settings.key_file, new_key(datetime.now(UTC)))
    with pytest.raises(Retry, match="locked, full or down"):
        App.open(settings)
