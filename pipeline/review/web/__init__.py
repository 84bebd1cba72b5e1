"""The screeners' console: the frame that every page stands in. `create_app` makes the web application of one hub."""

from pipeline.review.web.app import create_app
from pipeline.review.web.console import Console, console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Manager, Opened, Posted, Screener, SignedInUser, Versioned
from pipeline.review.web.users import Role, User

__all__ = [
    "Console",
    "Manager",
    "Opened",
    "Posted",
    "Role",
    "Screener",
    "SignedInUser",
    "User",
    "Versioned",
    "console_of",
    "create_app",
    "page",
]
