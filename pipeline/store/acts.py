"""Every act of a person on a contact, as data: kept for undoing the last one, for a contact's own story, and to fit weights and labels from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.screening import Correction
from pipeline.store.act_tables import ActRow
from pipeline.store.sealed import Sealed

Transaction = Session
"""What `store.session()` gives: acts are done inside one by rooms that know no SQL."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An act as the store has it. `undo` is whatever its maker needs to take it back."""

    correction: Correction
    version: int
    undo: Mapping[str, Any]


def next_number(session: Transaction, reference: str) -> int:
    """The number of a contact's next act, from 1."""
    return (session.scalar(select(func.max(ActRow.number)).where(ActRow.contact_reference == reference)) or 0) + 1


def add(session: Transaction, correction: Correction, version: int, undo: Mapping[str, JsonValue]) -> None:
    """Keep an act, in the transaction that does it."""
    body = json.dumps({"act": correction.model_dump(mode="json"), "undo": undo})
    row = ActRow(
        contact_reference=correction.reference,
        number=correction.number,
        at=correction.at,
        by=correction.by,
        kind=correction.kind,
        version=version,
        body=Sealed(body, correction.reference, correction.number),
    )
    session.add(row)
    session.flush()


def of_contact(session: Transaction, reference: str) -> list[Kept]:
    """A contact's acts, oldest first."""
    return [_kept(row) for row in session.scalars(select(ActRow).where(ActRow.contact_reference == reference).order_by(ActRow.number))]


def last(session: Transaction, reference: str) -> Kept | None:
    """The newest act that is not undone."""
    mine = select(ActRow).where(ActRow.contact_reference == reference, ActRow.undone_at.is_(None), ActRow.kind != "undo")
    row = session.scalar(mine.order_by(ActRow.number.desc()).limit(1))
    return _kept(row) if row else None


def mark_undone(session: Transaction, reference: str, number: int, now: datetime) -> None:
    """An act was taken back: it stays, and says so."""
    row = session.get(ActRow, (reference, number))
    if row is not None:
        row.undone_at = now
        session.flush()


def corrections(session: Transaction, kinds: tuple[str, ...] = (), since: datetime | None = None) -> Iterator[Correction]:
    """Acts as data, oldest first, those that were undone among them and marked."""
    query = select(ActRow).order_by(ActRow.at, ActRow.contact_reference, ActRow.number).execution_options(yield_per=500)
    if kinds:
        query = query.where(ActRow.kind.in_(kinds))
    if since is not None:
        query = query.where(ActRow.at >= since)
    with closing(session.scalars(query)) as rows:
        for row in rows:
            yield _kept(row).correction


def _kept(row: ActRow) -> Kept:
    body = json.loads(row.body.open(row.contact_reference, row.number))
    correction = Correction.model_validate({**body["act"], "undone": row.undone_at is not None})
    return Kept(correction, row.version, body["undo"])
