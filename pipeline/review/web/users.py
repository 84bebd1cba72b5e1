"""Who uses the console, and what each may see.

screener   opens referrals and works on them
manager    what a screener may, and authorises
auditor    reads histories and figures; no referral's words
ops        states and counts: no words and no names
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """An app role of the identity service."""

    SCREENER = "screener"
    MANAGER = "manager"
    AUDITOR = "auditor"
    OPS = "ops"


READERS = frozenset({Role.SCREENER, Role.MANAGER})
"""Who may read a child's name or a word of a referral."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody signed in. `who` is what history and audit keep; `name` is only ever shown to themselves."""

    who: str
    name: str
    roles: frozenset[Role]
    token: str = field(default="", repr=False)
    reasons: dict[str, str] = field(default_factory=dict)
    since: datetime | None = None

    def may(self, *roles: Role) -> bool:
        """Whether they hold one of these roles."""
        return bool(self.roles & set(roles))

    @property
    def reads(self) -> bool:
        """Whether they may read referrals."""
        return bool(self.roles & READERS)


def roles_of(words: object) -> frozenset[Role]:
    """The roles among the words of a claim or header; words that are no role of ours are passed over."""
    named = words.replace(",", " ").split() if isinstance(words, str) else words if isinstance(words, list | tuple) else ()
    known = {role.value: role for role in Role}
    return frozenset(known[word.casefold()] for word in (str(one).strip().removeprefix("mash-") for one in named) if word.casefold() in known)
