"""The alarms that Prefect rings for ops. Each is found by its name and brought up to date, so that deploying again changes nothing that is right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from socket import gethostname
from typing import Any

from prefect.blocks.fields import SecretDict
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ActionTypes, CallWebhook, ChangeFlowRunState, DoNothing
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from pydantic import SecretStr

from flows.figures import HUB, event_of
from pipeline.troubles import MEANINGS

PREFIX = "MASH Intake: "
BLOCK = "mash-intake-ops"
SILENT = timedelta(minutes=10)
HEARTBEATS_LOST = timedelta(minutes=9)
"""Three of Prefect's heartbeats."""
OURS = {"prefect.resource.id": "prefect.tag.mash-intake", "prefect.resource.role": "tag"}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One automation: what it waits for, and what it says. `ends_run` closes the run it is about as crashed."""

    name: str
    says: str
    trigger: EventTrigger
    ends_run: bool = False


def alarms(silent: timedelta = SILENT) -> list[Alarm]:
    """All of them."""
    minutes = int(silent.total_seconds() // 60)
    return [
        Alarm(
            "no good poll",
            f"No poll has gone through for {minutes} minutes. Look at once: `mash-intake doctor`.",
            EventTrigger(
                posture=Posture.Proactive,
                expect={"prefect.flow-run.Completed"},  # a run that was skipped polled nothing
                match_related={"prefect.resource.name": "poll", "prefect.resource.role": "flow"},
                within=silent,
                threshold=1,
            ),
        ),
        Alarm("a run crashed", "A run ended with its process. Its work is taken up by the next.", _when("prefect.flow-run.Crashed", related=OURS)),
        Alarm("a run failed", "A run failed; its message says what and where.", _when("prefect.flow-run.Failed", related=OURS)),
        Alarm(
            "a clock is nearly out", "Contacts are due soon; the run of watch-deadlines names them.", _when("prefect.flow-run.Due soon", related=OURS)
        ),
        Alarm("a clock has run out", "Contacts are late; the run of watch-deadlines names them.", _when("prefect.flow-run.Overdue", related=OURS)),
        Alarm(
            "letters fail", "Letters could not be sent; they wait and are tried again.", _when("prefect.flow-run.Some letters failed", related=OURS)
        ),
        Alarm("a run lost its heart", "A run has not been heard of for nine minutes and is closed as crashed.", _silent_run(), ends_run=True),
        *(Alarm(code.replace("_", " "), f"{says[0].upper()}{says[1:]}.", _when(event_of(code), about=HUB)) for code, says in MEANINGS.items()),
    ]


def _when(event: str, *, related: dict[str, str] | None = None, about: str | None = None) -> EventTrigger:
    """Rings when it happens, and not again within the hour."""
    which: dict[str, Any] = {"match_related": related} if related else {"match": {"prefect.resource.id": about or "*"}}
    return EventTrigger(posture=Posture.Reactive, expect={event}, threshold=1, within=timedelta(hours=1), **which)


def _silent_run() -> EventTrigger:
    ends = {"prefect.flow-run.Completed", "prefect.flow-run.Failed", "prefect.flow-run.Cancelled", "prefect.flow-run.Crashed"}
    return EventTrigger(
        posture=Posture.Proactive,
        after={"prefect.flow-run.heartbeat"},
        expect={"prefect.flow-run.heartbeat", *ends},
        match={"prefect.resource.id": "prefect.flow-run.*"},
        for_each={"prefect.resource.id"},
        within=HEARTBEATS_LOST,
        threshold=1,
    )


async def install(client: PrefectClient, webhook: str | None, wanted: Sequence[Alarm] | None = None) -> list[str]:
    """Make every automation, or bring it up to date. With a webhook each alarm is sent there; without, it is an event on the dashboard alone."""
    block = await _block(webhook) if webhook else None
    there = {one.name: one.id for one in await client.read_automations()}
    for alarm in alarms() if wanted is None else wanted:
        made = AutomationCore(
            name=PREFIX + alarm.name, description=alarm.says, tags=["mash-intake"], trigger=alarm.trigger, actions=_actions(alarm, block)
        )
        if made.name in there:
            await client.update_automation(there[made.name], made)
        else:
            await client.create_automation(made)
    return [PREFIX + alarm.name for alarm in (alarms() if wanted is None else wanted)]


def _actions(alarm: Alarm, block: Any) -> list[ActionTypes]:
    actions: list[ActionTypes] = []
    if alarm.ends_run:
        actions.append(ChangeFlowRunState(state=StateType.CRASHED, message="not heard of for nine minutes; the next run takes the work up"))
    if block is not None:
        actions.append(CallWebhook(block_document_id=block, payload=json.dumps({"text": f"{PREFIX}{alarm.name}, on {gethostname()}. {alarm.says}"})))
    return actions or [DoNothing()]


async def _block(url: str) -> Any:
    headers = SecretDict({"Content-Type": "application/json"})  # what is given as text goes out without one, and chat programs refuse it
    return await Webhook(method="POST", url=SecretStr(url), headers=headers).asave(BLOCK, overwrite=True)  # type: ignore[misc, unused-ignore]
