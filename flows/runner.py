"""Runs the flows on their schedules until told to stop: `python -m flows.runner`, started by `mash-intake serve`.

A process of its own, so that a run which takes the machine's memory takes neither the server nor the console with it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from models.figures import HubFigures
from models.runs import DeliverSummary, PollSummary, ProcessSummary, PurgeSummary, WatchSummary
from pipeline import logs
from pipeline.app import App, open_app
from pipeline.private import keep_private
from pipeline.settings import Settings, load_settings
from pipeline.workers.crew import Crew, width_of
from pipeline.workers.doorbell import Doorbell

if TYPE_CHECKING:
    from flows.resident import Resident

log = logging.getLogger("mash_intake.flows")


class Crewed:
    """The hub of a process that stays: mails are worked through by the crew, side by side; everything else is done here."""

    def __init__(self, intake: App, crew: Crew) -> None:
        self._intake, self._crew = intake, crew

    @property
    def width(self) -> int:
        """How many mails at the same time."""
        return self._crew.width

    def poll_once(self) -> PollSummary:
        """Take in what is new in the inbox."""
        return self._intake.poll_once()

    def pending(self) -> list[int]:
        """Ledger ids of messages that wait to be worked through."""
        return self._intake.pending()

    def process(self, ledger_id: int) -> ProcessSummary:
        """Work one message through in the crew."""
        return self._crew.process(ledger_id)

    def deliver_due(self) -> DeliverSummary:
        """Send the letters that are due."""
        return self._intake.deliver_due()

    def watch(self) -> WatchSummary:
        """Find the clocks that need somebody."""
        return self._intake.watch()

    def purge(self, who: str, *, dry_run: bool) -> PurgeSummary:
        """Remove what is older than the authority keeps it, or only tell."""
        return self._intake.purge(who, dry_run=dry_run)

    def figures(self, hours: int = 0) -> HubFigures:
        """What the hub holds and how it does."""
        return self._intake.figures(hours)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = ArgumentParser(prog="flows.runner", description="Runs the flows on their schedules.")
    parser.add_argument("--every", action="append", default=[], metavar="FLOW=SECONDS", help="another interval for a flow")
    given = dict(pair.split("=", 1) for pair in parser.parse_args(arguments).every)
    every = {name: timedelta(seconds=float(seconds)) for name, seconds in given.items()}
    keep_private()
    settings = load_settings()
    logs.tell(settings.log_format)
    with open_app(settings) as intake, Crew(width_of(settings.workers), settings) as crew:
        crew.start()
        asyncio.run(_serve(intake.settings, _resident(Crewed(intake, crew), every, settings)))


def _resident(hub: Crewed, every: dict[str, timedelta], settings: Settings) -> Resident:
    from flows.deployments import PLANS, deployments
    from flows.resident import Resident
    from flows.rounds import round_alone

    flows = [(plan.flow, made) for plan, made in zip(PLANS, deployments(every), strict=True)]
    webhook = settings.ops_webhook.get_secret_value() if settings.ops_webhook else None
    return Resident(hub, flows, lambda: round_alone(hub), webhook)


async def _serve(settings: Settings, resident: Resident) -> None:
    try:
        await tidy()
    except Exception as error:  # a dashboard that is not tidy never keeps the mail waiting
        log.warning("runs left open could not be closed: %s", type(error).__name__)
    stopping = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    bell = Doorbell(settings, resident.ring)
    if settings.imap_watch != "no":
        bell.start()
    try:
        await resident.run(stopping)
    finally:
        bell.stop()


async def tidy() -> int:
    """Close the runs that an earlier runner left open: nobody else does, and they would stay on the dashboard as running for ever.

    Their work is not lost: the ledger gives it to the next run.
    """
    from prefect import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
    from prefect.client.schemas.objects import State, StateType
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.states import Crashed

    left = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING])))
    async with get_client() as client:
        runs = await client.read_flow_runs(flow_run_filter=left, sort=FlowRunSort.START_TIME_DESC, limit=200)
        for run in runs:
            ended: State[None] = Crashed(message="its process ended before it did; the next run takes the work up")
            await client.set_flow_run_state(run.id, ended, force=True)
    return len(runs)


if __name__ == "__main__":
    main()
