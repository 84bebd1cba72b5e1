"""The web application of one hub: its pages, and what stands around every request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from pipeline.app import App
from pipeline.review import referral, referral_files
from pipeline.review.web import (
    audit_page,
    entrance,
    errors,
    first,
    help_pages,
    kept,
    ops_page,
    queue_page,
    report_pages,
    restricted,
    signing,
    static,
    team_page,
)
from pipeline.review.web.console import Console
from pipeline.review.web.guards import checked
from pipeline.review.web.headers import Headers, Limit
from pipeline.settings import Settings

ROOMS = (static, signing, first, queue_page, kept, restricted, referral, referral_files, report_pages, team_page, ops_page, audit_page, help_pages)


def create_app(intake: App, *, now: Callable[[], datetime] | None = None) -> FastAPI:
    """The console of a hub. `now` is its clock, the hub's own unless given. Raises WrongSetup when something is not set up for it."""
    static.assets()
    app = FastAPI(title="MASH Intake console", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(checked)])
    app.state.console = Console(intake, now or intake.now)
    app.state.console.catch_up()
    app.state.doors = entrance.doors(intake.settings)
    errors.install(app)
    for room in ROOMS:
        app.include_router(room.router)
    app.add_middleware(Limit)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts(intake.settings), www_redirect=False)
    app.add_middleware(Headers, secure=app.state.console.secure)
    return app


def hosts(settings: Settings) -> list[str]:
    """The names we answer to: a page of another name that points at this machine gets nothing."""
    named = urlsplit(settings.console_url).hostname if settings.console_url else None
    return list(dict.fromkeys(name for name in ("127.0.0.1", "localhost", settings.console_host, named) if name and name != "0.0.0.0"))  # noqa: S104
