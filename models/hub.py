"""How a hub is reached, when it works, what clocks it keeps, and what its letters promise: the parts of an authority that are not rules of judgement."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from models.base import Frozen

Rule = Annotated[str, Field(pattern=r"^[A-Z]{2,5}-\d+$")]
Phone = Annotated[str, Field(pattern=r"^[0-9+][0-9 ]{3,}$")]
ReferrerKind = Literal["professional", "public", "anonymous"]
ClockName = Literal["acknowledge", "decide", "outcome", "see_child"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OPENING = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


class Hub(Frozen):
    """The team that takes referrals, as its letters name it."""

    name: str
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    phone: Phone


class Line(Frozen):
    """A number to ring. `agencies` are the groups of `shared/agencies.toml` it is for; none means everybody else."""

    name: str
    phone: Phone
    agencies: tuple[str, ...] = ()
    rule: Rule | None = None


class OutOfHours(Frozen):
    """Who answers when the hub is closed."""

    name: str
    phone: Phone
    rule: Rule


class Opening(Frozen):
    """The hours of one weekday, written "09:00-17:00"."""

    opens: time
    closes: time

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        found = _OPENING.fullmatch(given.replace(" ", ""))
        if not found:
            raise ValueError('hours are written "09:00-17:00"')
        first_hour, first_minute, last_hour, last_minute = (int(part) for part in found.groups())
        return {"opens": time(first_hour, first_minute), "closes": time(last_hour, last_minute)}

    @model_validator(mode="after")
    def _opens_first(self) -> Opening:
        if self.opens >= self.closes:
            raise ValueError("the hub must open before it closes")
        return self


class Closure(Frozen):
    """Days the hub is closed beside weekends and bank holidays; `last` is the last closed day."""

    first: date
    last: date
    why: str

    @model_validator(mode="after")
    def _in_order(self) -> Closure:
        if self.last < self.first:
            raise ValueError("the last day of a closure must not come before its first")
        return self


class Clock(Frozen):
    """How long something may take: in working days, or in hours by the wall clock. `warn` is working hours before the end."""

    what: ClockName
    working_days: int | None = Field(default=None, ge=1)
    hours: int | None = Field(default=None, ge=1)
    starts: Literal["receipt", "assessment"] = "receipt"
    referrers: tuple[ReferrerKind, ...] = ()
    warn: int = Field(default=2, ge=0)
    rule: Rule

    @model_validator(mode="after")
    def _one_measure(self) -> Clock:
        if (self.working_days is None) == (self.hours is None):
            raise ValueError("give either working_days or hours")
        return self


class Link(Frozen):
    """A page of the authority's own."""

    name: str
    url: str = Field(pattern=r"^https://")
    rule: Rule


class Retention(Frozen):
    """How long something is kept. `years` count from the child's birth where `from_birth` says so, otherwise from the last change."""

    what: Literal["mail", "files", "contact", "audit", "letters"]
    days: int | None = None
    years: int | None = None
    from_birth: StrictBool = False
    rule: Rule

    @model_validator(mode="after")
    def _one_measure(self) -> Retention:
        if (self.days is None) == (self.years is None):
            raise ValueError("give either days or years")
        return self


class LetterLimits(Frozen):
    """How many automatic letters may leave before they are held for a person."""

    per_thread: int = 2
    per_thread_minutes: int = 180
    per_sender_a_day: int = 10
    all_an_hour: int = 100


class LetterPolicy(Frozen):
    """What letters say beside the rules: the promise after a referral, and the day a quiet referrer is reminded."""

    next_steps: str
    get_in_touch_after_days: int = Field(ge=1)
    rule: Rule
    sign_off: str
    limits: LetterLimits = LetterLimits()
