"""How the writer knows: fact, reported or opinion, by ordered rules over cues, and by a small model where no cue gives it away."""

from __future__ import annotations

from dataclasses import dataclass

from models.narrative import Factuality
from models.narrative_terms import FactualityCue
from pipeline.authorities.term_patterns import PatternIndex
from pipeline.authorities.terms import TermList
from pipeline.extract.narrative.view import View


@dataclass(frozen=True)
class CueHit:
    """A factuality cue found in a sentence."""

    cue: FactualityCue
    first: int
    last: int
    words: str


@dataclass(frozen=True)
class Judgement:
    """A label, the chance that it is right, and the cues it rests on."""

    label: Factuality
    confidence: float
    cues: tuple[str, ...]


class FactualityReader:
    """Judges sentences."""

    def __init__(self, cues: TermList[FactualityCue]) -> None:
        self._cues = cues
        self._index = PatternIndex(list(cues.patterns))

    def cues(self, view: View) -> list[CueHit]:
        """Every cue outside quotations, in order."""
        hits = [
            CueHit(self._cues.terms[number], first, last, " ".join(view.words[first:last]))
            for number, first, last in view.find(self._cues.patterns, self._index)
            if not view.quoted[first]
        ]
        return sorted(hits, key=lambda hit: hit.first)

    def judge(self, view: View) -> Judgement:
        """The label of one sentence."""
        hits = self.cues(view)
        label, used = by_rules(view, hits)
        return Judgement(label, 0.85, tuple(dict.fromkeys(hit.words for hit in used)))


def by_rules(view: View, hits: list[CueHit]) -> tuple[Factuality, list[CueHit]]:
    """The ordered rules: the writer's own belief, then the outermost attribution, then opinion, then fact."""
    own = [hit for hit in hits if hit.cue.group == "own_opinion"]
    reported = [hit for hit in hits if hit.cue.group == "reported"]
    denied = [hit for hit in hits if hit.cue.group == "denies_opinion"]
    opinion = [hit for hit in hits if hit.cue.group == "opinion" and not any(hit.first < other.last and other.first < hit.last for other in denied)]
    if own and (not reported or own[0].first <= reported[0].first):
        return "opinion", own
    if reported:
        if opinion and opinion[0].last <= reported[0].first:
            return "opinion", opinion
        if first_hand_quotation(view, reported):
            return "fact", reported
        return "reported", reported
    if opinion:
        return "opinion", opinion
    return "fact", [hit for hit in hits if hit.cue.group in ("observed", "administrative", "denies_opinion")]


def first_hand_quotation(view: View, reported: list[CueHit]) -> bool:
    """Whether the account is the speaker's own words, heard by the writer: a quotation right after the verb, with no "that" before it."""
    if not any(view.quoted):
        return False
    first = view.quoted.index(True)
    before = view.words[max(first - 1, 0) : first]
    length = sum(view.quoted)
    return before != ("that",) and length >= 3 and length >= 0.4 * len(view.words)
