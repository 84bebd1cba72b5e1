"""States and counts, for whoever runs the hub: no names, no words of a referral, no references."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.review import clocks
from pipeline.review.web.console import console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Operator
from pipeline.review.web.queue_page import NAMES
from pipeline.store import ledger, outbox, queue

router = APIRouter()
MAIL_STATES = {
    "received": "Taken in, waiting to be read",
    "working": "Being read now",
    "done": "Read",
    "person": "With a person: it could not be worked through by itself",
}
LETTER_STATES = {
    "queued": "Waiting to be sent", "sending": "Being sent now", "sent": "Sent", "held": "Held for a person", "failed": "Could not be sent",
}  # fmt: skip


@router.get("/ops")
def states(request: Request, user: Operator) -> HTMLResponse:
    """Mails, letters and referrals by state."""
    console = console_of(request)
    soon = clocks.soon_until(console.intake.authority, console.now())
    with console.intake.store.reading() as session:
        mails, letters, views = ledger.counts(session), outbox.counts(session), queue.figures(session, soon).counts
        polled = ledger.last_good_poll(session)
    console.note(user, "looked at states and counts")
    tables = (
        ("Mails", [(MAIL_STATES.get(state, state), count) for state, count in mails.items()]),
        ("Letters", [(LETTER_STATES.get(state, state), count) for state, count in letters.items()]),
        ("Referrals", [(f"{NAMES[view][0]}: {NAMES[view][1][0].lower()}{NAMES[view][1][1:]}", count) for view, count in views.items()]),
    )
    return page(request, "console/ops.html", tables=tables, polled=polled)
