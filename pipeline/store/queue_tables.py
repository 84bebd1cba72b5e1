"""The tables of the screeners' queue: a few words of each contact, sealed, and the digests it is found by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.sealed import Sealed, SealedText
from pipeline.store.tables import Base


class GlanceRow(Base):
    """A contact at a glance, sealed, beside what the queue sorts by: nothing in the open says who it is about. `edition` is how it was made.

    What stands on the contact's own row too stands here again: a contact is large, and the queue must not leaf through thousands of them.
    """

    __tablename__ = "contact_glances"
    __table_args__ = (
        Index("ix_contact_glances_queue", "state", "urgent", "opened", "due_at", "received_at", "waiting", "for_reading", "changed_at"),
    )
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    edition: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(32))
    urgent: Mapped[bool] = mapped_column(Boolean)
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    opened: Mapped[bool] = mapped_column(Boolean)
    waiting: Mapped[bool] = mapped_column(Boolean)
    for_reading: Mapped[bool] = mapped_column(Boolean)
    clock: Mapped[str | None] = mapped_column(String(16))
    due_at: Mapped[datetime | None]
    glance: Mapped[Sealed] = mapped_column(SealedText("contact_glances.glance", by=("contact_reference",)))


class ContactWord(Base):
    """What a contact is found by in a search: keyed digests of the words on it, never the words."""

    __tablename__ = "contact_words"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    word: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
