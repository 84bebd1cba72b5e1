"""Opening the store, its schema, and what it says when it cannot be had."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from models.matching import KnownPerson
from pipeline.errors import IntakeError, OurBug, Retry, WrongSetup
from pipeline.store import people
from pipeline.store.all_tables import METADATA
from pipeline.store.engine import Store, open_store
from pipeline.store.keyring import Keyring
from pipeline.store.sealed import Sealed
from pipeline.store.tables import ContactEvent, Message


def test_the_migrations_make_exactly_the_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() is not None


def test_opening_again_keeps_what_is_there(store: Store) -> None:
    with store.session() as session:
        people.import_people(session, [KnownPerson(record_id="1")])
    again = open_store(store.engine.url.render_as_string(hide_password=False), store.sealer.ring)
    with again.reading() as session:
        assert people.count(session) == 1
    again.close()


def test_two_processes_may_open_an_empty_store_at_once(tmp_path: Path) -> None:
    url, faults = f"sqlite:///{tmp_path / 'new.sqlite3'}", []

    def start() -> None:
        try:
            open_store(url).close()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []


def test_sqlite_is_safe_and_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "store.sqlite3"
    store = open_store(f"sqlite:///{path}")
    with store.session() as session:
        told = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_block_that_raises_writes_nothing(store: Store) -> None:
    def half_way() -> None:
        with store.session() as session:
            people.import_people(session, [KnownPerson(record_id="1")])
            raise KeyError

    with pytest.raises(KeyError):
        half_way()
    with store.reading() as session:
        assert people.count(session) == 0


@pytest.mark.parametrize("url", ["nonsense", "mysql9://x/y", "sqlite:////proc/none/store.sqlite3"])
def test_a_wrong_address_is_told_in_one_line(url: str) -> None:
    with pytest.raises(WrongSetup) as caught:
        open_store(url)
    assert "\n" not in str(caught.value)


def test_a_database_opened_read_only_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    open_store(f"sqlite:///{path}").close()
    store = open_store(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(WrongSetup, match="not writable"), store.session() as session:
        people.import_people(session, [KnownPerson(record_id="1")])


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"this is a letter, not a database, and it is long enough to be looked at\n" * 20)
    with pytest.raises(WrongSetup):
        open_store(f"sqlite:///{path}")


def test_a_locked_database_is_a_retry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.engine.BUSY_SECONDS", 0)
    path = tmp_path / "store.sqlite3"
    store = open_store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Retry, match="locked"), store.session() as session:
        people.import_people(session, [KnownPerson(record_id="1")])
    with store.reading() as session:
        assert people.count(session) == 0
    other.rollback()
    other.close()


def test_a_server_that_is_down_is_a_retry(keys: Keyring) -> None:
    with pytest.raises(Retry):
        open_store("postgresql://mash@127.0.0.1:9/none?connect_timeout=2", keys)


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    store = open_store(url)
    with store.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongSetup, match="another version"):
        open_store(url)


def test_no_error_of_the_store_holds_what_was_written(store: Store) -> None:
    marker = "Marker Surname"
    with pytest.raises(IntakeError) as caught, store.session() as session:
        session.add(ContactEvent(contact_reference="nobody", number=0, at=datetime.now(UTC), by=marker, what=Sealed(marker, "nobody", 0)))
    told = [caught.value, caught.value.__cause__]
    assert all(marker not in str(one) for one in told)
    assert caught.value.__context__ is None or marker not in str(caught.value.__context__)


def test_a_time_without_a_zone_is_a_bug_of_ours(store: Store) -> None:
    naive = datetime(2026, 11, 20)  # noqa: DTZ001 - the point of the test
    with pytest.raises(OurBug), store.session() as session:
        session.add(Message(account="a", folder="b", uid_validity=1, uid=1, size=1, state="received", received_at=naive))


def test_times_come_back_in_utc(store: Store) -> None:
    now = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)
    with store.session() as session:
        session.add(Message(account="a", folder="b", uid_validity=1, uid=1, size=1, state="received", received_at=now))
    with store.reading() as session:
        row = session.get(Message, 1)
        assert row is not None
        assert (row.received_at, row.received_at.tzinfo) == (now, UTC)


def test_every_table_has_a_primary_key(store: Store) -> None:
    looked = inspect(store.engine)
    assert all(looked.get_pk_constraint(name)["constrained_columns"] for name in METADATA.tables)
