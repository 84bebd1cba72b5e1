"""How two words of a name relate: the same, a nickname, another spelling, a slip, or different."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from pipeline.match.fold import sound
from pipeline.match.tables import naming_tables


class Relation(IntEnum):
    """From the same to different."""

    SAME = 0
    GENDERED = 1
    NICKNAME = 2
    SPELLING = 3
    SLIP = 4
    CLOSE = 5
    SHORTENED = 6
    INITIAL = 7
    DIFFERENT = 8


@lru_cache(maxsize=120_000)
def relation(one: str, other: str) -> Relation:
    """How one word of a name relates to another."""
    if one == other:
        return Relation.SAME
    if len(one) == 1 or len(other) == 1:
        return Relation.INITIAL if one[:1] == other[:1] else Relation.DIFFERENT
    tables = naming_tables()
    if tables.spelling_groups.get(one, _NONE) & tables.spelling_groups.get(other, _NONE):
        return Relation.SPELLING
    if tables.nickname_groups.get(one, _NONE) & tables.nickname_groups.get(other, _NONE):
        return Relation.NICKNAME
    if _gendered(one, other):
        return Relation.GENDERED
    if _a_name(one) and _a_name(other):
        # Hassan and Hussein, Oliver and Olivia: both are names, and twins are called so. At most similar, and only by one letter.
        return Relation.CLOSE if OSA.distance(one, other, score_cutoff=1) == 1 else Relation.DIFFERENT
    return _by_letters(one, other)


def told_alike(one: str, other: str) -> bool:
    """Whether the tables say that these are spellings of one name."""
    groups = naming_tables().spelling_groups
    return bool(groups.get(one, _NONE) & groups.get(other, _NONE))


def _a_name(token: str) -> bool:
    """Whether the tables know it as a name of its own."""
    tables = naming_tables()
    return token in tables.spelling_groups or token in tables.nickname_groups


_NONE: frozenset[int] = frozenset()


def _by_letters(one: str, other: str) -> Relation:
    likeness = JaroWinkler.similarity(one, other)
    shorter, longer = sorted((one, other), key=len)
    if likeness < 0.6:
        turned = OSA.distance(one, other, score_cutoff=1) == 1  # Pai and Pia, Lkue and Luke
        return Relation.SLIP if turned and sorted(one) == sorted(other) else Relation.DIFFERENT
    if one.replace("rn", "m").replace("cl", "d").replace("vv", "w") == other.replace("rn", "m").replace("cl", "d").replace("vv", "w"):
        return Relation.SLIP
    distance = OSA.distance(one, other)
    if any(longer == article + shorter for article in ("al", "el", "ul")) and len(shorter) > 3:
        return Relation.SPELLING
    same_sound = sound(one) == sound(other) != ""
    if same_sound and len(sound(one)) > 2 and distance <= 1 + len(longer) // 4:
        return Relation.SPELLING
    if distance == 1:
        return Relation.SLIP if len(shorter) > 3 or (len(longer) > 3 and one[0] == other[0]) else Relation.CLOSE
    if same_sound and distance <= 2 and len(longer) > 4:
        return Relation.SPELLING
    if distance == 2 and len(shorter) > 5 and one[0] == other[0]:
        return Relation.SLIP
    if len(shorter) >= 3 and longer.startswith(shorter):
        return Relation.SHORTENED
    near = likeness >= 0.88 or (distance == 2 and len(shorter) > 4 and one[0] == other[0])
    return Relation.CLOSE if near else Relation.DIFFERENT


def _gendered(one: str, other: str) -> bool:
    """Kowalski and Kowalska, Kazlauskas and Kazlauskiene."""
    if one[:3] != other[:3] or min(len(one), len(other)) < 4:
        return False
    return any(_ends(one, other, man, woman) or _ends(other, one, man, woman) for man, woman in naming_tables().gendered_endings)


def _ends(his: str, hers: str, man: str, woman: str) -> bool:
    stem = hers[: -len(woman)]
    return len(stem) >= 3 and hers.endswith(woman) and his == stem + man
