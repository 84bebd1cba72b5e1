"""What an earlier version wrote is still read after an upgrade."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import pipeline.store
from pipeline.store import contacts
from pipeline.store.engine import open_store
from tests.factory import contact

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_links_of_the_first_version_are_read_and_left_to_a_person(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    older = _at_revision(url, "0001")
    body = json.loads(contact(reference="LE-26-AAAAAA").model_dump_json()) | {"linked": ["LE-26-BBBBBB"]}
    _insert(older, "LE-26-AAAAAA", body)
    _insert(older, "LE-26-BBBBBB", json.loads(contact(reference="LE-26-BBBBBB").model_dump_json()))
    older.dispose()
    store = open_store(url)
    with store.reading() as session:
        first, second = (contacts.get(session, reference) for reference in ("LE-26-AAAAAA", "LE-26-BBBBBB"))
    store.close()
    assert first is not None
    assert [(link.reference, link.doubtful) for link in first.contact.linked] == [("LE-26-BBBBBB", True)]
    assert second is not None
    assert second.contact.linked == ()


def _at_revision(url: str, revision: str) -> sa.Engine:
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(pipeline.store.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def _insert(engine: sa.Engine, reference: str, body: dict[str, object]) -> None:
    """A row as the first version wrote it."""
    row = {"reference": reference, "authority": "lewisham", "received_at": AT, "updated_at": AT, "state": "open", "decision": "screen"}
    columns = [*row, "urgent", "body", "version"]
    table = sa.table("contacts", *(sa.column(name) for name in columns))
    with engine.begin() as connection:
        connection.execute(sa.insert(table).values(**row, urgent=False, body=json.dumps(body, ensure_ascii=False, separators=(",", ":")), version=1))
