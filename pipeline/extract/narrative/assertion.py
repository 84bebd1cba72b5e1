"""What a sentence says about a concern it names: there, doubted, past, denied, or only spoken of. ConText's idea, with our cues and clause scope."""

from __future__ import annotations

from dataclasses import dataclass

from models.narrative import ConcernStatus
from models.narrative_terms import AssertionCue
from pipeline.authorities.term_patterns import PatternIndex
from pipeline.authorities.terms import TermList
from pipeline.extract.narrative.view import View

_INNER = ("negated", "historical")
"""Cues of these that stand among the words of a term turn it too, unless the term is itself about what is absent or past."""


_COMMA = AssertionCue(id="comma", pattern=",", says="a comma", status="boundary", reach=0, match="a, b", no_match="a b")
_SHORT = 5
"""Denials that reach no further than this stop at a comma."""
_GOES_ON = frozenset(["or", "nor", "any", "even"])
_LIST = 8


@dataclass(frozen=True)
class Hit:
    """A cue found in a sentence."""

    cue: AssertionCue
    first: int
    last: int
    words: str


@dataclass(frozen=True)
class Verdict:
    """A status, None when the words are hypothetical, and the cues it rests on."""

    status: ConcernStatus | None
    cues: tuple[str, ...] = ()


class Assertions:
    """Finds the cues of a sentence and settles each mention's status."""

    def __init__(self, cues: TermList[AssertionCue]) -> None:
        self._cues = cues
        self._index = PatternIndex(list(cues.patterns))

    def cues(self, view: View) -> list[Hit]:
        """Every cue, those inside a pseudo-cue left out; "I wonder if she" doubts, and supposes nothing."""
        hits = [
            Hit(self._cues.terms[number], first, last, " ".join(view.words[first:last]))
            for number, first, last in view.find(self._cues.patterns, self._index)
        ]
        pseudo = [hit for hit in hits if hit.cue.status == "pseudo"]
        kept = [hit for hit in hits if hit.cue.status != "pseudo" and not any(_overlap(hit, other.first, other.last) for other in pseudo)]
        kept.extend(_commas(view))
        doubts = [hit for hit in kept if hit.cue.status == "possible"]
        return [hit for hit in kept if hit.cue.status != "hypothetical" or not any(_overlap(hit, one.first, one.last) for one in doubts)]

    def settle(self, hits: list[Hit], first: int, last: int, usual: ConcernStatus, *, inner: bool = False) -> Verdict:
        """The status of words first to last, `usual` when no cue reaches them.

        `inner` lets a denial or the past among the words themselves count ("he has never hit her", "used to take heroin").
        """
        reaching = [hit for hit in hits if _reaches(hit, hits, first, last) or (inner and _within(hit, first, last))]
        by_status = {
            status: tuple(hit.words for hit in reaching if hit.cue.status == status)
            for status in ("hypothetical", "negated", "historical", "possible")
        }
        if by_status["hypothetical"]:
            return Verdict(None, by_status["hypothetical"])
        if by_status["negated"]:
            return Verdict("negated", by_status["negated"])
        if by_status["historical"]:
            return Verdict("historical", by_status["historical"])
        if by_status["possible"]:
            return Verdict("possible", by_status["possible"])
        return Verdict(usual)


def _commas(view: View) -> list[Hit]:
    """Commas that end a short denial ("does not sleep, pulls out his hair"); not those of a list that "or" goes on with."""
    places = [place for place, word in enumerate(view.words) if word == ","]
    return [Hit(_COMMA, place, place + 1, ",") for place in places if not _GOES_ON & set(view.words[place : place + _LIST])]


def _overlap(hit: Hit, first: int, last: int) -> bool:
    return hit.first < last and first < hit.last


def _within(hit: Hit, first: int, last: int) -> bool:
    """Whether a cue of denial or of the past stands among the words, and none of its own words makes the term."""
    return hit.cue.status in _INNER and first <= hit.first and hit.last < last


def _reaches(hit: Hit, hits: list[Hit], first: int, last: int) -> bool:
    cue = hit.cue
    if cue.status == "boundary" or (hit.first >= first and hit.last <= last):
        return False
    if cue.direction == "sentence":
        return True
    forward = cue.direction in ("forward", "both") and hit.first < first and first - hit.last <= cue.reach
    backward = cue.direction in ("backward", "both") and hit.last > last and hit.first - last <= cue.reach
    if not (forward or backward):
        return False
    low, high = (hit.last, first) if forward else (last, hit.first)
    stops = cue.status == "negated" and cue.reach <= _SHORT and forward
    return not any(other.cue.status == "boundary" and low <= other.first < high and (other.cue is not _COMMA or stops) for other in hits)
