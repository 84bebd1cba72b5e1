"""The audit trail a page at a time, newest first, for who may look at it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.tables import AuditRow


def newest(session: Session, limit: int, *, reference: str | None = None, who: str | None = None, before: int | None = None) -> list[AuditRow]:
    """The newest rows first, of one reference or one user where given, older than the row `before`."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    for column, wanted in ((AuditRow.reference, reference), (AuditRow.who, who)):
        query = query.where(column == wanted) if wanted is not None else query
    return list(session.scalars(query.where(AuditRow.id < before) if before is not None else query))
