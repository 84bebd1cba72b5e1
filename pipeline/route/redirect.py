"""Passing a contact on: whoever takes it over takes the duty to acknowledge with it (HE-6)."""

from __future__ import annotations

from datetime import datetime

from models.contact import Contact, Event, Reason


def redirect(contact: Contact, to: str, by: str, now: datetime) -> Contact:
    """The contact, passed to a team or worker by a person. Its clocks stand as they were: the referrer waits no longer for it.

    `by` is the user's id. The history says that it was passed on, not to whom: names of workers stay on the contact.
    """
    owed = any(clock.what == "acknowledge" and clock.met_at is None for clock in contact.deadlines)
    duty = "the duty to acknowledge goes with it" if owed else "it has been acknowledged"
    reason = Reason(rule="HE-6", because=f"Passed to {to}; {duty}.")
    routing = contact.routing.model_copy(update={"pass_to": to, "reasons": (*contact.routing.reasons, reason)})
    return contact.model_copy(update={"routing": routing, "history": (*contact.history, Event(at=now, by=by, what=f"passed on; {duty}"))})
