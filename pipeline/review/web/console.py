"""What every page has at hand: the hub, its clock and settings, and the sessions of who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from fastapi import Request

from pipeline.app import App
from pipeline.review.figures import Figures
from pipeline.review.web import tokens
from pipeline.review.web.users import User, roles_of
from pipeline.settings import Settings
from pipeline.store import audit, queue, sessions

ROLES_HOLD = timedelta(hours=1)


class Console:
    """One hub's console."""

    def __init__(self, intake: App, now: Callable[[], datetime]) -> None:
        self.intake, self.now = intake, now
        self.settings: Settings = intake.settings
        self.kept_figures: tuple[tuple[int, str, date], Figures] | None = None
        self.secure = (self.settings.console_url or "").startswith("https://") or self.settings.console_certificate is not None

    def catch_up(self) -> None:
        """Put every contact into the queue that an older version kept, before anybody looks: none may be missing from it."""
        made = 1
        while made:
            with self.intake.store.session() as session:
                made = queue.catch_up(session)

    @property
    def cookie(self) -> str:
        """The cookie's name: behind TLS one that no other host can set. Two consoles on one machine have their port in it: browsers keep cookies by host alone."""
        return "__Host-mash" if self.secure else f"mash-{self.settings.console_port}"

    def sign_in(self, who: str, name: str, roles: frozenset[str]) -> str:
        """Begin a session and say its token."""
        token, now = tokens.new(), self.now()
        with self.intake.store.session() as session:
            sessions.start(session, tokens.digest(token), who, name[:120], tuple(sorted(roles)), now)
            audit.append(session, who, "signed in to the console", None, now)
        return token

    def sign_out(self, user: User) -> None:
        """End the session."""
        now = self.now()
        with self.intake.store.session() as session:
            sessions.end(session, tokens.digest(user.token), now)
            audit.append(session, user.who, "signed out of the console", None, now)

    def session_of(self, token: str) -> sessions.SignedIn | None:
        """A token's session, ended or not."""
        idle, longest = timedelta(minutes=self.settings.console_idle_minutes), timedelta(hours=self.settings.console_session_hours)
        with self.intake.store.reading() as session:
            return sessions.find(session, tokens.digest(token), self.now(), idle, longest)

    def user_of(self, token: str, *, at_work: bool = True) -> User | None:
        """Who a token stands for, while the session lives. A page that asks by itself for news is no sign of somebody at work."""
        found = self.session_of(token) if token else None
        if found is None or not found.live or not found.who:
            return None
        now = self.now()
        if at_work and now - found.seen_at > sessions.STEP:
            with self.intake.store.session() as session:
                sessions.touch(session, tokens.digest(token), now)
        return User(found.who, found.name, roles_of(list(found.roles)), token, found.reasons, found.started_at)

    def asks_again(self, user: User) -> bool:
        """Whether the identity service should say again who this is and what they may do: a role taken away must not last for the day."""
        return self.settings.console_sign_in == "oidc" and user.since is not None and self.now() - user.since > ROLES_HOLD

    def let_go(self, user: User) -> None:
        """Keep nothing for them any more: what was kept is saved, or thrown away."""
        with self.intake.store.session() as session:
            sessions.hold(session, tokens.digest(user.token), None)

    def note(self, user: User, what: str, reference: str | None = None) -> None:
        """Write to the audit trail who looked at or did what. `what` holds no personal data."""
        with self.intake.store.session() as session:
            audit.append(session, user.who, what, reference, self.now())


def console_of(request: Request) -> Console:
    """The console that a request came to."""
    found: Console = request.app.state.console
    return found
