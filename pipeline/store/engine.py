"""Opening the store: SQLite in the data folder, or PostgreSQL by URL. The schema is brought up to date on opening.

SQLite runs with WAL and `synchronous=FULL`: what is committed survives a power cut, because a mail leaves the server on the strength of it.
Writing transactions take the write lock at once (BEGIN IMMEDIATE), so that two writers queue instead of failing half way.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError, StatementError
from sqlalchemy.orm import Session

from pipeline.errors import IntakeError, OurBug, Retry, WrongSetup
from pipeline.store.keyring import KeyMissing, Keyring, new_key
from pipeline.store.scrub import scrub
from pipeline.store.sealer import Sealer
from pipeline.store.secret import unlock

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
PATIENCE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
"""For a PostgreSQL across a network that is suddenly gone: without these a connection waits for a quarter of an hour. Those of the address win."""
MIGRATION_LOCK = 0x6D617368
SEALED_SINCE = "0006"
_READ_ONLY = ("readonly database", "unable to open database", "attempt to write", "read-only", "permission denied", "not a database")


class Store:
    """An open store. `session()` is one transaction: it commits when the block ends and undoes everything when the block raises."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self.engine, self.sealer = engine, sealer

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write."""
        with faults(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads and so never waits for writers."""
        engine = self.engine.execution_options(reading=True)
        with faults(), Session(engine, expire_on_commit=False) as session:
            yield session

    def check_version(self) -> None:
        """Whether the database is still this program's: another machine may have been updated under way, and an older program must not write into it.

        Raises WrongSetup.
        """
        with faults():
            found = _revision(self.engine)
        if found != newest_schema():
            raise WrongSetup("the database is no longer of this program's version; update this machine too, then start it again")

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def open_store(url: str, ring: Keyring | None = None) -> Store:
    """The store at a URL (`sqlite:///file`, `postgresql://...`), made or brought up to date.

    `ring` holds the keys that it is sealed with; unless given they lie beside a SQLite file.
    """
    address = _url(url)
    engine = _engine(address)
    keys = ring or _beside(address)
    try:
        with faults():
            before = migrate(engine, keys)
            if before is not None and before < SEALED_SINCE:
                _scrub_if_free(engine)
            return Store(engine, unlock(engine, keys))
    except IntakeError as error:
        engine.dispose()
        if isinstance(error, KeyMissing):
            keys.forget_file()
        raise


def _beside(address: URL) -> Keyring:
    if address.get_backend_name() != "sqlite":
        raise WrongSetup("no key is given for what is held; set MASH_KEY or MASH_KEY_FILE (`mash-intake keys new` makes one)")
    if not address.database or address.database == ":memory:":
        return Keyring([new_key(datetime.now(UTC))], "memory")
    return Keyring.beside(Path(address.database.removeprefix("file:")).absolute().parent)


def _scrub_if_free(engine: Engine) -> None:
    """What was in clear leaves the file, too. Where another process has the file open the next purge does it: that must not keep the mail waiting."""
    with contextlib.suppress(OperationalError, sqlite3.OperationalError):
        scrub(engine)


def migrate(engine: Engine, keys: Keyring) -> str | None:
    """Run the migrations that the database has not had. Says at which one it was; None for one that was empty, or needed none."""
    before = _revision(engine)
    if before == newest_schema():
        return None
    # Alembic takes longer to import than to find nothing to do, and every command opens the store.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Two processes that start together: the second waits, then finds nothing left to do. SQLite's BEGIN IMMEDIATE does the same.
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            config.attributes |= {"connection": connection, "keys": keys}
            command.upgrade(config, "head")
    except CommandError as fault:
        raise WrongSetup(
            "the database was made by another version of this program; update the program, or restore the backup that goes with it"
        ) from fault
    return before


@cache
def newest_schema() -> str:
    """The newest migration of this program, as it was when the program started: its files may be replaced under it."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(engine: Engine) -> str | None:
    with engine.execution_options(reading=True).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise WrongSetup("MASH_DATABASE_URL is not a database address; use sqlite:///FILE or postgresql://USER@HOST/NAME") from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _engine(url: URL) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and url.database and url.database != ":memory:" and not url.database.startswith("file:"):
        _private(Path(url.database))
    # Connections are kept: closing SQLite's last one copies the whole write-ahead log back, which cost more than the transaction itself.
    patience = {name: seconds for name, seconds in PATIENCE.items() if name not in url.query}
    options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}} if sqlite else {"pool_pre_ping": True, "connect_args": patience}
    try:
        # Parameters hold names and narratives: they must never stand in an exception.
        engine = create_engine(url, hide_parameters=True, **options)
    except NoSuchModuleError:
        raise WrongSetup("MASH_DATABASE_URL names a kind of database this program does not know; use sqlite or postgresql") from None
    except ImportError:
        raise WrongSetup("PostgreSQL needs one more package: pip install 'mash-intake[postgresql]'") from None
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    _forget_after_fork(engine)
    return engine


def _forget_after_fork(engine: Engine) -> None:
    """A forked child that used its parent's connections would damage a SQLite file: it must open its own."""
    if not hasattr(os, "register_at_fork"):
        return
    known = weakref.ref(engine)

    def forget() -> None:
        if (engine := known()) is not None:
            engine.dispose(close=False)

    os.register_at_fork(after_in_child=forget)


def _private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as fault:
        raise WrongSetup(f"the database {path} cannot be made; check MASH_DATA_DIR and its permissions") from fault


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE")


@contextlib.contextmanager
def faults() -> Iterator[None]:
    """Turn what the database raises into Retry or WrongSetup. The original is not chained: it may quote what was written."""
    found: Exception | None = None
    try:
        yield
    except SQLAlchemyError as fault:
        found = _told(fault)
    except sqlite3.Error as fault:
        found = _told_sqlite(fault)
    if found is not None:
        raise found


def _told(fault: SQLAlchemyError) -> Exception:
    if isinstance(fault, StatementError) and isinstance(fault.orig, IntakeError):
        return fault.orig
    if isinstance(fault, DBAPIError):
        words = str(fault.orig).lower()
        if any(sign in words for sign in _READ_ONLY):
            return WrongSetup("the database is not writable; check MASH_DATABASE_URL or MASH_DATA_DIR, and its permissions")
        if "password authentication" in words or ("does not exist" in words and "database" in words):
            return WrongSetup("the database refused us; check the user, password and name in MASH_DATABASE_URL")
        if isinstance(fault, OperationalError) or fault.connection_invalidated:
            return Retry("the database is locked, full or down; nothing was written, the next run goes on")
    return OurBug(f"the store was asked for something it cannot do ({type(fault).__name__})")


def _told_sqlite(fault: sqlite3.Error) -> Exception:
    if any(sign in str(fault).lower() for sign in _READ_ONLY):
        return WrongSetup("the database is not writable; check MASH_DATABASE_URL or MASH_DATA_DIR, and its permissions")
    return Retry("the database is locked, full or down; nothing was written, the next run goes on")
