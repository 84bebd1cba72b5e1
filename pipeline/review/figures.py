"""The team's figures: how much comes, how soon it is decided, how much is read clearly and how often that was right, and what each agency leaves blank.

Per field and per agency, never per member of staff.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.authority import Authority
from models.glance import CLEAR, Glance
from models.screening import Correction
from pipeline.review import dates, words
from pipeline.review.clocks import opening_time
from pipeline.route.feedback import FEW
from pipeline.screening.acts import TYPED
from pipeline.store.queue import Row

MOST_AGENCIES, MOST_BLANKS = 20, 3
OTHERS = "Everybody else together"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a table with a bar: `share` is its length, of a hundred."""

    label: str
    number: int
    share: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """What an agency's referrals leave blank."""

    name: str
    referrals: int
    asked: int
    blanks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the page. A share is None where there is nothing to take it of."""

    referrals: int
    urgent: int
    open: int
    weeks: tuple[Bar, ...]
    decided: int
    in_time: int | None
    middle: str | None
    reading: tuple[Bar, ...]
    clear: int | None
    checked: int
    stood: int
    accuracy: float | None
    agencies: tuple[Agency, ...]


def figures(rows: Sequence[Row], corrections: Iterable[Correction], authority: Authority, now: datetime) -> Figures:
    """The figures of some contacts."""
    glances = [row.glance for row in rows]
    times = [(row.received_at, row.glance) for row in rows if row.glance.decided_at]
    took = [opening_time(came, one.decided_at, authority) for came, one in times if one.decided_at]
    stood, wrong = _clear_values(rows, corrections)
    read = sum(one.read for one in glances)
    timed = [one for _, one in times if one.decide_by]
    return Figures(
        referrals=len(rows),
        urgent=sum(row.urgent for row in rows),
        open=sum(row.state == "open" for row in rows),
        weeks=_weeks(rows, now),
        decided=len(times),
        in_time=_share(sum(one.decided_at <= one.decide_by for one in timed if one.decided_at and one.decide_by), len(timed)),
        middle=dates.span(timedelta(seconds=statistics.median(one.total_seconds() for one in took))) if took else None,
        reading=_by_form(glances),
        clear=_share(sum(one.clear for one in glances), read),
        checked=stood + wrong,
        stood=stood,
        accuracy=stood / (stood + wrong) if stood + wrong else None,
        agencies=_agencies(glances, authority),
    )


def _clear_values(rows: Sequence[Row], corrections: Iterable[Correction]) -> tuple[int, int]:
    """Of decided referrals: values read clearly that stood, and those that a person put right. The first word on a value counts."""
    decided = {row.reference for row in rows if row.glance.decided_at}
    stood = sum(row.glance.clear for row in rows if row.glance.decided_at)
    seen: set[tuple[str, str]] = set()
    wrong = 0
    for one in corrections:
        key = (one.reference, one.path or "")
        if one.undone or one.reference not in decided or key in seen:
            continue
        seen.add(key)
        if one.confidence is None or (one.source and one.source.document == TYPED):
            continue  # nothing was read there: what a person typed into a blank, and put right later, is no reading of ours
        wrong += one.confidence >= CLEAR and one.before is not None and one.before != one.after
    return stood, wrong


def _weeks(rows: Sequence[Row], now: datetime) -> tuple[Bar, ...]:
    """How many came in each week, quiet weeks too."""
    if not rows:
        return ()
    counted = Counter(_monday(row.received_at) for row in rows)
    first, last = min(counted), _monday(now)
    mondays = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    return _bars([(f"Week of {day.day} {day:%B}", counted[day]) for day in mondays])


def _monday(moment: datetime) -> date:
    day = moment.astimezone(dates.LONDON).date()
    return day - timedelta(days=day.weekday())


def _by_form(glances: Sequence[Glance]) -> tuple[Bar, ...]:
    """The share read clearly for each form that came often enough."""
    grouped: defaultdict[str, list[Glance]] = defaultdict(list)
    for one in glances:
        if one.read:
            grouped[one.form or "No form"].append(one)
    found = []
    for name, those in grouped.items():
        read, clear = sum(one.read for one in those), sum(one.clear for one in those)
        if len(those) >= FEW:
            found.append(Bar(name, len(those), 100 * clear / read, f"{clear} of {read} values"))
    return tuple(sorted(found, key=lambda bar: -bar.number))


def _agencies(glances: Sequence[Glance], authority: Authority) -> tuple[Agency, ...]:
    """What each agency leaves blank. An agency of few referrals is not named: its figures could point at one family."""
    shared = {domain for group in authority.agencies for domain in group.domains}
    grouped: defaultdict[str, list[Glance]] = defaultdict(list)
    for one in glances:
        if one.form and not one.public:
            grouped[one.domain if one.domain and one.domain not in shared else one.agency or "Not known"].append(one)
    few = [one for those in grouped.values() if len(those) < FEW for one in those]
    named = sorted(((name, those) for name, those in grouped.items() if len(those) >= FEW), key=lambda pair: (-len(pair[1]), pair[0]))
    groups = named[:MOST_AGENCIES] + ([(OTHERS, few)] if len(few) >= FEW else [])
    titles = {path: question.title for question in authority.questions for path in question.fields}
    return tuple(_agency(name, those, titles) for name, those in groups)


def _agency(name: str, those: Sequence[Glance], titles: dict[str, str]) -> Agency:
    blanks = Counter(path for one in those for path in one.blanks)
    often = sorted(blanks.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_BLANKS]
    return Agency(
        name,
        len(those),
        sum(one.returned for one in those),
        tuple((titles.get(path, words.label(path)), _percent(count, len(those))) for path, count in often),
    )


def _bars(pairs: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    most = max((number for _, number in pairs), default=0) or 1
    return tuple(Bar(label, number, 100 * number / most) for label, number in pairs)


def _share(part: int, whole: int) -> int | None:
    return _percent(part, whole) if whole else None


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)
