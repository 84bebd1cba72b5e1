"""Who did what to which reference: append-only, each row hashed together with the one before it, so that a change or a gap shows.

Rows hold ids, never content: they may be kept longer than what they are about.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.tables import AuditRow, Counter

_COUNTER = "audit"
_START = "0" * 64


def append(session: Session, who: str, what: str, reference: str | None, at: datetime) -> None:
    """Add a row, in the same transaction as what it tells of."""
    counter = session.scalar(select(Counter).where(Counter.name == _COUNTER).with_for_update())
    if counter is None:
        counter = Counter(name=_COUNTER, value=0)
        session.add(counter)
    before = session.scalar(select(AuditRow.chain).where(AuditRow.id == counter.value)) or _START
    counter.value += 1
    session.add(
        AuditRow(id=counter.value, at=at, who=who, what=what, reference=reference, chain=_link(before, counter.value, at, who, what, reference))
    )
    session.flush()


def verify(session: Session) -> int | None:
    """The id of the first row that was changed or is missing, or None when the chain holds from end to end."""
    before, expected = _START, 1
    with closing(session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000))) as rows_in_order:
        for row in rows_in_order:
            if row.id != expected or row.chain != _link(before, row.id, row.at, row.who, row.what, row.reference):
                return expected
            before, expected = row.chain, expected + 1
    counted = session.scalar(select(Counter.value).where(Counter.name == _COUNTER)) or 0
    return expected if counted != expected - 1 else None


def rows(session: Session, reference: str | None = None) -> list[AuditRow]:
    """The rows, all or those of one reference, in order."""
    query = select(AuditRow).order_by(AuditRow.id)
    return list(session.scalars(query.where(AuditRow.reference == reference) if reference is not None else query))


def _link(before: str, number: int, at: datetime, who: str, what: str, reference: str | None) -> str:
    said = json.dumps([before, number, at.astimezone(UTC).isoformat(timespec="microseconds"), who, what, reference])
    return hashlib.sha256(said.encode()).hexdigest()
