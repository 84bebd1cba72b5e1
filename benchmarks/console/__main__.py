"""The queue with thousands of contacts, and a referral page each: `python -m benchmarks.console [--contacts 5000]`.

Median and 95th percentile of the time at the server, from the request's arrival to the last byte of the answer, audit row and all, by one user on
a SQLite store; and the weight of what a browser fetches, packed and unpacked. Contacts are the samples' own, with other names and times.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient

from models.contact import Contact
from models.screening import Screening, Signed
from pipeline.app import App
from pipeline.review.web import create_app
from pipeline.review.web.local import add_user
from pipeline.review.web.static import assets
from pipeline.review.web.users import Role
from pipeline.route.deadlines import deadlines
from pipeline.settings import Settings
from pipeline.store import contacts, references
from tests import factory
from tests.rich_contact import rich_contact

PASSWORD = "a long made-up password"
SURNAMES = ("Tennick", "Okoro", "Begum", "Kowalska", "O'Shea", "Adeyemi", "Chowdhury", "Penhale", "Nguyen", "Verity", "Dunmore", "Haddad")
GIVEN = ("Orla", "Fintan", "Amira", "Tadgh", "Zofia", "Kwame", "Iris", "Yusuf", "Mabel", "Dao", "Ola", "Noor")
LEAST = 0.2
"""Seconds a page may take in the middle."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--contacts", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        intake = App.open(_settings(Path(folder)))
        kept = _fill(intake, given.contacts)
        browser = _signed_in(intake)
        slow = _measure(browser, kept, given.rounds)
        intake.close()
    return int(slow)


def _settings(folder: Path) -> Settings:
    add_user(folder / "users.toml", "bench", PASSWORD, frozenset({Role.SCREENER, Role.MANAGER}))
    return Settings(authority="lewisham", data_dir=folder / "data", console_sign_in="local", console_users_file=folder / "users.toml")


def _fill(intake: App, count: int) -> list[str]:
    """Contacts of the last weeks; a tenth are open, as in a hub that keeps up, and all of them in one that does not: here two thirds."""
    chance, now, kept = random.Random(8), datetime.now(UTC), []
    start = time.perf_counter()
    for first in range(0, count, 100):
        with intake.store.session() as session:
            for _ in range(first, min(first + 100, count)):
                contact = _contact(intake, chance, now)
                contacts.save(session, contact, now=now, state=None if chance.random() < 0.66 else "decided")
                kept.append(contact.reference)
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{count} contacts kept in {seconds:.1f} s ({1000 * seconds / count:.1f} ms each, with their words and their glance)\n")
    return kept


def _contact(intake: App, chance: random.Random, now: datetime) -> Contact:
    received = now - timedelta(minutes=chance.randrange(60 * 24 * 40))
    child = factory.person(given_names=chance.choice(GIVEN), family_name=chance.choice(SURNAMES), postcode=f"ZZ{chance.randrange(1, 10)} 9ZZ")
    changes = {
        "reference": references.make("LEWI", received),
        "received_at": received,
        "deadlines": deadlines(received, intake.authority),
        "screening": Screening(seen=Signed(by="local:bench", at=now)) if chance.random() < 0.5 else Screening(),
    }
    if chance.random() < 0.2:
        rich = rich_contact(**changes)
        return rich.model_copy(update={"record": rich.record.model_copy(update={"children": (child, *rich.record.children[1:])})})
    record = factory.record(children=(child,))
    return factory.contact(record=record, fields=factory.fields_of(record), **changes)


def _signed_in(intake: App) -> TestClient:
    browser = TestClient(create_app(intake), base_url="http://127.0.0.1", headers={"sec-fetch-site": "same-origin"}, client=("127.0.0.1", 50000))
    browser.post("/sign-in", data={"name": "bench", "password": PASSWORD})
    return browser


def _measure(browser: TestClient, kept: list[str], rounds: int) -> bool:
    token = browser.get("/queue").text.partition('name="csrf" value="')[2].partition('"')[0]
    found = browser.post("/queue/search", data={"words": "okoro zz3", "csrf": token}, follow_redirects=False).headers["location"]
    last = f"/queue?view=todo&n={len(kept) * 2 // 3 // 50}"
    pages = {
        "queue, first page": ["/queue"], "queue, last page": [last], "queue, not opened": ["/queue?view=unopened"], "queue, done": ["/queue?view=done"],
        "search, two words": [found], "referral": [f"/referral/{one}" for one in kept[:rounds]], "team figures": ["/team"],
    }  # fmt: skip
    slow = False
    sys.stdout.write(f"{'page':<22}{'median':>10}{'95 of 100':>12}{'kB':>8}\n")
    for name, addresses in pages.items():
        times, size = [], 0
        for number in range(rounds):
            start = time.perf_counter()
            answer = browser.get(addresses[number % len(addresses)])
            times.append(time.perf_counter() - start)
            size = len(answer.content)
            if answer.status_code != 200:
                sys.stdout.write(f"{name:<22}{answer.status_code:>10}\n")
                break
        else:
            middle = statistics.median(times)
            slow = slow or middle > LEAST
            sys.stdout.write(f"{name:<22}{1000 * middle:>7.0f} ms{1000 * sorted(times)[int(len(times) * 0.95)]:>9.0f} ms{size / 1000:>8.0f}\n")
    scripts = assets().values()
    sys.stdout.write(
        f"style and scripts: {sum(len(one.data) for one in scripts) / 1000:.0f} kB, {sum(len(one.packed) for one in scripts) / 1000:.0f} kB packed\n"
    )
    return slow


if __name__ == "__main__":
    sys.exit(main())
