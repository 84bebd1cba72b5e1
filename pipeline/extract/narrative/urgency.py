"""Words that ask for a person at once (LE-11, HE-7), told from denied, past and hypothetical ones. Silence here is never safety."""

from __future__ import annotations

import re

from models.narrative import UrgencySignal
from pipeline.authorities.term_patterns import PatternIndex, compile_pattern
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.assertion import Assertions
from pipeline.extract.narrative.concerns import Mention
from pipeline.extract.narrative.view import View

_DONE_TO = frozenset({"was", "were", "been", "got", "being", "is"})

_BABY = re.compile(
    r"\b(?:new-?born|non-?mobile|pre-?mobile|not yet (?:crawling|mobile|rolling)|\d{1,2}/52"
    r"|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -](?:day|week|wk)s?[ -]old"
    r"|(?:\d|1[01]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)[ -]months?[ -]old|(?:\d|1[01])/12)\b",
    re.IGNORECASE,
)


def speaks_of_baby(text: str) -> bool:
    """Whether the text gives the age of a baby in days, weeks or months under a year."""
    return _BABY.search(text) is not None


def of_mentions(mentions: list[Mention], baby: bool) -> list[tuple[UrgencySignal, int, int]]:
    """Signals of concern terms that are urgent when said of this family now: sexual abuse, a child hit, an overdose, an injured baby."""
    found = []
    for mention in mentions:
        term = mention.term
        kind = term.urgent or ("harm" if baby and term.urgent_for_baby else None)
        if kind is not None and mention.status in ("affirmed", "possible") and not mention.outside:
            says = f"{term.says}, where the text speaks of a baby" if term.urgent is None else term.says
            found.append((UrgencySignal(rule=term.id, kind=kind, says=says, start=0, end=0, text=""), mention.first, mention.last))
    return found


class Urgency:
    """Finds urgency signals by the term files."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms.urgency
        self._index = PatternIndex(list(terms.urgency.patterns))
        self._innocent = terms.innocent
        self._innocent_index = PatternIndex(list(terms.innocent.patterns))
        self._assertions = Assertions(terms.assertion)
        self._outsiders = (
            compile_pattern("$outsider", terms.lexicon),
            compile_pattern("(another|other|different) (class|school|family|pupil|child)", terms.lexicon),
        )
        self._outsiders_index = PatternIndex(list(self._outsiders))

    def signals(self, view: View) -> list[tuple[UrgencySignal, int, int]]:
        """One signal for each rule that fires, with its first word and the word after its last."""
        found = list(view.find(self._terms.patterns, self._index))
        if not found:
            return []
        hits = self._assertions.cues(view)
        innocent = [(first, last) for _, first, last in view.find(self._innocent.patterns, self._innocent_index)]
        outsiders = [last for _, _, last in view.find(self._outsiders, self._outsiders_index)]
        signals: dict[str, tuple[UrgencySignal, int, int]] = {}
        for number, first, last in found:
            term = self._terms.terms[number]
            if any(start < last and first < end for start, end in innocent):
                continue
            if _of_an_outsider(view, outsiders, first):
                continue
            if self._assertions.settle(hits, first, last, "affirmed").status in ("affirmed", "possible"):
                signal = UrgencySignal(rule=term.id, kind=term.kind, says=term.says, start=0, end=0, text="")
                signals.setdefault(term.id, (signal, first, last))
        return list(signals.values())


def _of_an_outsider(view: View, outsiders: list[int], first: int) -> bool:
    """Whether it is done to, or by the law to, somebody outside the family: "her friend was assaulted", not "a friend assaulted her"."""
    near = [last for last in outsiders if first - 7 <= last <= first]
    return bool(near) and any(word in _DONE_TO for word in view.words[near[-1] : first + 2])
