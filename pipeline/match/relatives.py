"""Who hangs together with a record: its household, and the other children of an adult."""

from __future__ import annotations

from pipeline.match.held import Held
from pipeline.match.keys import pairs_of, stable_hash
from pipeline.match.postings import Postings
from pipeline.match.rows import Rows
from pipeline.match.tokens import Relation, relation

MOST = 200
"""Past this many a shared name says nothing about kinship."""
FEW = 5
FAR = "a parent of this child bears this name, at another address: check"


def relatives_of(own: int, rows: Rows, postings: Postings, gone: set[int]) -> list[tuple[int, str]]:
    """Row numbers and words: "same household", "child of this person", "parent of this person"."""
    row = rows.held(own)
    found: dict[int, str] = {}
    far: dict[int, str] = {}
    wanted = {"same household": {stable_hash("household", row.household)} if row.household else set()}
    wanted["child of this person"] = {stable_hash("child of", pair) for name in row.names for pair in pairs_of(*name)}
    for how, keys in wanted.items():
        if not keys:
            continue
        near, _, _ = postings.gather(dict.fromkeys(keys, 1.0), MOST)
        for number in near.tolist():
            if number == own or number in gone or number in found:
                continue
            words = _how(row, rows.held(number), how)
            if words:
                (far if words == FAR else found)[number] = words
    return [*found.items(), *(far.items() if len(far) <= FEW else ())]


def _how(row: Held, other: Held, how: str) -> str:
    named = _names_as_parent(other, row)
    if how == "child of this person":
        # A parent's name alone is not kinship: it needs an address or a household shared now or before.
        near = bool({code for code in row.postcodes if code} & {code for code in other.postcodes if code}) or (
            row.household and row.household == other.household
        )
        return ("child of this person by name" if near else FAR) if named else ""
    if row.household != other.household:
        return ""
    if named:
        return "child of this person, same household"
    if _names_as_parent(row, other):
        return "parent of this person, same household"
    return "same household"


def _names_as_parent(child: Held, adult: Held) -> bool:
    for given, family in child.parents:
        for own_given, own_family in adult.names:
            first = bool(given and own_given) and relation(given[0], own_given[0]) <= Relation.SPELLING
            last = any(relation(one, other) <= Relation.SPELLING for one in family for other in own_family)
            if first and last:
                return True
    return False
