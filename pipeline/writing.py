"""Letters that were planned, written: each in the thread of the mail it answers, and held for a person where it would be one too many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.authority import Authority
from models.contact import Contact, LetterKind
from models.routing import PlannedLetter
from pipeline.route.letters import compose
from pipeline.route.replying import SentLetter, may_send
from pipeline.store import outbox
from pipeline.store.engine import Store
from pipeline.store.outcome import LetterToSend
from pipeline.story import Arrival

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def letters(
    store: Store, authority: Authority, sender: str | None, contact: Contact, planned: Sequence[PlannedLetter], arrival: Arrival, now: datetime
) -> tuple[LetterToSend, ...]:
    """The planned letters, in the thread of the mail they answer; what the caps do not let go is held for a person."""
    with store.reading() as session:
        found = outbox.history(session, [plan.recipient for plan in planned], now - DAY, now - HOUR, authority.letters.limits.all_an_hour)
        history = [SentLetter(recipient, thread, LetterKind(kind), at) for recipient, thread, kind, at in found]
        sequences = outbox.next_sequences(session, contact.reference)
    written = []
    for plan in planned:
        verdict = may_send(plan.kind, plan.recipient, contact.reference, history, now, authority)
        if verdict.answer == "no":
            continue
        letter = compose(
            plan.kind,
            contact,
            authority,
            plan.recipient,
            now,
            in_reply_to=arrival.mail.message_id,
            references=arrival.mail.references,
            shareable=plan.shareable,
            sender=sender,
        )
        held = verdict.because if verdict.answer == "hold" else None
        written.append(LetterToSend(plan.kind.value, letter, sequences.get(plan.kind, 0), held))
    return tuple(written)
