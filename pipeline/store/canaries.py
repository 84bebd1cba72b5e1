"""Canary mails: sent to our own mailbox to see that mail still goes all the way round. Each is known by a Message-ID that nobody can guess."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from pipeline.store.tables import Canary

KEPT = timedelta(days=30)


def sent(session: Session, message_id: str, now: datetime) -> None:
    """One is on its way. Those of long ago are forgotten."""
    session.execute(delete(Canary).where(Canary.sent_at < now - KEPT))
    session.add(Canary(message_id=message_id, sent_at=now))


def came_back(session: Session, message_id: str | None, now: datetime) -> bool:
    """Whether a mail is a canary of ours that was still awaited; it is noted."""
    if not message_id:
        return False
    awaited = update(Canary).where(Canary.message_id == message_id, Canary.came_back_at.is_(None))
    return len(session.execute(awaited.values(came_back_at=now).returning(Canary.message_id)).all()) == 1


def newest(session: Session) -> tuple[datetime, datetime | None] | None:
    """When the newest was sent, and when it came back."""
    row = session.execute(select(Canary.sent_at, Canary.came_back_at).order_by(Canary.sent_at.desc()).limit(1)).first()
    return (row.sent_at, row.came_back_at) if row else None


def oldest_awaited(session: Session, now: datetime, since: timedelta) -> datetime | None:
    """When the oldest was sent that has not come back, among those sent since the last that did and not longer ago than `since`."""
    last = session.scalar(select(Canary.sent_at).where(Canary.came_back_at.is_not(None)).order_by(Canary.sent_at.desc()).limit(1))
    query = select(Canary.sent_at).where(Canary.came_back_at.is_(None), Canary.sent_at >= now - since)
    return session.scalar((query if last is None else query.where(Canary.sent_at > last)).order_by(Canary.sent_at).limit(1))
