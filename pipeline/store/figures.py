"""Counts and ages over the store, from columns that hold no personal data: for health, metrics and the hourly table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from models.figures import HourFigures, HubFigures
from pipeline.store import ledger, outbox
from pipeline.store.contacts import OPEN
from pipeline.store.tables import HELD, QUEUED, SENDING, ContactRow, Mailbox, Message, OutboxRow, PersonRow

HOUR = timedelta(hours=1)
MOST_TIMED = 500
"""How many of the newest mails say how long a mail takes: enough, and the same work however long the ledger is."""


def hub(session: Session, now: datetime, hours: int = 0) -> HubFigures:
    """The hub now, with its last whole hours and the one that runs, newest first."""
    mailbox = session.execute(select(func.max(Mailbox.last_good_at), func.max(Mailbox.last_try_at), func.max(Mailbox.alarm))).one()
    return HubFigures(
        at=now,
        schema_version=session.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        mails=ledger.counts(session),
        letters=dict(outbox.counts(session)),
        contacts=_by(session, ContactRow.decision),
        open_urgent=_count(session, ContactRow.urgent.is_(True), ContactRow.state == OPEN),
        records=_count(session, PersonRow.removed.is_(False)),
        oldest_waiting=ledger.oldest_waiting(session),
        oldest_letter=session.scalar(select(func.min(OutboxRow.created_at)).where(OutboxRow.state.in_((QUEUED, SENDING)))),
        last_good_poll=mailbox[0],
        last_try=mailbox[1],
        alarm=bool(mailbox[2]),
        took=_took(session, now),
        hours=tuple(_hour(session, now, back) for back in range(hours)),
    )


def held_letters(session: Session) -> int:
    """Letters that wait for a person to let them go."""
    return _count(session, OutboxRow.state == HELD)


def _hour(session: Session, now: datetime, back: int) -> HourFigures:
    begins = now.replace(minute=0, second=0, microsecond=0) - back * HOUR
    then = (ContactRow.received_at >= begins, ContactRow.received_at < begins + HOUR)
    return HourFigures(
        begins=begins,
        received=_count(session, Message.received_at >= begins, Message.received_at < begins + HOUR, Message.alias_of.is_(None)),
        contacts=_count(session, *then),
        urgent=_count(session, *then, ContactRow.urgent.is_(True)),
        returned=_count(session, *then, ContactRow.decision == "return_to_referrer"),
        with_person=_count(session, *then, ContactRow.decision == "manual"),
    )


def _took(session: Session, now: datetime) -> tuple[float, ...]:
    """How long the mails that were finished within the last hour took since they arrived, in seconds. Old mail, taken in long after, does not count."""
    which = (Message.finished_at.is_not(None), Message.alias_of.is_(None), ~Message.account.startswith(ledger.OLD))
    newest = session.execute(select(Message.received_at, Message.finished_at).where(*which).order_by(Message.id.desc()).limit(MOST_TIMED))
    return tuple(sorted(max(0.0, (done - came).total_seconds()) for came, done in newest if done is not None and now - done <= HOUR))


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*where)) or 0


def _by(session: Session, column: Any) -> dict[str, int]:
    rows = session.execute(select(column, func.count()).group_by(column).order_by(column))
    return {str(value): int(count) for value, count in rows}
