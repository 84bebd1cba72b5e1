"""The same person in two blocks of a form, made one: by name, and by a shorter name with the same day of birth."""

from __future__ import annotations

from pipeline.extract.persons import ADULT, Draftee
from pipeline.extract.wording import key

_WHOLE_DATE = len("2026-01-31")


def merge_same(people: list[Draftee]) -> list[Draftee]:
    """One draftee for a person who stands in two blocks: the same name, and nothing that speaks against it."""
    kept: list[Draftee] = []
    for person in people:
        twin = next((other for other in kept if _same(other, person)), None)
        if twin is None:
            kept.append(person)
            continue
        for name, readings in person.values.items():
            if name == "aliases" or not twin.get(name):
                twin.values[name] = twin.values.get(name, []) + readings
            elif name in {"date_of_birth", "nhs_number", "upn", "gender"}:
                twin.values[name] = twin.values[name] + readings
        twin.subject = twin.subject or person.subject
    return kept


def _same(one: Draftee, two: Draftee) -> bool:
    if not one.name_key or one.entity is two.entity:
        return False
    if one.name_key != two.name_key:
        return _shorter(one, two)
    if not (one.get("family_name") and one.get("given_names")) and one.block == two.block:
        return False
    born = one.get("date_of_birth"), two.get("date_of_birth")
    if born[0] and born[1] and born[0].value != born[1].value and "child" not in {one.block, two.block}:
        return False
    relation = two.get("relationship_to_child") or one.get("relationship_to_child")
    return not ("child" in {one.block, two.block} and relation is not None and ADULT.search(str(relation.value)))


def _shorter(one: Draftee, two: Draftee) -> bool:
    """ "Ann Mary Gale" in full and "Ann Gale" in a table: one person where the day of birth is the same and one begins with the other's given names."""
    born = [str(found.value) for person in (one, two) if (found := person.get("date_of_birth"))]
    family = [key(str(found.value)) for person in (one, two) if (found := person.get("family_name"))]
    given = [key(str(found.value)).split() for person in (one, two) if (found := person.get("given_names"))]
    if any(len(parts) != 2 or not all(parts) for parts in (born, family, given)) or _in_one_table(one, two):
        return False
    short, long = sorted(given, key=len)
    return born[0] == born[1] and len(born[0]) == _WHOLE_DATE and family[0] == family[1] and long[: len(short)] == short


def _in_one_table(one: Draftee, two: Draftee) -> bool:
    """Two rows of one table are two people, twins with a name in common too."""
    return one.entity is not None and two.entity is not None and bool(one.entity.table) and one.entity.table == two.entity.table
