"""The outcome of one mail, all of it or nothing: the contact, its events, the letters it causes, and the ledger's state, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.contact import Contact
from models.mail import OutboundMail
from pipeline.store import audit, contacts, ledger, outbox


@dataclass(frozen=True, slots=True)
class LetterToSend:
    """A letter an outcome causes. `sequence` counts letters of one kind to one contact; `held` is why a person must release it first."""

    kind: str
    letter: OutboundMail
    sequence: int = 0
    held: str | None = None


def commit_outcome(
    session: Session,
    claimed: ledger.Claimed,
    contact: Contact,
    letters: Sequence[LetterToSend] = (),
    *,
    now: datetime,
    version: int | None = None,
    error_code: str | None = None,
    state: str | None = None,
) -> int:
    """Write everything a mail led to, and say the contact's version. The caller's `with store.session()` commits it.

    `version` is that of the contact as it was read, None for a new one; `state` the contact's, open or as it was unless given; `error_code` leaves the mail with a person. When the lease was lost, or the
    contact changed meanwhile, this raises and nothing of it is written.
    """
    saved = contacts.save(session, contact, now=now, version=version, state=state)
    for one in letters:
        outbox.queue(session, contact.reference, one.kind, one.letter, now=now, sequence=one.sequence, held=one.held)
    ledger.finish(session, claimed, now, contact.reference, error_code)
    audit.append(session, "pipeline", "contact opened" if version is None else "contact added to", contact.reference, now)
    return saved
