"""The team's figures as a page."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.review.figures import Figures, figures
from pipeline.review.web.console import Console, console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Figuring
from pipeline.store import acts, queue

router = APIRouter()
PERIODS = {4: "4 weeks", 13: "3 months", 52: "A year"}


@router.get("/team")
def team(request: Request, user: Figuring, weeks: int = 4) -> HTMLResponse:
    """Volume, time, reading and gaps over a period."""
    console = console_of(request)
    chosen = weeks if weeks in PERIODS else 4
    console.note(user, f"looked at the team figures, {PERIODS[chosen]}")
    return page(request, "console/team.html", figures=_figures(console, chosen), weeks=chosen, periods=PERIODS)


def _figures(console: Console, weeks: int) -> Figures:
    """Worked out once for each state of the queue: they take longer than a page may."""
    now = console.now()
    with console.intake.store.reading() as session:
        mark = (weeks, queue.stamp(session), now.date())
        held = console.kept_figures
        if held is None or held[0] != mark:
            since = now - timedelta(weeks=weeks)
            rows = queue.glances(session, since)
            corrections = list(acts.corrections(session, ("value", "confirm"), since))
            held = console.kept_figures = (mark, figures(rows, corrections, console.intake.authority, now))
    return held[1]
