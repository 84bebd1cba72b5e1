"""Existing records. Importing is idempotent: what has not changed is not written, so that an index can follow by version."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Insert, Table, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.matching import KnownPerson
from pipeline.store import index_key
from pipeline.store.sealed import Sealed, sealer_of
from pipeline.store.sealer import Sealer
from pipeline.store.tables import Counter, PersonRow

BATCH = 2_000
_COUNTER = "people"


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went. `version` is the one to ask `changes_since` for afterwards."""

    read: int
    changed: int
    version: int


@dataclass(frozen=True, slots=True)
class Changes:
    """People changed and record ids removed since a version; `version` is what to ask with next time."""

    people: tuple[KnownPerson, ...]
    removed: tuple[str, ...]
    version: int


def import_people(session: Session, rows: Iterable[KnownPerson]) -> Imported:
    """Take records in, by `record_id`: new ones are added, changed ones replaced, the same ones left alone. Later rows win over earlier ones.

    One transaction; for progress, call it with as many rows at a time as should be shown and committed together.
    """
    stands = locked_version(session)
    version, sealer = stands, sealer_of(session.get_bind().dialect)
    read = changed = 0
    for batch in itertools.batched(rows, BATCH) if hasattr(itertools, "batched") else _batched(rows):
        latest = {person.record_id: person for person in batch}
        before = _contents(session, list(latest))
        values = [row for person in latest.values() if (row := _values(person, stands + 1, sealer))["content"] != before.get(person.record_id)]
        if values:
            version = version if version > stands else _next_version(session)
            session.execute(_upsert(session), values)
        changed += len(values)
        read += len(batch)
    return Imported(read, changed, version)


def _batched(rows: Iterable[KnownPerson]) -> Iterator[list[KnownPerson]]:
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, BATCH)):
        yield batch


def locked_version(session: Session) -> int:
    """The version as it stays until this transaction ends: no other process imports or removes meanwhile."""
    return _locked(session).value


def _locked(session: Session) -> Counter:
    row = session.scalar(select(Counter).where(Counter.name == _COUNTER).with_for_update())
    if row is None:
        row = Counter(name=_COUNTER, value=0)
        session.add(row)
        session.flush()
    return row


def _next_version(session: Session) -> int:
    row = _locked(session)
    row.value += 1
    session.flush()
    index_key.mark_new(session, row.value)
    return row.value


def _contents(session: Session, ids: list[str]) -> dict[str, bytes]:
    rows = session.execute(select(PersonRow.record_id, PersonRow.content).where(PersonRow.record_id.in_(ids), PersonRow.removed.is_(False)))
    return dict(rows.tuples().all())


def _upsert(session: Session) -> Insert:
    """One statement that adds, replaces what differs, and leaves the rest."""
    table = cast("Table", PersonRow.__table__)
    insert: Any = postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
    fresh = insert.excluded
    columns = {column.name: fresh[column.name] for column in table.columns if not column.primary_key}
    changed = or_(table.c.content != fresh.content, table.c.removed)
    statement: Insert = insert.on_conflict_do_update(index_elements=["record_id"], set_=columns, where=changed)
    return statement


def _values(person: KnownPerson, version: int, sealer: Sealer) -> dict[str, Any]:
    body = person.model_dump_json(exclude_none=True, exclude_defaults=True)
    return {
        "record_id": person.record_id,
        "version": version,
        "content": content_digest(sealer, body),
        "removed": False,
        "body": Sealed(body, person.record_id),
    }


def content_digest(sealer: Sealer, body: str) -> bytes:
    """What an import sees by that a record has not changed."""
    return bytes.fromhex(sealer.digest("person", body))[:16]


def steady(session: Session) -> None:
    """Everything this session reads is of one moment, however long it reads. SQLite's readers are so by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def all_people(session: Session) -> Iterator[KnownPerson]:
    """Every record, a batch at a time in memory."""
    query = select(PersonRow.record_id, PersonRow.body).where(PersonRow.removed.is_(False)).order_by(PersonRow.record_id)
    for record_id, body in session.execute(query.execution_options(yield_per=BATCH)):
        yield KnownPerson.model_validate_json(body.open(record_id))


def get(session: Session, record_id: str) -> KnownPerson | None:
    """One record."""
    row = session.get(PersonRow, record_id)
    return None if row is None or row.removed else _person(row)


def _person(row: PersonRow) -> KnownPerson:
    return KnownPerson.model_validate_json(row.body.open(row.record_id))


def count(session: Session) -> int:
    """How many records there are."""
    return session.scalar(select(func.count()).select_from(PersonRow).where(PersonRow.removed.is_(False))) or 0


def version(session: Session) -> int:
    """The version of the newest import."""
    return session.scalar(select(Counter.value).where(Counter.name == _COUNTER)) or 0


def changed_since(session: Session, known_version: int) -> int:
    """How many records an index that stands at `known_version` has to add and remove."""
    return session.scalar(select(func.count()).select_from(PersonRow).where(PersonRow.version > known_version)) or 0


def changes_since(session: Session, known_version: int) -> Changes:
    """What an index that stands at `known_version` has to add and remove."""
    stands = version(session)  # asked first: what is committed between the two questions is then told twice, not never
    rows = session.scalars(select(PersonRow).where(PersonRow.version > known_version).order_by(PersonRow.record_id)).all()
    people = tuple(_person(row) for row in rows if not row.removed)
    return Changes(people, tuple(row.record_id for row in rows if row.removed), stands)


def remove(session: Session, record_id: str) -> bool:
    """Erase a record's content, leaving only its id, so that indexes learn of it. True when it was there.

    With it goes the key of the index files: none that holds the record opens any more, on any machine.
    """
    row = session.get(PersonRow, record_id)
    if row is None or row.removed:
        return False
    row.version, row.removed, row.content, row.body = _next_version(session), True, b"", Sealed("{}", record_id)
    index_key.forget(session)
    return True
