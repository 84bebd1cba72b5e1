"""The audit shows every change, gap, swap and cut by its number, and the database itself refuses them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text

from pipeline.errors import IntakeError
from pipeline.store import audit
from pipeline.store.audit import Fault, Head
from pipeline.store.engine import Store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROWS = 6


@pytest.fixture
def kept(store: Store) -> Store:
    with store.session() as session:
        for number in range(1, ROWS + 1):
            audit.append(session, f"user-{number}", f"did {number}", "TH-26-2222-2222", NOW)
    return store


def faults(store: Store) -> list[Fault]:
    with store.reading() as session:
        return audit.faults(session)


@contextmanager
def by_hand(store: Store) -> Iterator[Connection]:
    """As somebody who owns the database and has taken the triggers away."""
    with store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("audit_is_never_updated", "audit_is_never_deleted"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        yield connection


def change(connection: Connection) -> None:
    connection.execute(text("UPDATE audit SET who = 'somebody else' WHERE id = 3"))


def hide(connection: Connection) -> None:
    connection.execute(text("DELETE FROM audit WHERE id IN (3, 4)"))


def swap(connection: Connection) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        connection.execute(text("UPDATE audit SET id = :new WHERE id = :old"), {"old": old, "new": new})


def cut(connection: Connection) -> None:
    connection.execute(text("DELETE FROM audit WHERE id > 4"))


def slip_in(connection: Connection) -> None:
    connection.execute(text("INSERT INTO audit (id, at, who, what, chain) SELECT 7, at, who, what, chain FROM audit WHERE id = 6"))


def make_a_chain_without_the_key(connection: Connection) -> None:
    said = json.dumps(["0" * 64, 1, NOW.isoformat(timespec="microseconds"), "user-1", "did nothing", "TH-26-2222-2222"])
    values = {"what": "did nothing", "chain": hashlib.sha256(said.encode()).hexdigest()}
    connection.execute(text("UPDATE audit SET what = :what, chain = :chain WHERE id = 1"), values)


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (change, [Fault(3, "changed")]),
        (hide, [Fault(3, "missing"), Fault(4, "missing")]),
        (swap, [Fault(3, "moved", 4), Fault(4, "moved", 3)]),
        (cut, [Fault(5, "cut off"), Fault(6, "cut off")]),
        (slip_in, [Fault(7, "changed"), Fault(7, "changed")]),
        (make_a_chain_without_the_key, [Fault(1, "changed"), Fault(2, "changed")]),
    ],
)
def test_what_was_done_to_it_is_named(kept: Store, tamper: Callable[[Connection], None], found: list[Fault]) -> None:
    assert faults(kept) == []
    with by_hand(kept) as connection:
        tamper(connection)
    assert faults(kept) == found
    with kept.reading() as session:
        assert audit.verify(session) == found[0].number


@pytest.mark.parametrize("order", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 6", "TRUNCATE audit"])
def test_the_database_refuses(kept: Store, order: str) -> None:
    if order.startswith("TRUNCATE") and kept.engine.dialect.name == "sqlite":
        order = "DELETE FROM audit WHERE id > 0"
    with pytest.raises(IntakeError), kept.session() as session:
        session.execute(text(order))
    assert faults(kept) == []
    with kept.session() as session:
        assert len(audit.rows(session)) == ROWS
        audit.append(session, "user-7", "still writes", None, NOW)
    assert faults(kept) == []


def test_a_head_noted_elsewhere_shows_a_rewritten_trail(kept: Store) -> None:
    with kept.reading() as session:
        noted = audit.head(session)
    assert noted.number == ROWS
    with kept.session() as session:
        audit.append(session, "user-7", "more", None, NOW)
        assert audit.holds(session, noted)
        assert audit.holds(session, Head(0, audit.START))
        assert not audit.holds(session, Head(noted.number, "f" * 64))
        assert not audit.holds(session, Head(99, noted.chain))


def test_an_empty_trail_holds(store: Store) -> None:
    assert faults(store) == []
    with store.reading() as session:
        assert audit.head(session) == Head(0, audit.START)
