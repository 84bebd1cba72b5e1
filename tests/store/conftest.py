"""The store's tests run on SQLite, and on PostgreSQL where the machine has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.store.engine import Store, open_store
from pipeline.store.keyring import Keyring, new_key
from tests.databases import postgresql_server


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


@pytest.fixture
def keys() -> Keyring:
    """The keys of a test's store."""
    return Keyring([new_key(datetime.now(UTC))], "the test")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, keys: Keyring) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    else:
        url = str(request.getfixturevalue("postgresql_url"))
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    opened = open_store(url, keys)
    try:
        yield opened
    finally:
        opened.close()
