"""One round: poll with what waits, then deliver, through the flows; and without them when Prefect cannot be had."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeVar

from flows.embedded import PrefectSession
from flows.guard import code_text
from flows.hub import Hub, using
from models.figures import HubFigures
from models.runs import DeliverSummary, PollSummary, ProcessSummary, RoundSummary, WatchSummary

T = TypeVar("T")
log = logging.getLogger("mash_intake.flows")


class _Noted:
    """A hub that remembers what its work came to, errors included: Prefect keeps no results, and is told nothing but the kind of an error."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.width: int = getattr(hub, "width", 1)
        self.processed: list[ProcessSummary] = []
        self.polled = PollSummary()
        self.delivered = DeliverSummary()
        self.errors: list[Exception] = []
        self.failed: list[str] = []

    def poll_once(self) -> PollSummary:
        self.polled = self._kept(self._hub.poll_once)
        return self.polled

    def pending(self) -> list[int]:
        return self._kept(self._hub.pending)

    def process(self, ledger_id: int) -> ProcessSummary:
        try:
            summary = self._hub.process(ledger_id)
        except Exception as error:
            self.failed.append(f"message {ledger_id} failed: {code_text(error)}")
            raise
        self.processed.append(summary)
        return summary

    def deliver_due(self) -> DeliverSummary:
        self.delivered = self._kept(self._hub.deliver_due)
        return self.delivered

    def watch(self) -> WatchSummary:
        return self._kept(self._hub.watch)

    def figures(self, hours: int = 0) -> HubFigures:
        return self._hub.figures(hours)

    def _kept(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except Exception as error:
            self.errors.append(error)
            raise


def run_round(hub: Hub, session: PrefectSession) -> RoundSummary:
    """Poll, process and deliver once.

    A message that fails is told in the summary's note. What stops the round itself, such as a mailbox that is down, is raised as our own code raised it,
    after everything else of the round was done.
    """
    noted = _Noted(hub)
    note = session.note
    if note is None:
        note = _with_prefect(noted, session)
    else:
        _without(noted)
    if noted.errors:
        raise noted.errors[0]
    return _summary(noted, note)


def _with_prefect(noted: _Noted, session: PrefectSession) -> str | None:
    """Through the flows. Every error of ours ends as a failed state, so what is raised here is Prefect's: then the round is done without it."""
    with session.client(), using(noted):
        from flows.deliver import deliver
        from flows.poll import poll

        async def both() -> None:
            await poll(return_state=True)
            await deliver(return_state=True)

        try:
            asyncio.run(both())
        except Exception as error:
            log.warning("prefect: %s", code_text(error))
            _without(noted)
            return "Prefect's server stopped answering, so the round was done without it"
    return None


def round_alone(hub: Hub) -> None:
    """One round without Prefect, when it has been silent for long. What fails is logged, and tried again in the next."""
    _without(_Noted(hub))


def _without(noted: _Noted) -> None:
    """The same work in the same order: Prefect only schedules and shows."""
    for step in (noted.poll_once, lambda: _each(noted), noted.deliver_due):
        try:
            step()
        except Exception as error:
            log.warning("%s", code_text(error))


def _each(noted: _Noted) -> None:
    """As many at a time as the hub has workers; a hub without any does them here, one by one."""

    def one(ledger_id: int) -> None:
        try:
            noted.process(ledger_id)
        except Exception as error:
            log.warning("message %s: %s", ledger_id, code_text(error))

    waiting = noted.pending()
    if noted.width == 1:
        for ledger_id in waiting:
            one(ledger_id)
        return
    with ThreadPoolExecutor(noted.width) as side_by_side:
        list(side_by_side.map(one, waiting))


def _summary(noted: _Noted, note: str | None) -> RoundSummary:
    done = noted.processed
    return RoundSummary(
        at=datetime.now(UTC),
        seen=noted.polled.seen,
        stored=noted.polled.stored,
        contacts=len({one.reference for one in done if one.reference}),
        urgent=sum(one.urgent for one in done),
        person=sum(one.state == "person" for one in done),
        sent=noted.delivered.sent,
        waiting=noted.delivered.waiting,
        note="; ".join(part for part in (noted.polled.note, *noted.failed, noted.delivered.note, note) if part) or None,
        processed=tuple(done),
    )
