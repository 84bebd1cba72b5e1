"""What happens to a contact after its mail was worked through: a letter went or did not, a person passed it on."""

from __future__ import annotations

from datetime import datetime

from models.authority import Authority
from models.contact import Contact, Event, LetterKind
from pipeline.again import opened_again
from pipeline.errors import WrongSetup
from pipeline.route.redirect import redirect
from pipeline.route.undelivered import undelivered
from pipeline.store import audit, contacts, outbox
from pipeline.store.engine import Store
from pipeline.store.session import Session


def sent(session: Session, taken: outbox.Due, now: datetime) -> None:
    """A letter went: the acknowledgement clock is met by the first one, and the history says so. In the transaction that marks it as sent."""
    saved = contacts.get(session, taken.contact_reference)
    if saved is None:
        return
    clocks = tuple(
        clock.model_copy(update={"met_at": now}) if clock.what == "acknowledge" and clock.met_at is None else clock
        for clock in saved.contact.deadlines
    )
    event = Event(at=now, by="pipeline", what=f"letter sent: {taken.kind}")
    changed = saved.contact.model_copy(update={"deadlines": clocks, "history": (*saved.contact.history, event)})
    contacts.save(session, changed, now=now, version=saved.version)
    audit.append(session, "pipeline", event.what, saved.contact.reference, now)


def not_sent(session: Session, taken: outbox.Due, authority: Authority, now: datetime) -> None:
    """A letter will not go: nobody may go on waiting for its answer, and somebody must tell the referrer. In the transaction that says so."""
    saved = contacts.get(session, taken.contact_reference)
    if saved is None:
        return
    changed = undelivered(saved.contact, LetterKind(taken.kind), "the mail server refused it or could not be reached", now)
    if saved.state != contacts.OPEN:
        changed = opened_again(changed, authority, now, now)
    contacts.save(session, changed, now=now, version=saved.version, state=contacts.OPEN)


def passed_on(store: Store, reference: str, to: str, by: str, now: datetime) -> Contact:
    """A person passes a contact to a team or worker. Raises WrongSetup when nobody is named or there is no such contact."""
    if not to or not by:
        raise WrongSetup("Say who takes the contact over (--to) and who passes it on (--by).")
    with store.session() as session:
        saved = contacts.get(session, reference)
        if saved is None:
            raise WrongSetup(f"There is no contact {reference[:24]!r}. `mash-intake contacts` lists them.")
        changed = redirect(saved.contact, to, by, now)
        contacts.save(session, changed, now=now, version=saved.version)
        audit.append(session, by, "contact passed on", reference, now)
    return changed
