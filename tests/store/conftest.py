"""The store's tests run on SQLite, and on PostgreSQL where the machine has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.store.engine import Store, open_store
from tests.servers import postgresql_server


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A running PostgreSQL. Skipped only on a developer's machine without it, never in CI."""
    try:
        with postgresql_server() as url:
            yield url
    except FileNotFoundError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    else:
        server = str(request.getfixturevalue("postgresql_url"))
        name = f"test_{abs(hash(request.node.nodeid))}"
        engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        url = server.rpartition("/")[0] + f"/{name}"
    opened = open_store(url)
    try:
        yield opened
    finally:
        opened.close()
