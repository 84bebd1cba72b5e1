"""The web application of one hub: its pages, and what stands around every request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from pipeline.app import App
from pipeline.review.web import entrance, errors, first, kept, queue_page, restricted, signing, static
from pipeline.review.web.console import Console
from pipeline.review.web.guards import checked
from pipeline.review.web.headers import Headers, Limit
from pipeline.settings import Settings


def create_app(intake: App, *, now: Callable[[], datetime] | None = None) -> FastAPI:
    """The console of a hub. `now` is its clock, the hub's own unless given. Raises WrongSetup when something is not set up for it."""
    static.assets()
    app = FastAPI(title="MASH Intake console", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(checked)])
    app.state.console = Console(intake, now or intake.now)
    app.state.console.catch_up()
    app.state.doors = entrance.doors(intake.settings)
    errors.install(app)
    for router in (static.router, signing.router, first.router, queue_page.router, kept.router, restricted.router):
        app.include_router(router)
    app.add_middleware(Limit)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts(intake.settings), www_redirect=False)
    app.add_middleware(Headers, secure=app.state.console.secure)
    return app


def hosts(settings: Settings) -> list[str]:
    """The names we answer to: a page of another name that points at this machine gets nothing."""
    named = urlsplit(settings.console_url).hostname if settings.console_url else None
    return list(dict.fromkeys(name for name in ("127.0.0.1", "localhost", settings.console_host, named) if name and name != "0.0.0.0"))  # noqa: S104
