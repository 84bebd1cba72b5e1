"""The hub's figures: hours are told apart by the clock of arrival, however many are asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models.contact import Routing
from models.figures import HourFigures
from pipeline.store import contacts, figures, ledger
from pipeline.store.engine import Store
from tests.factory import contact

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NINE = NOW.replace(minute=0)
HOUR = timedelta(hours=1)


def test_each_hour_has_its_own_mails_and_contacts(store: Store) -> None:
    came = {
        "2": (NINE, "manual"),
        "3": (NOW, "screen_urgently"),
        "4": (NINE - timedelta(seconds=1), "return_to_referrer"),
        "5": (NINE - 2 * HOUR, "manual"),
    }
    with store.session() as session:
        for number, (name, (at, decision)) in enumerate(came.items()):
            ledger.record(session, ledger.Arrived("hub", "INBOX", 1, number, f"{number:064x}", 1, at))
            routing = Routing(decision=decision)
            contacts.save(session, contact(reference=f"LE-26-{name * 4}-{name * 4}", received_at=at, routing=routing), now=NOW)
        ledger.record(session, ledger.Arrived("hub", "INBOX", 2, 9, f"{0:064x}", 1, NOW))
    with store.reading() as session:
        found = figures.hub(session, NOW, 3).hours
        assert figures.hub(session, NOW).hours == ()
    assert found == (
        HourFigures(begins=NINE, received=2, contacts=2, urgent=1, with_person=1),
        HourFigures(begins=NINE - HOUR, received=1, contacts=1, returned=1),
        HourFigures(begins=NINE - 2 * HOUR, received=1, contacts=1, with_person=1),
    )
