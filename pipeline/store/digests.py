"""What is found by its digest: Message-IDs, addresses, and the keys by which an earlier contact about the same child is found."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from pipeline.store.sealed import sealer_of
from pipeline.store.sealer import Sealer

MESSAGE_ID, ADDRESS, CHILD = "message-id", "address", "child"


def message_id_digest(session: Session, message_id: str | None) -> str | None:
    """A Message-ID as the store knows it."""
    return _sealer(session).digest(MESSAGE_ID, message_id) if message_id else None


def address_digest(session: Session, address: str) -> str:
    """A mail address as the store knows it, without regard to case."""
    return _sealer(session).digest(ADDRESS, address.lower())


def child_digests(session: Session, keys: Iterable[str]) -> frozenset[str]:
    """Keys of children and files as the store knows them: those of `models.alike` could be guessed from a list of names, these cannot."""
    sealer = _sealer(session)
    return frozenset(sealer.digest(CHILD, key) for key in keys)


def _sealer(session: Session) -> Sealer:
    return sealer_of(session.get_bind().dialect)
