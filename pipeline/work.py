"""Working one mail through: what it belongs to, what it says, and everything that follows, written in one transaction."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.alike import child_keys
from models.contact import Contact, ContactLink, LetterKind, Relation
from models.mail import InboundMail, MailClass
from models.routing import PlannedLetter
from models.runs import ProcessSummary
from pipeline.again import opened_again
from pipeline.answering import answered, asks_for_a_person, may_answer
from pipeline.arriving import arrival
from pipeline.errors import Retry, WrongSetup, place_of
from pipeline.extract.combine import by_family, together
from pipeline.route.linking import links, repeats
from pipeline.route.undelivered import undelivered
from pipeline.settings import Settings
from pipeline.store import audit, canaries, contacts, ledger, outbox, references
from pipeline.store.blobs import Blobs
from pipeline.store.engine import Store
from pipeline.store.outcome import LetterToSend, commit_outcome
from pipeline.store.session import Session
from pipeline.story import Arrival, Case, Stages, case, cases, contact_of, newcomer, unread_case
from pipeline.writing import letters

log = logging.getLogger("mash_intake.work")

LOOK_BACK = timedelta(days=365)
"""How long ago a contact about the same child may have come and still be shown beside a new one."""
LOOKS = 3
"""How often a mail is looked at again when others about the same child are opened beside it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new contact and the letters it causes. `beside` are the contacts about the same child, or with the same file, that were there when it was made."""

    contact: Contact
    letters: tuple[LetterToSend, ...]
    beside: frozenset[str] = frozenset()


class _Overtaken(Exception):
    """Another worker opened a contact about the same child meanwhile: this mail is to be looked at again, beside it."""


class Worker:
    """Works mails through. Holds what is loaded; each mail starts afresh."""

    old = False
    """Whether it is old mail's: pipeline/shell/backfill.py."""
    opens_in: str | None = None
    """The state of its new contacts; open unless said otherwise."""

    def __init__(self, store: Store, blobs: Blobs, stages: Stages, settings: Settings) -> None:
        self._store, self._blobs, self._stages, self._settings = store, blobs, stages, settings

    def work(self, claimed: ledger.Claimed, now: datetime) -> ProcessSummary:
        """One mail, from its kept bytes to what it led to. Raises on any fault, with nothing written."""
        arrival = self._arrival(claimed.id, claimed.sha256, claimed.received_at)
        if self._is_canary(arrival, claimed, now):
            return ProcessSummary(ledger_id=claimed.id)
        earlier = self._earlier(arrival.mail)
        if earlier is not None and (self._is_our_letter(arrival.mail) or may_answer(earlier.contact, arrival, self._stages.authority)):
            return self._join(earlier, arrival, claimed, now)
        found = cases(arrival, self._stages, now)
        for _ in range(LOOKS):
            with contextlib.suppress(_Overtaken):
                return self._settle(found, arrival, claimed, now, earlier.contact.reference if earlier else None)
        raise Retry(f"message {claimed.id}: others about the same child keep coming; it is tried again later")

    def _settle(self, found: Sequence[Case], arrival: Arrival, claimed: ledger.Claimed, now: datetime, named: str | None) -> ProcessSummary:
        """What was read joins the contact that it says again, or opens one of its own."""
        with self._store.reading() as session:
            there = [self._about(session, one, arrival) for one in found]
        if len(found) == 1 and (before := self._said_before(found[0], arrival)) is not None:
            return self._join(before, arrival, claimed, now, again=True)
        return self._open(found, there, arrival, claimed, now, named=named)

    def give_up(self, claimed: ledger.Claimed, code: str, now: datetime) -> ProcessSummary:
        """A mail that could not be worked through becomes a contact for a person, with its bytes kept."""
        opened = self._given_up(self._arrival_if_kept(claimed.id, claimed.sha256, claimed.received_at), now)
        with self._store.session() as session:
            commit_outcome(session, claimed, opened.contact, opened.letters, now=now, error_code=code, state=self.opens_in)
        return _summary(claimed.id, opened.contact, "person")

    def adopt_orphans(self, now: datetime) -> list[ProcessSummary]:
        """Mails given up on without a contact (a worker died over them, the server lost them) get one now."""
        with self._store.reading() as session:
            rows = [(row.id, row.sha256, row.received_at) for row in ledger.orphans(session, old=self.old)]
        adopted = []
        for number, sha256, received_at in rows:
            # One that cannot be helped now, or that another worker helps, never keeps the others waiting: not these, nor the mails of the round.
            try:
                adopted.append(self._adopted(number, sha256, received_at, now))
            except Retry:
                continue
            except Exception as error:  # its text may hold personal data
                log.warning("message %s: no contact could be made for it (%s at %s)", number, type(error).__name__, place_of(error))
        return adopted

    def _adopted(self, number: int, sha256: str | None, received_at: datetime, now: datetime) -> ProcessSummary:
        opened = self._given_up(self._arrival_if_kept(number, sha256, received_at), now)
        with self._store.session() as session:
            contacts.save(session, opened.contact, now=now, state=self.opens_in)
            for one in opened.letters:
                outbox.queue(session, opened.contact.reference, one.kind, one.letter, now=now, sequence=one.sequence, held=one.held)
            ledger.adopt(session, number, opened.contact.reference)
            audit.append(session, "pipeline", "contact opened", opened.contact.reference, now)
        return _summary(number, opened.contact, "person")

    def _given_up(self, arrival: Arrival, now: datetime) -> Opened:
        """A contact of which only the mail is known. If even the letter cannot be written, the contact stands without one: it must stand."""
        told = unread_case(arrival, self._stages.authority, now)
        try:
            return self._prepared(told, arrival, now)
        except Exception:  # what brought the mail down may bring its letter down too
            return self._prepared(replace(told, outcome=told.outcome.model_copy(update={"letters": ()})), arrival, now)

    def _is_canary(self, arrival: Arrival, claimed: ledger.Claimed, now: datetime) -> bool:
        """A canary of ours that came back is noted and done with. Anything that is not wholly one is a mail like any other."""
        if arrival.mail.mail_class is not MailClass.OURSELVES or arrival.mail.attachments:
            return False
        with self._store.session() as session:
            if not canaries.came_back(session, arrival.mail.message_id, now):
                return False
            ledger.finish(session, claimed, now, None)
        return True

    def _is_our_letter(self, mail: InboundMail) -> bool:
        """A letter of ours that came back in, by a copy to ourselves or a rule of the mailbox."""
        if mail.mail_class is not MailClass.OURSELVES or mail.message_id is None:
            return False
        with self._store.reading() as session:
            return outbox.is_ours(session, mail.message_id)

    # --- what arrived

    def _arrival(self, number: int, sha256: str | None, received_at: datetime) -> Arrival:
        """The mail of a ledger row, parsed and classed. A row without bytes gives an empty mail, for a person to look for."""
        return arrival(self._blobs, self._settings, self._stages.authority, f"message-{number}", sha256, received_at, self._stages.open_mail)

    def _arrival_if_kept(self, number: int, sha256: str | None, received_at: datetime) -> Arrival:
        """The same for a mail that is given up on: where its bytes are lost, or bring down whatever looks at them, an empty mail for a person all the same."""
        try:
            return self._arrival(number, sha256, received_at)
        except (Retry, WrongSetup):
            raise
        except Exception:  # what brought the mail down may bring this down too
            empty = self._arrival(number, None, received_at)
            return replace(empty, ref=empty.ref.model_copy(update={"sha256": sha256 or ""}))

    def _earlier(self, mail: InboundMail) -> contacts.Saved | None:
        """The contact a mail belongs to: by the thread of our letters, or by a reference in its words that checks out."""
        with self._store.reading() as session:
            found = contacts.find_by_message_ids(session, (*mail.in_reply_to, *mail.references, *mail.returned.message_ids))
            typed = references.find(f"{mail.subject or ''}\n{mail.body_text or ''}")
            for reference in (*found, *typed):
                saved = contacts.get(session, reference)
                if saved is not None:
                    return saved
        return None

    # --- a new contact

    def _open(
        self,
        found: Sequence[Case],
        there: Sequence[frozenset[str]],
        arrival: Arrival,
        claimed: ledger.Claimed,
        now: datetime,
        named: str | None = None,
    ) -> ProcessSummary:
        """Every family of the mail becomes a contact; all of them, their letters and the ledger are one transaction.

        `there` are the contacts that each family's was seen beside when it was decided that none of them says the same.
        """
        opened = [self._prepared(case, arrival, now) for case in found]
        first, *others = opened
        beside = [_beside(one.contact.reference, "same_mail") for one in others]
        with self._store.session() as session:
            contacts.one_opens(session)
            if any(self._about(session, one, arrival) != seen for one, seen in zip(found, there, strict=True)):
                raise _Overtaken
            main = _linked(first.contact, [_beside(named, "names_it"), *beside] if named else beside)
            commit_outcome(session, claimed, main, first.letters, now=now, state=self.opens_in)
            for other in others:
                self._save_beside(session, other, first.contact.reference, now)
        return _summary(claimed.id, first.contact, "person" if first.contact.routing.decision == "manual" else "done")

    def _save_beside(self, session: Session, new: Opened, reference: str, now: datetime) -> None:
        """A new contact and its letters, linked to another one out of the same mail."""
        contacts.save(session, _linked(new.contact, [_beside(reference, "same_mail")]), now=now, state=self.opens_in)
        for one in new.letters:
            outbox.queue(session, new.contact.reference, one.kind, one.letter, now=now, sequence=one.sequence, held=one.held)
        audit.append(session, "pipeline", "contact opened", new.contact.reference, now)

    def _prepared(self, case: Case, arrival: Arrival, now: datetime) -> Opened:
        authority = self._stages.authority
        with self._store.reading() as session:
            reference = contacts.new_reference(session, authority.id, arrival.received_at)
            beside = self._about(session, case, arrival)
        contact = contact_of(case, arrival, reference, authority, now, links=self._links(case, arrival))
        return Opened(contact, self._letters(contact, case.outcome.letters, arrival, now), beside)

    @staticmethod
    def _about(session: Session, case: Case, arrival: Arrival) -> frozenset[str]:
        """References of the contacts that a new one is seen beside."""
        new = newcomer(case, arrival)
        return frozenset(contacts.references_sharing(session, child_keys(new.record) | new.forms, since=arrival.received_at - LOOK_BACK))

    def _links(self, case: Case, arrival: Arrival) -> tuple[ContactLink, ...]:
        """The earlier contacts about the same child, or with the same file."""
        new = newcomer(case, arrival)
        with self._store.reading() as session:
            earlier = contacts.sharing(session, child_keys(new.record) | new.forms, since=arrival.received_at - LOOK_BACK)
        return links(new, [saved.contact for saved in earlier])

    def _said_before(self, case: Case, arrival: Arrival) -> contacts.Saved | None:
        """The open contact that a mail of the same people only says again: the same file, or the same form sent afresh. Any doubt, and it is none."""
        reference = repeats(self._links(case, arrival))
        if reference is None:
            return None
        with self._store.reading() as session:
            saved = contacts.get(session, reference)
        if saved is None or saved.state != contacts.OPEN or not may_answer(saved.contact, arrival, self._stages.authority):
            return None
        return saved

    def _letters(self, contact: Contact, planned: Sequence[PlannedLetter], arrival: Arrival, now: datetime) -> tuple[LetterToSend, ...]:
        """What is written to whoever sent it."""
        return letters(self._store, self._stages.authority, self._settings.smtp_from, contact, planned, arrival, now)

    # --- a mail that belongs to a contact

    def _join(self, earlier: contacts.Saved, arrival: Arrival, claimed: ledger.Claimed, now: datetime, *, again: bool = False) -> ProcessSummary:
        """A reply, a bounce, an out-of-office note: it joins its contact, and an answer completes it. `again`: a form that was sent twice."""
        told = answered(earlier.contact, arrival, self._stages, now, again=again)
        families = [case(arrival, group, *together(group), self._stages, now) for group in by_family(told.others)]
        opened = [self._prepared(family, arrival, now) for family in families]
        contact = _linked(told.contact, [_beside(one.contact.reference, "same_mail") for one in opened])
        letters = self._letters(contact, told.letters, arrival, now)
        state = None
        if earlier.state != contacts.OPEN and not self.old and asks_for_a_person(arrival):
            contact, state = opened_again(contact, self._stages.authority, arrival.received_at, now), contacts.OPEN
        back = arrival.mail.returned
        with self._store.session() as session:
            if back.action == "failed":
                why = f"it came back, {back.status or 'refused'}"
                for reference, kind in outbox.came_back(session, back.message_ids, why):
                    contact = undelivered(contact, LetterKind(kind), why, now) if reference == contact.reference else contact
            if opened:
                contacts.one_opens(session)
            if any(self._about(session, family, arrival) != one.beside for family, one in zip(families, opened, strict=True)):
                raise Retry(f"message {claimed.id}: another contact about the same child was opened meanwhile; it is tried again beside it")
            commit_outcome(session, claimed, contact, letters, now=now, version=earlier.version, state=state)
            for one in opened:  # behind it, so that every transaction reaches for a contact before it reaches for the audit
                self._save_beside(session, one, contact.reference, now)
        return _summary(claimed.id, contact, "done")


_BESIDE: dict[Relation, str] = {
    "same_mail": "another family's referral came in the same mail",
    "names_it": "the mail gives this reference, but its sender is not known to belong to it",
}


def _beside(reference: str, relation: Relation) -> ContactLink:
    return ContactLink(reference=reference, relation=relation, because=_BESIDE[relation], doubtful=relation == "names_it")


def _linked(contact: Contact, more: Iterable[ContactLink]) -> Contact:
    """The contact with more links, each other contact once."""
    links_by_reference = {link.reference: link for link in (*contact.linked, *more)}
    return contact.model_copy(update={"linked": tuple(links_by_reference.values())})


def _summary(ledger_id: int, contact: Contact, state: str) -> ProcessSummary:
    return ProcessSummary(ledger_id=ledger_id, reference=contact.reference, decision=contact.routing.decision, state=state, urgent=contact.is_urgent)
