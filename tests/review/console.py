"""A console on a store of its own, with local users and a clock that tests set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from httpx import Response

from models.contact import Contact
from pipeline.app import App
from pipeline.review.web import Role, create_app
from pipeline.settings import Settings
from pipeline.store import contacts
from tests import factory

PASSWORD = "correct horse battery"
NOW = factory.RECEIVED + timedelta(hours=1)
USERS = {"sam": [Role.SCREENER], "mo": [Role.MANAGER], "ada": [Role.AUDITOR], "olu": [Role.OPS], "nia": []}


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **step: float) -> None:
        self.now += timedelta(**step)


@dataclass
class Desk:
    """A console, its hub and its clock."""

    intake: App
    clock: Clock
    client: TestClient

    def save(self, contact: Contact, **given: Any) -> Contact:
        with self.intake.store.session() as session:
            contacts.save(session, contact, now=self.clock.now, **given)
        return contact

    def as_user(self, name: str) -> TestClient:
        """A browser of its own with somebody signed in."""
        browser = self.browser()
        answer = browser.post("/sign-in", data={"name": name, "password": PASSWORD, "to": "/"}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return browser

    def browser(self, client: tuple[str, int] = ("127.0.0.1", 5000)) -> TestClient:
        return TestClient(self.client.app, base_url="http://127.0.0.1", headers={"sec-fetch-site": "same-origin"}, client=client)


def csrf(answer: Response | str) -> str:
    """The word that the forms of a page carry."""
    text = answer if isinstance(answer, str) else answer.text
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', text)
    assert found, "the page has no form"
    return found.group(1)


@contextmanager
def desk(folder: Path, **given: Any) -> Iterator[Desk]:
    """A console of Lewisham on an empty store."""
    clock = Clock()
    users = folder / "users.toml"
    users.parent.mkdir(parents=True, exist_ok=True)
    users.write_text("".join(_users()), encoding="utf-8")
    options: dict[str, Any] = {"authority": "lewisham", "data_dir": folder / "data", "console_sign_in": "local", "console_users_file": users}
    settings = Settings(**(options | given))
    intake = App.open(settings, clock=clock)
    try:
        app = create_app(intake)
        yield Desk(intake, clock, TestClient(app))
    finally:
        intake.close()


@cache
def _users() -> tuple[str, ...]:
    """One hash for everybody, and a quick one: argon2 takes its time on purpose."""
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    return tuple(
        f'[{name}]\nname = "{name.title()}"\nroles = {[str(role) for role in roles] or ["screener"]}\nhash = "{hashed}"\n'
        for name, roles in USERS.items()
    )
