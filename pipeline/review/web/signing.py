"""Signing in and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from pipeline.review.web import kept
from pipeline.review.web.console import Console, console_of
from pipeline.review.web.entrance import Doors
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Posted, SignedInUser
from pipeline.review.web.oidc import cookie
from pipeline.review.web.proxy import Told
from pipeline.review.web.trouble import not_found

router = APIRouter()


def doors_of(request: Request) -> Doors:
    """The way in of this console."""
    found: Doors = request.app.state.doors
    return found


@router.get("/sign-in")
def sign_in_page(request: Request, to: str = "/") -> Response:
    """Where one signs in. Behind a gateway that has done so already, straight on."""
    doors, console = doors_of(request), console_of(request)
    if doors.proxy and (told := doors.proxy.told(request)):
        return welcome(request, console, told, inside(to))
    return page(request, "console/sign-in.html", doors=doors_of(request), to=inside(to))


@router.post("/sign-in")
def sign_in(request: Request, form: Posted) -> Response:
    """Sign in as a local user."""
    local, console = doors_of(request).local, console_of(request)
    if local is None:
        raise not_found()
    name, to = str(form.get("name", "")), inside(str(form.get("to", "/")))
    address = request.client.host if request.client else ""
    if not local.may_try(name, address, console.now()):
        return page(
            request, "console/sign-in.html", status=429, doors=doors_of(request), to=to, problem="Too many tries. Wait five minutes, then try again."
        )
    user = local.check(name, str(form.get("password", "")))
    if user is None:
        problem = "The name or the password is not right."
        return page(request, "console/sign-in.html", status=401, doors=doors_of(request), to=to, problem=problem)
    local.forget_tries(name, address)
    return welcome(request, console, Told(f"local:{user.id}", user.name, user.roles), to)


@router.get("/sign-in/start")
async def start(request: Request, to: str = "/") -> Response:
    """Off to the identity service."""
    oidc = doors_of(request).oidc
    if oidc is None:
        raise not_found()
    return await oidc.send_away(request, console_of(request), inside(to))


@router.get("/sign-in/back")
async def back(request: Request) -> Response:
    """Back from the identity service."""
    doors, console = doors_of(request), console_of(request)
    if doors.oidc is None:
        raise not_found()
    proven = await doors.oidc.welcome_back(request, console)
    told = Told(proven.who, proven.name, proven.roles)
    answer = await run_in_threadpool(welcome, request, console, told, inside(proven.to))
    answer.delete_cookie(cookie(console), path="/", secure=console.secure, httponly=True, samesite="lax")
    return answer


@router.post("/sign-out")
def sign_out(request: Request, user: SignedInUser) -> Response:
    """Sign out."""
    console = console_of(request)
    console.sign_out(user)
    request.state.user = None
    answer = page(
        request,
        "console/message.html",
        title="You are signed out",
        told=["Close this window if others use this computer."],
        link=("/sign-in", "Sign in again"),
    )
    answer.delete_cookie(console.cookie, path="/", secure=console.secure, httponly=True, samesite="lax")
    return answer


def welcome(request: Request, console: Console, told: Told, to: str) -> Response:
    """On to where they wanted to go, with a fresh session; or to what they were typing when the last one ended."""
    token = console.sign_in(told.who, told.name, told.roles)
    if kept.carry_over(console, request.cookies.get(console.cookie, ""), token, told.who):
        to = "/kept"
    answer = RedirectResponse(to, status_code=303)
    answer.set_cookie(console.cookie, token, path="/", secure=console.secure, httponly=True, samesite="lax")
    return answer


def inside(address: str) -> str:
    """An address of this console, or its first page: never anybody else's."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith(("//", "/\\", "/sign-in", "/sign-out")) and not parts.scheme and not parts.netloc
    return address if plain and address.isprintable() else "/"
