"""The tables of the screeners' queue: a few words of each contact, sealed, and the digests it is found by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.sealed import Sealed, SealedText
from pipeline.store.tables import Base


class GlanceRow(Base):
    """A contact at a glance, sealed, beside what the queue sorts by: nothing in the open says who it is about. `edition` is how it was made."""

    __tablename__ = "contact_glances"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    edition: Mapped[int] = mapped_column(Integer)
    opened: Mapped[bool] = mapped_column(Boolean)
    waiting: Mapped[bool] = mapped_column(Boolean)
    for_reading: Mapped[bool] = mapped_column(Boolean)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    glance: Mapped[Sealed] = mapped_column(SealedText("contact_glances.glance", by=("contact_reference",)))


class ContactWord(Base):
    """What a contact is found by in a search: keyed digests of the words on it, never the words."""

    __tablename__ = "contact_words"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    word: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
