"""The table of legal holds: contacts that must stay whatever retention says."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.sealed import Sealed, SealedText
from pipeline.store.tables import Base


class HoldRow(Base):
    """A contact under a legal hold, since when, by whom, and why."""

    __tablename__ = "legal_holds"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    because: Mapped[Sealed] = mapped_column(SealedText("legal_holds.because", by=("contact_reference",)))
