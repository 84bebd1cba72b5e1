"""Help and the accessibility statement: open to everybody, signed in or not."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.review.web.frame import page

router = APIRouter()


@router.get("/accessibility")
def accessibility(request: Request) -> HTMLResponse:
    """What the console does for people who see, hear, move or read differently, and what it does not yet."""
    return page(request, "console/accessibility.html")


@router.get("/help")
def help_page(request: Request) -> HTMLResponse:
    """What the words of the console mean."""
    return page(request, "console/help.html")
