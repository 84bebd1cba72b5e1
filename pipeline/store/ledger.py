"""The ledger: the only truth about a mail. Received, working, done, or with a person; nothing else, and never none of these.

A mail is ours from the moment its row is committed. Work on it is leased: who dies in the middle loses the lease, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pipeline.errors import Retry
from pipeline.store.digests import message_id_digest
from pipeline.store.owners import is_dead
from pipeline.store.tables import DONE, PERSON, RECEIVED, WORKING, Mailbox, Message

OLD = "backfill "
"""How the accounts of old mail begin, which is read without letters and by its own command: no round works it, and nothing that arrives waits behind it."""
MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_LEASE = timedelta(hours=1)
"""A wait or a lease that ends later than these was given by a clock that ran ahead, and does not count."""
AN_INSTANT = timedelta(microseconds=1)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail that was read from the server and whose bytes are kept. `sha256` is None when its bytes could not be had."""

    account: str
    folder: str
    uid_validity: int
    uid: int
    sha256: str | None
    size: int
    received_at: datetime
    internal_date: datetime | None = None
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that is ours to work on until the lease ends. `attempt` is the fence: finishing under an older attempt is refused."""

    id: int
    sha256: str
    received_at: datetime
    internal_date: datetime | None
    attempt: int
    owner: str
    possible_duplicate_of: int | None
    old: bool = False


def known_uids(session: Session, account: str, folder: str, uid_validity: int, among: Iterable[int] | None = None) -> set[int]:
    """The UIDs of this folder, under this UIDVALIDITY, that the ledger has; `among` asks for some of them alone, however many mails were ever taken in."""
    which = _in_folder(account, folder, uid_validity)
    if among is None:
        return set(session.scalars(select(Message.uid).where(which)))
    return {uid for some in _some(among) for uid in session.scalars(select(Message.uid).where(which, Message.uid.in_(some)))}


def _some(uids: Iterable[int]) -> Iterator[list[int]]:
    """So many at a time as a statement takes."""
    ordered = sorted(set(uids))
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def waiting(session: Session, *, old: bool = False) -> int:
    """How many mails are not yet worked through; `old` those of a backfill."""
    which = and_(Message.state.in_((RECEIVED, WORKING)), ~_arrived() if old else _arrived())
    return session.scalar(select(func.count()).where(which)) or 0


def _in_folder(account: str, folder: str, uid_validity: int) -> ColumnElement[bool]:
    return and_(Message.account == account, Message.folder == folder, Message.uid_validity == uid_validity)


def record(session: Session, arrived: Arrived) -> int:
    """Take a mail into the ledger and say its id; taking the same UID in again gives the id it has.

    The same bytes once more (a new UIDVALIDITY, a mail moved back) become an alias of the first and are not worked on again. A Message-ID that
    was seen with other bytes is a mail of its own, marked as a possible duplicate, for senders do reuse them. What arrives is never an alias of old
    mail that was brought: that waits for nobody.
    """
    there = session.scalar(select(Message.id).where(_in_folder(arrived.account, arrived.folder, arrived.uid_validity), Message.uid == arrived.uid))
    if there is not None:
        return there
    same = Message.sha256 == arrived.sha256
    twin = _first(session, same if arrived.account.startswith(OLD) else and_(same, _arrived())) if arrived.sha256 else None
    digest = message_id_digest(session, arrived.message_id)
    namesake = _first(session, Message.message_id == digest) if digest and twin is None else None
    row = Message(
        account=arrived.account,
        folder=arrived.folder,
        uid_validity=arrived.uid_validity,
        uid=arrived.uid,
        sha256=arrived.sha256,
        message_id=digest,
        in_reply_to=[message_id_digest(session, one) for one in arrived.in_reply_to],
        received_at=arrived.received_at,
        internal_date=arrived.internal_date,
        size=arrived.size,
        state=DONE if twin else RECEIVED,
        attempts=0,
        alias_of=twin,
        possible_duplicate_of=namesake,
        finished_at=arrived.received_at if twin else None,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Another poller took the same UID in between our look and our write.
        return record(session, arrived)
    return row.id


def record_unread(session: Session, arrived: Arrived, error_code: str) -> int:
    """Account for a mail that was seen on the server but whose bytes could not be had ("vanished", "too_large"): a person must look for it."""
    number = record(session, arrived)
    session.execute(update(Message).where(Message.id == number, Message.sha256.is_(None)).values(state=PERSON, error_code=error_code))
    return number


def _first(session: Session, like: ColumnElement[bool]) -> int | None:
    return session.scalar(select(Message.id).where(like, Message.alias_of.is_(None)).order_by(Message.id).limit(1))


def unmoved_uids(session: Session, account: str, folder: str, uid_validity: int, on_server: Iterable[int]) -> list[int]:
    """Mails that are safely ours but still lie in the inbox, because moving failed or we died before it."""
    ours = select(Message.uid).where(_in_folder(account, folder, uid_validity), Message.sha256.is_not(None)).order_by(Message.uid)
    return [uid for some in _some(on_server) for uid in session.scalars(ours.where(Message.uid.in_(some)))]


def mark_moved(session: Session, account: str, folder: str, uid_validity: int, uids: Iterable[int], now: datetime) -> None:
    """Note that mails left the inbox for the stored folder."""
    for some in _some(uids):
        session.execute(update(Message).where(_in_folder(account, folder, uid_validity), Message.uid.in_(some)).values(moved_at=now))


def claim(session: Session, owner: str, now: datetime, lease: timedelta, *, only: int | None = None) -> Claimed | None:
    """The next mail to work on, oldest first, or None; `only` asks for one mail by its id.

    A mail whose worker died is taken again, until it has had its attempts.
    """
    _give_up_on_killers(session, now)
    which = and_(_due(session, now), _arrived() if only is None else Message.id == only)
    row = session.scalar(select(Message).where(which).order_by(Message.id).limit(1).with_for_update(skip_locked=True))
    if row is None or row.sha256 is None:
        return None
    row.state, row.lease_owner, row.lease_until, row.attempts = WORKING, owner, now + lease, row.attempts + 1
    session.flush()
    return Claimed(
        row.id, row.sha256, row.received_at, row.internal_date, row.attempts, owner, row.possible_duplicate_of, row.account.startswith(OLD)
    )


def _due(session: Session, now: datetime) -> ColumnElement[bool]:
    """Received and not waiting for a later attempt, or left behind by a worker that died."""
    waiting = and_(
        Message.state == RECEIVED, or_(Message.next_attempt_at.is_(None), ~Message.next_attempt_at.between(now + AN_INSTANT, now + LONGEST_WAIT))
    )
    return and_(Message.sha256.is_not(None), or_(waiting, _left_behind(session, now)))


def _left_behind(session: Session, now: datetime) -> ColumnElement[bool]:
    """Worked on under a lease that ran out, or by a worker that this machine knows to have been killed: its mail need not wait for the lease."""
    owners = session.scalars(select(Message.lease_owner).where(Message.state == WORKING).distinct())
    dead = [owner for owner in owners if is_dead(owner)]
    return and_(Message.state == WORKING, or_(~Message.lease_until.between(now, now + LONGEST_LEASE), Message.lease_owner.in_(dead)))


def _arrived() -> ColumnElement[bool]:
    """Mail that came in by itself, and not old mail that was brought."""
    return ~Message.account.startswith(OLD, autoescape=True)


def pending(session: Session, now: datetime, limit: int = 1000, *, old: bool = False) -> list[int]:
    """Ids of the mails that wait to be worked on, oldest first; `old` those of a backfill."""
    which = ~_arrived() if old else _arrived()
    return list(session.scalars(select(Message.id).where(_due(session, now), which).order_by(Message.id).limit(limit)))


def _give_up_on_killers(session: Session, now: datetime) -> None:
    """A mail under which every worker died goes to a person instead of killing the next one."""
    dead = and_(_left_behind(session, now), Message.attempts >= MOST_ATTEMPTS)
    session.execute(update(Message).where(dead).values(state=PERSON, error_code="worker_died", finished_at=now, lease_owner=None, lease_until=None))


def finish(session: Session, claimed: Claimed, now: datetime, contact_reference: str | None, error_code: str | None = None) -> None:
    """The mail is done; with `error_code` it is with a person. Refused when the lease was lost, so that two workers never both finish."""
    state = PERSON if error_code else DONE
    _close(session, claimed, state=state, contact_reference=contact_reference, error_code=error_code, finished_at=now)


def fail(session: Session, claimed: Claimed, now: datetime, error_code: str) -> bool:
    """Work on the mail failed: again later, each time after a longer wait, and after the last attempt with a person. True when it is with a person."""
    if claimed.attempt >= MOST_ATTEMPTS:
        _close(session, claimed, state=PERSON, error_code=error_code, finished_at=now)
        return True
    wait = min(FIRST_WAIT * 2 ** (claimed.attempt - 1), LONGEST_WAIT)
    _close(session, claimed, state=RECEIVED, error_code=error_code, next_attempt_at=now + wait)
    return False


def _close(session: Session, claimed: Claimed, **values: object) -> None:
    held = and_(Message.id == claimed.id, Message.state == WORKING, Message.attempts == claimed.attempt, Message.lease_owner == claimed.owner)
    changed = session.execute(update(Message).where(held).values(lease_owner=None, lease_until=None, **values).returning(Message.id)).all()
    if len(changed) != 1:
        raise Retry(f"message {claimed.id}: the lease was lost to another worker; what was done here is undone")


def get(session: Session, message_id: int) -> Message | None:
    """A row of the ledger, to look at."""
    return session.get(Message, message_id)


def counts(session: Session) -> dict[str, int]:
    """How many mails are in each state, aliases left out."""
    rows = session.execute(select(Message.state, func.count()).where(Message.alias_of.is_(None)).group_by(Message.state))
    found = dict(rows.tuples().all())
    return {state: found.get(state, 0) for state in (RECEIVED, WORKING, DONE, PERSON)}


def oldest_waiting(session: Session) -> datetime | None:
    """When the mail that waits longest arrived."""
    return session.scalar(select(func.min(Message.received_at)).where(Message.state.in_((RECEIVED, WORKING)), _arrived()))


def last_good_poll(session: Session) -> datetime | None:
    """When a poll last went through, over all folders."""
    return session.scalar(select(func.max(Mailbox.last_good_at)))


def orphans(session: Session, *, old: bool = False) -> list[Message]:
    """Mails that are with a person but have no contact yet to be seen by: each must be given one. `old` those of a backfill."""
    which = and_(Message.state == PERSON, Message.contact_reference.is_(None), ~_arrived() if old else _arrived())
    return list(session.scalars(select(Message).where(which).order_by(Message.id)))


def adopt(session: Session, message_id: int, contact_reference: str) -> None:
    """Give an orphan its contact. Raises Retry when another worker was first, so that its second contact is undone."""
    orphan = and_(Message.id == message_id, Message.state == PERSON, Message.contact_reference.is_(None))
    values = {"contact_reference": contact_reference, "finished_at": func.coalesce(Message.finished_at, Message.received_at)}
    if len(session.execute(update(Message).where(orphan).values(**values).returning(Message.id)).all()) != 1:
        raise Retry(f"message {message_id}: another worker gave it its contact")
