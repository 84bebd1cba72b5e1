"""Working old mail through: what came before this program did. It is read, matched and kept to be found, sends no letter, and waits for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.contact import Contact, Event
from models.routing import PlannedLetter
from pipeline.store import contacts
from pipeline.store.outcome import LetterToSend
from pipeline.story import Arrival, Case
from pipeline.work import Opened, Worker

SAYS = "taken in from old mail; no letter was written"


class OldWorker(Worker):
    """The same story of a mail, without its letters and its clocks."""

    old = True
    opens_in = contacts.ARCHIVED

    def _letters(self, contact: Contact, planned: Sequence[PlannedLetter], arrival: Arrival, now: datetime) -> tuple[LetterToSend, ...]:
        """None, ever: whoever wrote a year ago was answered then."""
        return ()

    def _prepared(self, case: Case, arrival: Arrival, now: datetime) -> Opened:
        """A contact whose history says where it comes from."""
        opened = super()._prepared(case, arrival, now)
        contact = opened.contact
        return replace(opened, contact=contact.model_copy(update={"history": (*contact.history, Event(at=now, by="pipeline", what=SAYS))}))
