"""`mash-intake deploy`: the work pool, the deployments and the alarms at a Prefect server that several machines share."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.errors import Retry, WrongSetup

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment


def deploy(pool: str, silent_minutes: int, webhook: str | None) -> Iterator[str]:
    """Make or bring up to date everything, and say what was made. Raises WrongSetup or Retry in one line."""
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        raise WrongSetup(
            "PREFECT_API_URL is not set: the address of the Prefect server that the machines share, such as http://prefect.example:4200/api"
        )
    from flows.deployments import pooled

    made = pooled(pool)
    try:
        yield from asyncio.run(_deployed(pool, made, timedelta(minutes=silent_minutes), webhook))
    except (WrongSetup, Retry):
        raise
    except Exception as error:  # Prefect's client raises what its network library does
        raise Retry(f"the Prefect server of PREFECT_API_URL did not do it ({type(error).__name__}); see that it runs, then deploy again") from None


async def _deployed(pool: str, deployments: list[RunnerDeployment], silent: timedelta, webhook: str | None) -> list[str]:
    from prefect import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists

    from flows.automations import alarms, install

    said = []
    async with get_client() as client:
        try:
            await client.create_work_pool(WorkPoolCreate(name=pool, type="process", description="Machines with MASH Intake installed."))
            said.append(f"work pool {pool}: made")
        except ObjectAlreadyExists:
            said.append(f"work pool {pool}: there already")
        for made in deployments:
            await made.aapply()
            said.append(f"deployment {made.full_name}")
        said += [f"alarm {name}" for name in await install(client, webhook, alarms(silent))]
    return [*said, f"On every machine: prefect worker start --pool {pool}   with its MASH_ settings and PREFECT_API_URL in the environment."]
