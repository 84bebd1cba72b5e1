"""The frame of every page: templates, the navigation, and what a template may count on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from pipeline.review import dates, words
from pipeline.review.clean import shown
from pipeline.review.web import tokens
from pipeline.review.web.console import console_of
from pipeline.review.web.static import path_of
from pipeline.review.web.users import Role, User


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation, and who has it."""

    text: str
    href: str
    roles: frozenset[Role]
    holds: tuple[str, ...] = ()

    def is_around(self, path: str) -> bool:
        """Whether an address is part of this place."""
        return path.startswith((self.href, *self.holds))


NAVIGATION = (
    Place("Referrals", "/queue", frozenset({Role.SCREENER, Role.MANAGER}), ("/referral/", "/restricted/")),
    Place("Team figures", "/team", frozenset({Role.SCREENER, Role.MANAGER, Role.AUDITOR})),
    Place("States and counts", "/ops", frozenset({Role.OPS, Role.MANAGER})),
    Place("Who looked", "/audit", frozenset({Role.AUDITOR, Role.MANAGER})),
)


@cache
def environment() -> Environment:
    """The templates: ours, and the design system's components."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("pipeline.review"), PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(moment=dates.moment, day=dates.day, span=dates.span, sentence=words.sentence)
    made.globals.update(words=words, look_up=words.look_up, static=path_of)
    return made


def page(request: Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **view: Any) -> HTMLResponse:
    """A page, or a part of one for htmx. Every template has: user, csrf (the hidden field of a form), path, now, navigation, partial."""
    user: User | None = getattr(request.state, "user", None)
    console = console_of(request)
    shared: dict[str, Any] = {
        "user": user,
        "csrf": form_field(user.token) if user else Markup(),
        "path": request.url.path,
        "now": console.now(),
        "partial": request.headers.get("hx-request") == "true",
        "navigation": [
            {"text": one.text, "href": one.href, "active": one.is_around(request.url.path)} for one in NAVIGATION if user and user.may(*one.roles)
        ],
    }
    return HTMLResponse(environment().get_template(template).render(shared | view), status_code=status, headers=headers)


def form_field(token: str) -> Markup:
    """The hidden field that proves a form is ours."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(tokens.form_word(token))
