"""Which of our people a person on a second paper about the same family is."""

from __future__ import annotations

from collections.abc import Sequence

from models.alike import may_be_same, name_words
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
    known = {name_words(f"{one.name or ''} {one.agency or ''}"): number for number, one in enumerate(ours.agencies)}
    for number, agency in enumerate(theirs.agencies):
        key = name_words(f"{agency.name or ''} {agency.agency or ''}")
        if key not in known:
            known[key], end = end, end + 1
        found[f"agencies.{number}"] = f"agencies.{known[key]}"
    return found


def _place_of(person: Person, ours: Record, taken: set[str]) -> str | None:
    for group in ("children", "people"):
        for number, known in enumerate(getattr(ours, group)):
            place = f"{group}.{number}"
            if place not in taken and may_be_same(known, person):
                return place
    return None


def _only_one(group: str, ours: Record, theirs: Record, taken: set[str]) -> str | None:
    """One child here and one there, and one of the two without a name: the same child."""
    mine, other = getattr(ours, group), getattr(theirs, group)
    if (
        group == "children"
        and len(mine) == len(other) == 1
        and "children.0" not in taken
        and not (name_words(mine[0].name) and name_words(other[0].name))
    ):
        return "children.0"
    return None
