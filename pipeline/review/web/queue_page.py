"""The queue: what must be looked at, in the order it must be looked at, and the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from models.finding import asked, spelt_alike
from pipeline.review import clocks
from pipeline.review.web import tokens
from pipeline.review.web.console import Console, console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Posted, Screener
from pipeline.review.web.lines import Line, line
from pipeline.store import queue, references

router = APIRouter()
PAGE = 50
MOST_FOUND = 100
NAMES: dict[queue.View, tuple[str, str]] = {
    "todo": ("To do", "Everything that is not decided"),
    "urgent": ("Urgent", "A rule or the referrer says that it cannot wait"),
    "soon": ("Due soon", "Late already, or near the end of its clock"),
    "unopened": ("Not opened", "Nobody has looked at it yet"),
    "waiting": ("With the referrer", "Questions went to the referrer and are not all answered"),
    "reading": ("For a person to read", "Files or mails that the program could not read"),
    "done": ("Done", "Decided; the newest first"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A view with its count."""

    view: str
    name: str
    about: str
    count: int
    current: bool


@router.get("/queue")
def queue_page(request: Request, user: Screener, view: str = "todo", n: int = 1) -> HTMLResponse:
    """A view of the queue."""
    console = console_of(request)
    chosen: queue.View = view if view in get_args(queue.View) and view != "all" else "todo"  # type: ignore[assignment]
    number = min(max(n, 1), 10_000)
    shared = _shared(console, chosen)
    with console.intake.store.reading() as session:
        rows = queue.page(session, chosen, shared["soon"], limit=PAGE, offset=(number - 1) * PAGE)
    console.note(user, f"looked at the queue, {chosen}")
    total = shared["counts"][chosen]
    view_of = {"lines": _lines(console, rows), "number": number, "pages": max(1, -(-total // PAGE)), "first": (number - 1) * PAGE + 1, "total": total}
    return page(request, "console/queue.html", **shared, **view_of)


@router.post("/queue/search")
def search(user: Screener, form: Posted) -> Response:
    """What was typed goes on in the address, but covered: a name never stands in an address, a log or a browser's history."""
    typed = " ".join(str(form.get("words", "")).split())[:200]
    if not typed:
        return RedirectResponse("/queue", status_code=303)
    if found := references.find(typed):
        return RedirectResponse(f"/referral/{quote(found[0])}", status_code=303)
    return RedirectResponse(f"/queue/found?for={quote(tokens.cover(user.token, typed))}", status_code=303)


@router.get("/queue/found")
def found_page(request: Request, user: Screener) -> Response:
    """What a search found."""
    typed = tokens.uncover(user.token, request.query_params.get("for", ""))
    if typed is None:
        return RedirectResponse("/queue", status_code=303)
    console, wanted = console_of(request), asked(typed)
    with console.intake.store.reading() as session:
        rows = queue.find(session, wanted, typed, limit=MOST_FOUND + 1)
        alike = [] if rows or not wanted else queue.find(session, spelt_alike(wanted), typed, limit=MOST_FOUND + 1)
    console.note(user, f"searched the referrals, {len(rows or alike)} found")
    lines = _lines(console, (rows or alike)[:MOST_FOUND])
    many = len(rows or alike) > MOST_FOUND
    return page(request, "console/queue.html", **_shared(console, None), lines=lines, typed=typed, alike=bool(alike), many=many)


@router.get("/queue/news")
def news(request: Request, user: Screener, since: str = "") -> HTMLResponse:
    """Whether the queue has changed since a page of it was made: a line that says so, and nothing that moves under somebody's hand."""
    console = console_of(request)
    with console.intake.store.reading() as session:
        stamp = queue.stamp(session)
    return page(request, "console/queue-news.html", changed=bool(since) and since != stamp, stamp=since or stamp)


def _shared(console: Console, view: queue.View | None) -> dict[str, Any]:
    authority, now = console.intake.authority, console.now()
    soon = clocks.soon_until(authority, now)
    with console.intake.store.reading() as session:
        found = queue.figures(session, soon)
    tabs = [Tab(name, *NAMES[name], found.counts[name], name == view) for name in NAMES]
    return {
        "tabs": tabs, "counts": found.counts, "view": view, "about": NAMES[view][1] if view else "", "oldest": found.oldest_unopened, "soon": soon,
        "hub": clocks.standing_of_hub(authority, now), "stamp": found.stamp,
    }  # fmt: skip


def _lines(console: Console, rows: list[queue.Row]) -> list[Line]:
    authority, now = console.intake.authority, console.now()
    return [line(row, authority, now) for row in rows]
