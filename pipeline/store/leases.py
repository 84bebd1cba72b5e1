"""Who may do what only one may do, such as polling. Our own, because the scheduler's limits leak and a killed runner leaves its children running."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pipeline.store.owners import is_dead
from pipeline.store.tables import Lease

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def acquire(session: Session, name: str, owner: str, now: datetime, length: timedelta) -> int | None:
    """Take or renew a lease and get its token, or None when another holds it. The token grows whenever the lease changes hands."""
    row = session.scalar(select(Lease).where(Lease.name == name).with_for_update())
    if row is None:
        try:
            with session.begin_nested():
                session.add(Lease(name=name, owner=owner, until=now + length, token=1))
        except IntegrityError:
            return None
        return 1
    # A lease that ends later than any lease given now was given by a clock that ran ahead: it must not hold for as long as that clock was wrong.
    if row.owner != owner and now < row.until <= now + 2 * length and not is_dead(row.owner):
        return None
    if row.owner != owner:
        row.owner, row.token = owner, row.token + 1
    row.until = now + length
    return row.token


def renew(session: Session, name: str, token: int, now: datetime, length: timedelta) -> bool:
    """Whether the lease is still ours, and then for longer: asked in the same transaction as the write it guards. Time alone takes no lease away."""
    row = session.scalar(select(Lease).where(Lease.name == name).with_for_update())
    if row is None or row.token != token:
        return False
    row.until = now + length
    return True


def release(session: Session, name: str, owner: str) -> None:
    """Give a lease back early. The row stays, so that the token keeps growing."""
    row = session.scalar(select(Lease).where(Lease.name == name, Lease.owner == owner).with_for_update())
    if row is not None:
        row.until = LONG_AGO
