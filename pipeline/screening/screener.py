"""The acts of a screener over the store, each ONE transaction (acting.py does them; acts.py says what each makes of a contact)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from models.contact import Contact, Deadline, Event, LetterKind
from models.extraction import Source
from models.narrative import Category, ConcernStatus, Factuality, Who
from models.screening import Authorisation, Colour, Outcome, Rating, Says, Signed, StoodDown
from pipeline.again import urgent_signs
from pipeline.route.deadlines import LONDON, after_assessment
from pipeline.route.redirect import redirect
from pipeline.route.replying import is_trusted
from pipeline.screening import acts as acts_of
from pipeline.screening.acting import Acting, Done, Hand, letter_act
from pipeline.screening.acts import Act, Refused, named_pathway
from pipeline.screening.letters import LEFT, NAMES_A_CHILD, edited, letter_row, names_in, new_letter
from pipeline.store import contacts, outbox
from pipeline.store.acts import Transaction
from pipeline.store.outbox_edits import replace
from pipeline.store.tables import HELD, QUEUED

DECIDED = "decided"


class Screening(Acting):
    """All acts, by what a screener calls them."""

    # --- what was read

    def correct(self, reference: str, hand: Hand, path: str, words: str, picked: Source | None = None) -> Done:
        """A value as a person types it, or picks it from what else was read."""
        today = hand.now.astimezone(LONDON).date()
        return self.do(reference, hand, lambda _, contact: acts_of.correct(contact, hand.signed, path, words, today, picked))

    def confirm(self, reference: str, hand: Hand, path: str) -> Done:
        """A value stands as it was read."""
        return self.do(reference, hand, lambda _, contact: acts_of.confirm(contact, hand.signed, path))

    def relabel(self, reference: str, hand: Hand, sentence: int, factuality: Factuality) -> Done:
        """A sentence's label."""
        return self.do(reference, hand, lambda _, contact: acts_of.relabel(contact, hand.signed, sentence, factuality))

    def concern(
        self,
        reference: str,
        hand: Hand,
        sentence: int,
        category: Category,
        words: str,
        *,
        added: bool,
        status: ConcernStatus = "affirmed",
        who: Who = "unknown",
    ) -> Done:
        """A concern put in or taken out."""
        return self.do(
            reference,
            hand,
            lambda _, contact: acts_of.concern(contact, hand.signed, sentence, category, words, added=added, status=status, who=who),
        )

    def judge(self, reference: str, hand: Hand, person: str, record_id: str, says: Says) -> Done:
        """A candidate is the same person, is not, or is in doubt."""
        return self.do(reference, hand, lambda _, contact: acts_of.judge(contact, hand.signed, person, record_id, says))

    # --- what is asked

    def drop_question(self, reference: str, hand: Hand, field: str, because: str) -> Done:
        """A question that need not be asked."""
        return self.do(reference, hand, lambda _, contact: acts_of.drop_question(contact, hand.signed, field, because))

    def add_question(self, reference: str, hand: Hand, field: str, question: str) -> Done:
        """One more question."""

        def change(_: Transaction, contact: Contact) -> Act:
            if names_in(question, contact.record) and not is_trusted(self._first_mail(contact), self._stages.authority):
                raise Refused(NAMES_A_CHILD.format(what="question"))
            return acts_of.add_question(contact, hand.signed, field, question)

        return self.do(reference, hand, change)

    def edit_letter(self, reference: str, hand: Hand, message_id: str, subject: str, text: str) -> Done:
        """A waiting letter in a person's words; it is held until they send it."""

        def change(session: Transaction, contact: Contact) -> Act:
            row = letter_row(session, contact, message_id)
            old = outbox.letter(row)
            letter = edited(row, subject, text, contact.record, self._first_mail(contact), self._stages.authority)
            if replace(session, row, row.kind, letter, now=hand.now, held="edited by a person, who has not sent it yet") is None:
                raise Refused(LEFT)
            work = contact.screening
            kept = work.model_copy(update={"edited": tuple(dict.fromkeys((*work.edited, message_id)))})
            before: JsonValue = {"subject": old.subject, "text": old.text}
            after: JsonValue = {"subject": letter.subject, "text": letter.text}
            return letter_act(contact.model_copy(update={"screening": kept}), "edited", message_id, row.kind, before, after)

        return self.do(reference, hand, change)

    def send_letter(self, reference: str, hand: Hand, message_id: str) -> Done:
        """A held or failed letter goes."""

        def change(session: Transaction, contact: Contact) -> Act:
            row = letter_row(session, contact, message_id)
            before = row.state
            if row.state != QUEUED and not outbox.release(session, row.id, hand.now):
                raise Refused(LEFT)
            return letter_act(contact, "sent on its way", message_id, row.kind, before, QUEUED)

        return self.do(reference, hand, change)

    def hold_letter(self, reference: str, hand: Hand, message_id: str) -> Done:
        """A waiting letter stays until a person sends it."""

        def change(session: Transaction, contact: Contact) -> Act:
            row = letter_row(session, contact, message_id)
            before = row.state
            if row.state != HELD and not outbox.hold(session, row.id, "held by a screener"):
                raise Refused(LEFT)
            return letter_act(contact, "held", message_id, row.kind, before, HELD)

        return self.do(reference, hand, change)

    def write_letter(self, reference: str, hand: Hand, kind: LetterKind) -> Done:
        """One more letter, held for a person to read."""

        def change(session: Transaction, contact: Contact) -> Act:
            message_id = new_letter(session, contact, kind, self._first_mail(contact), self._stages.authority, hand.now, self._origin)
            return letter_act(contact, "written", message_id, kind.value, None, HELD)

        return self.do(reference, hand, change)

    # --- what follows

    def rate(self, reference: str, hand: Hand, rag: Colour | None, pathway: str | None, stream: str | None = None) -> Done:
        """Colour, pathway and stream, set by a person."""
        named = named_pathway(self._stages.authority, pathway) if pathway else None

        def change(_: Transaction, contact: Contact) -> Act:
            rating = Rating(by=hand.by, at=hand.now, rag=rag, pathway=named, stream=stream)
            before = contact.screening.rating
            return Act(
                contact.model_copy(update={"screening": contact.screening.model_copy(update={"rating": rating})}),
                "rating",
                "rating set",
                before=before.model_dump(mode="json", include={"rag", "pathway", "stream"}) if before else None,
                after={"rag": rag, "pathway": named, "stream": stream},
                detail={"suggested": contact.routing.suggested.model_dump(mode="json")},
                again=False,
            )

        return self.do(reference, hand, change)

    def ask_manager(self, reference: str, hand: Hand, reasons: str) -> Done:
        """Ask a manager to authorise sharing without consent."""
        if not reasons.strip():
            raise Refused("Say why the referral should go on without consent: the manager weighs your reasons.")

        def change(_: Transaction, contact: Contact) -> Act:
            asked = Authorisation(by=hand.by, at=hand.now, reasons=reasons.strip())
            work = contact.screening.model_copy(update={"authorisation": asked})
            return Act(contact.model_copy(update={"screening": work}), "authorisation", "a manager is asked to authorise sharing without consent")

        return self.do(reference, hand, change)

    def answer_as_manager(self, reference: str, hand: Hand, answer: Literal["granted", "refused"], words: str) -> Done:
        """A manager's answer, with their reasons. Whoever asked cannot answer."""
        if not words.strip():
            raise Refused("Give the reasons of the decision: they stand on the contact.")

        def change(_: Transaction, contact: Contact) -> Act:
            asked = contact.screening.authorisation
            if asked is None or asked.answer is not None:
                raise Refused("No question to a manager is open here.")
            if asked.by == hand.by:
                raise Refused("Whoever asked for the authorisation cannot give it.")
            given = asked.model_copy(update={"answer": answer, "answered_by": hand.by, "answered_at": hand.now, "words": words.strip()})
            work = contact.screening.model_copy(update={"authorisation": given})
            event = f"sharing without consent: {answer} by a manager"
            return Act(contact.model_copy(update={"screening": work}), "authorisation", event, after=answer)

        return self.do(reference, hand, change)

    def pass_on(self, reference: str, hand: Hand, to: str) -> Done:
        """To a worker or team: the duty to acknowledge goes with it."""
        whom = " ".join(to.split())
        if not whom:
            raise Refused("Say who takes the contact over.")

        def change(_: Transaction, contact: Contact) -> Act:
            passed = redirect(contact, whom, hand.by, hand.now)
            event = passed.history[-1].what
            return Act(passed.model_copy(update={"history": contact.history}), "pass", event, before=contact.routing.pass_to, after=whom, again=False)

        return self.do(reference, hand, change)

    def stand_down(self, reference: str, hand: Hand, because: str) -> Done:
        """What was urgent no longer is: only a person says so, with a reason, and a new sign makes it urgent again."""
        if not because.strip():
            raise Refused("Say why it is no longer urgent.")

        def change(_: Transaction, contact: Contact) -> Act:
            if contact.routing.decision != "screen_urgently":
                raise Refused("This contact is not marked urgent.")
            down = StoodDown(by=hand.by, at=hand.now, because=because.strip(), signals=urgent_signs(contact.routing))
            work = contact.screening.model_copy(update={"stood_down": down})
            return Act(
                contact.model_copy(update={"screening": work}), "urgency", "no longer urgent, says a person", before="urgent", after="not urgent"
            )

        return self.do(reference, hand, change)

    def decide(
        self, reference: str, hand: Hand, pathway: str, rag: Colour | None = None, because: str = "", *, family_told: bool | None = None
    ) -> Done:
        """The decision, by a person: it meets the clock, and an assessment starts the next one."""
        authority = self._stages.authority
        named = named_pathway(authority, pathway)
        kind = next(one.kind for one in authority.pathways if one.name == named)

        def change(_: Transaction, contact: Contact) -> Act:
            if contact.screening.outcome is not None:
                raise Refused("This contact is decided already. Undo the decision first.")
            outcome = Outcome(by=hand.by, at=hand.now, pathway=named, rag=rag, because=because.strip() or None, family_told=family_told)
            rating = Rating(by=hand.by, at=hand.now, rag=rag, pathway=named)
            clocks = [_met(clock, hand.now) if clock.what == "decide" else clock for clock in contact.deadlines]
            if kind in {"child_in_need", "child_protection"}:
                there = {clock.what for clock in clocks}
                clocks += [clock for clock in after_assessment(hand.now, authority) if clock.what not in there]
            work = contact.screening.model_copy(update={"outcome": outcome, "rating": rating if rag else contact.screening.rating or rating})
            return Act(
                contact.model_copy(update={"screening": work, "deadlines": tuple(clocks)}),
                "decide",
                "decided",
                after={"pathway": named, "rag": rag},
                detail={"suggested": contact.routing.suggested.model_dump(mode="json")},
                again=False,
                state=DECIDED,
            )

        return self.do(reference, hand, change)

    def seen(self, reference: str, by: str, now: datetime) -> None:
        """The first time that somebody opens a contact is noted on it."""
        with self._store.session() as session:
            saved = contacts.get(session, reference)
            if saved is None or saved.contact.screening.seen is not None:
                return
            work = saved.contact.screening.model_copy(update={"seen": Signed(by=by, at=now)})
            event = Event(at=now, by=by, what="opened by a person for the first time")
            changed = saved.contact.model_copy(update={"screening": work, "history": (*saved.contact.history, event)})
            contacts.save(session, changed, now=now, version=saved.version)


def _met(clock: Deadline, now: datetime) -> Deadline:
    return clock.model_copy(update={"met_at": now})
