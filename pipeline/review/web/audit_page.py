"""Who looked at what and did what: the audit trail, newest first, by reference or by user. It holds ids and fixed words, never a family's."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.web.console import console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Auditor, Posted
from pipeline.store import references, trail

router = APIRouter()
PAGE = 100
_LAST = 2**63 - 1
_REFERENCE = re.compile(r"[A-Za-z]{2,5}-\d{2}-[A-Za-z0-9-]{4,12}")
_USER = re.compile(r"pipeline|[a-z]{2,10}:[\w.@+:|-]{1,200}")


@router.get("/audit")
def trail_page(request: Request, user: Auditor, of: str = "", by: str = "", before: Annotated[int, Query(ge=0, le=_LAST)] = 0) -> HTMLResponse:
    """A page of the trail."""
    console, reference, who = console_of(request), _reference(of), _user(by)
    with console.intake.store.reading() as session:
        rows = trail.newest(session, PAGE + 1, reference=reference or None, who=who or None, before=before or None)
    console.note(user, "looked at who looked", reference or None)
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return page(request, "console/audit.html", rows=rows[:PAGE], of=reference, by=who, more=more, first=before == 0)


@router.post("/audit")
def sieve(user: Auditor, form: Posted) -> Response:
    """What was typed goes on only where it is a reference, or a user's id: anything else might be a name, which stands in no address."""
    wanted = {"of": _reference(str(form.get("of", ""))), "by": _user(str(form.get("by", "")))}
    return RedirectResponse(f"/audit?{urlencode(wanted)}", status_code=303)


def _reference(typed: str) -> str:
    return next(iter(references.find(typed)), typed.strip().upper() if _REFERENCE.fullmatch(typed.strip()) else "")


def _user(typed: str) -> str:
    return typed.strip() if _USER.fullmatch(typed.strip()) else ""
