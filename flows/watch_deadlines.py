"""Watch the clocks: which contacts are due soon, and which are late."""

from __future__ import annotations

from asyncio import to_thread
from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.figures import console
from flows.guard import on_hub
from flows.hub import Hub
from models.figures import HubFigures
from models.runs import WatchSummary

_SHOWN = 10
KEY = "mash-intake-clocks"


def _run_name() -> str:
    return f"watch deadlines {datetime.now(UTC):%d %b %H:%M}"


@flow(name="watch-deadlines", flow_run_name=_run_name, persist_result=False)
async def watch_deadlines() -> State[WatchSummary]:
    """Find the clocks that need somebody, by reference."""

    async def body(hub: Hub) -> State[WatchSummary]:
        summary = await to_thread(hub.watch)
        if summary.overdue or summary.due_soon:
            await acreate_markdown_artifact(markdown=listed(summary, await to_thread(hub.figures)), key=KEY)
        name = "Overdue" if summary.overdue or summary.damaged else "Due soon" if summary.due_soon else "Completed"
        return Completed(name=name, message=_told(summary), data=summary)

    return await on_hub(body, "watch-deadlines")


def listed(summary: WatchSummary, found: HubFigures) -> str:
    """All of them, each a link to its page in the console."""
    parts = [f"At {found.at:%d %b %H:%M} UTC."]
    for word, references in (("Late", summary.overdue), ("Due soon", summary.due_soon)):
        if references:
            parts.append("\n".join((f"## {word}", *(f"- {console(found, one)}" for one in references))))
    return "\n\n".join(parts) + "\n"


def _told(summary: WatchSummary) -> str:
    parts = [f"{len(refs)} {word}: {_listed(refs)}" for word, refs in _groups(summary) if refs]
    return "; ".join(parts) or "no clock needs anybody"


def _groups(summary: WatchSummary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    damaged = "damaged on the disk, to be restored from the backup"
    return (("late", summary.overdue), ("due soon", summary.due_soon), (damaged, summary.damaged))


def _listed(references: tuple[str, ...]) -> str:
    more = len(references) - _SHOWN
    return ", ".join(references[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
