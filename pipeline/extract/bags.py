"""A label by its words in any order, the small ones left out: "How would they describe their ethnicity?" asks for the ethnicity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

_SMALL = frozenset(
    "a an the this that these those his her hers its their our my any some please of to for at in on by with and or "
    "is are was were be been being do does did has have had can could will would may might should s "
    "what which how we us they them he she it you your my me "
    "tell give state enter confirm provide describe record add use uses used using go goes currently usually".split()
)
"""Words that carry no meaning between a question and the name of what it asks. Who, where, when and why do."""

_SAME = {
    "telephone": "phone", "tel": "phone", "mobile": "phone", "landline": "phone", "no": "number", "nos": "number", "num": "number",
    "spoken": "speak", "speaks": "speak", "speaking": "speak", "lives": "live", "living": "live", "organization": "organisation", "dob": "birth",
    "attended": "attend", "attending": "attend", "attends": "attend", "children": "child", "childs": "child", "require": "need", "required": "need",
    "needed": "need", "holds": "hold", "holder": "hold", "related": "relation", "relationship": "relation", "preferred": "prefer",
}  # fmt: skip

_BY_ORDER = frozenset({"nothing", "people", "title", "signature", "address_phone"})
"""Boxes whose words mean too many things once their order is gone."""


_COMPANY = frozenset(
    "family household person people anyone someone everyone adult member full best current now new main personal about detail information group home house "
    "setting office trust base site electronic legal client clients user users service helpful useful write should "
    "work follow practise practising identify identified book booked speak best usual own relevant recorded record".split()
)
"""Words that may stand beside the name of what is asked without changing it."""

_PLAIN = frozenset(
    {
        "ethnicity",
        "religion",
        "language",
        "gender",
        "phone",
        "email",
        "postcode",
        "age",
        "interpreter",
        "disability",
        "nhs",
        "upn",
        "aliases",
        "pr",
        "family",
        "given",
    }
)
"""Boxes that one word names beyond doubt."""


def core(words: Iterable[str]) -> tuple[str, ...]:
    """A bag without the words that keep company; empty where nothing else is left."""
    return tuple(word for word in bag(words) if word not in _COMPANY)


def bare(slots: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Labels by what is left of them without company."""
    return _elected(
        (words, slot)
        for phrase, slot in slots.items()
        if (words := core(phrase.split())) and (slot in _PLAIN or (len(words) > 1 and slot not in _BY_ORDER and "know" not in words))
    )


def _elected(found: Iterable[tuple[tuple[str, ...], str]]) -> dict[tuple[str, ...], str]:
    """For every bag the kind of box most of its labels ask for; bags that two kinds share evenly say nothing."""
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for words, slot in found:
        votes.setdefault(words, Counter())[slot] += 1
    ranked = {words: count.most_common(2) for words, count in votes.items()}
    return {words: first[0][0] for words, first in ranked.items() if len(first) == 1 or first[0][1] > first[1][1]}


def bag(words: Iterable[str]) -> tuple[str, ...]:
    """Words as they are compared out of order: small ones dropped, one form for several."""
    return tuple(sorted({_stem(word) for word in words if word not in _SMALL}))


def _stem(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def bags(slots: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Every label of the lexicon as a bag."""
    return _elected(
        (words, slot) for phrase, slot in slots.items() if (words := bag(phrase.split())) and slot not in _BY_ORDER and "know" not in words
    )
