"""The census of every poll: each mail the server ever showed us must be in the ledger, and each mail that left must have left by our hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.store.ledger import known_uids
from pipeline.store.tables import Mailbox, Message


@dataclass(frozen=True, slots=True)
class Census:
    """`missing` are on the server but not in the ledger; `taken` left the inbox by another hand, though we have their bytes;

    `unseen` came and went between two polls, so that we never had them; `new_validity` says that the server renumbered the folder.
    """

    missing: tuple[int, ...]
    taken: tuple[int, ...]
    unseen: tuple[int, ...]
    new_validity: bool

    @property
    def alarm(self) -> str | None:
        """What a person must be told, or None when every mail is accounted for."""
        if self.missing:
            return f"{len(self.missing)} mails in the inbox are not in the ledger"
        if self.unseen:
            return f"{len(self.unseen)} mails came and left the inbox before they could be read; look for them in the mailbox's other folders"
        return None

    @property
    def note(self) -> str | None:
        """What is worth telling: the alarm, or that the folder was renumbered. Mails that left by another hand are no news: we have them."""
        told = [self.alarm] if self.alarm else []
        if self.new_validity:
            told.append("the server has renumbered the folder; mails that were taken before are known by their bytes")
        return "; ".join(told) or None


def take(session: Session, account: str, folder: str, uid_validity: int, uid_next: int | None, on_server: Iterable[int]) -> Census:
    """Compare the folder as listed with the ledger. Call it after the poll's mails are recorded and before `good_poll`."""
    there, between = set(on_server), range(0)
    before = session.get(Mailbox, (account, folder))
    same = before is not None and before.uid_validity == uid_validity
    if before is not None and same and uid_next and before.uid_next and uid_next - before.uid_next < 100_000:
        between = range(before.uid_next, uid_next)
    known = known_uids(session, account, folder, uid_validity, {*there, *between})
    where = (Message.account == account, Message.folder == folder, Message.uid_validity == uid_validity, Message.moved_at.is_(None))
    unmoved = session.scalars(select(Message.uid).where(*where, Message.sha256.is_not(None)))
    return Census(
        missing=tuple(sorted(there - known)),
        taken=tuple(sorted(set(unmoved) - there)),
        unseen=tuple(uid for uid in between if uid not in known and uid not in there),
        new_validity=before is not None and before.uid_validity not in (None, uid_validity),
    )


def sound(session: Session, account: str, folder: str, alarm: str, now: datetime) -> None:
    """Keep an alarm until a person puts it out: the next poll may have nothing to say of a mail that came and went."""
    row = _row(session, account, folder, now)
    row.alarm, row.alarm_at = alarm, now


def alarms(session: Session) -> list[tuple[datetime, str]]:
    """The newest alarm of each folder, of those that nobody has put out, oldest first."""
    rows = session.execute(select(Mailbox.alarm_at, Mailbox.alarm).where(Mailbox.alarm.is_not(None)).order_by(Mailbox.alarm_at))
    return [(at, alarm) for at, alarm in rows if at is not None and alarm is not None]


def put_out(session: Session) -> None:
    """Somebody has looked for the mails that the alarms tell of. What the next poll finds sounds a new one."""
    session.execute(update(Mailbox).values(alarm=None, alarm_at=None))


def good_poll(session: Session, account: str, folder: str, uid_validity: int, uid_next: int | None, now: datetime) -> None:
    """Note that a poll went through: what health is read from."""
    row = _row(session, account, folder, now)
    row.uid_validity, row.uid_next, row.last_try_at, row.last_good_at, row.last_error = uid_validity, uid_next, now, now, None


def bad_poll(session: Session, account: str, folder: str, error: str, now: datetime) -> None:
    """Note that a poll failed, and why, in the words of our own errors."""
    row = _row(session, account, folder, now)
    row.last_try_at, row.last_error = now, error


def _row(session: Session, account: str, folder: str, now: datetime) -> Mailbox:
    row = session.get(Mailbox, (account, folder))
    if row is None:
        row = Mailbox(account=account, folder=folder, last_try_at=now)
        session.add(row)
    return row
