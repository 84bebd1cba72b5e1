"""The concerns a sentence names or shows: the words, what is said of them, and whom they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from models.narrative import ConcernMention, ConcernStatus, Who
from models.narrative_terms import ConcernTerm
from pipeline.authorities.term_patterns import PatternIndex
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.assertion import Assertions, Hit
from pipeline.extract.narrative.people import Cast, PeopleFinder, Person
from pipeline.extract.narrative.view import View

_OWN = frozenset({"mental_health", "substance_misuse", "disability", "self_harm"})
"""Categories about somebody's own condition: whom is the one who has it. The others harm the child unless the words say otherwise."""

_OF_ABSENCE = re.compile(
    r"(?<![a-z])(?:not|n't|no|nil|never|nobody|none|without|neither|nothing|un[a-z]+|stop[+*]|off|old|previous[a-z]*|refus[+*]?|less)(?![a-z])"
)
"""A term whose pattern holds such a word speaks itself of what is absent: a denial among its words is part of it."""

_BODY = frozenset(
    "face head arm arms leg legs hand hands back bottom bum ear ears hair neck tummy stomach eye eyes mouth wrist throat nose cheek chest body "
    "own older younger little big baby".split()
)

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

    def names(self, text: str) -> Cast:
        """The cast of a narrative, before its first sentence."""
        return self._finder.cast(text)

    def mentions(self, view: View, cast: Cast) -> list[Mention]:
        """The mentions of one sentence, at most one for each category, status and person."""
        people = self._finder.people(view, cast)
        spans = self.spans(view)
        hits = self._assertions.cues(view) if spans else []
        found = [mention for term, first, last in spans if (mention := self._mention(view, term, first, last, hits, people, cast))]
        cast.remember(people)
        cast.hurt = next((Person(0, 0, one.who) for one in found if _hurts(one)), cast.hurt)
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
        if verdict.status is None or (term.victim and _owned(view, people, last)):
            return None
        if term.category == "domestic_abuse" and term.who != "child" and _of_child_only(people, first, last):
            return None
        if term.victim:
            term = _by_victim(term, people or _hurt_before(cast), first, last)
        person = _holder(people, first, last) or cast.subject
        who, outside = _whom(term, verdict.status, person)
        if outside and term.category not in _OWN:
            outside = not _family_too(people, view, first)
        return Mention(term, first, last, verdict.status, who, outside, verdict.cues)


def _hurts(mention: Mention) -> bool:
    return mention.term.category in ("domestic_abuse", "physical_abuse") and mention.status in ("affirmed", "possible")


def _owned(view: View, people: list[Person], last: int) -> bool:
    """Whether the words end in "her" of a thing: "threw her spoon" hits nobody."""
    if view.words[last - 1] != "her" or view.tags[last - 1] != "PRP$" or last >= len(view.words):
        return False
    return view.words[last] not in _BODY and not any(person.first == last for person in people)


def _hurt_before(cast: Cast) -> list[Person]:
    """Whom a sentence without a person is about: an adult whom the narrative has just called hurt ("Cigarette burns to the forearm")."""
    return [replace(cast.hurt, first=-1, last=0)] if cast.hurt is not None else []


def _of_child_only(people: list[Person], first: int, last: int) -> bool:
    """Whether words of violence between adults are here said of a child alone ("she is not allowed to sit with us")."""
    inside = [person for person in people if first <= person.first < last]
    return bool(inside) and all(person.who == "child" for person in inside)


def _by_victim(term: ConcernTerm, people: list[Person], first: int, last: int) -> ConcernTerm:
    """Violence is physical abuse when a child is hit and domestic abuse when an adult of the family is.

    The one hit is the last person of the words, or else the one the words are said of.
    """
    hit = [person for person in people if first <= person.first < last]
    before = [person for person in people if person.last <= first and person.who != "unknown"]
    struck = hit[-1] if len(hit) > 1 or (hit and before) or (hit and hit[0].first > first) else (before[-1] if before and not hit else None)
    if struck is None or struck.who not in ("mother", "father"):
        return term
    return term.model_copy(update={"category": "domestic_abuse", "who": struck.who})


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
        key = (mention.term.category, mention.who)
        other = best.get(key)
        if other is None or _better(mention, other):
            best[key] = mention
    return sorted(best.values(), key=lambda mention: (mention.first, mention.last))


def _gives_way(mention: Mention) -> bool:
    return mention.term.weak or (mention.status == "possible" and mention.term.status == "possible" and not mention.cues)


def _better(one: Mention, other: Mention) -> bool:
    """Of two on the same words a denial, or else the past, is the closer reading; elsewhere the graver status, then the longer words."""
    overlap = one.first < other.last and other.first < one.last
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
