"""A person's hand on letters that have not left: written anew, or taken out. A letter that is on its way or gone is never touched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.mail import OutboundMail
from pipeline.store import outbox
from pipeline.store.tables import FAILED, HELD, QUEUED, OutboxRow

WAITING = (QUEUED, HELD, FAILED)


def waiting(session: Session, contact_reference: str) -> list[OutboxRow]:
    """A contact's letters that have not left, oldest first."""
    return [row for row in outbox.letters_of(session, contact_reference) if row.state in WAITING]


def remove(session: Session, letter_id: int) -> bool:
    """Take a letter out that has not left. True when it was still here."""
    gone = delete(OutboxRow).where(OutboxRow.id == letter_id, OutboxRow.state.in_(WAITING)).returning(OutboxRow.id)
    return len(session.execute(gone).all()) == 1


def replace(session: Session, row: OutboxRow, kind: str, letter: OutboundMail, *, now: datetime, held: str | None) -> int | None:
    """Put another letter in the place of one that has not left, and say its id; None when it left in the meantime. `held` keeps it for a person."""
    number = row.sequence if kind == row.kind else outbox.next_sequences(session, row.contact_reference).get(kind, 0)
    if not remove(session, row.id):
        return None
    session.flush()
    session.expunge(row)
    return outbox.queue(session, row.contact_reference, kind, letter, now=now, sequence=number, held=held)
