"""What somebody has typed and not yet saved, by contact, user and form: a session that ends in mid-sentence loses nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pipeline.store.act_tables import DraftRow
from pipeline.store.sealed import Sealed

LARGEST = 100_000
"""Characters of one draft that are kept."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One form as it was left."""

    form: str
    fields: Mapping[str, str]
    saved_at: datetime


def keep(session: Session, reference: str, who: str, form: str, fields: Mapping[str, str], now: datetime) -> None:
    """Keep a form as it stands. A draft that says nothing any more is forgotten."""
    text = json.dumps({name: words[:LARGEST] for name, words in fields.items()})
    if not any(words.strip() for words in fields.values()):
        forget(session, reference, who, form)
        return
    row = session.get(DraftRow, (reference, who, form))
    sealed = Sealed(text, reference, who, form)
    if row is None:
        session.add(DraftRow(contact_reference=reference, who=who, form=form, saved_at=now, body=sealed))
    else:
        row.body, row.saved_at = sealed, now
    session.flush()


def of_user(session: Session, reference: str, who: str) -> dict[str, Draft]:
    """A user's drafts on a contact, by form."""
    rows = session.scalars(select(DraftRow).where(DraftRow.contact_reference == reference, DraftRow.who == who))
    return {row.form: Draft(row.form, json.loads(row.body.open(reference, who, row.form)), row.saved_at) for row in rows}


def forget(session: Session, reference: str, who: str, form: str) -> None:
    """The form was saved, or emptied."""
    session.execute(delete(DraftRow).where(DraftRow.contact_reference == reference, DraftRow.who == who, DraftRow.form == form))
