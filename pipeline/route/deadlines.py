"""Clocks: when something is due, counted in the authority's working days from when the mail arrived, never from when it was read.

A working day is a day the hub opens and England has no bank holiday. A thing due in n working days is due at the same time of day on the nth
working day after the day of receipt, drawn into opening hours; what comes on a closed day counts as come at the close of the day before.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import holidays

from models.authority import Authority
from models.contact import Deadline
from models.hub import WEEKDAYS, Clock, ReferrerKind

LONDON = ZoneInfo("Europe/London")
Standing = Literal["open", "soon", "breached", "met"]


def deadlines(received_at: datetime, authority: Authority, referrer: ReferrerKind | None = None) -> tuple[Deadline, ...]:
    """The clocks that start when a mail arrives. A clock kept for some referrers (the outcome, to professionals) is left out for others."""
    return _started(received_at, authority, "receipt", referrer)


def after_assessment(decided_at: datetime, authority: Authority) -> tuple[Deadline, ...]:
    """The clocks that start when an assessment is decided: the child is to be seen."""
    return _started(decided_at, authority, "assessment", None)


def _started(start: datetime, authority: Authority, event: str, referrer: ReferrerKind | None) -> tuple[Deadline, ...]:
    return tuple(
        Deadline(what=clock.what, due_at=_due(start, clock, authority))
        for clock in authority.clocks
        if clock.starts == event and (not clock.referrers or (referrer or "professional") in clock.referrers)
    )


def _due(start: datetime, clock: Clock, authority: Authority) -> datetime:
    if clock.hours is not None:
        return start.astimezone(UTC) + timedelta(hours=clock.hours)
    return working_days_after(start, clock.working_days or 1, authority)


def working_days_after(start: datetime, days: int, authority: Authority) -> datetime:
    """The moment `days` working days after `start`."""
    here = start.astimezone(LONDON)
    moment = here.time() if is_working_day(here.date(), authority) else time.max
    day = here.date()
    for _ in range(days):
        day = _next_working_day(day, authority)
    opening = authority.hours[WEEKDAYS[day.weekday()]]
    at = min(max(moment.replace(tzinfo=None, fold=0), opening.opens), opening.closes)
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


def is_working_day(day: date, authority: Authority) -> bool:
    """Whether the hub opens that day."""
    if WEEKDAYS[day.weekday()] not in authority.hours or day in _bank_holidays(day.year):
        return False
    return not any(closure.first <= day <= closure.last for closure in authority.closures)


def is_open(moment: datetime, authority: Authority) -> bool:
    """Whether the hub is open at that moment."""
    here = moment.astimezone(LONDON)
    if not is_working_day(here.date(), authority):
        return False
    opening = authority.hours[WEEKDAYS[here.weekday()]]
    return opening.opens <= here.time() < opening.closes


def next_opening(moment: datetime, authority: Authority) -> datetime:
    """When the hub opens next; `moment` itself when it is open."""
    if is_open(moment, authority):
        return moment.astimezone(UTC)
    here = moment.astimezone(LONDON)
    day = here.date()
    if not is_working_day(day, authority) or here.time() >= authority.hours[WEEKDAYS[day.weekday()]].opens:
        day = _next_working_day(day, authority)
    return datetime.combine(day, authority.hours[WEEKDAYS[day.weekday()]].opens, tzinfo=LONDON).astimezone(UTC)


def get_in_touch_at(received_at: datetime, authority: Authority) -> datetime:
    """When a referrer who heard nothing is told to get in touch."""
    return working_days_after(received_at, authority.letters.get_in_touch_after_days, authority)


def warn_at(deadline: Deadline, authority: Authority) -> datetime:
    """When the team is warned: so many opening hours before the deadline."""
    clock = next((clock for clock in authority.clocks if clock.what == deadline.what), None)
    return _opening_time_before(deadline.due_at, timedelta(hours=clock.warn if clock else 0), authority)


def standing(deadline: Deadline, authority: Authority, now: datetime) -> Standing:
    """How a deadline stands at `now`."""
    if deadline.met_at is not None:
        return "met"
    if now > deadline.due_at:
        return "breached"
    return "soon" if now >= warn_at(deadline, authority) else "open"


def in_words(moment: datetime) -> str:
    """A moment as a letter says it: "Monday 23 November 2026, 5.00 pm"."""
    here = moment.astimezone(LONDON)
    hour = here.hour % 12 or 12
    if here.hour == 12 and here.minute == 0:
        return f"{here:%A} {here.day} {here:%B %Y}, 12 noon"
    return f"{here:%A} {here.day} {here:%B %Y}, {hour}.{here:%M} {'am' if here.hour < 12 else 'pm'}"


def _opening_time_before(end: datetime, left: timedelta, authority: Authority) -> datetime:
    here = end.astimezone(LONDON)
    day = here.date()
    for _ in range(60):  # a warning lies days, not months, before its deadline
        if is_working_day(day, authority):
            opening = authority.hours[WEEKDAYS[day.weekday()]]
            opens = datetime.combine(day, opening.opens, tzinfo=LONDON)
            closes = min(here, datetime.combine(day, opening.closes, tzinfo=LONDON))
            if closes > opens:
                if closes - opens >= left:
                    return (closes - left).astimezone(UTC)
                left -= closes - opens
        day -= timedelta(days=1)
    return here.astimezone(UTC)


def _next_working_day(day: date, authority: Authority) -> date:
    for _ in range(400):
        day += timedelta(days=1)
        if is_working_day(day, authority):
            return day
    return day  # closed for a year: a clock that never ends would be worse


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
