"""A copy of a SQLite store while it is in use, and whether a database is whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from pipeline.errors import WrongSetup
from pipeline.store.engine import Store, faults


def copy_to(store: Store, file: Path) -> None:
    """Copy the database as it stands to a new file; writers go on meanwhile. Raises WrongSetup for PostgreSQL, which has tools of its own."""
    if store.engine.dialect.name != "sqlite":
        raise WrongSetup("the store is in PostgreSQL: copy it with pg_dump --format=custom, and the mail folder with this command's --without-store")
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with faults(), closing(store.engine.raw_connection()) as source, closing(sqlite3.connect(file)) as copy:
        driver = source.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise WrongSetup("this kind of database cannot be copied here")
        driver.backup(copy)  # in one step: between two, a write of another process would have it begin again, for ever on a busy hub


def is_whole(store: Store) -> bool:
    """Whether the database's own check finds nothing."""
    if store.engine.dialect.name != "sqlite":
        return True
    with store.reading() as session:
        return bool(session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok")
