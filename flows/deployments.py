"""What runs when: the deployments of one machine, with the words that ops read on the dashboard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Interval
from prefect.types.entrypoint import EntrypointType

from flows.deliver import deliver
from flows.figures import figures
from flows.poll import poll
from flows.process import process
from flows.purge import purge
from flows.watch_deadlines import watch_deadlines


@dataclass(frozen=True, slots=True)
class Plan:
    """A flow and when it runs: so often, counted from a moment of the day, whenever the hub was started. None is only by hand."""

    flow: Flow[..., Any]
    name: str
    every: timedelta | None
    says: str
    tags: tuple[str, ...]
    at: time = time(0)


PLANS = (
    Plan(
        poll,
        "every-minute",
        timedelta(seconds=60),
        "Takes in new mail and makes contacts of it. No good run in ten minutes means look at once.",
        ("intake",),
    ),
    Plan(
        deliver,
        "every-minute",
        timedelta(seconds=60),
        "Sends the letters that are due. A letter that cannot be sent waits and is tried again.",
        ("letters",),
        time(0, 0, 30),  # what a poll has written is sent half a minute later, and the two do not crowd each other
    ),
    Plan(
        watch_deadlines,
        "every-five-minutes",
        timedelta(minutes=5),
        "Finds contacts whose clock is nearly out, or is out, and names them.",
        ("clocks",),
    ),
    Plan(
        figures,
        "every-quarter-hour",
        timedelta(minutes=15),
        "Writes the hourly table, and tells what needs somebody: no poll, mail or letters that wait, more and more that cannot be read.",
        ("figures",),
    ),
    Plan(
        purge,
        "by-night",
        timedelta(days=1),
        "Says what is older than the authority keeps it, and with dry_run off removes it.",
        ("keeping",),
        time(2, 20),
    ),
    Plan(
        process,
        "what-waits",
        None,
        "Works through messages of the ledger, by their ids, or all that wait. On one machine `poll` does it, and this is started by hand.",
        ("intake",),
    ),
)


POOLED = {"process": timedelta(seconds=60)}
"""On several machines the backlog is shared: runs of `process` begin by themselves and take what waits, a claim at a time."""
FIRST = date(2026, 1, 1)
"""Intervals are counted from here, so that starting anew moves none: a nightly run of a hub that is started each morning would never come."""
AT_ONCE = {"process": 4}
"""Runs at the same time over all workers; more wait. Raise it on the dashboard with the number of machines."""


def deployments(every: dict[str, timedelta] | None = None) -> list[RunnerDeployment]:
    """The deployments of one machine, ready to be served. `every` gives a flow another interval, by its name."""
    return [_deployment(plan, (every or {}).get(plan.flow.name, plan.every)) for plan in PLANS]


def pooled(pool: str) -> list[RunnerDeployment]:
    """The deployments of several machines, whose workers take the runs from a pool."""
    return [
        _deployment(plan, POOLED.get(plan.flow.name, plan.every), work_pool_name=pool, concurrency_limit=AT_ONCE.get(plan.flow.name))
        for plan in PLANS
    ]


def _deployment(plan: Plan, every: timedelta | None, **more: Any) -> RunnerDeployment:
    schedule = None if every is None else Interval(every, anchor_date=datetime.combine(FIRST, plan.at, UTC), timezone="UTC")
    return plan.flow.to_deployment(  # type: ignore[return-value, unused-ignore] # a coroutine only where a loop is running
        name=plan.name,
        schedule=schedule,
        description=plan.says,
        tags=["mash-intake", *plan.tags],
        version=version("mash-intake"),
        entrypoint_type=EntrypointType.MODULE_PATH,
        **more,
    )
