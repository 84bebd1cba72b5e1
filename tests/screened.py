"""A hub with a contact that came in by mail, for tests of what screeners do: a real form, really read, matched and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from models.contact import Contact
from models.matching import KnownPerson
from pipeline.app import App
from pipeline.extract.narrative import Narrator
from pipeline.screening.acting import Hand, Seen
from pipeline.settings import Settings
from pipeline.store import contacts, ledger, people

ARRIVED = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)
AUTHENTIC = (("Authentication-Results", "mx.example-council.example; dmarc=pass header.from=larkfield.example.org"),)


class Clock:
    """A clock that moves a second whenever it is looked at, so that no two acts happen at once."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Hub:
    """An app, and what a test asks of it."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._uid = 0

    def receive(self, raw: bytes) -> Contact:
        """Take a mail in as a poll does, and work it through."""
        self._uid += 1
        arrived = ledger.Arrived(
            account="test", folder="INBOX", uid_validity=1, uid=self._uid, sha256=self.app.blobs.put(raw), size=len(raw), received_at=ARRIVED
        )
        with self.app.store.session() as session:
            ledger.record(session, arrived)
        summaries = [self.app.process(number) for number in self.app.pending()]
        return self.app.contact(summaries[-1].reference or "")

    def know(self, *known: KnownPerson) -> None:
        """Existing records."""
        with self.app.store.session() as session:
            people.import_people(session, known)

    def hand(self, reference: str, by: str = "local:sam") -> Hand:
        """Somebody who just opened the contact."""
        with self.app.store.reading() as session:
            saved = contacts.get(session, reference)
        assert saved is not None
        return Hand(by, Seen.of(saved), self.app.now())


@cache
def narrator() -> Narrator:
    """Loaded once a run: it holds no state between texts."""
    return Narrator()


@contextmanager
def hub(folder: Path, known: Sequence[KnownPerson] = (), **given: Any) -> Iterator[Hub]:
    """A hub of Lewisham on an empty store."""
    whole: dict[str, Any] = {"authority": "lewisham", "data_dir": folder / "data", "authserv_id": "mx.example-council.example"}
    settings = Settings(**(whole | {"smtp_from": "mash@example-council.example"} | given))
    app = App.open(settings, clock=Clock(ARRIVED + timedelta(minutes=30)))
    app.narrator = narrator()
    try:
        made = Hub(app)
        made.know(*known)
        yield made
    finally:
        app.close()
