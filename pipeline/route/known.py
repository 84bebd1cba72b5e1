"""What it means that a family is known: whose open case it is, what closed lately, what must be seen at once. A doubtful match only ever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.authority import Authority
from models.contact import Reason
from models.matching import Candidate, KnownPerson, MatchResult
from models.routing import RouteInput
from pipeline.route.deadlines import LONDON

_SURE = 0.9
_WORTH_SAYING = 0.2
"""Below this a candidate is shown among the others, but no reason rests on it."""


@dataclass(frozen=True, slots=True)
class Known:
    """`worker` is whom the contact passes to: only for an open case of a child who is surely the one on the form."""

    worker: str | None
    open_case: bool
    reasons: tuple[Reason, ...]


def known_family(case: RouteInput, authority: Authority, now: datetime) -> Known:
    """Reasons from the records, and the worker of a child's open case."""
    results = case.household.people if case.household else ()
    surely = {candidate.record_id for result in results if (candidate := _sure(result))}
    reasons: list[Reason] = []
    worker: str | None = None
    open_case = False
    for result in results:
        for candidate, person in _people(result):
            sure = candidate is _sure(result)
            if not sure and candidate.record_id in surely:
                continue  # the record is somebody else named here
            reasons += _about(result, person, authority, now, sure=sure)
            if sure and person.case_status == "open" and result.id.startswith("children."):
                open_case = True
                worker = worker or person.allocated_worker
    reasons += [*_household(case, authority, surely), *_said(case, authority)]
    return Known(worker=worker, open_case=open_case, reasons=tuple(dict.fromkeys(reasons)))


def _sure(result: MatchResult) -> Candidate | None:
    """The record that a person surely is: matched, far ahead, and not one that may be shown to few."""
    best = result.candidates[0] if result.candidates else None
    return best if best and result.decision == "match" and best.probability >= _SURE and not best.restricted else None


def _people(result: MatchResult) -> Iterator[tuple[Candidate, KnownPerson]]:
    for candidate in result.candidates:
        if candidate.person is not None and candidate.probability >= _WORTH_SAYING:
            yield candidate, candidate.person


def _about(result: MatchResult, person: KnownPerson, authority: Authority, now: datetime, *, sure: bool) -> list[Reason]:
    """Reasons of one candidate, worded by how sure the match is. Records are named by their id."""
    policy = authority.known
    who = "A child on the form" if result.id.startswith("children.") else "Somebody named on the form"
    is_or_may = "is" if sure else "may be"
    found = []
    if person.case_status == "open":
        found.append(Reason(rule=policy.open_rule, because=f"{who} {is_or_may} record {person.record_id}, which has an open case."))
        if sure and person.allocated_worker:
            found.append(
                Reason(rule=policy.open_rule, because=f"The allocated worker is {person.allocated_worker}; in their absence {policy.absent}.")
            )
        elif sure:
            found.append(Reason(rule=policy.open_rule, because=f"No worker is named on the open case: it goes to {policy.absent}."))
    if person.case_status == "closed" and _lately(person.closed_on, policy.closed_within_months, now):
        found.append(
            Reason(
                rule=policy.closed_rule,
                because=f"{who} {is_or_may} record {person.record_id}, closed within {policy.closed_within_months} months: it is screened and may become a referral.",
            )
        )
    shown = dict.fromkeys(_flag(flag, authority) for flag in person.flags if flag.strip())
    found += [Reason(rule=policy.shown_rule, because=f"{who} {is_or_may} record {person.record_id}, which shows {says}.") for says in shown]
    if result.decision == "review" and not sure:
        found.append(Reason(rule="DC-7", because=f"{who} may be record {person.record_id}: a person chooses."))
    return found


def _flag(flag: str, authority: Authority) -> str:
    """A flag in plain words; one that nobody listed as it stands, since a flag is there to be seen."""
    plain = re.sub(r"[\W_]+", " ", flag.casefold())
    return next((known.says for known in authority.known.flags if re.search(known.cue, plain)), f"the flag “{flag.strip()}”")


def _lately(closed: date | None, months: int, now: datetime) -> bool:
    if closed is None:
        return False
    today = now.astimezone(LONDON).date()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return closed >= date(year, month + 1, min(today.day, 28))


def _household(case: RouteInput, authority: Authority, told: set[str]) -> Iterator[Reason]:
    """One worker for a household: a link's worker is shown, never taken over for another child by itself."""
    household = case.household
    if household is None:
        return
    if household.worker:
        yield Reason(
            rule=authority.known.household_rule,
            because=f"Children of one household are put to the same worker: {household.worker} holds a case in this one.",
        )
    for link in household.links:
        if link.person is not None and link.person.case_status == "open" and link.record_id not in told:
            yield Reason(rule="HE-2", because=f"Record {link.record_id}, tied to somebody named here, has an open case ({link.why}).")


def _said(case: RouteInput, authority: Authority) -> Iterator[Reason]:
    """What the form itself says of an earlier or present status."""
    history = case.record.history
    if history.child_protection_plan:
        yield Reason(rule=authority.known.shown_rule, because="The form says that there is a child protection plan.")
    if history.looked_after:
        yield Reason(rule=authority.known.shown_rule, because="The form says that a child is looked after.")
    if history.allocated_worker:
        yield Reason(rule=authority.known.open_rule, because="The form names an allocated worker: check for an open case.")
