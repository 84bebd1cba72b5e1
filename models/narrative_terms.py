"""What the term files hold: the words that name concerns, and the cues that turn them round. Data that a council can add to."""

from __future__ import annotations

from typing import Literal

from pydantic import StrictBool

from models.base import Frozen
from models.narrative import Category, ConcernStatus, Who


class Term(Frozen):
    """A line of a term file: `says` is what a screener reads, `match` a text the pattern must find, `no_match` one it must not. `off` retires a term."""

    id: str
    pattern: str
    says: str
    match: str
    no_match: str
    off: StrictBool = False


class ConcernTerm(Term):
    """Words that name or show a concern. `status` is what they say when no cue turns them; `who` is whom they are about when nobody is named.

    `victim` marks words of violence that end with whom it hits: a child makes it physical abuse, an adult of the family domestic abuse.
    `urgent` makes a present mention about this family an urgency signal of that kind; `urgent_for_baby` only where the text speaks of a baby.
    `weak` marks a service, test or tool that gives way when the same sentence denies the concern.
    `lasting` marks what a past date does not end: a lifelong condition, the registration of an offender.
    `yields_to` names categories that explain the same words: drugs that a child is made to sell, scratches that are self-harm.
    """

    category: Category
    status: ConcernStatus = "affirmed"
    who: Who | None = None
    victim: StrictBool = False
    weak: StrictBool = False
    lasting: StrictBool = False
    urgent: Literal["harm", "action", "crime"] | None = None
    urgent_for_baby: StrictBool = False
    yields_to: tuple[Category, ...] = ()


class InnocentTerm(Term):
    """Words that look like a concern and are none: figurative, everyday or about somebody's hobby. `categories` limits it; empty means all."""

    categories: tuple[Category, ...] = ()


class AssertionCue(Term):
    """Words that deny a concern, put it in the past, doubt it, or make it hypothetical.

    `direction` says on which side of the cue the concern stands, `reach` within how many words.
    """

    status: Literal["negated", "historical", "possible", "hypothetical", "affirmed", "boundary", "pseudo"]
    direction: Literal["forward", "backward", "both", "sentence"] = "forward"
    reach: int = 12


class FactualityCue(Term):
    """Words that give away how the writer knows. `group` is the rule they serve."""

    group: Literal["opinion", "own_opinion", "reported", "observed", "administrative", "denies_opinion"]


class UrgencyTerm(Term):
    """Words that ask for a person at once."""

    kind: Literal["harm", "action", "crime", "police_protection"]
