"""Looking people up: who is asked for, who is known, and why each candidate stands there (shared contract: Query, MatchResult)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from models.base import Frozen
from models.record import Record

MatchDecision = Literal["match", "review", "none"]


class KnownPerson(Frozen):
    """One existing record, as imported. Dates may be partial (`1987-01`)."""

    record_id: str
    given_names: str | None = None
    family_name: str | None = None
    aliases: tuple[str, ...] = ()
    date_of_birth: str | None = None
    gender: str | None = None
    address: str | None = None
    postcode: str | None = None
    previous_postcodes: tuple[str, ...] = ()
    nhs_number: str | None = None
    upn: str | None = None
    school: str | None = None
    household_id: str | None = None
    relationships: str | None = None
    case_status: Literal["open", "closed", "none"] = "none"
    closed_on: date | None = None
    allocated_worker: str | None = None
    flags: tuple[str, ...] = ()


class Query(Frozen):
    """A person to look up, every value as a referrer would write it. `as_of` is the date of the referral, ISO 8601."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    date_of_birth: str | None = None
    gender: str | None = None
    address: str | None = None
    postcode: str | None = None
    nhs_number: str | None = None
    upn: str | None = None
    school: str | None = None
    as_of: str | None = None


class Evidence(Frozen):
    """One comparison in words. `weight` is in bits: above nought speaks for the same person, below against."""

    field: str
    comparison: str
    weight: float


class Candidate(Frozen):
    """A record that may be the person. `probability` is calibrated; `story` says what else it may be ("twin", "sibling", "parent", "namesake")."""

    record_id: str
    probability: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = ()
    story: str | None = None
    restricted: bool = False
    person: KnownPerson | None = None


class MatchResult(Frozen):
    """Candidates best first. `match` is only ever a suggestion. `searched` says by what was looked; `notes` what a person should know ("many people have this name")."""

    id: str
    decision: MatchDecision
    candidates: tuple[Candidate, ...] = ()
    searched: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class FamilyLink(Frozen):
    """A record that hangs on a candidate: another child of an adult on the form, an open case in the household."""

    record_id: str
    through: str
    why: str
    person: KnownPerson | None = None


class HouseholdMatch(Frozen):
    """Everyone on one form, looked up together. Ids of `people` are record paths ("children.0", "people.2")."""

    people: tuple[MatchResult, ...] = ()
    links: tuple[FamilyLink, ...] = ()
    worker: str | None = None
    notes: tuple[str, ...] = ()


def queries_from(record: Record, as_of: str | None) -> tuple[Query, ...]:
    """A query for everyone named on a form, with the record path as its id."""
    found = []
    for group, people in (("children", record.children), ("people", record.people)):
        for number, person in enumerate(people):
            name = person.name or ("Unborn" if person.unborn else "")
            if not name:
                continue
            born = person.date_of_birth
            if born is None and person.expected_delivery_date:
                born = f"EDD {person.expected_delivery_date}"
            if born is None and person.age is not None:
                born = f"approx {person.age}"
            found.append(
                Query(
                    id=f"{group}.{number}",
                    name=name,
                    aliases=person.aliases,
                    date_of_birth=born,
                    gender=person.gender,
                    address=person.address,
                    postcode=person.postcode,
                    nhs_number=person.nhs_number,
                    upn=person.upn,
                    school=person.school,
                    as_of=as_of,
                )
            )
    return tuple(found)
