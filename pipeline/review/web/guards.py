"""What a handler asks for in its signature: who is signed in, in which role, what was posted, which contact was opened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from models.contact import Contact
from models.glance import is_restricted
from pipeline.errors import WrongSetup
from pipeline.review.web import tokens
from pipeline.review.web.console import Console, console_of
from pipeline.review.web.trouble import Outdated, ReasonNeeded, SignedOut, Trouble, forged, no_contact, not_yours, too_large
from pipeline.review.web.users import Role, User
from pipeline.store import contacts

MOST_FIELDS = 2_000
KEPT = "kept"
"""The hidden field of a form that was kept: once what it asks for is done, it is kept no longer."""
NEWS = "/queue/news"
"""Asked for by the page itself every minute: it keeps nobody signed in."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = ("/static/", "/sign-in", "/accessibility", "/help")


async def checked(request: Request) -> AsyncIterator[None]:
    """Before every handler: who is this, and did a form come from a page of ours? Sets request.state.user and request.state.form."""
    console = console_of(request)
    request.state.form = FormData()
    token = request.cookies.get(console.cookie, "")
    user = None
    if token and not request.url.path.startswith("/static/"):
        user = await run_in_threadpool(console.user_of, token, at_work=request.url.path != NEWS)
    gateway = request.app.state.doors.proxy
    if user is not None and gateway is not None:  # every request must come through the gateway, and as the same person
        told = gateway.told(request)
        user = replace(user, roles=told.roles) if told and told.who == user.who else None
    request.state.user = user
    if request.method not in _SAFE:
        if not from_here(request, console):
            raise forged()
        request.state.form = await _form(request)
        if user is not None and not tokens.same(str(request.state.form.get("csrf", "")), tokens.form_word(user.token)):
            told = "sec-fetch-site" in request.headers or "origin" in request.headers
            raise (Outdated() if told and not request.url.path.startswith(_OPEN) else forged())
    if not request.url.path.startswith(_OPEN):
        if user is None:
            raise SignedOut
        if request.method == "GET" and "hx-request" not in request.headers and console.asks_again(user):
            raise SignedOut  # the identity service is asked again, which it answers by itself while they are signed in there
    yield
    if user is not None and KEPT in request.state.form:
        await run_in_threadpool(console.let_go, user)


def from_here(request: Request, console: Console) -> bool:
    """Whether the browser says that a page of this console sent the request. A client that says nothing is no browser of today."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    ours = console.settings.console_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    return origin is None or origin.rstrip("/") == ours.rstrip("/")


async def _form(request: Request) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data", ""}:
        raise Trouble(415, "This form could not be read", "Go back, load the page again, and send it once more.")
    try:
        return await request.form(max_files=0, max_fields=MOST_FIELDS)
    except Exception as error:  # starlette's own HTTPException for a form that is broken or too long
        raise too_large() from error


def signed_in(request: Request) -> User:
    """Whoever is signed in."""
    user: User | None = request.state.user
    if user is None:
        raise SignedOut
    return user


def _holding(*roles: Role) -> Callable[[Request], User]:
    def of(request: Request) -> User:
        user = signed_in(request)
        if not user.may(*roles):
            raise not_yours()
        return user

    return of


def posted(request: Request) -> FormData:
    """The fields of the form."""
    found: FormData = request.state.form
    return found


@dataclass(frozen=True, slots=True)
class Versioned:
    """A contact as it was read, with the version to give back when saving."""

    contact: Contact
    version: int
    state: str


SignedInUser = Annotated[User, Depends(signed_in)]
Screener = Annotated[User, Depends(_holding(Role.SCREENER, Role.MANAGER))]
Manager = Annotated[User, Depends(_holding(Role.MANAGER))]
Figuring = Annotated[User, Depends(_holding(Role.SCREENER, Role.MANAGER, Role.AUDITOR))]
Operator = Annotated[User, Depends(_holding(Role.OPS, Role.MANAGER))]
Auditor = Annotated[User, Depends(_holding(Role.AUDITOR, Role.MANAGER))]
Posted = Annotated[FormData, Depends(posted)]


def opened(request: Request, reference: str, user: Screener) -> Versioned:
    """The contact that `{reference}` of the path names, for a screener or manager. The view is audited; a restricted one needs a reason first."""
    console = console_of(request)
    try:
        contact = console.intake.contact(reference)
    except WrongSetup:
        raise no_contact() from None
    with console.intake.store.reading() as session:
        saved = contacts.get(session, contact.reference)
    if saved is None:
        raise no_contact()
    if is_restricted(saved.contact) and contact.reference not in user.reasons:
        raise ReasonNeeded(contact.reference)
    if request.method == "GET":
        console.note(user, "opened in the console", contact.reference)
    return Versioned(saved.contact.model_copy(update={"correspondence": contact.correspondence}), saved.version, saved.state)


Opened = Annotated[Versioned, Depends(opened)]
