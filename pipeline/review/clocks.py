"""What is left of a clock, in the authority's own opening hours: nobody can use the night to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from models.authority import Authority
from models.hub import WEEKDAYS
from pipeline.review import dates
from pipeline.route.deadlines import LONDON, is_open, is_working_day, next_opening

Tone = Literal["late", "soon", "running"]
_FAR = 60
"""Days. A clock further away is told in days anyway."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a clock, in words, with the moment it ends."""

    words: str
    by: str
    tone: Tone


def left(what: str, due_at: datetime, authority: Authority, now: datetime) -> Left:
    """How a clock stands. A clock that the authority counts in hours by the wall is told so; the others in opening hours."""
    clock = next((one for one in authority.clocks if one.what == what), None)
    by_the_wall = clock is not None and clock.hours is not None
    late = now > due_at
    start, end = (due_at, now) if late else (now, due_at)
    length = end - start if by_the_wall else opening_time(start, end, authority)
    warn = timedelta(hours=clock.warn if clock else 0)
    told = _told(length, timedelta(days=1) if by_the_wall else _day_of(authority))
    tone: Tone = "late" if late else "soon" if opening_time(now, due_at, authority) <= warn else "running"
    return Left(f"{told} late" if late else f"{told} left", _by(due_at, now), tone)


def opening_time(start: datetime, end: datetime, authority: Authority) -> timedelta:
    """How long the hub is open between two moments."""
    first, last = start.astimezone(LONDON), end.astimezone(LONDON)
    day, total = first.date(), timedelta()
    for _ in range(_FAR):
        if day > last.date():
            break
        if is_working_day(day, authority):
            hours = authority.hours[WEEKDAYS[day.weekday()]]
            opens = max(hours.opens, first.time()) if day == first.date() else hours.opens
            closes = min(hours.closes, last.time()) if day == last.date() else hours.closes
            total += max(timedelta(), _since_midnight(closes) - _since_midnight(opens))
        day += timedelta(days=1)
    return total


def soon_until(authority: Authority, now: datetime) -> dict[str, datetime]:
    """For each clock the moment before which a due time is near: so many opening hours from now as the authority wants to be warned before."""
    return {clock.what: _after(now, timedelta(hours=clock.warn), authority) for clock in authority.clocks}


def _after(now: datetime, wanted: timedelta, authority: Authority) -> datetime:
    """So much opening time from now."""
    moment = next_opening(now, authority)
    for _ in range(_FAR):
        here = moment.astimezone(LONDON)
        closes = datetime.combine(here.date(), authority.hours[WEEKDAYS[here.weekday()]].closes, tzinfo=LONDON)
        if closes - here >= wanted:
            return moment + wanted
        wanted -= closes - here
        moment = next_opening(closes, authority)
    return moment


def standing_of_hub(authority: Authority, now: datetime) -> str:
    """Whether the hub is open, and until or from when."""
    if is_open(now, authority):
        here = now.astimezone(LONDON)
        return f"The hub is open until {_clock(authority.hours[WEEKDAYS[here.weekday()]].closes)}."
    opens = next_opening(now, authority).astimezone(LONDON)
    return f"The hub is closed. It opens on {opens:%A} {opens.day} {opens:%B} at {_clock(opens.time())}."


def _day_of(authority: Authority) -> timedelta:
    """The length of the hub's longest day."""
    lengths = [_since_midnight(hours.closes) - _since_midnight(hours.opens) for hours in authority.hours.values()]
    return max(lengths, default=timedelta(hours=8))


def _told(length: timedelta, day: timedelta) -> str:
    """ "1 working day 2 hours", "5 hours 12 minutes": days are the hub's own."""
    if length <= day:
        return dates.span(length)
    whole, rest = divmod(length, day)
    noun = "day" if day == timedelta(days=1) else "working day"
    hours = int(rest.total_seconds() // 3600)
    return " ".join(part for part in (_count(whole, noun), _count(hours, "hour") if whole < 3 else "") if part)


def _by(due_at: datetime, now: datetime) -> str:
    here, today = due_at.astimezone(LONDON), now.astimezone(LONDON).date()
    day = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((here.date() - today).days)
    return f"{day or f'{here:%a} {here.day} {here:%b}'} at {_clock(here.time())}"


def _clock(at: time) -> str:
    hour = at.hour % 12 or 12
    return f"{hour}.{at:%M} {'am' if at.hour < 12 else 'pm'}" if at.minute else f"{hour} {'am' if at.hour < 12 else 'pm'}"


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
