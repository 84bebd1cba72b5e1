"""Given names and family names compared: which named level, and how rare what agrees is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pipeline.match.held import Name
from pipeline.match.names import Tokens
from pipeline.match.tables import naming_tables
from pipeline.match.tokens import Relation, relation, told_alike

Rarity = Callable[[str], float]
"""How rare a word of a name is among the records, in bits."""
Level = tuple[int, float]

GIVEN = {
    "same_all": "given names the same",
    "same": "first name the same",
    "same_middle_differs": "first name the same, middle name differs",
    "nickname": "a short form of the same name",
    "nickname_own": "one may be short for the other, and both are names of their own",
    "spelling": "the same name in another spelling",
    "slip": "one slip of the pen apart",
    "close": "similar, not the same",
    "shortened": "one is cut short",
    "initial": "the initial agrees",
    "middle": "one uses the other's middle name",
    "prefix_only": "only a shared prefix such as Md or Abdul agrees",
    "not_named": "no given name yet on one side",
    "absent": "no given name to compare",
    "different": "different",
    "both_unnamed": "no given name yet on either side",
}
FAMILY = {
    "same": "the same",
    "gendered": "the same, in the form for a woman or a man",
    "part": "part of the name agrees (a double name, fathers' names, Singh or Kaur)",
    "part_differs": "one of two names agrees, the other differs",
    "spelling": "the same name in another spelling",
    "slip": "one slip of the pen apart",
    "close": "similar, not the same",
    "initial": "the initial agrees",
    "parent": "is the name of a parent of this record",
    "titles": "differ, and a title stands for a family name (such as Begum, Khatun, Kaur)",
    "absent": "no family name to compare",
    "different": "different",
}
_G = {name: number for number, name in enumerate(GIVEN)}
_F = {name: number for number, name in enumerate(FAMILY)}
_GIVEN_BY_RELATION = {
    Relation.GENDERED: _G["spelling"], Relation.NICKNAME: _G["nickname"], Relation.SPELLING: _G["spelling"], Relation.SLIP: _G["slip"],
    Relation.CLOSE: _G["close"], Relation.SHORTENED: _G["shortened"], Relation.INITIAL: _G["initial"], Relation.DIFFERENT: _G["different"],
}  # fmt: skip
_FAMILY_BY_RELATION = {
    Relation.SAME: _F["same"], Relation.GENDERED: _F["gendered"], Relation.NICKNAME: _F["close"], Relation.SPELLING: _F["spelling"], Relation.SLIP: _F["slip"],
    Relation.CLOSE: _F["close"], Relation.SHORTENED: _F["close"], Relation.INITIAL: _F["initial"], Relation.DIFFERENT: _F["different"],
}  # fmt: skip


@lru_cache(maxsize=100_000)
def calling(given: Tokens) -> int:
    """Which given name a person is called by: the first after Md, Abdul and their like."""
    prefixes = naming_tables().prefixes
    for place, token in enumerate(given):
        if token not in prefixes:
            return place
    return 0


def given_level(asked: Tokens, held: Tokens, rarity: Rarity, a_name: Callable[[str], bool]) -> Level:
    """Compares the names a person is called by, then the others."""
    if not asked or not held:
        return _G["absent"], 0.0
    one, other = asked[calling(asked)], held[calling(held)]
    relates = relation(one, other)
    if relates is Relation.SAME:
        return _same_first(asked, held, one, rarity)
    if relates is Relation.NICKNAME and a_name(one) and a_name(other):
        return _G["nickname_own"], rarity(other)  # Alfie and Freddie, Amelia and Millie: twins are called so
    if relates in _BY_LETTERS and a_name(one) and a_name(other) and not told_alike(one, other):
        relates = Relation.CLOSE  # Jasmeet and Jaspreet, Amara and Omari: both are names that people here bear, and twins are called so
    if relates not in _LOOSE:
        return _GIVEN_BY_RELATION[relates], rarity(other if len(other) > 1 else one)
    if "".join(asked) == "".join(held):
        return _G["same"], rarity(one)
    if relates is Relation.DIFFERENT and _run_together(asked, held):
        return _G["slip"], rarity(other)
    best, tokens = _best_other(asked, held, one, other)
    if best <= Relation.SPELLING:
        return _G["middle"], min(rarity(tokens[0]), rarity(tokens[1]))
    if relates is not Relation.DIFFERENT:
        return _GIVEN_BY_RELATION[relates], rarity(other if len(other) > 1 else one)
    if set(asked) & set(held) and (one in naming_tables().prefixes or other in naming_tables().prefixes):
        return _G["prefix_only"], 0.0
    return (_G["initial"] if _by_initial(asked, held) else _G["different"]), 0.0


_BY_LETTERS = {Relation.SLIP, Relation.SPELLING}
_LOOSE = {Relation.CLOSE, Relation.SHORTENED, Relation.INITIAL, Relation.DIFFERENT}


def _run_together(asked: Tokens, held: Tokens) -> bool:
    """Sha un for Shaun: a space that slipped in, with another slip beside it."""
    if len(asked) == len(held) or min(map(len, (*asked, *held))) < 2:
        return False
    one, other = "".join(asked), "".join(held)
    return min(len(one), len(other)) > 3 and abs(len(one) - len(other)) < 2 and relation(one, other) <= Relation.SLIP


def _by_initial(asked: Tokens, held: Tokens) -> bool:
    """M. for Muhammad Ali, though he is called Ali."""
    return (len(asked[0]) == 1 and any(name[0] == asked[0] for name in held)) or (len(held[0]) == 1 and any(name[0] == held[0] for name in asked))


def _same_first(asked: Tokens, held: Tokens, first: str, rarity: Rarity) -> Level:
    bits = rarity(first)
    if len(asked) == 1 or len(held) == 1:
        return _G["same"], bits
    rest_asked = [token for token in asked if token != first]
    rest_held = [token for token in held if token != first]
    if not rest_asked or not rest_held:
        return _G["same"], bits
    shared = [token for token in rest_asked if any(relation(token, other) < Relation.DIFFERENT for other in rest_held)]
    if not shared:
        prefixes = naming_tables().prefixes
        if all(token in prefixes for token in rest_asked) or all(token in prefixes for token in rest_held):
            return _G["same"], bits
        return _G["same_middle_differs"], bits
    never = naming_tables().never_called  # Md or Kaur beside a name comes with the community, not with the person
    return _G["same_all"], bits + min(8.0, sum(rarity(token) for token in shared if len(token) > 1 and token not in never))


def _best_other(asked: Tokens, held: Tokens, one: str, other: str) -> tuple[Relation, tuple[str, str]]:
    """The name one side is called by among the further names of the other. Two that only share a further name are brothers or sisters."""
    best, pair = Relation.DIFFERENT, (one, other)
    if len(asked) == 1 and len(held) == 1:
        return best, pair
    never = naming_tables().never_called
    for left, right in (*((one, name) for name in held if name != other), *((name, other) for name in asked if name != one)):
        if len(left) > 1 and len(right) > 1 and left not in never and right not in never and (relates := relation(left, right)) < best:
            best, pair = relates, (left, right)
    return best, pair


def family_among_given(asked: Name, held: Name, rarity: Rarity) -> Level | None:
    """Jasvir Kaur and Jasvir Kaur Dosanjh: one side's family name stands among the other's further given names."""
    shared = (set(asked[1]) & set(held[0][1:])) | (set(held[1]) & set(asked[0][1:]))
    return (_F["part"], max(map(rarity, shared))) if shared else None


def family_level(asked: Tokens, held: Tokens, parents: tuple[Name, ...], rarity: Rarity) -> Level:
    """Compares family names: the whole, a part, a woman's form, a parent's name."""
    if not asked or not held:
        return _F["absent"], 0.0
    if asked == held:
        return _F["same"], _together(asked, rarity)
    if len(asked) > 1 or len(held) > 1:
        chained = _chain(asked, held)
        if chained is not None:
            return chained[0], _together(chained[1], rarity)
    best, word = _nearest(asked, held)
    if best is Relation.DIFFERENT and "".join(asked) == "".join(held):
        return _F["spelling"], max(map(rarity, held))
    if best in {Relation.DIFFERENT, Relation.CLOSE, Relation.INITIAL} and parents and (of_parent := _of_parent(asked, parents)):
        return _F["parent"], rarity(of_parent)
    if best is Relation.DIFFERENT:
        titles = naming_tables().title_surnames
        follows = titles.issuperset(asked) or titles.issuperset(held)
        return _F["titles" if follows else "different"], 0.0
    return _FAMILY_BY_RELATION[best], rarity(word)


def _together(words: Tokens, rarity: Rarity) -> float:
    """How rare several words are together; they go together more often than by chance, so a further word counts half, and a word said twice counts once."""
    bits = sorted(map(rarity, set(words)), reverse=True)
    return min(16.0, bits[0] + sum(bits[1:]) / 2)


@lru_cache(maxsize=50_000)
def _chain(asked: Tokens, held: Tokens) -> tuple[int, Tokens] | None:
    """Several words on a side: the whole in another order or spelling, a part, or a part with the rest at odds. None where no word agrees."""
    asked, held = _whole_words(asked), _whole_words(held)
    left, agreed, exact = list(held), [], True
    for word in asked:
        near = min(left, key=lambda other: relation(word, other), default=None)
        if near is None or relation(word, near) > Relation.SLIP:
            continue
        exact = exact and word == near
        left.remove(near)
        agreed.append(near)
    if not agreed:
        return None
    words = tuple(agreed)
    if len(agreed) == len(asked) == len(held):
        return _F["same" if exact else "spelling"], words
    return _F["part" if len(agreed) == min(len(asked), len(held)) else "part_differs"], words


def _whole_words(words: Tokens) -> Tokens:
    """Holloway-R: what is left of a name that was cut short says nothing beside a whole one."""
    return tuple(word for word in words if len(word) > 1) or words


@lru_cache(maxsize=50_000)
def _nearest(asked: Tokens, held: Tokens) -> tuple[Relation, str]:
    best, word = Relation.DIFFERENT, held[0]
    for left in asked:
        for right in held:
            relates = relation(left, right)
            if relates < best:
                best, word = relates, right if len(right) > 1 else left
    return best, word


def _of_parent(asked: Tokens, parents: tuple[Name, ...]) -> str | None:
    for given, family in parents:
        for token in asked:
            if any(relation(token, name) <= Relation.SPELLING for name in family or given):
                return token
    return None
