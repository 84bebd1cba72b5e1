"""Words that ask for a person at once (LE-11, HE-7), told from denied, past and hypothetical ones. Silence here is never safety."""

from __future__ import annotations

from models.narrative import UrgencySignal
from pipeline.authorities.term_patterns import PatternIndex
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.assertion import Assertions
from pipeline.extract.narrative.view import View


class Urgency:
    """Finds urgency signals by the term files."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms.urgency
        self._index = PatternIndex(list(terms.urgency.patterns))
        self._innocent = terms.innocent
        self._innocent_index = PatternIndex(list(terms.innocent.patterns))
        self._assertions = Assertions(terms.assertion)

    def signals(self, view: View) -> list[tuple[UrgencySignal, int, int]]:
        """One signal for each rule that fires, with its first word and the word after its last."""
        found = list(view.find(self._terms.patterns, self._index))
        if not found:
            return []
        hits = self._assertions.cues(view)
        innocent = [(first, last) for _, first, last in view.find(self._innocent.patterns, self._innocent_index)]
        signals: dict[str, tuple[UrgencySignal, int, int]] = {}
        for number, first, last in found:
            term = self._terms.terms[number]
            if any(start < last and first < end for start, end in innocent):
                continue
            if self._assertions.settle(hits, first, last, "affirmed").status in ("affirmed", "possible"):
                signal = UrgencySignal(rule=term.id, kind=term.kind, says=term.says, start=0, end=0, text="")
                signals.setdefault(term.id, (signal, first, last))
        return list(signals.values())
