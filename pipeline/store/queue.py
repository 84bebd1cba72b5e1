"""The screeners' queue: contacts at a glance in the order they must be looked at, counted by what they wait for, and found by any word on them.

Nothing unread can be ranked out of sight: every open contact is in the first view, no suggestion of a program moves one down, and time moves each up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, UnaryExpression, and_, case, delete, exists, false, func, insert, or_, select
from sqlalchemy.orm import Session

from models.contact import Contact
from models.finding import words_of
from models.glance import EDITION, Glance, glance_of
from pipeline.store import references
from pipeline.store.queue_tables import ContactWord, GlanceRow
from pipeline.store.sealed import Sealed, sealer_of
from pipeline.store.tables import ContactRow

View = Literal["todo", "urgent", "soon", "waiting", "reading", "unopened", "done", "all"]
Soon = Mapping[str, datetime]
"""For each clock by its name the moment before which a due time is near."""
VIEWS: tuple[View, ...] = ("todo", "urgent", "soon", "waiting", "reading", "unopened", "done")
_OPEN = "open"
_WORD = "contact word"
_WORD_LENGTH = 32
_STANDING = select(ContactRow.state, ContactRow.urgent, ContactRow.updated_at)


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
class Figures:
    """How many contacts each view holds; when the oldest came that nobody has opened; a word that changes when a contact comes or changes."""

    counts: dict[View, int]
    oldest_unopened: datetime | None
    stamp: str


def keep(session: Session, contact: Contact) -> None:
    """Keep the glance and the words of a contact, in the transaction that saves it, when its own row is written."""
    glance, saved = glance_of(contact), session.execute(_STANDING.where(ContactRow.reference == contact.reference)).one()
    row = GlanceRow(
        contact_reference=contact.reference,
        edition=EDITION,
        state=saved.state,
        urgent=saved.urgent,
        received_at=contact.received_at,
        changed_at=saved.updated_at,
        opened=glance.opened,
        waiting=glance.waiting,
        for_reading=glance.for_reading,
        clock=glance.clock,
        due_at=glance.due_at,
        glance=Sealed(glance.model_dump_json(exclude_defaults=True), contact.reference),
    )
    session.merge(row)
    wanted = _digests(session, words_of(contact))
    known = set(session.scalars(select(ContactWord.word).where(ContactWord.contact_reference == contact.reference)))
    if gone := known - wanted:
        session.execute(delete(ContactWord).where(ContactWord.contact_reference == contact.reference, ContactWord.word.in_(gone)))
    if fresh := sorted(wanted - known):
        session.execute(insert(ContactWord), [{"contact_reference": contact.reference, "word": word} for word in fresh])


def catch_up(session: Session, limit: int = 200) -> int:
    """Make the glances of contacts that have none, or an older one. How many were made: call it again until none are."""
    current = exists().where(GlanceRow.contact_reference == ContactRow.reference, GlanceRow.edition == EDITION)
    # Locked, so that a glance made here of a contact as it was never overwrites that of whoever changes it now.
    rows = session.scalars(select(ContactRow).where(~current).limit(limit).with_for_update()).all()
    for row in rows:
        keep(session, Contact.model_validate_json(row.body.open(row.reference)))
    return len(rows)


def figures(session: Session, soon: Soon) -> Figures:
    """The counts of every view, what nobody has opened, and the stamp."""
    sums = [func.sum(case((_where(view, soon), 1), else_=0)) for view in VIEWS]
    unopened = case((_where("unopened", soon), GlanceRow.received_at))
    *found, oldest, newest, total = session.execute(select(*sums, func.min(unopened), func.max(GlanceRow.changed_at), func.count())).one()
    counts = {view: int(count or 0) for view, count in zip(VIEWS, found, strict=True)}
    return Figures(counts, oldest, _stamp(total, newest))


def stamp(session: Session) -> str:
    """A word that changes whenever a contact comes or changes."""
    total, newest = session.execute(select(func.count(), func.max(GlanceRow.changed_at))).one()
    return _stamp(total, newest)


def _stamp(total: int, newest: datetime | None) -> str:
    return f"{total}.{newest.timestamp() if newest else 0:.6f}"


def page(session: Session, view: View, soon: Soon, *, limit: int, offset: int = 0) -> list[Row]:
    """Lines of a view, in the order they must be looked at; of what is done, the newest first."""
    chosen = select(GlanceRow.contact_reference).where(_where(view, soon)).order_by(*_order(view, soon)).limit(limit).offset(offset)
    references_in_order = list(session.scalars(chosen))
    rows = {row.contact_reference: row for row in session.scalars(select(GlanceRow).where(GlanceRow.contact_reference.in_(references_in_order)))}
    return [_row(rows[one]) for one in references_in_order]


def find(session: Session, wanted: Iterable[frozenset[str]], typed: str, *, limit: int) -> list[Row]:
    """Contacts that bear every word, or whose reference was typed; open ones first, then the newest."""
    conditions = [_bears(session, readings) for readings in wanted]
    named = or_(*(GlanceRow.contact_reference == one for one in references.find(typed)), false())
    query = select(GlanceRow).where(or_(named, and_(*conditions)) if conditions else named)
    order = (GlanceRow.state != _OPEN, GlanceRow.received_at.desc(), GlanceRow.contact_reference)
    return [_row(row) for row in session.scalars(query.order_by(*order).limit(limit))]


def _bears(session: Session, readings: frozenset[str]) -> ColumnElement[bool]:
    return GlanceRow.contact_reference.in_(select(ContactWord.contact_reference).where(ContactWord.word.in_(_digests(session, readings))))


def _where(view: View, soon: Soon) -> ColumnElement[bool]:
    """Which contacts a view holds. Everything but `done` holds open ones alone."""
    more: dict[View, ColumnElement[bool]] = {
        "urgent": GlanceRow.urgent.is_(True),
        "soon": _near(soon),
        "waiting": GlanceRow.waiting.is_(True),
        "reading": GlanceRow.for_reading.is_(True),
        "unopened": GlanceRow.opened.is_(False),
    }
    if view == "done":
        return GlanceRow.state != _OPEN
    standing = GlanceRow.state == _OPEN
    return and_(standing, more[view]) if view in more else standing


def _order(view: View, soon: Soon) -> tuple[UnaryExpression[Any], ...]:
    """Urgent before due before the rest; within each, what nobody has opened first; then by what is due first, and by what came first."""
    if view == "done":
        return (GlanceRow.changed_at.desc(), GlanceRow.contact_reference.asc())
    band = case((GlanceRow.urgent, 0), (_near(soon), 1), else_=2)
    never = case((GlanceRow.due_at.is_(None), 1), else_=0)
    return (band.asc(), GlanceRow.opened.asc(), never.asc(), GlanceRow.due_at.asc(), GlanceRow.received_at.asc(), GlanceRow.contact_reference.asc())


def _near(soon: Soon) -> ColumnElement[bool]:
    return or_(false(), *(and_(GlanceRow.clock == clock, GlanceRow.due_at <= moment) for clock, moment in soon.items()))


def _row(kept: GlanceRow) -> Row:
    glance = Glance.model_validate_json(kept.glance.open(kept.contact_reference))
    return Row(kept.contact_reference, kept.received_at, kept.changed_at, kept.state, kept.urgent, glance)


def _digests(session: Session, words: Iterable[str]) -> set[str]:
    sealer = sealer_of(session.get_bind().dialect)
    return {sealer.digest(_WORD, word)[:_WORD_LENGTH] for word in words}


def glances(session: Session, since: datetime) -> list[Row]:
    """Every contact received since a moment, oldest first: for the team's figures."""
    return [_row(row) for row in session.scalars(select(GlanceRow).where(GlanceRow.received_at >= since).order_by(GlanceRow.received_at))]
