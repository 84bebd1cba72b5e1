"""Passing a contact on: whoever takes it over takes the duty to acknowledge with it (HE-6)."""

from __future__ import annotations

from datetime import datetime

from models.contact import Contact, Event, Reason
from models.screening import Passed


def redirect(contact: Contact, to: str, by: str, now: datetime) -> Contact:
    """The contact, passed to a team or worker by a person. Its clocks stand as they were: the referrer waits no longer for it.

    `by` is the user's id. The history says that it was passed on, not to whom: names of workers stay on the contact.
    """
    routing = contact.routing.model_copy(update={"pass_to": to, "reasons": (*contact.routing.reasons, passed_reason(contact, to))})
    work = contact.screening.model_copy(update={"passed": Passed(by=by, at=now, to=to)})
    event = Event(at=now, by=by, what=f"passed on; {_duty(contact)}")
    return contact.model_copy(update={"routing": routing, "screening": work, "history": (*contact.history, event)})


def passed_reason(contact: Contact, to: str) -> Reason:
    """That a contact was passed on, and whose duty it now is to acknowledge it."""
    return Reason(rule="HE-6", because=f"Passed to {to}; {_duty(contact)}.")


def _duty(contact: Contact) -> str:
    owed = any(clock.what == "acknowledge" and clock.met_at is None for clock in contact.deadlines)
    return "the duty to acknowledge goes with it" if owed else "it has been acknowledged"
