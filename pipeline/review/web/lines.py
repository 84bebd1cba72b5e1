"""A line of the queue in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.authority import Authority
from models.glance import Glance, GlanceChild
from pipeline.review import clocks, dates, words
from pipeline.store.queue import Row


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag of a line: its words say everything, its colour nothing more."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the queue says of one contact."""

    reference: str
    urgent: bool
    because: tuple[str, ...]
    children: tuple[tuple[str, str], ...]
    more_children: int
    agency: str
    form: str
    came: str
    left: clocks.Left | None
    clock: str
    marks: tuple[Mark, ...]
    opened: bool
    restricted: bool
    done: str | None


def line(row: Row, authority: Authority, now: datetime) -> Line:
    """One contact for the queue. Whoever is restricted is not named."""
    glance, done = row.glance, row.state != "open"
    due = clocks.left(glance.clock or "", glance.due_at, authority, now) if glance.due_at and not done else None
    return Line(
        reference=row.reference,
        urgent=row.urgent and not done,
        because=tuple(one[:1].upper() + one[1:] for one in glance.urgent),
        children=() if glance.restricted else tuple((one.name or "No name", born(one, now)) for one in glance.children),
        more_children=0 if glance.restricted else glance.more_children,
        agency=glance.agency or "Sender not named on the form",
        form=glance.form or "No form was read",
        came=_came(row.received_at, now),
        left=due,
        clock=words.look_up(words.CLOCKS, glance.clock) if glance.clock else "",
        marks=tuple(_marks(glance)),
        opened=glance.opened,
        restricted=glance.restricted,
        done=_done(row) if done else None,
    )


def born(child: GlanceChild, now: datetime) -> str:
    """ "7 years, born 4 March 2019", "due 12 February 2027", "about 6 years", or "age not stated"."""
    if child.born:
        years = dates.age_on(child.born, now)
        return f"{_years(child, years, now)}born {dates.day(child.born)}"
    if child.due:
        return f"due {dates.day(child.due)}"
    return _about(child.age) if child.age is not None else "age not stated"


def _about(years: float) -> str:
    """ "about 6 years"; a baby's age comes in parts of a year, and is told in months or weeks."""
    whole = int(years)
    if whole >= 1:
        return f"about {whole} year{'' if whole == 1 else 's'}"
    months = int(years * 12)
    return f"about {months} month{'' if months == 1 else 's'}" if months else f"about {max(1, round(years * 52))} weeks"


def _years(child: GlanceChild, years: int | None, now: datetime) -> str:
    if years is None:
        return ""
    if years > 0:
        return f"{years} year{'' if years == 1 else 's'}, "
    days = (now.date() - date.fromisoformat(child.born or "")).days
    return f"{days // 30} months, " if days >= 60 else f"{days // 7} weeks, " if days >= 14 else f"{days} days, "


def _marks(glance: Glance) -> list[Mark]:
    found = [Mark(flag[:1].upper() + flag[1:], "red") for flag in glance.flags]
    if glance.known:
        known = {"known": ("Known to us", "blue"), "maybe": ("May be known", "yellow"), "none": ("No record found", "grey")}[glance.known]
        found.append(Mark(*known))
    if glance.unreadable:
        found.append(Mark(f"{glance.unreadable} file{'' if glance.unreadable == 1 else 's'} not read", "orange"))
    elif glance.decision == "manual":
        found.append(Mark("No form could be read", "orange"))
    if glance.questions:
        asked = "sent to the referrer" if glance.returned else "open"
        found.append(Mark(f"{glance.questions} question{'' if glance.questions == 1 else 's'} {asked}", "light-blue"))
    if glance.rating:
        found.append(
            Mark(f"Rated {words.look_up(words.RAGS, glance.rating).lower()}", {"red": "red", "amber": "orange", "green": "green"}[glance.rating])
        )
    if glance.passed_to:
        found.append(Mark(f"Passed to {glance.passed_to}", "purple"))
    return found


def _came(received_at: datetime, now: datetime) -> str:
    here, today = received_at.astimezone(dates.LONDON), now.astimezone(dates.LONDON).date()
    day = {0: "today", -1: "yesterday"}.get((here.date() - today).days) or f"{here:%a} {here.day} {here:%b}"
    return f"{day}, {here:%H:%M}" if here.year == today.year else f"{here.day} {here:%b %Y}"


def _done(row: Row) -> str:
    outcome = row.glance.outcome or row.state.replace("_", " ")
    return f"{outcome[:1].upper()}{outcome[1:]}, {dates.moment(row.updated_at)}"
