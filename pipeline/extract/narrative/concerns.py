"""The concerns a sentence names or shows: the words, what is said of them, and whom they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.narrative import ConcernMention, ConcernStatus, Who
from models.narrative_terms import ConcernTerm
from pipeline.authorities.term_patterns import PatternIndex
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.assertion import Assertions, Hit, Verdict
from pipeline.extract.narrative.hints import load_hints
from pipeline.extract.narrative.people import Cast, PeopleFinder, Person
from pipeline.extract.narrative.victims import by_victim, note_hurt, of_child_only, owned
from pipeline.extract.narrative.view import View

_OWN = frozenset({"mental_health", "substance_misuse", "disability", "self_harm"})
"""Categories about somebody's own condition: whom is the one who has it. The others harm the child unless the words say otherwise."""

_OF_ABSENCE = re.compile(
    r"(?<![a-z])(?:not|n't|no|nil|never|nobody|none|without|neither|nothing|un[a-z]+|stop[+*]|off|old|previous[a-z]*|refus[+*]?|less)(?![a-z])"
)
"""A term whose pattern holds such a word speaks itself of what is absent: a denial among its words is part of it."""

_VIOLENCE = ("domestic_abuse", "physical_abuse", "emotional_abuse")

_BESIDE = 4
"""How many words apart two mentions may be for one to explain the other."""

_RANK: dict[ConcernStatus, int] = {"affirmed": 0, "possible": 1, "historical": 2, "negated": 3}


@dataclass(frozen=True)
class Mention:
    """A mention before it has offsets. `outside` marks somebody who is not of this family."""

    term: ConcernTerm
    first: int
    last: int
    status: ConcernStatus
    who: Who
    outside: bool
    cues: tuple[str, ...]
    known: bool = False
    """Whether the words themselves say whom violence is done to."""


class Concerns:
    """Finds concern mentions by the term files."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms.concerns
        self._index = PatternIndex(list(terms.concerns.patterns))
        self._of_absence = frozenset(term.id for term in terms.concerns.terms if _OF_ABSENCE.search(term.pattern))
        self._innocent = terms.innocent
        self._innocent_index = PatternIndex(list(terms.innocent.patterns))
        self._assertions = Assertions(terms.assertion)
        self._finder = PeopleFinder(terms)
        self._hints = load_hints()

    def names(self, text: str) -> Cast:
        """The cast of a narrative, before its first sentence."""
        return self._finder.cast(text)

    def mentions(self, view: View, cast: Cast) -> list[Mention]:
        """The mentions of one sentence, at most one for each category, status and person."""
        people = self._finder.people(view, cast)
        spans = self.spans(view)
        named = {term.category for term, _, _ in spans}
        spans.extend((hint.term, hint.first, hint.last) for hint in self._hints.hints(view.words) if hint.term.category not in named)
        hits = self._assertions.cues(view) if spans else []
        found = [mention for term, first, last in spans if (mention := self._mention(view, term, first, last, hits, people, cast))]
        cast.remember(people)
        for mention in found:
            if _hurts(mention):
                note_hurt(cast, mention.who)
        return _merge(found)

    def spans(self, view: View) -> list[tuple[ConcernTerm, int, int]]:
        """Terms that match, with their first word and the word after their last; innocent uses left out."""
        innocent = [
            (self._innocent.terms[number].categories, first, last) for number, first, last in view.find(self._innocent.patterns, self._innocent_index)
        ]
        spans = []
        for number, first, last in view.find(self._terms.patterns, self._index):
            term = self._terms.terms[number]
            if not any(start < last and first < end and (not only or term.category in only) for only, start, end in innocent):
                spans.append((term, first, last))
        return spans

    def _mention(self, view: View, term: ConcernTerm, first: int, last: int, hits: list[Hit], people: list[Person], cast: Cast) -> Mention | None:
        verdict = self._assertions.settle(hits, first, last, term.status, inner=term.victim or term.id not in self._of_absence)
        if verdict.status == "historical" and term.lasting:
            verdict = Verdict(term.status)
        if verdict.status is None or (term.victim and owned(view, people, last)):
            return None
        if term.category == "domestic_abuse" and term.who != "child" and of_child_only(view, people, first, last):
            return None
        known = False
        if term.victim:
            term, known = by_victim(term, view, people, first, last, cast)
        person = _holder(people, first, last) or cast.subject
        who, outside = _whom(term, verdict.status, person)
        if outside and term.category not in _OWN:
            outside = not _family_too(people, view, first)
        return Mention(term, first, last, verdict.status, who, outside, verdict.cues, known)


def _hurts(mention: Mention) -> bool:
    return mention.term.category in ("domestic_abuse", "physical_abuse") and mention.status in ("affirmed", "possible")


def _holder(people: list[Person], first: int, last: int) -> Person | None:
    """The nearest person before the words, or in them, or soon after."""
    before = [person for person in people if person.first < last and person.who != "unknown" and not (person.outside and person.last > first)]
    if before:
        return before[-1]
    return next((person for person in people if person.first >= last and not person.outside), None)


def _family_too(people: list[Person], view: View, first: int) -> bool:
    """Whether the words are also of somebody of this family: then the outsider is the one who does it, not the one it is done to."""
    return any(not person.outside and person.who in ("child", "mother", "father") for person in people) or any(
        word in ("me", "us", "her", "him", "them", "my") for word in view.words[first:]
    )


def _whom(term: ConcernTerm, status: ConcernStatus, person: Person | None) -> tuple[Who, bool]:
    outside = bool(person and person.outside)
    if term.category in _OWN:
        return (person.who if person else term.who or "unknown"), outside
    if term.category == "domestic_abuse":
        return term.who or "mother", outside and person is not None and person.who == "other"
    if status == "historical" and person and person.who in ("mother", "father"):
        return person.who, False
    if term.category == "harmful_practices" and person and person.who == "mother" and term.status == "affirmed":
        return "mother", False
    return term.who or "child", outside


def _merge(mentions: list[Mention]) -> list[Mention]:
    """One for each category, status and person: a denial beats the mere name of a service or a sign, anything affirmed beats the rest."""
    denied = {mention.term.category for mention in mentions if mention.status == "negated"}
    best: dict[tuple[str, Who], Mention] = {}
    for mention in mentions:
        if mention.term.category in denied and mention.status in ("affirmed", "possible") and _gives_way(mention):
            continue
        if _of_the_other(mention, mentions):
            continue
        key = (mention.term.category, mention.who)
        other = best.get(key)
        if other is None or _better(mention, other):
            best[key] = mention
    return sorted(best.values(), key=lambda mention: (mention.first, mention.last))


def _of_the_other(mention: Mention, mentions: list[Mention]) -> bool:
    """Whether the same words are already told as something else: violence to somebody known, or what the term yields to."""
    against: tuple[str, ...] = mention.term.yields_to
    if any(_near(mention, other) and other.term.category in against for other in mentions):
        return True
    if mention.known or mention.term.category not in _VIOLENCE:
        return False
    others = _VIOLENCE[:1] if mention.term.category in _VIOLENCE[1:] else _VIOLENCE[1:]
    return any(other.known and other.term.category in others and other.first < mention.last and mention.first < other.last for other in mentions)


def _near(one: Mention, other: Mention) -> bool:
    return one is not other and max(one.first, other.first) - min(one.last, other.last) <= _BESIDE


def _gives_way(mention: Mention) -> bool:
    return mention.term.weak or (mention.status == "possible" and mention.term.status == "possible" and not mention.cues)


def _better(one: Mention, other: Mention) -> bool:
    """Of two on the same words what lasts, a denial, or else the past, is the closer reading; elsewhere the graver status, then the longer words."""
    overlap = one.first < other.last and other.first < one.last
    if overlap and one.term.lasting != other.term.lasting:
        return one.term.lasting
    for status in ("negated", "historical"):
        if overlap and status in (one.status, other.status):
            return one.status == status
    if one.status != other.status:
        return _RANK[one.status] < _RANK[other.status]
    return one.last - one.first > other.last - other.first


def as_record(mention: Mention, view: View, start: int, end: int, text: str) -> ConcernMention:
    """The mention with offsets of the whole text."""
    return ConcernMention(
        category=mention.term.category,
        status=mention.status,
        who=mention.who,
        start=start,
        end=end,
        text=text,
        rule=mention.term.id,
        says=mention.term.says,
        cues=mention.cues,
    )
