"""Serves the deployments until told to stop: `python -m flows.runner`, started by `mash-intake serve`.

A process of its own, so that a run which takes the machine's memory takes neither the server nor the console with it.
"""

from __future__ import annotations

import asyncio
import logging
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta

log = logging.getLogger("mash_intake.flows")

MOST_AT_ONCE = 4
"""Runs at a time: one of each flow. What overlaps finds its work taken and ends."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = ArgumentParser(prog="flows.runner", description="Serves the flows on their schedules.")
    parser.add_argument("--every", action="append", default=[], metavar="FLOW=SECONDS", help="another interval for a flow")
    given = dict(pair.split("=", 1) for pair in parser.parse_args(arguments).every)

    import prefect

    from flows.deployments import deployments

    try:
        asyncio.run(tidy())
    except Exception as error:  # a dashboard that is not tidy never keeps the mail waiting
        log.warning("runs left open could not be closed: %s", type(error).__name__)
    every = {name: timedelta(seconds=float(seconds)) for name, seconds in given.items()}
    prefect.serve(*deployments(every), limit=MOST_AT_ONCE, print_starting_message=False)


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
