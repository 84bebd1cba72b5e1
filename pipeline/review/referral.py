"""The referral page: shown, worked on, and its panel with the picture of where a value stands."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from models.contact import Contact
from models.glance import is_restricted
from pipeline.errors import Retry
from pipeline.review.pages import Pages
from pipeline.review.referral_acts import ACTS, MANAGERS, Order, anchor_of, decided_in_words, draft_of, title_of
from pipeline.review.referral_letters import letter_view
from pipeline.review.referral_panel import panel_of
from pipeline.review.referral_view import event_words, said_of, view_of, who
from pipeline.review.web.console import Console, console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import KEPT, Opened, Posted, Screener
from pipeline.review.web.kept import TYPED
from pipeline.review.web.trouble import ReasonNeeded, no_contact, not_found, not_yours
from pipeline.review.web.users import Role, User
from pipeline.screening.acting import Gone, Hand, Seen, Stale
from pipeline.screening.acts import Refused
from pipeline.store import acts, contacts, drafts, outbox
from pipeline.store.contacts import Saved

router = APIRouter()
_NOT_KEPT = frozenset({"csrf", "seen", KEPT})


def pages_of(request: Request) -> Pages:
    """The console's pages, made when first asked for."""
    found: Pages | None = getattr(request.app.state, "pages", None)
    if found is None:
        intake = console_of(request).intake
        found = request.app.state.pages = Pages(intake)
        intake.when_closed(found.close)
    return found


def looked_at(request: Request, reference: str, user: Screener) -> Saved:
    """A contact for a part of its page: the page itself was audited. Raises as the page does where it is gone or restricted."""
    with console_of(request).intake.store.reading() as session:
        saved = contacts.get(session, reference)
    if saved is None:
        raise no_contact()
    if is_restricted(saved.contact) and saved.contact.reference not in user.reasons:
        raise ReasonNeeded(saved.contact.reference)
    return saved


@router.get("/referral/{reference}")
def referral(request: Request, opened: Opened, user: Screener, show: str | None = None, after: str | None = None) -> HTMLResponse:
    """The page. `show` is the value in the panel, `after` what was just settled."""
    console = console_of(request)
    saved = Saved(opened.contact, opened.version, opened.state)
    if opened.contact.screening.seen is None:
        with contextlib.suppress(Retry):  # somebody was first, or a mail came: the page is shown as it stands, and the next to open it notes it
            console.intake.screening.seen(opened.contact.reference, user.who, console.now())
        saved = looked_at(request, opened.contact.reference, user)
    return _page(request, console, saved, user, show=show, after=after)


@router.get("/referral/{reference}/source")
def source(request: Request, reference: str, user: Screener, path: str, focus: str | None = None) -> HTMLResponse:
    """The panel alone: for htmx."""
    console = console_of(request)
    saved = looked_at(request, reference, user)
    panel = panel_of(saved.contact, pages_of(request), path)
    if panel is None:
        raise not_found()
    with console.intake.store.reading() as session:
        mine = drafts.of_user(session, saved.contact.reference, user.who)
    view = view_of(saved, console.intake.authority, console.now(), drafts=mine)
    return page(request, "referral/panel.html", view=view, panel=panel, focus=focus == "1")


@router.post("/referral/{reference}/do/{act}")
def do(request: Request, reference: str, act: str, user: Screener, form: Posted) -> Response:
    """One act. Refused in words on the page itself, with what was typed kept; a stale one shows both versions."""
    console = console_of(request)
    if act not in ACTS:
        raise not_found()
    saved = looked_at(request, reference, user)
    if not user.may(Role.MANAGER) and _is_a_managers(console, saved.contact, act, form):
        raise not_yours()
    fields = {name: str(value) for name, value in form.items() if name not in _NOT_KEPT}
    now = console.now()
    try:
        hand = Hand(user.who, Seen.read(str(form.get("seen", ""))), now)
        ACTS[act](Order(console.intake.screening, saved.contact, hand, fields))
    except Gone:
        raise no_contact() from None
    except Stale as stale:
        _keep(console, saved.contact, user, act, fields, now)
        return _stale(request, stale, act, fields)
    except Refused as refused:
        _keep(console, saved.contact, user, act, fields, now)
        show = fields.get("path") if act == "correct" else None
        return _page(
            request, console, looked_at(request, reference, user), user, show=show, error=str(refused), at=anchor_of(act, fields), status=422
        )
    with console.intake.store.session() as session:
        drafts.forget(session, saved.contact.reference, user.who, draft_of(act, fields))
    anchor = anchor_of(act, fields)
    return RedirectResponse(f"/referral/{saved.contact.reference}?{urlencode({'after': anchor})}#{anchor}", status_code=303)


@router.post("/referral/{reference}/draft")
def keep_draft(request: Request, reference: str, user: Screener, form: Posted) -> Response:
    """What is being typed, kept on every change."""
    saved = looked_at(request, reference, user)
    act = str(form.get("act", ""))
    if act not in ACTS:
        raise not_found()
    fields = {name: str(value) for name, value in form.items() if name not in {*_NOT_KEPT, "act"}}
    console = console_of(request)
    _keep(console, saved.contact, user, act, fields, console.now())
    if KEPT in form:  # pressed by a person on the page of what was kept, who wants to go on from there
        return RedirectResponse(f"/referral/{saved.contact.reference}", status_code=303)
    return Response(status_code=204)


@router.post("/referral/{reference}/draft/drop")
def drop_draft(request: Request, reference: str, user: Screener, form: Posted) -> Response:
    """Throw a draft away."""
    saved = looked_at(request, reference, user)
    with console_of(request).intake.store.session() as session:
        drafts.forget(session, saved.contact.reference, user.who, str(form.get("draft", ""))[:120])
    return RedirectResponse(f"/referral/{saved.contact.reference}", status_code=303)


def _is_a_managers(console: Console, contact: Contact, act: str, form: FormData) -> bool:
    """Whether only a manager does this: answering as one, taking such an answer back, and saying who a record is that shows nothing to others."""
    if act == "undo":
        with console.intake.store.reading() as session:
            last = acts.last(session, contact.reference)
        return last is not None and last.correction.kind == "authorisation" and last.correction.after is not None
    if act == "match":
        shown = [one for result in contact.matches if result.id == form.get("person") for one in result.candidates]
        return any(one.restricted and one.record_id == form.get("record") for one in shown)
    return act in MANAGERS


def _keep(console: Console, contact: Contact, user: User, act: str, fields: dict[str, str], now: datetime) -> None:
    with console.intake.store.session() as session:
        drafts.keep(session, contact.reference, user.who, draft_of(act, fields), fields, now)


def _page(
    request: Request,
    console: Console,
    saved: Saved,
    user: User,
    *,
    show: str | None = None,
    after: str | None = None,
    error: str | None = None,
    at: str | None = None,
    status: int = 200,
) -> HTMLResponse:
    pages = pages_of(request)
    contact = saved.contact
    with console.intake.store.reading() as session:
        done = acts.of_contact(session, contact.reference)
        letters = tuple(letter_view(row, contact.screening.edited) for row in outbox.letters_of(session, contact.reference))
        mine = drafts.of_user(session, contact.reference, user.who)
    view = view_of(saved, console.intake.authority, console.now(), letters=letters, files=pages.files(contact), done=done, drafts=mine, after=after)
    more: dict[str, Any] = {
        "view": view,
        "panel": panel_of(contact, pages, show) if show else None,
        "focus": False,
        "error": error,
        "at": at,
        "who": who,
        "event_words": event_words,
        "is_manager": user.may(Role.MANAGER),
        "authority": console.intake.authority,
    }
    return page(request, "referral/page.html", status=status, **more)


def _stale(request: Request, stale: Stale, act: str, fields: dict[str, str]) -> HTMLResponse:
    """Both versions: what the user was about to save, and what stands now and why."""
    contact = stale.now.contact
    changed = [{"said": said_of(one), "by": who(one.by), "at": one.at, "before": one.before, "after": one.after} for one in stale.changed]
    panel = panel_of(contact, pages_of(request), fields["path"]) if fields.get("path") else None
    shown = {name: value for name, value in fields.items() if name in TYPED and value}
    return page(
        request,
        "referral/stale.html",
        status=409,
        contact=contact,
        seen=str(Seen.of(stale.now)),
        act=act,
        fields=fields,
        title=title_of(act, fields),
        yours=shown,
        decided=decided_in_words(fields, console_of(request).intake.authority) if act == "decide" else None,
        current=panel.row.value if panel else None,
        changed=changed,
        since=stale.since,
        who=who,
        event_words=event_words,
    )
