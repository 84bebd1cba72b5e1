"""Two mails about one child, worked through at the same moment: what they come to is what they would have come to one after the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.app import App, open_app
from pipeline.settings import Settings
from pipeline.work import Worker
from tests.mails import form, mail
from tests.servers import Mailbox

SECONDS = 120


@pytest.fixture
def settings(tmp_path: Path, pymap_server: Mailbox) -> Settings:
    account = pymap_server.account
    return Settings(
        authority="lewisham",
        data_dir=tmp_path / "data",
        imap_host=account.host,
        imap_port=account.port,
        imap_security="none",
        imap_user=account.user,
        imap_password=account.password,
    )


@pytest.fixture
def both(settings: Settings, pymap_server: Mailbox) -> Iterator[tuple[App, App]]:
    """Two workers' hubs on one store, and the same form in the inbox twice."""
    pymap_server.deliver(*(mail(("Referral.docx", form()), subject=f"Referral, {word}") for word in ("once", "and once more")))
    with open_app(settings) as one, open_app(settings) as other:
        assert one.poll_once().stored == 2
        yield one, other


def test_a_form_that_came_twice_is_one_contact_though_two_had_it_in_hand(both: tuple[App, App], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = both
    meet, whole = threading.Barrier(2, timeout=SECONDS), Worker._prepared
    seen: set[int] = set()

    def prepared(self: Worker, *given: Any) -> Any:
        made = whole(self, *given)
        if threading.get_ident() not in seen:
            seen.add(threading.get_ident())
            meet.wait()  # both have looked for the other's contact, and found none
        return made

    monkeypatch.setattr(Worker, "_prepared", prepared)
    first, second = one.pending()
    threads = [threading.Thread(target=hub.process, args=(number,)) for hub, number in ((one, first), (other, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert len(seen) == 2
    (contact,) = one.contacts()
    assert len(contact.messages) == 2
    assert one.pending() == []
