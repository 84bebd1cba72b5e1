"""A console that really runs, with made-up contacts of every kind, and Debian's Chromium to look at it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from models.contact import Contact
from models.screening import Screening, Signed
from pipeline.route.deadlines import deadlines
from tests import factory
from tests.review.console import NOW, PASSWORD, Desk, desk
from tests.rich_contact import rich_contact

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RICH, PLAIN, SHUT = "LE-26-2222-2222", "LE-26-3333-3333", "LE-26-4444-4444"
HOSTILE = "<img src=x onerror=alert(1)>" + "Wolfeschlegelsteinhausenbergerdorff" * 3
START_SECONDS = 60


@dataclass
class Site:
    """A console, where it is, and a browser."""

    desk: Desk
    address: str
    browser: Browser

    @contextlib.contextmanager
    def window(self, user: str | None = "mo", **given: Any) -> Iterator[Page]:
        """A window of its own, with somebody signed in."""
        context: BrowserContext = self.browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | given))
        page = context.new_page()
        try:
            if user:
                page.goto(f"{self.address}/sign-in")
                page.fill("#name", user)
                page.fill("#password", PASSWORD)
                page.click("main button[type=submit]")
            yield page
        finally:
            context.close()


@contextlib.contextmanager
def site(folder: Path) -> Iterator[Site]:
    """The console of a hub with a day's contacts."""
    with desk(folder) as made, sync_playwright() as player:
        assert CHROMIUM, "Debian's chromium is needed: `make test` installs it"
        for contact in contacts(made):
            made.save(contact)
        made.save(_aged(factory.contact(reference="LE-26-5555-5555"), made, timedelta(days=3)), state="decided")
        with _served(made) as address:
            browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            try:
                yield Site(made, address, browser)
            finally:
                browser.close()


def contacts(made: Desk) -> list[Contact]:
    """Urgent, plain, restricted, unreadable, opened, and one with a name that is an attack."""
    rich, plain = rich_contact(reference=RICH), factory.contact(reference=PLAIN)
    first = rich.matches[0]
    candidates = (first.candidates[0].model_copy(update={"restricted": True}), *first.candidates[1:])
    shut = rich.model_copy(update={"reference": SHUT, "matches": (first.model_copy(update={"candidates": candidates}),)})
    hostile = factory.contact(reference="LE-26-6666-6666", record=factory.record(children=(factory.person(given_names=HOSTILE),)))
    scan = factory.contact(reference="LE-26-7777-7777", record=factory.record(children=()), extractions=(factory.unreadable("scan.pdf"),))
    seen = factory.contact(reference="LE-26-8888-8888", screening=Screening(seen=Signed(by="local:sam", at=NOW)))
    late = factory.contact(reference="LE-26-9999-2222")
    return [_aged(one, made, timedelta(hours=13 * number)) for number, one in enumerate((rich, plain, shut, hostile, scan, seen, late))]


def _aged(contact: Contact, made: Desk, age: timedelta) -> Contact:
    received = NOW - age
    return contact.model_copy(update={"received_at": received, "deadlines": deadlines(received, made.intake.authority)})


@contextlib.contextmanager
def _served(made: Desk) -> Iterator[str]:
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(made.client.app, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    end = time.monotonic() + START_SECONDS
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    assert server.started
    try:
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
