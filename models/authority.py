"""An authority: what one council chose, as its data folder says. Read and checked by `pipeline.authorities`.

Every rule carries the row of the procedure it comes from, so that each reason shown to a person can be traced to it.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, StrictBool, field_validator

from models.base import Frozen
from models.extraction import FormType
from models.hub import Clock, Closure, Hub, LetterPolicy, Line, Link, Opening, OutOfHours, ReferrerKind, Retention, Rule, Weekday
from models.narrative import Category

ReferralKind = Literal["child_protection", "child_in_need", "early_help"]
PathwayKind = Literal["no_further_action", "early_help", "child_in_need", "child_protection", "enhanced"]


class AcceptedForm(Frozen):
    """A form that is a referral by itself; `kinds` limits it to kinds of referral."""

    type: FormType
    name: str
    kinds: tuple[ReferralKind, ...] = ()
    rule: Rule


class SupportingForm(Frozen):
    """A form that may stand beside a referral but is none."""

    type: FormType
    name: str
    rule: Rule


class Condition(Frozen):
    """Holds when the value at `field` is one of `one_of`; "" is a value not stated. `*` stands for the child or person being asked about."""

    field: str
    one_of: tuple[str | bool, ...]


class Question(Frozen):
    """Something a hub may ask: which values answer it, why it matters in one plain sentence, and the words to ask it in.

    Any of `fields` answers it, and so does any mention of `concerns` in the narrative. A `*` asks once for each child or person; with `together`
    it asks once for all. `unknown_is_answer` is False where "not known" must still be followed up.
    """

    id: str
    title: str
    fields: tuple[str, ...] = Field(min_length=1)
    why: str
    question: str
    when: tuple[Condition, ...] = ()
    concerns: tuple[Category, ...] = ()
    together: StrictBool = False
    unknown_is_answer: StrictBool = True


class Required(Frozen):
    """One question this authority asks. `needed` sends a contact that is not urgent back for it; otherwise it is asked beside the screening."""

    ask: str
    rule: Rule
    needed: StrictBool = True
    kinds: tuple[ReferralKind, ...] = ()
    forms: tuple[FormType, ...] = ()
    referrers: tuple[ReferrerKind, ...] = ()
    why: str | None = None
    question: str | None = None


class Ground(Frozen):
    """A lawful ground for sharing without consent. `cues` are words of a rationale that reads like it; `concerns` point to it by themselves."""

    id: str
    words: str
    cues: tuple[str, ...] = ()
    concerns: tuple[Category, ...] = ()
    rule: Rule

    @field_validator("cues")
    @classmethod
    def _compile(cls, cues: tuple[str, ...]) -> tuple[str, ...]:
        return _checked(cues)


class ConsentPolicy(Frozen):
    """What the authority makes of consent that is missing or unclear."""

    rule: Rule
    authorisation: str | None = None
    authorisation_rule: Rule | None = None
    confirm_reason: str | None = None
    confirm_rule: Rule | None = None
    grounds: tuple[Ground, ...] = ()


class Level(Frozen):
    """A level of need in the authority's words."""

    number: int = Field(ge=1, le=5)
    name: str


class Pathway(Frozen):
    """A way on from the hub, in the authority's own words."""

    kind: PathwayKind
    name: str
    levels: tuple[int, ...] = ()
    system: str | None = None
    rule: Rule


class Stream(Frozen):
    """Who in the authority takes what. Suggested by words of the referral (`cues`), by its kind, or by the pathway suggested."""

    id: str
    name: str
    kinds: tuple[ReferralKind, ...] = ()
    pathways: tuple[PathwayKind, ...] = ()
    cues: tuple[str, ...] = ()
    rule: Rule

    @field_validator("cues")
    @classmethod
    def _compile(cls, cues: tuple[str, ...]) -> tuple[str, ...]:
        return _checked(cues)


class Suggestion(Frozen):
    """A rule of thumb for a suggestion. Every part that is given must hold; `raised` is any of the categories, at `surely` or more."""

    because: str
    rule: Rule
    urgent: StrictBool | None = None
    kinds: tuple[ReferralKind, ...] = ()
    raised: tuple[Category, ...] = ()
    surely: float = Field(default=0.5, ge=0, le=1)
    scale_at_most: float | None = None
    rag: Literal["red", "amber", "green"] | None = None
    pathway: PathwayKind | None = None


class Markers(Frozen):
    """Words by which this authority's referrers mark urgency: `phrases` in a subject or at the head of a mail, `subject` in a subject alone."""

    phrases: tuple[str, ...]
    subject: tuple[str, ...] = ()
    rule: Rule

    @field_validator("phrases", "subject")
    @classmethod
    def _compile(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        return _checked(phrases)


class Flag(Frozen):
    """A flag of existing records by its words, and how a reason says it."""

    cue: str
    says: str

    @field_validator("cue")
    @classmethod
    def _compile(cls, cue: str) -> str:
        return _checked((cue,))[0]


class KnownFamily(Frozen):
    """What follows when a family is known."""

    open_rule: Rule
    closed_rule: Rule
    closed_within_months: int = Field(default=3, ge=0)
    shown_rule: Rule
    household_rule: Rule
    absent: str = "the worker's manager or the duty worker"
    flags: tuple[Flag, ...] = ()


class AgencyGroup(Frozen):
    """A kind of referring agency: the words and mail domains it is known by, and its code in the children in need census."""

    id: str
    name: str
    source_code: str
    words: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()

    @field_validator("words")
    @classmethod
    def _compile(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        return _checked(words)


class Authority(Frozen):
    """One council's rules and words. `folder` is where its file stands, for its own letter templates."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    procedure: str
    guidance: str
    hub: Hub
    lines: tuple[Line, ...]
    out_of_hours: OutOfHours
    hours: dict[Weekday, Opening]
    closures: tuple[Closure, ...] = ()
    clocks: tuple[Clock, ...]
    accepted: tuple[AcceptedForm, ...]
    supporting: tuple[SupportingForm, ...] = ()
    other_forms: Literal["take", "return"] = "take"
    markers: Markers
    required: tuple[Required, ...]
    consent: ConsentPolicy
    levels: tuple[Level, ...]
    pathways: tuple[Pathway, ...]
    streams: tuple[Stream, ...]
    suggestions: tuple[Suggestion, ...] = ()
    known: KnownFamily
    escalation: Link
    retention: tuple[Retention, ...]
    trusted_domains: tuple[str, ...]
    letters: LetterPolicy
    questions: tuple[Question, ...] = ()
    agencies: tuple[AgencyGroup, ...] = ()
    folder: str | None = None

    def question(self, name: str) -> Question | None:
        """The question of that id."""
        return next((question for question in self.questions if question.id == name), None)


def _checked(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns that do not compile are refused when the file is read, not when a child's referral meets them."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as fault:
            raise ValueError(f"'{pattern}' is not a pattern: {fault}") from None
    return patterns
