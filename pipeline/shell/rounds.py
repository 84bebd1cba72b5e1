"""Rounds of poll, process and deliver through the Prefect flows, and without Prefect when it cannot be had.

Prefect schedules and shows; the store is the ledger. So when its server does not come up the round goes on, and says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.runs import RoundSummary
from pipeline.errors import Retry

if TYPE_CHECKING:
    from pipeline.app import App


def rounds(intake: App, *, once: bool, every: int) -> Iterator[RoundSummary]:
    """One round, or one every so many seconds until stopped.

    A round that the world was not ready for (server down) is told and tried again; with `once` it is raised.
    """
    from flows.embedded import prefect_session
    from flows.rounds import run_round

    intake.check_settings()
    with prefect_session(intake.settings.data_dir) as session:
        while True:
            try:
                yield run_round(intake, session)
            except Retry as error:
                if once:
                    raise
                yield RoundSummary(at=intake.now(), note=str(error))
            if once:
                return
            time.sleep(every)
