"""The extraction confidence report: one HTML file that needs nothing else, for a screener to read, keep or print."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from models.authority import Authority
from models.contact import Contact
from pipeline.review import dates, words
from pipeline.review.clean import shown
from pipeline.review.overview import report


def render(contact: Contact, now: datetime | None = None, authority: Authority | None = None) -> str:
    """The report of one contact. `now` is when it is made: with it, and the authority's opening hours, the clocks say what is left."""
    environment = _environment()
    return environment.get_template("report.html").render(view=report(contact, now, authority), policy=policy())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = dates.moment
    environment.filters["sentence"] = words.sentence
    environment.globals.update(words=words, look_up=words.look_up, style=_style)
    return environment


@cache
def _style() -> Markup:
    """Our own file, with nothing of a referral in it."""
    return Markup(resources.files("pipeline.review").joinpath("templates/report.css").read_text(encoding="utf-8"))  # noqa: S704


@cache
def policy() -> str:
    """A content security policy that lets the page's own style through and nothing else: no script, no request, no form."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
