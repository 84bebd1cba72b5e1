"""Which of our people a person on a second paper about the same family is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.record import Person, Record


def places(ours: Record, theirs: Record) -> dict[str, str]:
    """For each person and agency of `theirs` ("children.0"), their place in `ours`: the same person's, or a new one at the end."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    ends = {"children": len(ours.children), "people": len(ours.people)}
    for group in ("children", "people"):
        other: Sequence[Person] = getattr(theirs, group)
        for number, person in enumerate(other):
            place = _place_of(person, ours, taken) or _only_one(group, ours, theirs, taken)
            if place is None:
                place = f"{group}.{ends[group]}"
                ends[group] += 1
            taken.add(place)
            found[f"{group}.{number}"] = place
    end = len(ours.agencies)
    known = {_words(f"{one.name or ''} {one.agency or ''}"): number for number, one in enumerate(ours.agencies)}
    for number, agency in enumerate(theirs.agencies):
        key = _words(f"{agency.name or ''} {agency.agency or ''}")
        if key not in known:
            known[key], end = end, end + 1
        found[f"agencies.{number}"] = f"agencies.{known[key]}"
    return found


def same_person(one: Person, other: Person) -> bool:
    """The same name in any order, or one name within the other, and no whole birth date that says otherwise."""
    if one.date_of_birth and other.date_of_birth and not _agree(one.date_of_birth, other.date_of_birth):
        return _words(one.name) == _words(other.name) and len(_words(one.name)) > 1 and len({one.date_of_birth[:4], other.date_of_birth[:4]}) == 1
    mine, other_words = _words(one.name), _words(other.name)
    if not mine or not other_words:
        return one.unborn and other.unborn
    return mine == other_words or (min(len(mine), len(other_words)) > 1 and (mine <= other_words or other_words <= mine))


def _place_of(person: Person, ours: Record, taken: set[str]) -> str | None:
    for group in ("children", "people"):
        for number, known in enumerate(getattr(ours, group)):
            place = f"{group}.{number}"
            if place not in taken and same_person(known, person):
                return place
    return None


def _only_one(group: str, ours: Record, theirs: Record, taken: set[str]) -> str | None:
    """One child here and one there, and one of the two without a name: the same child."""
    mine, other = getattr(ours, group), getattr(theirs, group)
    if group == "children" and len(mine) == len(other) == 1 and "children.0" not in taken and not (_words(mine[0].name) and _words(other[0].name)):
        return "children.0"
    return None


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", name.casefold()))
