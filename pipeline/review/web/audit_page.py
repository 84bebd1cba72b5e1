"""Who looked at what and did what: the audit trail, newest first, by reference or by user. It holds ids and fixed words, never a family's."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.review.web.console import console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Auditor
from pipeline.store import references, trail

router = APIRouter()
PAGE = 100


@router.get("/audit")
def trail_page(request: Request, user: Auditor, of: str = "", by: str = "", before: int = 0) -> HTMLResponse:
    """A page of the trail."""
    console = console_of(request)
    reference = next(iter(references.find(of)), of.strip().upper())[:32]
    with console.intake.store.reading() as session:
        rows = trail.newest(session, PAGE + 1, reference=reference or None, who=by.strip() or None, before=before or None)
    console.note(user, "looked at who looked", reference or None)
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return page(request, "console/audit.html", rows=rows[:PAGE], of=reference, by=by.strip()[:200], more=more, first=before == 0)
