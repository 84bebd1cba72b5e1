"""The clocks of the open contacts: which need somebody, and which referrers have heard nothing for too long."""

from __future__ import annotations

from datetime import datetime

from models.authority import Authority
from models.contact import Contact, LetterKind
from models.mail import InboundMail
from models.runs import WatchSummary
from pipeline.route.deadlines import standing
from pipeline.route.reminders import reminder_due
from pipeline.store import contacts, outbox
from pipeline.store.engine import Store
from pipeline.store.sealer import Damaged
from pipeline.story import Arrival
from pipeline.writing import letters


class Watcher:
    """Looks at every open contact's clocks. `sender` is the address that reminders come from."""

    def __init__(self, store: Store, authority: Authority, sender: str | None) -> None:
        self._store, self._authority, self._sender = store, authority, sender

    def watch(self, now: datetime) -> WatchSummary:
        """References of contacts with a clock in its authority's hours of warning, or overdue; quiet referrers are reminded by the authority's rule."""
        soon, over, shut, reminded = [], [], [], 0
        with self._store.reading() as session:
            waiting = contacts.references_in(session, contacts.OPEN)
        for reference in waiting:
            try:
                contact = self._as_it_stands(reference)
            except Damaged:  # the clocks of the others must not stand still for it
                shut.append(reference)
                continue
            if contact is None:
                continue
            clocks = [clock for clock in contact.deadlines if clock.what in ("acknowledge", "decide")]
            stand = {standing(clock, self._authority, now) for clock in clocks}
            if "breached" in stand:
                over.append(contact.reference)
            elif "soon" in stand:
                soon.append(contact.reference)
            reminded += self._remind(contact, now)
        return WatchSummary(due_soon=tuple(soon), overdue=tuple(over), damaged=tuple(shut), reminded=reminded)

    def _as_it_stands(self, reference: str) -> Contact | None:
        """A contact with its letters. One at a time: all the open contacts of a busy year would not fit into memory at once."""
        with self._store.reading() as session:
            saved = contacts.get(session, reference)
            if saved is None:
                return None
            return saved.contact.model_copy(update={"correspondence": outbox.correspondence(session, reference)})

    def _remind(self, contact: Contact, now: datetime) -> int:
        """Queue the reminder if it is due. Without what our server found of the first mail's sender it holds nothing that was read."""
        plan = reminder_due(contact, self._authority, now)
        if plan is None:
            return 0
        message = contact.message
        first = Arrival(InboundMail(sha256=message.sha256, size=0, message_id=message.message_id), contact.received_at, message)
        written = letters(self._store, self._authority, self._sender, contact, (plan,), first, now)
        with self._store.session() as session:
            if any(row.kind == LetterKind.REMINDER for row in outbox.letters_of(session, contact.reference)):
                return 0  # another watch was at it at the same time
            for one in written:
                outbox.queue(session, contact.reference, one.kind, one.letter, now=now, sequence=one.sequence, held=one.held)
        return len(written)
