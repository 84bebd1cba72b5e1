"""The tables. Times are UTC; ids that leave the store are opaque; personal data stands only in sealed columns, or as keyed digests to find it by."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from pipeline.store.sealed import Sealed, SealedText

RECEIVED, WORKING, DONE, PERSON = "received", "working", "done", "person"
QUEUED, SENDING, SENT, HELD, FAILED = "queued", "sending", "sent", "held", "failed"


class UtcTime(TypeDecorator[datetime]):
    """A moment, always with its zone outside the database and always UTC inside it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone was given to the store")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Every table, with names for all constraints so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcTime, str: Text, date: Date}


class Message(Base):
    """One mail as it lay in one folder: the ledger. `alias_of` is set when the same bytes were already taken in; `moved_at` when it left the inbox.

    `message_id` and `in_reply_to` are digests: some programs make Message-IDs of names.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("account", "folder", "uid_validity", "uid"),
        Index("ix_messages_waiting", "state", "next_attempt_at", "id"),
        Index(
            "ix_messages_unmoved",
            "account",
            "folder",
            "uid_validity",
            sqlite_where=text("moved_at IS NULL"),
            postgresql_where=text("moved_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    account: Mapped[str]
    folder: Mapped[str]
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    message_id: Mapped[str | None] = mapped_column(index=True)
    in_reply_to: Mapped[list[str]] = mapped_column(JSON, default=list)
    received_at: Mapped[datetime]
    internal_date: Mapped[datetime | None]
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    contact_reference: Mapped[str | None] = mapped_column(ForeignKey("contacts.reference"), index=True)
    error_code: Mapped[str | None] = mapped_column(String(64))
    alias_of: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    possible_duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    moved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Mailbox(Base):
    """What the last polls of one folder found: health is read from here, never from the scheduler. `alarm` is the newest of the census, and stays until a person puts it out."""

    __tablename__ = "mailboxes"
    account: Mapped[str] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(primary_key=True)
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    uid_next: Mapped[int | None] = mapped_column(BigInteger)
    last_try_at: Mapped[datetime]
    last_good_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    alarm: Mapped[str | None]
    alarm_at: Mapped[datetime | None]


class ContactRow(Base):
    """A contact. `body` is the whole Contact of the contract as JSON, sealed; the other columns are what is searched and sorted by."""

    __tablename__ = "contacts"
    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    authority: Mapped[str] = mapped_column(String(64), index=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(32), index=True)
    decision: Mapped[str] = mapped_column(String(32))
    urgent: Mapped[bool] = mapped_column(Boolean, index=True)
    body: Mapped[Sealed] = mapped_column(SealedText("contacts.body", by=("reference",)))
    version: Mapped[int]


class ContactMessage(Base):
    """Which mails belong to a contact, with what later mails are recognised by: `message_id` is a digest."""

    __tablename__ = "contact_messages"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    message_id: Mapped[str | None] = mapped_column(index=True)
    received_at: Mapped[datetime]


class ContactKey(Base):
    """What an earlier contact about the same child, or with the same file, is found by: digests, never names."""

    __tablename__ = "contact_keys"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


class ContactEvent(Base):
    """What happened to a contact, append-only."""

    __tablename__ = "events"
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[Sealed] = mapped_column(SealedText("events.what", by=("contact_reference", "number")))


class OutboxRow(Base):
    """A letter on its way. `letter` is the whole OutboundMail as JSON, sealed, so that sending needs nothing else. `message_id` is one of our own."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("contact_reference", "kind", "sequence"),
        UniqueConstraint("message_id"),
        Index("ix_outbox_due", "state", "next_attempt_at", "id"),
        Index("ix_outbox_created_at", "created_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    contact_reference: Mapped[str] = mapped_column(ForeignKey("contacts.reference"))
    kind: Mapped[str] = mapped_column(String(32))
    sequence: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str]
    recipient: Mapped[Sealed] = mapped_column(SealedText("outbox.recipient", by=("message_id",)))
    recipient_digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    letter: Mapped[Sealed] = mapped_column(SealedText("outbox.letter", by=("message_id",)))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class PersonRow(Base):
    """An existing record, its values as imported in `body`, sealed; they are looked up in the index in memory. `version` is the import that last changed it,
    `content` a keyed digest of the values."""

    __tablename__ = "people"
    record_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger, index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary(16))
    removed: Mapped[bool] = mapped_column(Boolean)
    body: Mapped[Sealed] = mapped_column(SealedText("people.body", by=("record_id",)))


class Secret(Base):
    """What the store itself needs kept secret, sealed: the key of the digests. That it opens shows that the keys are those of this store."""

    __tablename__ = "secrets"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[Sealed] = mapped_column(SealedText("secrets.value", by=("name",)))


class Lease(Base):
    """Who may do a thing that only one may do. `token` grows with every change of hands."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str]
    until: Mapped[datetime]
    token: Mapped[int] = mapped_column(BigInteger)


class Canary(Base):
    """A mail we sent to our own mailbox, to see that mail still goes all the way round."""

    __tablename__ = "canaries"
    message_id: Mapped[str] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]
    came_back_at: Mapped[datetime | None]


class Counter(Base):
    """Numbers that only grow."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class AuditRow(Base):
    """Who did what to which reference. `chain` is a keyed digest of this row and the one before it. The database itself refuses to change a row."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    reference: Mapped[str | None] = mapped_column(index=True)
    chain: Mapped[str] = mapped_column(String(64))


class ConsoleSession(Base):
    """Somebody signed in to the console, known by a digest of their token alone. `held` is what only their token opens: a sign-in on its way, typed words."""

    __tablename__ = "console_sessions"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    who: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    reasons: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    held: Mapped[str | None]
