"""Whom violence is done to: a child makes it physical or emotional abuse, an adult of the family domestic abuse."""

from __future__ import annotations

from dataclasses import replace

from models.narrative import Who
from models.narrative_terms import ConcernTerm
from pipeline.extract.narrative.people import Cast, Person
from pipeline.extract.narrative.view import View

_BODY = frozenset(
    "face head arm arms leg legs hand hands back bottom bum ear ears hair neck tummy stomach eye eyes mouth wrist throat nose cheek chest body "
    "own older younger little big baby".split()
)
_OBJECTS = frozenset(["him", "her", "them", "me", "us"])
_PARTNERS = frozenset("partner husband wife boyfriend girlfriend ex spouse hubby fella bloke fiance".split())
_TO = frozenset(["to", "on", "over", "across", "around", "round"])
_PASSIVE = frozenset("been being was were is are gets got get".split())
_NEAR = 3
"""How many words after a mark ("a bruise to Mum's jaw") still say whose it is."""


def by_victim(term: ConcernTerm, view: View, people: list[Person], first: int, last: int, cast: Cast) -> tuple[ConcernTerm, bool]:
    """The term as it stands, or as domestic abuse of the adult who is struck; and whether the words say who that is."""
    mark = term.status == "possible"
    struck = _struck(view, people, first, last, mark) if people or cast.hurt is None else cast.hurt.who
    if mark and (struck == "father" or (struck == "mother" and _child_bears(people, first))):
        return term, False
    if struck not in ("mother", "father"):
        if not mark and _by_own_partner(view, people, last):
            return term.model_copy(update={"category": "domestic_abuse", "who": "child"}), True
        return term, struck == "child"
    return term.model_copy(update={"category": "domestic_abuse", "who": struck}), True


def _by_own_partner(view: View, people: list[Person], last: int) -> bool:
    """Whether it is the young person's own partner who does it: "her boyfriend hits her"."""
    for person in people:
        words = view.words[person.first : person.last]
        if person.last < last and words[0] in ("her", "his") and _PARTNERS & set(words):
            return ("her" if words[0] == "her" else "him") in view.words[person.last : last]
    return False


def _child_bears(people: list[Person], first: int) -> bool:
    """Whether a child is named before a mark that a parent only brings or tells of ("boy brought in by mother with a scald")."""
    return any(person.who == "child" and person.last <= first and not person.pronoun for person in people)


def _struck(view: View, people: list[Person], first: int, last: int, mark: bool) -> Who | None:
    """The object of the words; the last person of them when another stands before; the one a mark is on; or whom a mark or a passive is said of."""
    within = [person for person in people if first <= person.first < last]
    before = [person for person in people if person.last <= first and person.who != "unknown"]
    place = _object(view, people, first, last)
    if place is not None:
        meant = next((person for person in within if person.first == place), None)
        return meant.who if meant else _unresolved(view, people, [*before, *within])
    if len(within) > 1 or (within and (before or within[0].first > first)):
        return within[-1].who
    if within:
        return None
    bearer = next((person for person in people if last <= person.first <= last + _NEAR), None)
    if bearer is not None and view.words[bearer.first - 1] != "by" and (not before or _TO & set(view.words[last - 1 : last + 1])):
        return bearer.who
    borne = mark or bool(_PASSIVE & set(view.words[first:last]))
    return before[-1].who if before and borne else None


def _object(view: View, people: list[Person], first: int, last: int) -> int | None:
    """Where "him", "her" or "me" stands among the words, as the one acted on."""
    starts = {person.first for person in people}
    places = (place for place in range(first, last) if view.words[place] in _OBJECTS and view.tags[place] == "PRP" and place + 1 not in starts)
    return next(places, None)


def _unresolved(view: View, people: list[Person], actors: list[Person]) -> Who | None:
    """ "Her" whom nobody has named: a partner's woman, or she beside whom the children are named apart."""
    if not {"her", "me"} & set(view.words):
        return None
    partner = bool(actors) and bool(_PARTNERS & set(view.words[actors[-1].first : actors[-1].last]))
    apart = "her" in view.words and any(person.who == "child" and not person.pronoun for person in people)
    return "mother" if partner or apart else None


def of_child_only(view: View, people: list[Person], first: int, last: int) -> bool:
    """Whether words of violence between adults are here said of a child alone ("she is not allowed to sit with us"). "He" may be the one who acts."""
    inside = [person for person in people if first <= person.first < last and view.words[person.first] != "he"]
    return bool(inside) and all(person.who == "child" for person in inside)


def owned(view: View, people: list[Person], last: int) -> bool:
    """Whether the words end in "her" of a thing: "threw her spoon" hits nobody."""
    if view.words[last - 1] != "her" or view.tags[last - 1] != "PRP$" or last >= len(view.words):
        return False
    return view.words[last] not in _BODY and not any(person.first == last for person in people)


def note_hurt(cast: Cast, who: Who) -> None:
    """Remember whom violence was said to have been done to: a later sentence that names nobody is about them ("Cigarette burns to the forearm")."""
    cast.hurt = replace(cast.hurt, who=who) if cast.hurt is not None else Person(0, 0, who)
