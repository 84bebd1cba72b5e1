"""The screeners' queue: contacts at a glance in the order they must be looked at, counted by what they wait for, and found by any word on them.

Nothing unread can be ranked out of sight: every open contact is in the first view, no suggestion of a program moves one down, and time moves each up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, case, delete, exists, false, func, or_, select
from sqlalchemy.orm import Session

from models.contact import Contact
from models.finding import words_of
from models.glance import EDITION, Glance, glance_of
from pipeline.store import references
from pipeline.store.queue_tables import ContactWord, GlanceRow
from pipeline.store.sealed import Sealed, sealer_of
from pipeline.store.tables import ContactRow

View = Literal["todo", "urgent", "soon", "waiting", "reading", "unopened", "done", "all"]
VIEWS: tuple[View, ...] = ("todo", "urgent", "soon", "waiting", "reading", "unopened", "done")
_Columns = TypeVar("_Columns", bound=tuple[Any, ...])
_OPEN = "open"
_WORD = "contact word"
_WORD_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the queue."""

    reference: str
    received_at: datetime
    updated_at: datetime
    state: str
    urgent: bool
    glance: Glance


@dataclass(frozen=True, slots=True)
class Unopened:
    """How many contacts nobody has opened, and when the oldest of them came."""

    count: int
    oldest: datetime | None


def keep(session: Session, contact: Contact) -> None:
    """Keep the glance and the words of a contact, in the transaction that saves it."""
    glance = glance_of(contact)
    row = GlanceRow(
        contact_reference=contact.reference,
        edition=EDITION,
        opened=glance.opened,
        waiting=glance.waiting,
        for_reading=glance.for_reading,
        due_at=glance.due_at,
        glance=Sealed(glance.model_dump_json(exclude_defaults=True), contact.reference),
    )
    session.merge(row)
    wanted = _digests(session, words_of(contact))
    known = set(session.scalars(select(ContactWord.word).where(ContactWord.contact_reference == contact.reference)))
    if gone := known - wanted:
        session.execute(delete(ContactWord).where(ContactWord.contact_reference == contact.reference, ContactWord.word.in_(gone)))
    session.add_all(ContactWord(contact_reference=contact.reference, word=word) for word in sorted(wanted - known))


def forget(session: Session, reference: str) -> None:
    """Take a contact out of the queue and the search: it is being erased."""
    session.execute(delete(ContactWord).where(ContactWord.contact_reference == reference))
    session.execute(delete(GlanceRow).where(GlanceRow.contact_reference == reference))


def catch_up(session: Session, limit: int = 200) -> int:
    """Make the glances of contacts that have none, or an older one. How many were made: call it again until none are."""
    current = exists().where(GlanceRow.contact_reference == ContactRow.reference, GlanceRow.edition == EDITION)
    rows = session.scalars(select(ContactRow).where(~current).limit(limit)).all()
    for row in rows:
        keep(session, Contact.model_validate_json(row.body.open(row.reference)))
    return len(rows)


def counts(session: Session, soon: datetime) -> dict[View, int]:
    """How many contacts each view holds. `soon` is the moment before which a due time is near."""
    sums = [func.sum(case((_where(view, soon), 1), else_=0)) for view in VIEWS]
    found = session.execute(_joined(select(*sums))).one()
    return {view: int(count or 0) for view, count in zip(VIEWS, found, strict=True)}


def unopened(session: Session) -> Unopened:
    """Open contacts that nobody has looked at."""
    query = select(func.count(), func.min(ContactRow.received_at)).where(_where("unopened", None))
    count, oldest = session.execute(_joined(query)).one()
    return Unopened(int(count), oldest)


def stamp(session: Session) -> str:
    """A word that changes whenever a contact comes or changes."""
    newest, number = session.execute(select(func.max(ContactRow.updated_at), func.count())).one()
    return f"{number}.{newest.timestamp() if newest else 0:.0f}"


def page(session: Session, view: View, soon: datetime, *, limit: int, offset: int = 0) -> list[Row]:
    """Lines of a view, in the order they must be looked at; of what is done, the newest first."""
    query = _joined(select(ContactRow, GlanceRow)).where(_where(view, soon)).order_by(*_order(view, soon))
    return [_row(contact, glance) for contact, glance in session.execute(query.limit(limit).offset(offset)).tuples()]


def find(session: Session, wanted: Iterable[frozenset[str]], typed: str, *, limit: int) -> list[Row]:
    """Contacts that bear every word, or whose reference was typed; open ones first, then the newest."""
    conditions = [_bears(session, readings) for readings in wanted]
    named = or_(*(ContactRow.reference == one for one in references.find(typed)), false())
    query = _joined(select(ContactRow, GlanceRow)).where(or_(named, and_(*conditions)) if conditions else named)
    order = (ContactRow.state != _OPEN, ContactRow.received_at.desc(), ContactRow.reference)
    return [_row(contact, glance) for contact, glance in session.execute(query.order_by(*order).limit(limit)).tuples()]


def _bears(session: Session, readings: frozenset[str]) -> ColumnElement[bool]:
    return ContactRow.reference.in_(select(ContactWord.contact_reference).where(ContactWord.word.in_(_digests(session, readings))))


def _joined(query: Select[_Columns]) -> Select[_Columns]:
    return query.join_from(ContactRow, GlanceRow, GlanceRow.contact_reference == ContactRow.reference)


def _where(view: View, soon: datetime | None) -> ColumnElement[bool]:
    """Which contacts a view holds. Everything but `done` holds open ones alone."""
    standing = ContactRow.state == _OPEN
    more: dict[View, ColumnElement[bool]] = {
        "urgent": ContactRow.urgent.is_(True),
        "soon": GlanceRow.due_at <= soon if soon else false(),
        "waiting": GlanceRow.waiting.is_(True),
        "reading": GlanceRow.for_reading.is_(True),
        "unopened": GlanceRow.opened.is_(False),
    }
    if view == "done":
        return ~standing
    return and_(standing, more[view]) if view in more else standing


def _order(view: View, soon: datetime) -> tuple[UnaryExpression[Any], ...]:
    """Urgent before due before the rest; within each, what nobody has opened first; then by what is due first, and by what came first."""
    if view == "done":
        return (ContactRow.updated_at.desc(), ContactRow.reference.asc())
    band = case((ContactRow.urgent, 0), (GlanceRow.due_at <= soon, 1), else_=2)
    never = case((GlanceRow.due_at.is_(None), 1), else_=0)
    return (band.asc(), GlanceRow.opened.asc(), never.asc(), GlanceRow.due_at.asc(), ContactRow.received_at.asc(), ContactRow.reference.asc())


def _row(contact: ContactRow, kept: GlanceRow) -> Row:
    glance = Glance.model_validate_json(kept.glance.open(kept.contact_reference))
    return Row(contact.reference, contact.received_at, contact.updated_at, contact.state, contact.urgent, glance)


def _digests(session: Session, words: Iterable[str]) -> set[str]:
    sealer = sealer_of(session.get_bind().dialect)
    return {sealer.digest(_WORD, word)[:_WORD_LENGTH] for word in words}
