"""Prefect's command line, with one thing put right: writers of its SQLite file queue. `python -m flows.orderly server start ...`.

Prefect begins most transactions as readers. One that then writes, after another has written, is refused at once and not after a wait; the server answers 503,
and the client sleeps two seconds and more: every third round of ours stood still for that. Begun as writers they wait for each other, some milliseconds.
And where one waits in vain it is told so after seconds, not after Prefect's minute. PostgreSQL is not touched: there rows are locked, not files.
"""

from __future__ import annotations

import sys
from contextlib import AbstractAsyncContextManager
from typing import Any

BUSY_SECONDS = 8


def queue_writers() -> None:
    """Let every SQLite transaction of this process take the write lock when it begins."""
    from prefect.server.database.configurations import AioSqliteConfiguration

    begin, prepare = AioSqliteConfiguration.begin_transaction, AioSqliteConfiguration.setup_sqlite

    def begin_as_writer(self: AioSqliteConfiguration, session: Any, with_for_update: bool = False) -> AbstractAsyncContextManager[Any]:
        del with_for_update
        return begin(self, session, with_for_update=True)

    def prepare_impatient(self: AioSqliteConfiguration, conn: Any, record: Any) -> None:
        prepare(self, conn, record)
        cursor = conn.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.close()

    AioSqliteConfiguration.begin_transaction = begin_as_writer  # type: ignore[method-assign, assignment] # Prefect has no setting for it
    AioSqliteConfiguration.setup_sqlite = prepare_impatient  # type: ignore[method-assign]


def main() -> None:
    """Run Prefect's command line."""
    queue_writers()
    from prefect.cli import app

    sys.argv[0] = "prefect"
    app()


if __name__ == "__main__":
    main()
