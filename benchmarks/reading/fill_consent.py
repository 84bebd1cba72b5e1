"""Answers about knowing and agreeing, and what they say together."""

from __future__ import annotations

from random import Random

from benchmarks.reading.answers import Answer
from benchmarks.reading.cast import Case
from benchmarks.reading.gold import Gold
from benchmarks.reading.spec import Slot
from benchmarks.reading.stories import REASONS_NOT_SOUGHT, REASONS_PARTIAL, REASONS_REFUSED
from benchmarks.reading.voice import Voice, truth_of

_STATES = {
    "partial": ("partial", "limited", "in part"),
    "refused": ("refus", "declin", "withheld", "do not agree", "does not agree"),
    "not_sought": ("not sought", "not asked", "not been asked", "not requested", "not yet"),
    "given": ("given", "gave", "obtained", "agree", "yes", "consents"),
}


def means(option: str) -> str:
    """Which state of consent a printed option names."""
    return next((state for state, cues in _STATES.items() if any(cue in option.casefold() for cue in cues)), "")


def pick(options: tuple[str, ...], truth: bool | None) -> str | None:
    """The printed option that says so; a box that stands alone says yes when it is ticked and nothing when it is not."""
    if len(options) == 1:
        return options[0] if truth else None
    return next((o for o in options if truth is not None and truth_of(o) is truth), None)


def mark(dice: Random, gold: Gold, slot: Slot, truth: bool | None, path: str, *, skip: float = 0.06) -> Answer:
    """Mark the printed option that says so, or none; the gold keeps which."""
    chosen = None if truth is None or dice.random() < skip else pick(slot.options, truth)
    gold.tick(path, truth if chosen else None)
    gold.set(path, truth if chosen else None)
    return Answer(chosen=(chosen,) if chosen else ())


class ConsentFiller:
    """Fills the questions about consent."""

    def __init__(self, case: Case, dice: Random, voice: Voice, gold: Gold) -> None:
        self.case, self.dice, self.voice, self.gold = case, dice, voice, gold
        self.said: dict[str, bool | None] = {}
        self.reason: str | None = None
        self.stated = ""
        self.untold = False

    def answer(self, slot: Slot, field: str) -> Answer:
        """One question about consent."""
        state = self.case.consent
        if field == "boxes":
            return self._boxes(slot)
        if field == "unaware":
            return self._unaware(slot)
        if field == "untold":
            return self._untold()
        if field == "aware":
            return mark(self.dice, self.gold, slot, self.case.aware, "consent.parents_aware")
        if field in {"given", "share", "sought"}:
            truth = {"given": state in {"given", "partial"}, "share": state == "given", "sought": state != "not_sought"}[field]
            chosen = None if self.dice.random() < 0.06 else pick(slot.options, truth)
            self.said[field] = truth if chosen else None
            return Answer(chosen=(chosen,) if chosen else ())
        if field == "not_given":
            return self._without(slot)
        if field == "state":
            return self._state(slot)
        if field == "by":
            if state not in {"given", "partial"} or self.voice.skips(self.dice, 0.2):
                return Answer()
            adult = self.case.adults[0]
            self.gold.set("consent.given_by", adult.name)
            self.gold.alt.setdefault("consent.given_by", []).extend([f"{adult.name} ({adult.relationship.lower()})", adult.relationship])
            return Answer(self.dice.choice([adult.name, f"{adult.name} ({adult.relationship.lower()})"]))
        if field == "signed":
            if state != "given" or self.voice.skips(self.dice, 0.2):
                return Answer()
            self.said["signed"] = True
            self.gold.ignore |= {"consent.given_by"}
            name = self.case.adults[0].name
            self.gold.unassigned += [name, "consent gained"]
            return Answer(self.dice.choice([name, name, "consent gained"]))
        return self._why_not(field, state)

    def _boxes(self, slot: Slot) -> Answer:
        """Statements to tick, several of which may hold: told, agreed, declined, not safe to tell."""
        if self.voice.skips(self.dice, 0.06):
            return Answer()
        known, state = self.case.aware, "given" if self.case.consent == "partial" else self.case.consent
        chosen = []
        for option in slot.options:
            says, words = means(option), option.casefold()
            if says in {"given", "refused"} and says == state:
                self.stated = says
                chosen.append(option)
            elif not says and ("not safe" in words or "unsafe" in words) is not known:
                self.gold.set("consent.parents_aware", known)
                chosen.append(option)
        return Answer(chosen=tuple(chosen))

    def _unaware(self, slot: Slot) -> Answer:
        """A box that is ticked where the parents do not know."""
        if self.case.aware or self.dice.random() < 0.06:
            return Answer()
        self.gold.set("consent.parents_aware", value=False)
        return Answer(chosen=slot.options[:1])

    def _untold(self) -> Answer:
        """Why the parents were not told, on a form that asks of telling alone."""
        if self.case.aware or self.reason is not None or self.voice.skips(self.dice, 0.05):
            return Answer()
        self.reason = self.dice.choice(REASONS_NOT_SOUGHT)
        self.gold.set("consent.reason", self.reason)
        self.untold = True
        return Answer(self.reason)

    def _without(self, slot: Slot) -> Answer:
        """A box that is ticked where there is no consent."""
        if self.case.consent not in {"refused", "not_sought"} or self.dice.random() < 0.06:
            return Answer()
        self.said["given"] = False
        return Answer(chosen=slot.options[:1])

    def _state(self, slot: Slot) -> Answer:
        """One question whose options name every state of consent."""
        wanted = self.case.consent
        chosen = next((o for o in slot.options if means(o) == wanted), None)
        if chosen is None and wanted == "partial":
            chosen = next((o for o in slot.options if means(o) == "given"), None)
        if chosen is None or self.dice.random() < 0.06:
            return Answer()
        self.stated = means(chosen)
        return Answer(chosen=(chosen,))

    def _why_not(self, field: str, state: str) -> Answer:
        """The reason for going on without consent; `refused` is a box that itself says that consent was not given."""
        texts = {"refused": REASONS_REFUSED, "not_sought": REASONS_NOT_SOUGHT, "partial": REASONS_PARTIAL}.get(state)
        if texts is None or self.reason is not None or (field == "refused" and state == "partial") or self.voice.skips(self.dice, 0.05):
            return Answer()
        self.reason = self.dice.choice(texts)
        self.gold.set("consent.reason", self.reason)
        if field == "refused":
            self.said["given"] = False
        return Answer(self.reason)

    def settle(self) -> None:
        """What the questions together say of consent."""
        if self.stated:
            self.gold.set("consent.status", self.stated)
            self.gold.ignore |= {"consent.sought", "referral.marked_urgent"}
            if self.case.consent == "partial":
                self.gold.alt.setdefault("consent.status", []).extend(["partial", "given"])
            return
        given, state = self.said.get("given"), self.case.consent
        asked = [k for k in ("given", "share", "sought", "signed") if self.said.get(k) is not None]
        if self.untold and not asked:
            self.gold.ignore |= {"consent.status", "consent.sought", "referral.marked_urgent"}
            return
        if "sought" in asked:
            self.gold.set("consent.sought", self.said["sought"])
            self.gold.tick("consent.sought", self.said["sought"])
        else:
            self.gold.ignore.add("consent.sought")
        if given or (given is None and self.said.get("share")):
            partial = state == "partial" and (self.said.get("share") is False or self.reason)
            self.gold.set("consent.status", "partial" if partial else "given")
        elif given is False or self.said.get("share") is False or self.reason:
            certain = self.reason is not None or "sought" in asked
            self.gold.set("consent.status", state if state != "given" else "refused")
            if not certain or state == "partial":
                self.gold.alt.setdefault("consent.status", []).extend(["refused", "not_sought", "partial"])
        elif self.said.get("sought") is False:
            self.gold.set("consent.status", "not_sought")
        elif self.said.get("signed"):
            self.gold.set("consent.status", "given", optional=True)
        elif self.gold.values.get("consent.parents_aware") is False or "sought" in asked:
            self.gold.ignore.add("consent.status")
        self.gold.ignore.add("referral.marked_urgent")
