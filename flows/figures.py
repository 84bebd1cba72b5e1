"""The hourly table for ops, as an artifact on the dashboard; and an event for each thing that they must look at, which automations wait for."""

from __future__ import annotations

from asyncio import to_thread
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import flow
from prefect.artifacts import acreate_table_artifact
from prefect.client.schemas.objects import State
from prefect.events import emit_event
from prefect.states import Completed

from flows.guard import on_hub
from flows.hub import Hub
from models.figures import HourFigures, HubFigures
from pipeline.troubles import HOURS, troubles

SHOWN = 24
KEY = "mash-intake-hours"
HUB = "mash-intake.hub"
"""The resource that our events are about."""


def event_of(code: str) -> str:
    """The name of the event that tells a trouble, by its code."""
    return f"mash-intake.{code.replace('_', '-')}"


def _run_name() -> str:
    return f"figures {datetime.now(UTC):%d %b %H:%M}"


@flow(name="figures", flow_run_name=_run_name, persist_result=False)
async def figures() -> State[HubFigures]:
    """Counts of the last hours, and what needs somebody."""

    async def body(hub: Hub) -> State[HubFigures]:
        found = await to_thread(hub.figures, HOURS)
        wrong = dict(troubles(found))
        await acreate_table_artifact(table=rows(found), key=KEY, description=words(found, wrong))
        for code in wrong:
            emit_event(event_of(code), resource={"prefect.resource.id": HUB, "prefect.resource.name": "MASH Intake"}, payload=_waiting(found))
        said = "; ".join(wrong.values()) or "nothing needs anybody"
        return Completed(name="Needs somebody" if wrong else "Completed", message=said, data=found)

    return await on_hub(body, "figures")


def rows(found: HubFigures) -> list[dict[str, Any]]:
    """The table: an hour a line, newest first."""
    return [_row(hour) for hour in found.hours[:SHOWN]]


def _row(hour: HourFigures) -> dict[str, Any]:
    return {
        "hour (UTC)": f"{hour.begins:%d %b %H:00}",
        "received": hour.received,
        "contacts": hour.contacts,
        "urgent": hour.urgent,
        "returned": hour.returned,
        "with a person": hour.with_person,
        "read clearly": hour.clearly,
    }


def words(found: HubFigures, wrong: dict[str, str]) -> str:
    """What stands above the table."""
    told = _waiting(found)
    now = (
        f"At {found.at:%d %b %H:%M} UTC. Mails that wait to be worked through: {told['waiting']}, the oldest for {told['oldest_waiting_minutes']} minutes; "
        f"that could not be and were put before a person: {told['with_person']}. Urgent contacts open: {found.open_urgent}. "
        f"Letters that wait to be sent: {told['letters_waiting']}, for a person to let them go: {told['letters_held']}, failed: {told['letters_failed']}."
    )
    lines = [
        now,
        f"Last good poll: {found.last_good_poll:%d %b %H:%M} UTC." if found.last_good_poll else "No poll has gone through yet.",
        *(f"**{code.replace('_', ' ')}**: {said}." for code, said in wrong.items()),
        f"The contacts themselves are in the {console(found)}, by their references.",
    ]
    return "\n\n".join(lines)


def console(found: HubFigures, reference: str | None = None) -> str:
    """A link to the console, or to one contact in it; its name alone where nobody said where the console is."""
    name = reference or "console"
    if found.console is None:
        return name
    return f"[{name}]({found.console.rstrip('/')}/{f'referral/{reference}' if reference else ''})"


def _waiting(found: HubFigures) -> dict[str, int]:
    """The figures of the moment, in whole numbers."""
    waited = found.at - found.oldest_waiting if found.oldest_waiting else timedelta()
    return {
        "waiting": found.waiting,
        "oldest_waiting_minutes": int(waited.total_seconds() // 60),
        "with_person": found.mails.get("person", 0),
        "letters_waiting": found.letters.get("queued", 0) + found.letters.get("sending", 0),
        "letters_held": found.letters.get("held", 0),
        "letters_failed": found.letters.get("failed", 0),
    }
