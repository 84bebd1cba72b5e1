"""Every failure becomes a clear page of the frame: nothing technical, nothing of a referral, and what to do next."""

from __future__ import annotations

import logging
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.errors import IntakeError, Retry
from pipeline.review.web import kept, trouble
from pipeline.review.web.console import console_of
from pipeline.review.web.frame import page
from pipeline.review.web.headers import TooMuch
from pipeline.review.web.trouble import Outdated, ReasonNeeded, SignedOut, Trouble

_LOG = logging.getLogger("mash.console")


def install(app: FastAPI) -> None:
    """Let the app show each kind of failure as a page."""
    app.add_exception_handler(Trouble, _trouble)
    app.add_exception_handler(SignedOut, _signed_out)
    app.add_exception_handler(Outdated, _outdated)
    app.add_exception_handler(ReasonNeeded, _reason_needed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _missing)
    app.add_exception_handler(TooMuch, _too_much)
    app.add_exception_handler(IntakeError, _intake)
    app.add_middleware(Faults)


class Faults:
    """A defect of ours becomes a page within the headers of every page, and goes no further: whoever takes it next would log its words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:  # whatever it is, the person is told, and the log gets its kind and place
            if scope["type"] != "http":
                raise
            answer = await run_in_threadpool(_fault, Request(scope), error)
            if not started:
                await answer(scope, receive, send)


def told(request: Request, what: Trouble) -> Response:
    """A failure as a page."""
    return page(request, "console/message.html", status=what.status, title=what.title, told=what.told, link=("/", "Go to the first page"))


def _trouble(request: Request, error: Exception) -> Response:
    return told(request, error) if isinstance(error, Trouble) else _fault(request, error)


def _signed_out(request: Request, _: Exception) -> Response:
    """Off to sign in, and back here afterwards. A form on its way is kept, or at least shown: nobody loses what they typed."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method == "GET":
        if "hx-request" not in request.headers:
            oidc = request.app.state.doors.oidc is not None and getattr(request.state, "user", None) is not None
            return RedirectResponse(f"{'/sign-in/start' if oidc else '/sign-in'}?to={quote(path, safe='/')}", status_code=303)
        return told(request, Trouble(401, "You have been signed out", "Sign in again to go on."))
    console, form = console_of(request), request.state.form
    typed = kept.typed(request.url.path, form)
    saved = kept.keep(console, request.cookies.get(console.cookie, ""), typed, str(form.get("csrf", "")))
    return page(request, "console/signed-out.html", status=401, words=typed.words, saved=saved)


def _outdated(request: Request, _: Exception) -> Response:
    """The form once more with the word of the session that lives: only a press of the person's own sends it."""
    form = kept.typed(request.url.path, request.state.form)
    return page(request, "console/kept.html", status=403, form=form) if form.words else told(request, trouble.forged())


def _reason_needed(request: Request, error: Exception) -> Response:
    reference = error.reference if isinstance(error, ReasonNeeded) else ""
    return RedirectResponse(f"/restricted/{quote(reference)}", status_code=303)


def _http(request: Request, error: Exception) -> Response:
    if not hasattr(request.state, "user"):  # an address that no page has passed no guard; the person keeps their navigation all the same
        console = console_of(request)
        request.state.user = console.user_of(request.cookies.get(console.cookie, ""))
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status in {404, 405}:
        return told(request, trouble.not_found())
    return told(request, Trouble(status, "This could not be done", "Go back and try again."))


def _missing(request: Request, _: Exception) -> Response:
    return told(request, Trouble(422, "This form was not complete", "Go back, load the page again, and send it once more."))


def _too_much(request: Request, _: Exception) -> Response:
    return told(request, trouble.too_large())


def _intake(request: Request, error: Exception) -> Response:
    if isinstance(error, Retry):
        return told(request, Trouble(503, "That did not work just now", "Nothing was changed.", "Wait a moment, go back, and do it again."))
    return told(request, Trouble(409, "That could not be done", str(error)))


def _fault(request: Request, error: Exception) -> Response:
    """A defect of ours: the log gets its kind and place, never its words, which may be somebody's name."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    _LOG.error("%s at %s", type(error).__name__, f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "an unknown place")
    return told(
        request,
        Trouble(
            500, "Something went wrong on our side", "Nothing was lost.", "Go back and try again. If it happens again, tell whoever runs the hub."
        ),
    )
