"""Doing an act: ONE transaction for the contact with a line in its history, the act as data, and an audit entry. And taking the last one back.

Every act says which version of the contact its user saw. Where somebody else, or a mail, changed it since, nothing is written: `Stale` carries
the contact as it now stands, so that both can be shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import JsonValue

from models.contact import Contact, Event
from models.routing import MailFacts, RouteOutcome
from models.screening import Correction, Signed
from pipeline.again import narrative_again, worked_out_again
from pipeline.errors import Retry
from pipeline.screening.acts import Act, Refused
from pipeline.screening.letters import LEFT, letter_row, restored, written_anew
from pipeline.store import acts, audit, contacts, outbox
from pipeline.store.acts import Transaction
from pipeline.store.contacts import Saved
from pipeline.store.engine import Store
from pipeline.store.outbox_edits import remove
from pipeline.store.tables import HELD, QUEUED
from pipeline.story import Stages

_PARTS = ("record", "fields", "gaps", "narrative", "matches", "family", "routing", "screening")
_QUIET = ("letter sent", "letter written anew", "opened by a person")
"""Lines of a history that change nothing a screener rests an act on."""
_TRIES = 3
Change = Callable[[Transaction, Contact], Act]


class Stale(Refused):
    """The contact changed since its user saw it. `now` is how it stands, `since` what happened, `acts` what people changed."""

    def __init__(self, now: Saved, since: tuple[Event, ...], changed: tuple[Correction, ...]) -> None:
        super().__init__("Somebody changed this referral since you opened it. Nothing of yours was saved yet: both versions are shown.")
        self.now, self.since, self.changed = now, since, changed


@dataclass(frozen=True, slots=True)
class Seen:
    """What the user's page was made from: the contact's version, and how many lines its history had. Written "7.12" in a form."""

    version: int
    events: int

    @classmethod
    def of(cls, saved: Saved) -> Seen:
        """That of a contact as it stands."""
        return cls(saved.version, len(saved.contact.history))

    @classmethod
    def read(cls, text: str) -> Seen:
        """Out of a form. Raises Refused when it is no version."""
        version, _, events = text.partition(".")
        if not (version.isdecimal() and events.isdecimal() and len(text) < 20):
            raise Refused("The page was out of order. Please open the referral again.")
        return cls(int(version), int(events))

    def __str__(self) -> str:
        return f"{self.version}.{self.events}"


class Gone(Refused):
    """The contact is no longer held."""

    def __init__(self) -> None:
        super().__init__("This referral is no longer held here: it was removed under the retention rules, or its reference is wrong.")


@dataclass(frozen=True, slots=True)
class Done:
    """A contact after an act: its new version, the act's number, and what was done in words for the history."""

    saved: Saved
    number: int
    said: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand: the user, what they saw, and when it is."""

    by: str
    seen: Seen
    now: datetime

    @property
    def signed(self) -> Signed:
        """The signature of an act."""
        return Signed(by=self.by, at=self.now)


class Acting:
    """Acts on one store. `first_mail` gives what routing needs to know of the mail that opened a contact."""

    def __init__(self, store: Store, stages: Stages, first_mail: Callable[[Contact], MailFacts], origin: str | None = None) -> None:
        self._store, self._stages, self._first_mail, self._origin = store, stages, first_mail, origin

    def do(self, reference: str, hand: Hand, change: Change) -> Done:
        """One act. Raises Stale or Refused with nothing written."""
        for attempt in range(_TRIES):
            try:
                with self._store.session() as session:
                    return self._once(session, reference, hand, change)
            except Retry:  # somebody wrote at the same moment: look again, and refuse if it matters
                if attempt == _TRIES - 1:
                    raise
        raise Retry("the contact is being changed by somebody else; try again")

    def _once(self, session: Transaction, reference: str, hand: Hand, change: Change) -> Done:
        saved = self._fresh(session, reference, hand)
        before = saved.contact
        act = change(session, before)
        changed, told = (self._again(session, act.contact, hand.now)) if act.again else (act.contact, [])
        number = acts.next_number(session, before.reference)
        events = [Event(at=hand.now, by=hand.by, what=act.event), *(Event(at=hand.now, by="pipeline", what=one) for one in told)]
        changed = changed.model_copy(update={"history": (*before.history, *events)})
        version = contacts.save(session, changed, now=hand.now, version=saved.version, state=act.state)
        acts.add(session, _as_data(before, act, number, hand), version, {**_undo_of(before, changed), "state": saved.state})
        audit.append(session, hand.by, act.audited or act.event, before.reference, hand.now)
        return Done(Saved(changed, version, act.state or saved.state), number, act.event)

    def _fresh(self, session: Transaction, reference: str, hand: Hand) -> Saved:
        """The contact, if it is still what the user saw."""
        saved = contacts.get(session, reference)
        if saved is None:
            raise Gone
        if saved.version != hand.seen.version:
            since = tuple(one for one in saved.contact.history[hand.seen.events :] if not one.what.startswith(_QUIET))
            if since or saved.version < hand.seen.version:
                newer = [one.correction for one in acts.of_contact(session, saved.contact.reference) if one.version > hand.seen.version]
                raise Stale(saved, since, tuple(newer))
        return saved

    def _again(self, session: Transaction, contact: Contact, now: datetime) -> tuple[Contact, list[str]]:
        """The contact worked out again, and its waiting letters with it."""
        mail = self._first_mail(contact)
        changed, outcome = worked_out_again(contact, mail, narrative_again(contact, self._stages), self._stages, now)
        return changed, self._letters_again(session, changed, outcome, mail, now)

    def _letters_again(self, session: Transaction, contact: Contact, outcome: RouteOutcome, mail: MailFacts, now: datetime) -> list[str]:
        return written_anew(session, contact, outcome.letters, mail, self._stages.authority, now)

    # --- taking back

    def undo(self, reference: str, hand: Hand) -> Done:
        """Take the last act back. Refused where something that came after rests on it, or a letter has left."""
        with self._store.session() as session:
            saved = self._fresh(session, reference, hand)
            last = acts.last(session, saved.contact.reference)
            if last is None:
                raise Refused("There is nothing to undo.")
            restored_contact = _restored(saved.contact, last.undo)
            if last.correction.kind == "letter":
                self._undo_letter(session, saved.contact, last.correction, hand.now)
            event = Event(at=hand.now, by=hand.by, what=f"undone: {_event_of(saved.contact, last.correction)}")
            changed = restored_contact.model_copy(update={"history": (*saved.contact.history, event)})
            # Only a decision changes where a contact stands; whatever opened it since must not be closed with another act.
            state = str(last.undo["state"]) if last.correction.kind == "decide" else saved.state
            if last.correction.kind not in {"letter", "rating", "pass", "decide"}:
                mail = self._first_mail(changed)
                _, outcome = worked_out_again(changed, mail, changed.narrative, self._stages, hand.now)
                told = self._letters_again(session, changed, outcome, mail, hand.now)
                lines = (Event(at=hand.now, by="pipeline", what=one) for one in told)
                changed = changed.model_copy(update={"history": (*changed.history, *lines)})
            version = contacts.save(session, changed, now=hand.now, version=saved.version, state=state)
            acts.mark_undone(session, changed.reference, last.correction.number, hand.now)
            audit.append(session, hand.by, f"undone: act {last.correction.number}, {last.correction.kind}", changed.reference, hand.now)
            return Done(Saved(changed, version, state), last.correction.number, event.what)

    def _undo_letter(self, session: Transaction, contact: Contact, act: Correction, now: datetime) -> None:
        row = letter_row(session, contact, act.path or "")
        if act.how == "written":
            if not remove(session, row.id):
                raise Refused(LEFT)
        elif act.how == "edited":
            restored(session, row, act.before, self._stages.authority, now)
        elif act.after == HELD and act.before == QUEUED:
            outbox.release(session, row.id, now)
        elif act.after == QUEUED and act.before != QUEUED and not outbox.hold(session, row.id, "held again: sending it was undone"):
            raise Refused(LEFT)


def letter_act(contact: Contact, how: str, message_id: str, kind: str, before: JsonValue, after: JsonValue) -> Act:
    """What was done to a letter, as an act."""
    return Act(contact, "letter", f"letter {how}: {kind}", path=message_id, before=before, after=after, how=how.split(maxsplit=1)[0], again=False)


def _as_data(before: Contact, act: Act, number: int, hand: Hand) -> Correction:
    read = next((one for one in before.extractions if act.source is not None and one.path == act.source.document), None)
    return Correction(
        reference=before.reference,
        number=number,
        kind=act.kind,
        at=hand.now,
        by=hand.by,
        path=act.path,
        before=act.before,
        after=act.after,
        how=act.how,
        confidence=act.confidence,
        source=act.source,
        document=next(iter(before.message.forms), None) if act.source is not None and len(before.message.forms) == 1 else None,
        form=(read.form.definition or read.form.type) if read else None,
        detail=act.detail,
    )


def _event_of(contact: Contact, act: Correction) -> str:
    """The line that an act left in the history."""
    mine = [one.what for one in contact.history if one.at == act.at and one.by == act.by]
    return mine[0] if mine else act.kind


# --- what an act changed, part by part: enough to put it back, and to see whether anything since rests on it


def _parts(contact: Contact) -> dict[str, Any]:
    whole: dict[str, Any] = contact.model_dump(mode="json", include={*_PARTS, "deadlines"})
    clocks = whole.pop("deadlines")
    return {**whole, **{f"clock {clock['what']}": clock for clock in clocks}}


def _undo_of(before: Contact, after: Contact) -> dict[str, JsonValue]:
    was, now = _parts(before), _parts(after)
    changed = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return {"before": {name: was.get(name) for name in changed}, "after": {name: _digest(now.get(name)) for name in changed}}


def _digest(part: object) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


def _restored(contact: Contact, undo: Mapping[str, Any]) -> Contact:
    """The contact with the parts of an act put back as they were. Raises Refused where one has changed since."""
    now = _parts(contact)
    if any(_digest(now.get(name)) != digest for name, digest in undo["after"].items()):
        raise Refused("Something came after this that rests on it, such as an answer of the referrer. Correct it by hand instead.")
    parts = {**now, **undo["before"]}
    whole = contact.model_dump(mode="json", exclude={*_PARTS, "deadlines"})
    clocks = [clock for name, clock in parts.items() if name.startswith("clock ") and clock is not None]
    return Contact.model_validate({**whole, **{name: parts[name] for name in _PARTS}, "deadlines": clocks})
