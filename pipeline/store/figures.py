"""Counts and ages over the store, from columns that hold no personal data: for health, metrics and the hourly table."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from models.figures import HourFigures, HubFigures
from pipeline.store import ledger, outbox
from pipeline.store.contacts import OPEN
from pipeline.store.tables import QUEUED, SENDING, ContactRow, Mailbox, Message, OutboxRow, PersonRow

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
        hours=_hours(session, now, hours) if hours else (),
    )


def _hours(session: Session, now: datetime, hours: int) -> tuple[HourFigures, ...]:
    """Hour by hour, in two queries however many they are: a monitor asks for them every minute."""
    newest = _hour_of(now)
    since, until = newest - (hours - 1) * HOUR, newest + HOUR
    mails = session.scalars(select(Message.received_at).where(Message.received_at >= since, Message.received_at < until, Message.alias_of.is_(None)))
    came = Counter(_hour_of(at) for at in mails)
    made = select(ContactRow.received_at, ContactRow.urgent, ContactRow.decision).where(
        ContactRow.received_at >= since, ContactRow.received_at < until
    )
    then: defaultdict[datetime, list[tuple[bool, str]]] = defaultdict(list)
    for at, urgent, decision in session.execute(made):
        then[_hour_of(at)].append((urgent, decision))
    return tuple(_hour(begins, came[begins], then[begins]) for begins in (newest - back * HOUR for back in range(hours)))


def _hour_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _hour(begins: datetime, received: int, contacts: list[tuple[bool, str]]) -> HourFigures:
    decisions = Counter(decision for _, decision in contacts)
    return HourFigures(
        begins=begins,
        received=received,
        contacts=len(contacts),
        urgent=sum(urgent for urgent, _ in contacts),
        returned=decisions["return_to_referrer"],
        with_person=decisions["manual"],
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
