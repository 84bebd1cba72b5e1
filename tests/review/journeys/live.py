"""A console that really runs: a hub with contacts that came by mail, served on loopback, and Debian's Chromium signed in to it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from models.contact import Contact
from models.extraction import Problem
from models.matching import KnownPerson
from pipeline.review.pages import Pages
from pipeline.review.web import create_app
from tests.review.console import PASSWORD, _users
from tests.screened import Hub, hub

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Live:
    """A hub and the address of its console."""

    hub: Hub
    address: str
    browser: Browser

    @contextlib.contextmanager
    def screen(self, user: str = "sam", *, width: int = 1400, height: int = 900, **given: Any) -> Iterator[Page]:
        """A window of its own with somebody signed in. What the page asks of other hosts, or says in its console, fails the test."""
        context: BrowserContext = self.browser.new_context(viewport={"width": width, "height": height}, **given)
        said: list[str] = []
        asked: list[str] = []
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(self.address) else None)
        page.goto(f"{self.address}/sign-in")
        page.fill("input[name=name]", user)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_load_state("networkidle")
        try:
            yield page
        finally:
            context.close()
        refused = [one for one in said if "422" not in one and "409" not in one]  # a refusal in words is an answer with that status
        assert refused == []
        assert asked == []

    def drawn(self, contact: Contact) -> None:
        """Have the contact's forms drawn: on a busy machine the office program may run out of its time, and the next try goes on."""
        pages = Pages(self.hub.app)
        try:
            for entry in pages.files(contact):
                assert any(not isinstance(pages.sheets(contact, entry), Problem) for _ in range(6))
        finally:
            pages.close()

    def open(self, page: Page, reference: str, query: str = "") -> None:
        """A referral's page."""
        page.goto(f"{self.address}/referral/{reference}{query}")
        page.wait_for_load_state("networkidle")


@contextlib.contextmanager
def live(folder: Path, known: Sequence[KnownPerson] = (), **given: Any) -> Iterator[Live]:
    """A console with a browser, for one module of journeys."""
    users = folder / "users.toml"
    users.write_text("".join(_users()), encoding="utf-8")
    with hub(folder, known, console_sign_in="local", console_users_file=users, **given) as made, sync_playwright() as player:
        assert CHROMIUM, "Debian's chromium is needed: `make test` installs it"
        with served(made) as address:
            browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            try:
                yield Live(made, address, browser)
            finally:
                browser.close()


@contextlib.contextmanager
def served(made: Hub) -> Iterator[str]:
    """The console on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(made.app), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ends = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < ends, "the console did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)
