"""What a referral says, in one shape for every form (shared contract: `record`). None means not stated, everywhere."""

from __future__ import annotations

from typing import Literal

from models.base import Frozen

Gender = Literal["female", "male", "other", "unknown"]


class Referral(Frozen):
    """The referral itself. `date` is ISO 8601, at the precision the form gives."""

    date: str | None = None
    type: Literal["child_protection", "child_in_need", "early_help"] | None = None
    marked_urgent: bool = False


class Referrer(Frozen):
    """Who makes the referral; never who took it down."""

    name: str | None = None
    role: str | None = None
    agency: str | None = None
    relationship_to_child: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    kind: Literal["professional", "public", "anonymous"] | None = None


class SafeguardingLead(Frozen):
    """Whether the referrer spoke to a line manager or designated lead first, and who that is."""

    discussed: bool | None = None
    name: str | None = None
    contact: str | None = None


class Person(Frozen):
    """A child or an adult named on the form. Dates keep their precision (`1987-01`, `1987`)."""

    given_names: str | None = None
    family_name: str | None = None
    aliases: tuple[str, ...] = ()
    date_of_birth: str | None = None
    expected_delivery_date: str | None = None
    age: float | int | None = None
    estimated: bool = False
    unborn: bool = False
    gender: Gender | None = None
    ethnicity: str | None = None
    ethnicity_code: str | None = None
    religion: str | None = None
    first_language: str | None = None
    interpreter: bool | None = None
    disability: bool | None = None
    disability_details: str | None = None
    nhs_number: str | None = None
    upn: str | None = None
    address: str | None = None
    postcode: str | None = None
    previous_address: str | None = None
    phone: str | None = None
    email: str | None = None
    school: str | None = None
    gp: str | None = None
    relationship_to_child: str | None = None
    parental_responsibility: bool | None = None
    in_household: bool | None = None

    @property
    def name(self) -> str:
        """The name in speaking order; empty when none is stated."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)


class Agency(Frozen):
    """Another agency or professional named as involved."""

    name: str | None = None
    role: str | None = None
    agency: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


class Consent(Frozen):
    """Four separate things that forms run together: knowing, being asked, agreeing, and why not."""

    parents_aware: bool | None = None
    sought: bool | None = None
    status: Literal["given", "partial", "refused", "not_sought"] | None = None
    given_by: str | None = None
    reason: str | None = None
    child_aware: bool | None = None


class NarrativeBoxes(Frozen):
    """The free-text answers, as written."""

    reason: str | None = None
    worries: str | None = None
    harm: str | None = None
    working_well: str | None = None
    complicating: str | None = None
    actions_taken: str | None = None
    next_steps: str | None = None
    child_views: str | None = None
    parent_views: str | None = None
    family: str | None = None
    other: str | None = None


class Safety(Frozen):
    """Where the child is and how safe. `scale` is the Signs of Safety rating as given."""

    scale: float | int | None = None
    immediate_protection: bool | None = None
    current_location: str | None = None
    current_condition: str | None = None
    alleged_perpetrator: str | None = None
    risks_to_workers: str | None = None


class History(Frozen):
    """What the form says of earlier involvement."""

    previous_involvement: str | None = None
    child_protection_plan: bool | None = None
    looked_after: bool | None = None
    allocated_worker: str | None = None
    earlier_assessment: bool | None = None


class Indicators(Frozen):
    """What the form itself ticks or asks about."""

    domestic_abuse: bool | None = None
    mental_health: bool | None = None
    substance_misuse: bool | None = None
    learning_difficulties: bool | None = None


class Record(Frozen):
    """One referral: `children` are its subjects in the form's order, `people` everyone else who is named."""

    referral: Referral = Referral()
    referrer: Referrer = Referrer()
    safeguarding_lead: SafeguardingLead = SafeguardingLead()
    children: tuple[Person, ...] = ()
    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    consent: Consent = Consent()
    narrative: NarrativeBoxes = NarrativeBoxes()
    safety: Safety = Safety()
    history: History = History()
    indicators: Indicators = Indicators()
