"""Who did what to which reference: append-only, each row chained to the one before it by a keyed digest, so that a change, a gap or a swap shows.

Rows hold ids and fixed words, never content: they stay when what they are about is erased. Without the key nobody can make a chain that holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.sealed import sealer_of
from pipeline.store.sealer import Sealer
from pipeline.store.tables import AuditRow, Counter

COUNTER, START, PURPOSE = "audit", "0" * 64, "audit"
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the trail does not hold: row `number` was changed, is missing, stands in another's place, or the trail ends before it should."""

    number: int
    kind: Literal["changed", "missing", "moved", "cut off"]
    instead: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the trail: noted elsewhere, it shows later that nothing up to it was rewritten, even by somebody with the key."""

    number: int
    chain: str


def append(session: Session, who: str, what: str, reference: str | None, at: datetime) -> None:
    """Add a row, in the same transaction as what it tells of. `what` is of our own words: nothing that a person typed, nothing out of a mail."""
    counter = session.scalar(select(Counter).where(Counter.name == COUNTER).with_for_update())
    if counter is None:
        counter = Counter(name=COUNTER, value=0)
        session.add(counter)
    before = session.scalar(select(AuditRow.chain).where(AuditRow.id == counter.value)) or START
    counter.value += 1
    chain = link(_sealer(session), before, counter.value, at, who, what, reference)
    session.add(AuditRow(id=counter.value, at=at, who=who, what=what, reference=reference, chain=chain))
    session.flush()


def verify(session: Session) -> int | None:
    """The number of the first row that was changed, moved or is missing, or None when the chain holds from end to end."""
    return next((fault.number for fault in faults(session)), None)


def faults(session: Session) -> list[Fault]:
    """Every place where the chain does not hold, in order."""
    sealer, found, wrong, chains = _sealer(session), list[Fault](), dict[int, AuditRow](), {START}
    before, expected = START, 1
    for row in _in_order(session):
        if row.id != expected:
            found += [Fault(number, "missing") for number in range(expected, min(row.id, expected + _MOST))]
        elif row.chain != _link_of(sealer, before, row.id, row):
            wrong[row.id] = row
            chains |= {before, row.chain}
        before, expected = row.chain, row.id + 1
    counted = session.scalar(select(Counter.value).where(Counter.name == COUNTER)) or 0
    found += [Fault(number, "cut off") for number in range(expected, min(counted, expected + _MOST) + 1)]
    if counted < expected - 1:
        found.append(Fault(counted + 1, "changed"))
    for number, row in wrong.items():
        place = _own_place(sealer, row, wrong, chains)
        if place != number:  # else the row is good, and only the one before it is not
            found.append(Fault(number, "moved" if place else "changed", place))
    return sorted(found, key=lambda fault: fault.number)


def _own_place(sealer: Sealer, row: AuditRow, wrong: Iterable[int], chains: set[str]) -> int | None:
    """The number that a row was written under, when it is that of one of those that are wrong; `chains` are those it may have followed."""
    if len(chains) > 200:
        return None
    return next((number for number in wrong for before in chains if row.chain == _link_of(sealer, before, number, row)), None)


def head(session: Session) -> Head:
    """The newest row."""
    row = session.scalar(select(AuditRow).order_by(AuditRow.id.desc()).limit(1))
    return Head(row.id, row.chain) if row else Head(0, START)


def holds(session: Session, noted: Head) -> bool:
    """Whether the trail still goes through a head that was noted earlier."""
    return noted == Head(0, START) or session.scalar(select(AuditRow.chain).where(AuditRow.id == noted.number)) == noted.chain


def rows(session: Session, reference: str | None = None) -> list[AuditRow]:
    """The rows, all or those of one reference, in order."""
    query = select(AuditRow).order_by(AuditRow.id)
    return list(session.scalars(query.where(AuditRow.reference == reference) if reference is not None else query))


def _in_order(session: Session) -> Iterator[AuditRow]:
    with closing(session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000))) as rows_in_order:
        yield from rows_in_order


def _link_of(sealer: Sealer, before: str, number: int, row: AuditRow) -> str:
    return link(sealer, before, number, row.at, row.who, row.what, row.reference)


def link(sealer: Sealer, before: str, number: int, at: datetime, who: str, what: str, reference: str | None) -> str:
    """What chains a row to the one before it."""
    said = json.dumps([before, number, at.astimezone(UTC).isoformat(timespec="microseconds"), who, what, reference])
    return sealer.digest(PURPOSE, said)


def _sealer(session: Session) -> Sealer:
    return sealer_of(session.get_bind().dialect)
