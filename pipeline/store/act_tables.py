"""The tables of what people do to contacts: every act, and what they were typing. Personal data stands in sealed columns only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.sealed import Sealed, SealedText
from pipeline.store.tables import Base


class ActRow(Base):
    """One act of a person on a contact: append-only but for `undone_at`. `version` is the contact's version that it made.

    `body` is JSON: the act as data (`models.screening.Correction`), and what undoing it needs.
    """

    __tablename__ = "acts"
    __table_args__ = (Index("ix_acts_kind_at", "kind", "at"),)
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    undone_at: Mapped[datetime | None]
    body: Mapped[Sealed] = mapped_column(SealedText("acts.body", by=("contact_reference", "number")))


class DraftRow(Base):
    """What a user has typed into one form of a contact and not yet saved: JSON of the form's fields."""

    __tablename__ = "drafts"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(String(120), primary_key=True)
    saved_at: Mapped[datetime]
    body: Mapped[Sealed] = mapped_column(SealedText("drafts.body", by=("contact_reference", "who", "form")))
