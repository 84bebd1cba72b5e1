"""Contacts: saved whole, with a version, so that two writers never silently undo each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.alike import child_keys
from models.contact import Contact, Event
from pipeline.errors import OurBug, Retry
from pipeline.store import queue, references
from pipeline.store.digests import child_digests, message_id_digest
from pipeline.store.sealed import Sealed
from pipeline.store.tables import ContactEvent, ContactKey, ContactMessage, ContactRow, OutboxRow

OPEN = "open"
OPENING_LOCK = 0x6F70656E
ARCHIVED = "archived"
"""Read out of old mail, long decided: it is found, and shown beside a new one, and waits for nobody."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A contact as the store has it. Give `version` back when saving it changed."""

    contact: Contact
    version: int
    state: str


def new_reference(session: Session, authority_code: str, received_at: datetime) -> str:
    """A reference that no contact has."""
    while True:
        reference = references.make(authority_code, received_at)
        if session.get(ContactRow, reference) is None:
            return reference


def save(session: Session, contact: Contact, *, now: datetime, version: int | None = None, state: str | None = None) -> int:
    """Save a contact and say its new version. `version` None makes it new; otherwise it is the version that was read, and a newer one is a Retry."""
    columns = {
        "authority": contact.authority,
        "received_at": contact.received_at,
        "updated_at": now,
        "decision": contact.routing.decision,
        "urgent": contact.is_urgent,
        "body": Sealed(contact.model_dump_json(), contact.reference),
    }
    if version is None:
        _insert(session, ContactRow(reference=contact.reference, version=1, state=state or OPEN, **columns))
    else:
        if state is not None:
            columns["state"] = state
        same = update(ContactRow).where(ContactRow.reference == contact.reference, ContactRow.version == version)
        if len(session.execute(same.values(version=version + 1, **columns).returning(ContactRow.reference)).all()) != 1:
            raise Retry(f"contact {contact.reference} was changed by somebody else meanwhile; nothing was written")
    _save_messages(session, contact)
    _save_keys(session, contact)
    _save_events(session, contact)
    queue.keep(session, contact)
    return (version or 0) + 1


def _insert(session: Session, row: ContactRow) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise OurBug(f"contact {row.reference} is there already") from None


def _save_messages(session: Session, contact: Contact) -> None:
    known = set(session.scalars(select(ContactMessage.sha256).where(ContactMessage.contact_reference == contact.reference)))
    for message in (contact.message, *contact.messages):
        if message.sha256 not in known:
            known.add(message.sha256)
            session.add(
                ContactMessage(
                    contact_reference=contact.reference,
                    sha256=message.sha256,
                    message_id=message_id_digest(session, message.message_id),
                    received_at=message.received_at,
                )
            )


def _save_keys(session: Session, contact: Contact) -> None:
    plain = child_keys(contact.record) | {digest for message in (contact.message, *contact.messages) for digest in message.forms}
    wanted = child_digests(session, plain)
    known = set(session.scalars(select(ContactKey.key).where(ContactKey.contact_reference == contact.reference)))
    if gone := known - wanted:
        session.execute(delete(ContactKey).where(ContactKey.contact_reference == contact.reference, ContactKey.key.in_(gone)))
    session.add_all(ContactKey(contact_reference=contact.reference, key=key) for key in sorted(wanted - known))


def _save_events(session: Session, contact: Contact) -> None:
    """Events are only ever added: those the table has are not written again."""
    count = session.scalar(select(func.count()).select_from(ContactEvent).where(ContactEvent.contact_reference == contact.reference)) or 0
    for number, event in enumerate(contact.history[count:], start=count):
        what = Sealed(event.what, contact.reference, number)
        session.add(ContactEvent(contact_reference=contact.reference, number=number, at=event.at, by=event.by, what=what))


def get(session: Session, reference: str) -> Saved | None:
    """A contact, or None. References typed by hand are understood."""
    row = session.get(ContactRow, reference)
    if row is None:
        row = next((found for typed in references.find(reference) if (found := session.get(ContactRow, typed))), None)
    return _saved(row) if row else None


def newest(session: Session, limit: int | None = None, *, states: Iterable[str] = ()) -> Iterator[Saved]:
    """Contacts, newest first, one at a time: all those of a year would not fit into memory at once."""
    query = select(ContactRow.reference).order_by(ContactRow.received_at.desc(), ContactRow.reference).limit(limit)
    if wanted := tuple(states):
        query = query.where(ContactRow.state.in_(wanted))
    for reference in session.scalars(query).all():
        row = session.get(ContactRow, reference)
        if row is not None:
            yield _saved(row)
            session.expunge(row)


def references_in(session: Session, state: str) -> list[str]:
    """References of the contacts in a state, newest first."""
    query = select(ContactRow.reference).where(ContactRow.state == state)
    return list(session.scalars(query.order_by(ContactRow.received_at.desc(), ContactRow.reference)))


def _saved(row: ContactRow) -> Saved:
    return Saved(Contact.model_validate_json(row.body.open(row.reference)), row.version, row.state)


def find_by_message_ids(session: Session, ids: Iterable[str]) -> tuple[str, ...]:
    """References of the contacts a mail belongs to by its thread: it answers a letter of ours, or an earlier mail of the contact."""
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return ()
    ours = session.scalars(select(OutboxRow.contact_reference).where(OutboxRow.message_id.in_(wanted)).order_by(OutboxRow.id.desc()))
    digests = [message_id_digest(session, one) for one in wanted]
    theirs = session.scalars(
        select(ContactMessage.contact_reference).where(ContactMessage.message_id.in_(digests)).order_by(ContactMessage.received_at.desc())
    )
    return tuple(dict.fromkeys([*ours, *theirs]))


def one_opens(session: Session) -> None:
    """From here to the end of the transaction nobody else opens a contact: who looked for those about the same child looks once more, and nobody comes between.

    A writing transaction of SQLite is alone in any case.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": OPENING_LOCK})


def references_sharing(session: Session, keys: Iterable[str], *, since: datetime) -> list[str]:
    """References of the contacts received since a moment that share a child's key or a file with these keys."""
    wanted = child_digests(session, keys)
    if not wanted:
        return []
    shared = select(ContactKey.contact_reference).where(ContactKey.key.in_(wanted))
    return list(session.scalars(select(ContactRow.reference).where(ContactRow.reference.in_(shared), ContactRow.received_at >= since)))


def sharing(session: Session, keys: Iterable[str], *, since: datetime, limit: int = 50) -> list[Saved]:
    """The newest contacts received since a moment that share a child's key or a file with these keys."""
    wanted = child_digests(session, keys)
    if not wanted:
        return []
    shared = select(ContactKey.contact_reference).where(ContactKey.key.in_(wanted))
    query = select(ContactRow).where(ContactRow.reference.in_(shared), ContactRow.received_at >= since)
    return [_saved(row) for row in session.scalars(query.order_by(ContactRow.received_at.desc(), ContactRow.reference).limit(limit))]


def events(session: Session, reference: str) -> list[Event]:
    """What happened to a contact, in order."""
    rows = session.scalars(select(ContactEvent).where(ContactEvent.contact_reference == reference).order_by(ContactEvent.number))
    return [Event(at=row.at, by=row.by, what=row.what.open(reference, row.number)) for row in rows]
