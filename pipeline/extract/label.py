"""A label as it was recognised: what its box may hold, and of whom it speaks."""

from __future__ import annotations

from dataclasses import dataclass

BLOCKS = frozenset(
    [
        "child",
        "carer",
        "mother",
        "father",
        "household",
        "sibling",
        "elsewhere",
        "referrer",
        "lead",
        "leadpro",
        "taken",
        "manager",
        "agency",
        "gp",
        "school",
        "role",
        "allocated",
    ]
)
"""Whom a box can speak of."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label asks for.

    `block` is whom it speaks of when it says so itself; `slots` are what its box may hold (several for a combined label); `field` is set instead when
    the label is a question with a place of its own. `match` is how it was recognised: exact, part, combined, rule, fuzzy or definition.
    `subject_only` is a label that names somebody and nothing else.
    """

    text: str
    block: str | None = None
    slots: tuple[str, ...] = ()
    field: str | None = None
    match: str = "exact"
    subject_only: bool = False
    answer_too: bool = False
    number: int | None = None

    @property
    def slot(self) -> str | None:
        """The one slot, or None."""
        return self.slots[0] if len(self.slots) == 1 else None
