"""Deletion that deletes: what was deleted or replaced leaves the database's own files too."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import Engine


def scrub(engine: Engine) -> None:
    """Write the log back, empty it, and write the whole file anew without its free pages. On PostgreSQL its own vacuum gives the space back to new rows."""
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        if engine.dialect.name == "sqlite":
            for order in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(order)
                cursor.fetchall()
            return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as autocommit:
        autocommit.exec_driver_sql("VACUUM")
