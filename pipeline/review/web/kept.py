"""What somebody was typing when their session ended: kept under their own token's cover, and shown again when the same person has signed in."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from pipeline.review.web import tokens
from pipeline.review.web.console import Console, console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import KEPT, SignedInUser
from pipeline.store import sessions

router = APIRouter()
_NEVER = {"csrf", "password", KEPT}
TYPED = frozenset({"words", "text", "subject", "because", "question", "reasons", "to"})
"""The fields of our forms that hold a person's own words."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was on its way: where to, and its fields."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What a person typed."""
        return tuple(value for name, value in self.fields if value.strip() and name in TYPED)


def typed(path: str, form: FormData) -> Typed:
    """The form of a request."""
    return Typed(path, tuple((name, value) for name, value in form.multi_items() if isinstance(value, str) and name not in _NEVER))


def keep(console: Console, token: str, form: Typed, word: str) -> bool:
    """Keep a form for whoever's session just ended. Whether there was such a session, and the form was one of its own."""
    found = console.session_of(token) if token else None
    if found is None or not found.who or not tokens.same(word, tokens.form_word(token)):
        return False
    with console.intake.store.session() as session:
        sessions.hold(session, tokens.digest(token), tokens.cover(token, json.dumps([form.path, form.fields])))
    return True


def carry_over(console: Console, old: str, new: str, who: str) -> bool:
    """Hand what was kept under an ended session to the new one of the same person. Whether there was anything."""
    found = console.session_of(old) if old else None
    words = tokens.uncover(old, found.held) if found and found.held and found.who == who else None
    with console.intake.store.session() as session:
        if found is not None:
            sessions.end(session, tokens.digest(old), console.now())
        if words is not None:
            sessions.hold(session, tokens.digest(new), tokens.cover(new, words))
    return words is not None


@router.get("/kept")
def kept_page(request: Request, user: SignedInUser) -> HTMLResponse:
    """What was kept, with what to do about it."""
    return page(request, "console/kept.html", form=_held(console_of(request), user.token))


@router.post("/kept/discard")
def discard(request: Request, user: SignedInUser) -> Response:
    """Throw it away."""
    console_of(request).let_go(user)
    return RedirectResponse("/", status_code=303)


def _held(console: Console, token: str) -> Typed | None:
    found = console.session_of(token)
    words = tokens.uncover(token, found.held) if found and found.held else None
    if words is None:
        return None
    path, fields = json.loads(words)
    return Typed(path, tuple((name, value) for name, value in fields))
