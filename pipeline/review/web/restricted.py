"""A restricted referral opens only for a reason, which the audit trail keeps."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import WrongSetup
from pipeline.review.web import tokens
from pipeline.review.web.console import console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Posted, Screener
from pipeline.review.web.trouble import no_contact
from pipeline.store import audit, sessions

router = APIRouter()
REASONS = {
    "duty": "I am screening it on duty today",
    "allocated": "It is allocated to me or to my team",
    "manager": "I am checking it as a manager",
    "request": "Somebody with a right to know has asked, and I answer for it",
}
"""Words of our own alone: a reason in free text would put a family into the audit trail."""


@router.get("/restricted/{reference}")
def ask(request: Request, reference: str, user: Screener) -> HTMLResponse:
    """Ask for the reason."""
    return reason_page(request, _known(request, reference))


@router.post("/restricted/{reference}")
def give(request: Request, reference: str, user: Screener, form: Posted) -> Response:
    """Note the reason, and open it."""
    console, reason, known = console_of(request), str(form.get("reason", "")), _known(request, reference)
    if reason not in REASONS:
        return reason_page(request, known, problem="Say why you open this referral", status=422)
    with console.intake.store.session() as session:
        sessions.give_reason(session, tokens.digest(user.token), known, reason)
        audit.append(session, user.who, f"gave a reason to open a restricted referral: {reason}", known, console.now())
    return RedirectResponse(f"/referral/{quote(known)}", status_code=303)


def reason_page(request: Request, reference: str, *, problem: str | None = None, status: int = 200) -> HTMLResponse:
    """The question, with the answers there are."""
    return page(request, "console/reason.html", status=status, reference=reference, reasons=REASONS, problem=problem)


def _known(request: Request, reference: str) -> str:
    """The reference as the store has it."""
    try:
        return console_of(request).intake.contact(reference).reference
    except WrongSetup:
        raise no_contact() from None
