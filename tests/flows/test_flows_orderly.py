"""Writers of Prefect's SQLite file queue: whoever read first may still write after another has written."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from flows.orderly import BUSY_SECONDS, queue_writers
from flows.server import ANSWER_SECONDS


@pytest.fixture
def orderly(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("begin_transaction", "setup_sqlite"):
        monkeypatch.setattr(AioSqliteConfiguration, name, getattr(AioSqliteConfiguration, name))  # so that it is put back afterwards
    queue_writers()


async def _read_then_write_while_another_writes(file: Path, seconds: float) -> int:
    """Two transactions of one database, in the order that Prefect's server runs into: how many rows there are at the end.

    The first waits so long for the second to have written; where writers queue it cannot have.
    """
    database = AioSqliteConfiguration(f"sqlite+aiosqlite:///{file}")
    engine = await database.engine()
    async with await database.session(engine) as made, database.begin_transaction(made):
        await made.execute(text("CREATE TABLE run (id INTEGER)"))
    has_read = asyncio.Event()

    async def reads_then_writes() -> None:
        async with await database.session(engine) as session, database.begin_transaction(session):
            await session.execute(text("SELECT count(*) FROM run"))
            has_read.set()
            await asyncio.wait({other}, timeout=seconds)
            await session.execute(text("INSERT INTO run VALUES (1)"))

    async def writes() -> None:
        await has_read.wait()
        async with await database.session(engine) as session, database.begin_transaction(session):
            await session.execute(text("INSERT INTO run VALUES (2)"))

    other = asyncio.create_task(writes())
    await reads_then_writes()
    await other
    async with await database.session(engine) as session:
        counted: int = (await session.execute(text("SELECT count(*) FROM run"))).scalar_one()
    await engine.dispose()
    return counted


def test_whoever_read_first_may_still_write(orderly: None, tmp_path: Path) -> None:
    assert asyncio.run(_read_then_write_while_another_writes(tmp_path / "a.db", 0.5)) == 2


def test_prefects_own_way_would_refuse_it(tmp_path: Path) -> None:
    """If this fails Prefect has mended it, and `flows.orderly` can go."""
    with pytest.raises(OperationalError, match="locked"):
        asyncio.run(_read_then_write_while_another_writes(tmp_path / "b.db", 60))


def test_nobody_waits_a_minute_for_the_lock(orderly: None, tmp_path: Path) -> None:
    async def patience() -> int:
        database = AioSqliteConfiguration(f"sqlite+aiosqlite:///{tmp_path / 'c.db'}")
        engine = await database.engine()
        async with await database.session(engine) as session:
            found: int = (await session.execute(text("PRAGMA busy_timeout"))).scalar_one()
        await engine.dispose()
        return found

    assert asyncio.run(patience()) == BUSY_SECONDS * 1000
    assert BUSY_SECONDS < ANSWER_SECONDS, "a client must not give up on a server that is about to answer"
