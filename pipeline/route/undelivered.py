"""A letter that did not arrive: whoever waits for its answer waits in vain, so a person must reach the referrer another way."""

from __future__ import annotations

from datetime import datetime

from models.contact import Contact, Event, LetterKind, Reason

_ASKS = frozenset({LetterKind.INCOMPLETE, LetterKind.WRONG_FORM, LetterKind.REMINDER, LetterKind.COULD_NOT_OPEN})

_FAILED = "could not be delivered."


def is_about_delivery(reason: Reason) -> bool:
    """Whether a reason says that a letter did not arrive: it holds until a person has dealt with it, whatever else is worked out again."""
    return reason.rule == "DC-8" and _FAILED in reason.because


def undelivered(contact: Contact, kind: LetterKind, why: str, now: datetime) -> Contact:
    """The contact with a letter of this kind known to have failed. `why` is a code or a sentence without personal data.

    A contact that only waited for the referrer's answer goes to a person; any other decision stands.
    """
    event = Event(at=now, by="pipeline", what=f"letter not delivered: {kind.value} ({why})")
    asked = "It held questions: ring or write to the referrer another way." if kind in _ASKS else "Tell the referrer another way."
    reason = Reason(rule="DC-8", because=f"A letter ({kind.value.replace('_', ' ')}) {_FAILED} {asked}")
    known = contact.routing.reasons
    waiting = contact.routing.decision == "return_to_referrer" and kind in _ASKS
    routing = contact.routing.model_copy(
        update={
            "reasons": known if reason in known else (*known, reason),
            "decision": "manual" if waiting else contact.routing.decision,
        }
    )
    return contact.model_copy(update={"routing": routing, "history": (*contact.history, event)})
