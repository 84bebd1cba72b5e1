"""Who is signed in to the console. The store holds a digest of each token, never the token: who reads the store can be nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from pipeline.store.tables import ConsoleSession

STEP = timedelta(minutes=1)
"""How exactly the last request is noted: a write for every request would make readers wait for each other."""
KEPT = timedelta(days=1)
"""How long an ended session is kept, for what was being typed in it."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session as it stands. `live` is False once it ended or timed out; `reasons` says why this user opened a restricted contact, by reference."""

    who: str
    name: str
    roles: tuple[str, ...]
    started_at: datetime
    seen_at: datetime
    live: bool
    reasons: dict[str, str]
    held: str | None


def start(session: Session, digest: str, who: str, name: str, roles: tuple[str, ...], now: datetime, *, held: str | None = None) -> None:
    """Begin a session, and forget those that ended long ago."""
    session.execute(delete(ConsoleSession).where(ConsoleSession.seen_at < now - 2 * KEPT))
    session.add(ConsoleSession(digest=digest, who=who, name=name, roles=list(roles), started_at=now, seen_at=now, reasons={}, held=held))
    session.flush()


def find(session: Session, digest: str, now: datetime, idle: timedelta, longest: timedelta) -> SignedIn | None:
    """The session of a token's digest, or None when there never was one or it is forgotten."""
    row = session.get(ConsoleSession, digest)
    if row is None or row.seen_at < now - 2 * KEPT:
        return None
    live = row.ended_at is None and row.seen_at >= now - idle and row.started_at >= now - longest
    return SignedIn(row.who, row.name, tuple(row.roles), row.started_at, row.seen_at, live, dict(row.reasons), row.held)


def touch(session: Session, digest: str, now: datetime) -> None:
    """Note a request."""
    session.execute(update(ConsoleSession).where(ConsoleSession.digest == digest, ConsoleSession.ended_at.is_(None)).values(seen_at=now))


def end(session: Session, digest: str, now: datetime) -> None:
    """Sign out."""
    session.execute(update(ConsoleSession).where(ConsoleSession.digest == digest).values(ended_at=now, held=None))


def hold(session: Session, digest: str, held: str | None) -> None:
    """Keep what only the token opens."""
    session.execute(update(ConsoleSession).where(ConsoleSession.digest == digest).values(held=held))


def give_reason(session: Session, digest: str, reference: str, reason: str) -> None:
    """Note why a restricted contact is opened, for as long as the session lasts."""
    row = session.get(ConsoleSession, digest)
    if row is not None:
        row.reasons = {**row.reasons, reference: reason}
