"""How somebody stands with the authority, in the words a screener needs at once (LE-12, HE-3)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.matching import KnownPerson

LATELY = timedelta(days=92)
_PLAN = re.compile(r"\b(?:cpp|cp plan|child protection(?: plan)?|subject to (?:a )?plan)\b", re.IGNORECASE)
_LOOKED_AFTER = re.compile(r"\b(?:lac|clac?|looked.after|cla|in care)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:other (?:local )?authority|another authority|out of (?:borough|area|county)|ola)\b", re.IGNORECASE)
_SHORT = re.compile(r"restrict|sensitive", re.IGNORECASE)


def standing(person: KnownPerson, as_of: date | None) -> str:
    """Open case with its worker, lately closed, a child protection plan, looked after, another authority; "" when there is nothing to say."""
    words = []
    if person.case_status == "open":
        words.append(f"open case, allocated to {person.allocated_worker}" if person.allocated_worker else "open case, no allocated worker named")
    elif person.case_status == "closed" and person.closed_on and as_of and timedelta(0) <= as_of - person.closed_on <= LATELY:
        words.append(f"closed within three months, on {person.closed_on.day} {person.closed_on:%B %Y}")
    flags = [flag.replace("_", " ").replace("-", " ") for flag in person.flags]
    for pattern, says in (
        (_PLAN, "child protection plan"),
        (_LOOKED_AFTER, "looked after"),
        (_ELSEWHERE, "lives in another authority"),
        (_SHORT, "restricted record"),
    ):
        if any(pattern.search(flag) for flag in flags):
            words.append(says)
    return "; ".join(words)
