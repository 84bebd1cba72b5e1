"""Words that a column too narrow for them broke in two, told by what the words of forms are."""

from __future__ import annotations

_FORM_WORDS = frozenset(
    """address agency assessment background child children christian communication concerns consent contact daughter delivery description designation
    details disability disabled discussed district ethnicity ethnic expected family female gender guardian household immigration information interpreter involved language
    manager midwife mobile nationality nursery occupation organisation other parental parent parents partner person postcode practitioner preferred preschool previous
    primary professional professionals reason referral referred referrer relationship religion required responsibility responsible school secondary sibling siblings
    signature significant special spoken status surname telephone unborn unknown worker""".split()
)
_SHORTEST = 2


def mended(tail: str, head: str) -> str | None:
    """The second part of a broken word and what follows it, with the blank in its place; None where these are two words.

    "Relationshi" and "pto" give "p to": OCR sees no blank where letters crowd.
    """
    last, first = (tail.split() or [""])[-1], (head.split() or [""])[0]
    begun = last.casefold().lstrip("(")
    if len(begun) < _SHORTEST or not begun.isalpha() or not first[:1].islower() or begun in _FORM_WORDS:
        return None
    for word in _FORM_WORDS:
        rest = word[len(begun) :]
        if rest and word.startswith(begun) and first.casefold().startswith(rest) and (first.casefold() == rest or len(begun) > len(rest)):
            more = head.lstrip()[len(rest) :]
            return first[: len(rest)] + (f" {more}" if more[:1].isalpha() else more)
    return None
