"""The extraction confidence report of a contact: to look at, as one HTML file to keep, and on paper."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from pipeline.review.paper import build_pdf
from pipeline.review.report import policy, render
from pipeline.review.web.console import console_of
from pipeline.review.web.guards import Opened, Screener

router = APIRouter()


@router.get("/referral/{reference}/report")
def report_page(request: Request, opened: Opened) -> HTMLResponse:
    """The report to look at: a page that asks for nothing else, under a stricter policy than the console's own."""
    console = console_of(request)
    shown = render(opened.contact, console.now(), console.intake.authority)
    return HTMLResponse(shown, headers={"Content-Security-Policy": f"{policy()}; frame-ancestors 'none'"})


@router.get("/referral/{reference}/report.html")
def report_file(request: Request, opened: Opened, user: Screener) -> Response:
    """The same as a file."""
    console = console_of(request)
    console.note(user, "took the confidence report as a file", opened.contact.reference)
    return _file(render(opened.contact, console.now(), console.intake.authority).encode(), "text/html", f"{opened.contact.reference}.html")


@router.get("/referral/{reference}/report.pdf")
def report_paper(request: Request, opened: Opened, user: Screener) -> Response:
    """The contact record on paper."""
    console = console_of(request)
    console.note(user, "took the contact record as a PDF", opened.contact.reference)
    return _file(build_pdf(opened.contact, console.now(), console.intake.authority), "application/pdf", f"{opened.contact.reference}.pdf")


def _file(data: bytes, kind: str, name: str) -> Response:
    """Always saved, never shown in the console's own place."""
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"})
