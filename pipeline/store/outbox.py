"""Letters on their way. A letter is queued in the transaction that decides it, and sent at least once under one Message-ID.

Asking a server to take a letter and noting that it did cannot be one step: after a crash between the two it goes out again, and the same
Message-ID lets the receiving side see that it is the same letter. A missing letter would be worse than one that came twice.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.contact import Letter, LetterKind
from models.mail import OutboundMail
from pipeline.errors import Retry
from pipeline.store.digests import address_digest
from pipeline.store.owners import is_dead, me
from pipeline.store.sealed import Sealed
from pipeline.store.sealer import Damaged
from pipeline.store.tables import FAILED, HELD, QUEUED, SENDING, SENT, OutboxRow

MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=2)
AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A letter to send. Give it back to `mark_sent` or `mark_failed`: `attempt` is the fence. `letter` is None when what the disk holds of it is damaged."""

    id: int
    contact_reference: str
    kind: str
    attempt: int
    letter: OutboundMail | None


def queue(
    session: Session, contact_reference: str, kind: str, letter: OutboundMail, *, now: datetime, sequence: int = 0, held: str | None = None
) -> int:
    """Queue a letter and say its id. The same letter once more (contact, kind, sequence) changes nothing. `held` is why a person must release it."""
    row = OutboxRow(
        contact_reference=contact_reference,
        kind=kind,
        sequence=sequence,
        message_id=letter.message_id,
        recipient=Sealed(letter.recipient, letter.message_id),
        recipient_digest=address_digest(session, letter.recipient),
        state=HELD if held else QUEUED,
        reason=held,
        attempts=0,
        next_attempt_at=now,
        letter=Sealed(_packed(letter), letter.message_id),
        created_at=now,
    )
    there = select(OutboxRow.id).where(OutboxRow.contact_reference == contact_reference, OutboxRow.kind == kind, OutboxRow.sequence == sequence)
    if (number := session.scalar(there)) is not None:
        return number
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        number = session.scalar(there)
        if number is None:
            raise Retry(f"contact {contact_reference}: another letter already has this Message-ID") from None
        return number
    return row.id


def due(session: Session, now: datetime, limit: int = 50) -> list[int]:
    """Ids of the letters to send now, oldest first; those whose sender died in the middle among them."""
    return list(session.scalars(select(OutboxRow.id).where(_free(session, now)).order_by(OutboxRow.id).limit(limit)))


def mark_sending(session: Session, letter_id: int, now: datetime, lease: timedelta = timedelta(minutes=5), *, owner: str | None = None) -> Due | None:
    """Take a letter to send it, or None when another sender has it or it is no longer due. Commit before talking to the server."""
    mine = and_(OutboxRow.id == letter_id, _free(session, now))
    row = session.scalar(select(OutboxRow).where(mine).with_for_update(skip_locked=True))
    if row is None:
        return None
    row.state, row.lease_until, row.lease_owner, row.attempts = SENDING, now + lease, owner or me(), row.attempts + 1
    session.flush()
    try:
        return Due(row.id, row.contact_reference, row.kind, row.attempts, letter(row))
    except Damaged:
        return Due(row.id, row.contact_reference, row.kind, row.attempts, None)


def _free(session: Session, now: datetime) -> ColumnElement[bool]:
    """Queued and due, or left behind by a sender whose lease ran out or who is known to be dead."""
    sending = OutboxRow.state == SENDING
    dead = [owner for owner in session.scalars(select(OutboxRow.lease_owner).where(sending).distinct()) if is_dead(owner)]
    # What ends later than any wait or lease given now was given by a clock that ran ahead, and does not count.
    left = and_(sending, or_(~OutboxRow.lease_until.between(now, now + LONGEST_WAIT), OutboxRow.lease_owner.in_(dead)))
    return or_(and_(OutboxRow.state == QUEUED, ~OutboxRow.next_attempt_at.between(now + AN_INSTANT, now + LONGEST_WAIT)), left)


def mark_sent(session: Session, taken: Due, now: datetime) -> None:
    """The server took the letter."""
    _change(session, taken, state=SENT, sent_at=now, lease_until=None, reason=None)


def mark_failed(session: Session, taken: Due, now: datetime, reason: str, *, for_good: bool = False) -> bool:
    """The letter did not go: later again, with longer waits; after the last attempt, or `for_good`, it stays failed for a person. True when it stays."""
    if for_good or taken.attempt >= MOST_ATTEMPTS:
        _change(session, taken, state=FAILED, reason=reason, lease_until=None)
        return True
    wait = min(FIRST_WAIT * 2 ** (taken.attempt - 1), LONGEST_WAIT)
    _change(session, taken, state=QUEUED, reason=reason, next_attempt_at=now + wait, lease_until=None)
    return False


def put_back(session: Session, taken: Due, now: datetime, reason: str) -> None:
    """The letter was never handed over, because no letter could have been: it waits a little, and the attempt does not count against it."""
    _change(session, taken, state=QUEUED, reason=reason, attempts=taken.attempt - 1, next_attempt_at=now + FIRST_WAIT, lease_until=None)


def came_back(session: Session, message_ids: Iterable[str], reason: str) -> list[tuple[str, str]]:
    """Letters that a mail system sent back: each stays failed for a person, who may release it again. Says whose they were, and their kinds."""
    gone = and_(OutboxRow.message_id.in_(tuple(message_ids)), OutboxRow.state.in_((SENT, SENDING)))
    rows = session.execute(update(OutboxRow).where(gone).values(state=FAILED, reason=reason).returning(OutboxRow.contact_reference, OutboxRow.kind))
    return [(reference, kind) for reference, kind in rows]


def hold(session: Session, letter_id: int, reason: str) -> bool:
    """Keep a letter from going until a person releases it. True when it was still here to be held."""
    return _set(session, and_(OutboxRow.id == letter_id, OutboxRow.state.in_((QUEUED, FAILED))), state=HELD, reason=reason)


def release(session: Session, letter_id: int, now: datetime) -> bool:
    """A person sends a held or failed letter on its way."""
    here = and_(OutboxRow.id == letter_id, OutboxRow.state.in_((HELD, FAILED)))
    return _set(session, here, state=QUEUED, reason=None, attempts=0, next_attempt_at=now)


def letters_of(session: Session, contact_reference: str) -> list[OutboxRow]:
    """A contact's letters, oldest first, to look at."""
    return list(session.scalars(select(OutboxRow).where(OutboxRow.contact_reference == contact_reference).order_by(OutboxRow.id)))


def next_sequences(session: Session, contact_reference: str) -> Mapping[str, int]:
    """For each kind of letter that a contact has, the number that the next one takes. Letters may have been taken out, so they are not counted."""
    last = select(OutboxRow.kind, func.max(OutboxRow.sequence)).where(OutboxRow.contact_reference == contact_reference).group_by(OutboxRow.kind)
    return {kind: number + 1 for kind, number in session.execute(last).tuples()}


def is_ours(session: Session, message_id: str) -> bool:
    """Whether a Message-ID is that of a letter of ours."""
    return session.scalar(select(OutboxRow.id).where(OutboxRow.message_id == message_id)) is not None


def letter(row: OutboxRow) -> OutboundMail:
    """The letter of a row."""
    return _unpacked(row.letter.open(row.message_id))


def counts(session: Session) -> Mapping[str, int]:
    """How many letters are in each state."""
    found = dict(session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).tuples().all())
    return {state: found.get(state, 0) for state in (QUEUED, SENDING, SENT, HELD, FAILED)}


def _change(session: Session, taken: Due, **values: Any) -> None:
    if not _set(session, and_(OutboxRow.id == taken.id, OutboxRow.state == SENDING, OutboxRow.attempts == taken.attempt), **values):
        raise Retry(f"letter {taken.id}: another sender has taken it over")


def _set(session: Session, which: ColumnElement[bool], **values: Any) -> bool:
    return len(session.execute(update(OutboxRow).where(which).values(**values).returning(OutboxRow.id)).all()) == 1


def _packed(mail: OutboundMail) -> str:
    plain = mail.model_dump(mode="python")
    for file in plain["files"]:
        file["content"] = base64.b64encode(file["content"]).decode("ascii")
    return json.dumps(plain)


def _unpacked(text: str) -> OutboundMail:
    plain = json.loads(text)
    for file in plain["files"]:
        file["content"] = base64.b64decode(file["content"])
    return OutboundMail.model_validate(plain)


def history(session: Session, recipients: Iterable[str], day: datetime, hour: datetime, most: int) -> list[tuple[str, str, str, datetime]]:
    """Recipient, contact, kind and time of letters, whatever became of them: what the caps on answers are counted from.

    Those to these recipients since `day`, and the newest since `hour` to anybody, not more of them than a cap could ask for.
    """
    columns = (OutboxRow.id, OutboxRow.message_id, OutboxRow.recipient, OutboxRow.contact_reference, OutboxRow.kind, OutboxRow.created_at)
    whom = [address_digest(session, recipient) for recipient in recipients]
    to_them = select(*columns).where(OutboxRow.created_at >= day, OutboxRow.recipient_digest.in_(whom))
    to_all = select(*columns).where(OutboxRow.created_at >= hour).order_by(OutboxRow.created_at.desc()).limit(most)
    found = {row.id: row for query in (to_them, to_all) for row in session.execute(query)}
    return [(row.recipient.open(row.message_id), row.contact_reference, row.kind, row.created_at) for _, row in sorted(found.items())]


def correspondence(session: Session, contact_reference: str) -> tuple[Letter, ...]:
    """A contact's letters with what became of them."""
    return tuple(_told(row) for row in letters_of(session, contact_reference))


def _told(row: OutboxRow) -> Letter:
    states: dict[str, Literal["queued", "sent", "held", "failed"]] = {SENT: "sent", HELD: "held", FAILED: "failed"}
    return Letter(
        kind=LetterKind(row.kind),
        message_id=row.message_id,
        recipient=row.recipient.open(row.message_id),
        subject=letter(row).subject,
        state=states.get(row.state, "queued"),
        at=row.created_at,
        sent_at=row.sent_at,
    )
