"""What is kept for how long: which contacts and mails are old enough, which are held, and erasing them for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, Table, delete, func, select, update
from sqlalchemy.orm import Session

from models.contact import Contact
from pipeline.store import contacts
from pipeline.store.all_tables import METADATA
from pipeline.store.hold_tables import HoldRow
from pipeline.store.sealed import Sealed, SealedText
from pipeline.store.tables import DONE, FAILED, HELD, PERSON, SENT, ContactMessage, ContactRow, Message, OutboxRow


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold."""

    reference: str
    at: datetime
    by: str
    because: str


def hold(session: Session, reference: str, by: str, because: str, at: datetime) -> None:
    """Keep a contact whatever retention says."""
    session.merge(HoldRow(contact_reference=reference, at=at, by=by, because=Sealed(because, reference)))


def release(session: Session, reference: str) -> bool:
    """Let retention run again. True when there was a hold."""
    return bool(session.execute(delete(HoldRow).where(HoldRow.contact_reference == reference).returning(HoldRow.contact_reference)).all())


def holds(session: Session) -> list[Hold]:
    """Every hold, oldest first."""
    rows = session.scalars(select(HoldRow).order_by(HoldRow.at, HoldRow.contact_reference))
    return [Hold(row.contact_reference, row.at, row.by, row.because.open(row.contact_reference)) for row in rows]


def is_held(session: Session, reference: str) -> bool:
    """Whether a contact is under a hold."""
    return session.get(HoldRow, reference) is not None


def is_open(session: Session, reference: str) -> bool:
    """Whether a contact is open; nobody changes that before this transaction ends."""
    return session.scalar(select(ContactRow.state).where(ContactRow.reference == reference).with_for_update()) == contacts.OPEN


def settled(session: Session, changed_before: datetime) -> Iterator[tuple[Contact, datetime]]:
    """Contacts that are no longer open, are not held, and were last changed before a moment; with when that was."""
    held = select(HoldRow.contact_reference)
    query = select(ContactRow.reference).where(
        ContactRow.state != contacts.OPEN, ContactRow.updated_at < changed_before, ContactRow.reference.not_in(held)
    )
    for reference in session.scalars(query.order_by(ContactRow.reference)).all():
        row = session.get_one(ContactRow, reference)
        yield Contact.model_validate_json(row.body.open(reference)), row.updated_at
        session.expunge(row)


def old_mails(session: Session, finished_before: datetime) -> list[tuple[str, str | None]]:
    """Kept mails, by sha256, that were done with before a moment, and whose contacts are neither open nor held; with a contact of theirs."""
    busy = select(ContactMessage.sha256).join(ContactRow, ContactRow.reference == ContactMessage.contact_reference)
    busy = busy.where((ContactRow.state == contacts.OPEN) | ContactRow.reference.in_(select(HoldRow.contact_reference)))
    waiting = select(Message.sha256).where(Message.sha256.is_not(None), Message.state.not_in((DONE, PERSON)))
    done = select(Message.sha256, func.max(Message.contact_reference)).where(
        Message.sha256.is_not(None), Message.sha256.not_in(busy), Message.sha256.not_in(waiting)
    )
    done = done.group_by(Message.sha256).having(func.max(func.coalesce(Message.finished_at, Message.received_at)) < finished_before)
    return [(str(sha256), reference) for sha256, reference in session.execute(done.order_by(Message.sha256))]


def forget_mail(session: Session, sha256: str) -> None:
    """Let go of a kept mail in the ledger, before its bytes are removed: the same bytes, should they come again, are then a mail of their own."""
    session.execute(update(Message).where(Message.sha256 == sha256).values(sha256=None, message_id=None, in_reply_to=[]))


def old_letters(session: Session, written_before: datetime) -> list[tuple[int, str]]:
    """Letters that went, or will not go, written before a moment; not those of contacts that are open or held. With their contacts."""
    kept = select(ContactRow.reference).where((ContactRow.state == contacts.OPEN) | ContactRow.reference.in_(select(HoldRow.contact_reference)))
    query = select(OutboxRow.id, OutboxRow.contact_reference).where(
        OutboxRow.state.in_((SENT, FAILED, HELD)), OutboxRow.created_at < written_before, OutboxRow.contact_reference.not_in(kept)
    )
    return [(number, reference) for number, reference in session.execute(query.order_by(OutboxRow.id))]


def forget_letter(session: Session, number: int) -> None:
    """Remove a letter."""
    session.execute(delete(OutboxRow).where(OutboxRow.id == number))


def erase(session: Session, reference: str) -> tuple[str, ...]:
    """Remove a contact and everything that hangs on it, in every table. Says which kept mails belonged to no other contact: remove them after this is committed."""
    mine = set(session.scalars(select(ContactMessage.sha256).where(ContactMessage.contact_reference == reference)))
    mine |= set(session.scalars(select(Message.sha256).where(Message.contact_reference == reference, Message.sha256.is_not(None))))
    others = set(session.scalars(select(ContactMessage.sha256).where(ContactMessage.contact_reference != reference, ContactMessage.sha256.in_(mine))))
    alone = tuple(sorted(one for one in mine - others if one))
    for sha256 in alone:
        forget_mail(session, sha256)
    ended = {"contact_reference": None, "state": DONE, "error_code": None, "possible_duplicate_of": None}
    session.execute(update(Message).where(Message.contact_reference == reference).values(**ended))
    for table in _hanging_on(METADATA.tables["contacts"]):
        for column in table.columns:
            if table.name != Message.__tablename__ and any(key.column.table.name == "contacts" for key in column.foreign_keys):
                session.execute(delete(table).where(column == reference))
    session.execute(delete(ContactRow).where(ContactRow.reference == reference))
    return alone


def work_on(session: Session, reference: str) -> dict[str, list[dict[str, object]]]:
    """Every row of every table that hangs on a contact and holds words, opened, by table: what people did to it. Its letters are left out."""
    found: dict[str, list[dict[str, object]]] = {}
    for table in _hanging_on(METADATA.tables["contacts"]):
        sealed = [column.name for column in table.columns if isinstance(column.type, SealedText)]
        if not sealed or table.name == OutboxRow.__tablename__:
            continue
        rows = session.execute(select(table).where(table.c.contact_reference == reference)).mappings()
        found[table.name] = [{name: _opened(table, name, row) for name in row if row[name] is not None} for row in rows]
    return found


def _opened(table: Table, name: str, row: RowMapping) -> object:
    kind = table.c[name].type
    return row[name].open(*(row[one] for one in kind.by)) if isinstance(kind, SealedText) else row[name]


def _hanging_on(parent: Table) -> Iterable[Table]:
    """Tables that refer to another, those that nothing refers to first."""
    return [table for table in reversed(METADATA.sorted_tables) if any(key.column.table is parent for key in table.foreign_keys)]


def known_mails(session: Session) -> set[str]:
    """The sha256 of every mail that the ledger or a contact knows."""
    return {*kept_mails(session), *session.scalars(select(ContactMessage.sha256))}


def kept_mails(session: Session) -> set[str]:
    """The sha256 of every mail whose bytes must be there: the ledger forgets those that retention let go."""
    return {sha256 for sha256 in session.scalars(select(Message.sha256)) if sha256}
