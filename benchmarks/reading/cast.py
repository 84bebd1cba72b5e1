"""Who is in a made-up referral: the children and adults, the professionals, and what is true of the case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Someone:
    """A child or an adult. `role` is subject, sibling, parent, household or elsewhere."""

    role: str
    given: str
    family: str
    female: bool
    relationship: str = ""
    born: date | None = None
    due: date | None = None
    age: int | None = None
    estimated: bool = False
    aliases: tuple[str, ...] = ()
    ethnicity: str = ""
    ethnicity_code: str = ""
    religion: str = ""
    language: str = ""
    interpreter: bool | None = None
    disabled: bool | None = None
    disability: str = ""
    nhs: str = ""
    upn: str = ""
    phone: str = ""
    email: str = ""
    school: str = ""
    gp: str = ""
    holds_pr: bool | None = None
    at_home: bool = True
    street: str = ""
    postcode: str = ""

    @property
    def name(self) -> str:
        """The name in speaking order."""
        return f"{self.given} {self.family}".strip()

    @property
    def unborn(self) -> bool:
        """Whether the child is not born yet."""
        return self.due is not None


@dataclass
class Worker:
    """A professional: the referrer, or another who is involved."""

    name: str
    role: str
    agency: str
    phone: str
    email: str
    address: str


@dataclass
class Case:
    """Everything that is true of one referral."""

    children: list[Someone]
    siblings: list[Someone]
    adults: list[Someone]
    elsewhere: list[Someone]
    referrer: Worker
    workers: list[Worker]
    lead: Worker
    street: str
    postcode: str
    previous: str
    referred_on: date
    kind: str
    aware: bool
    consent: str
    theme: int
    scale: float
    relationship: str
    flags: dict[str, bool | None] = field(default_factory=dict)
