"""Dates and times as people say them, in the hub's own time zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def moment(when: datetime) -> str:
    """ "Monday 23 November 2026 at 09:49", in London's time."""
    local = _aware(when).astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y at %H:%M}"


def day(iso: str) -> str:
    """An ISO date at the precision it has: "28 July 2019", "January 1987", "1987". Anything else is given back as it stands."""
    found = _PARTIAL.fullmatch(iso)
    if not found:
        return iso
    year, month, number = found.groups()
    try:
        first = date(int(year), int(month or 1), int(number or 1))
    except ValueError:
        return iso
    if number:
        return f"{first.day} {first:%B %Y}"
    return f"{first:%B %Y}" if month else year


def age_on(born: str | None, when: datetime) -> int | None:
    """Whole years between a full date of birth and a moment; None when the date is partial, broken or still to come."""
    try:
        birth = date.fromisoformat(born or "")
    except ValueError:
        return None
    today = _aware(when).astimezone(LONDON).date()
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return years if years >= 0 else None


def span(length: timedelta) -> str:
    """ "5 hours 12 minutes", "2 days 3 hours": two parts at most, never seconds."""
    minutes = int(abs(length).total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [_count(days, "day"), _count(hours, "hour"), "" if days else _count(minutes, "minute")]
    return " ".join(part for part in parts if part) or "less than a minute"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)
