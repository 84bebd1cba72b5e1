"""Who polls, what a poll tells a person, and what no server can do to it: fencing, alarms that stay, answers that drip, bytes that were lost."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from pipeline.app import App
from pipeline.errors import Retry, WrongSetup
from pipeline.ingest.imap import AT_ONCE, Account, Inbox
from pipeline.store import census, ledger
from pipeline.store.tables import Lease
from tests.ingest.mails import mail, text_part
from tests.ingest.test_ingest_poll_faults import MAILS, app_on, everything_is_ours
from tests.servers import Dovecot, Mailbox, dovecot_server


def taken_over(app: App) -> None:
    """Somebody else has the folder now, as after a stop of this machine that was longer than the lease."""
    with app.store.session() as session:
        session.execute(update(Lease).values(owner="another", token=Lease.token + 1))


def test_a_poller_that_was_overtaken_writes_nothing_more(dovecot: Dovecot, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    with app_on(box, data_dir) as app:
        real, fetched = Inbox.fetch, []

        def fetch(inbox: Inbox, uid: int) -> object:
            fetched.append(uid)
            if len(fetched) == 2:
                taken_over(app)
            return real(inbox, uid)

        monkeypatch.setattr(Inbox, "fetch", fetch)
        with pytest.raises(Retry, match="taken this folder over"):
            app.poll_once()
        monkeypatch.undo()
        assert len(fetched) == 2
        with app.store.reading() as session:
            assert ledger.counts(session)["received"] == 1
        assert len(box.read()) == 3
        with app.store.session() as session:
            session.execute(update(Lease).values(until=datetime(1970, 1, 1, tzinfo=UTC)))
        assert app.poll_once().note is None
        everything_is_ours(app, box)


def test_a_poller_that_was_overtaken_moves_nothing(dovecot: Dovecot, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    with app_on(box, data_dir) as app:
        real = census.take

        def take(*given: object) -> object:
            found = real(*given)  # type: ignore[arg-type]
            given[0].execute(update(Lease).values(owner="another", token=Lease.token + 1))  # type: ignore[attr-defined]
            return found

        monkeypatch.setattr(census, "take", take)
        with pytest.raises(Retry, match="taken this folder over"):
            app.poll_once()
    assert len(box.read()) == 3


def test_a_lease_of_a_clock_that_ran_ahead_holds_nobody_up(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    ahead = datetime.now(UTC) + timedelta(days=400)
    with app_on(box, data_dir) as app:
        app.poll_once()
        with app.store.session() as session:
            session.execute(update(Lease).values(owner="another", until=ahead))
        assert app.poll_once().note is None


def test_mail_that_came_and_went_between_two_polls_stays_an_alarm(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    box.deliver(MAILS[0])
    with app_on(box, data_dir) as app:
        app.poll_once()
        box.deliver(MAILS[1])
        with box.client() as client:
            client.select_folder("INBOX")
            client.delete_messages(client.search(["ALL"]))
            client.expunge()
        box.deliver(MAILS[2])
        assert "came and left" in str(app.poll_once().note)
        assert app.poll_once().note is None
        with app.store.reading() as session:
            ((_, alarm),) = census.alarms(session)
        assert "came and left" in alarm


def test_what_somebody_else_moves_after_we_have_it_is_no_alarm(dovecot: Dovecot, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    with app_on(box, data_dir) as app:
        monkeypatch.setattr(Inbox, "move_to_stored", refuse)
        with pytest.raises(Retry):
            app.poll_once()
        monkeypatch.undo()
        with box.client() as client:
            client.create_folder("Elsewhere")
            client.select_folder("INBOX")
            client.move([1, 2], "Elsewhere")
        told = app.poll_once()
        assert (told.seen, told.moved, told.note) == (1, 1, None)
        with app.store.reading() as session:
            assert census.alarms(session) == []
            assert ledger.counts(session)["received"] == 3


def refuse(*_: object) -> None:
    raise Retry("not now")


def test_a_renumbered_folder_is_told(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox(folder="Referrals")
    with box.client() as client:
        client.create_folder("Referrals")
    with app_on(box, data_dir) as app:
        app.poll_once()
        with box.client() as client:
            client.delete_folder("Referrals")
            client.create_folder("Referrals")
        box.deliver(*MAILS, folder="Referrals")
        assert "renumbered" in str(app.poll_once().note)
        assert app.poll_once().note is None


def test_many_mails_leave_in_several_commands() -> None:
    many = [mail(text_part(f"{number}")).replace(b"mail-1@", b"mail-%d@" % number) for number in range(AT_ONCE + 5)]
    for capability in (None, "IMAP4rev1 NAMESPACE UIDPLUS"):
        with dovecot_server(capability=capability) as server:
            box = server.mailbox()
            box.deliver(*many)
            with Inbox(box.account) as inbox:
                inbox.move_to_stored(inbox.uids())
            assert box.read() == {}
            assert len(box.read("Intake/Stored")) == len(many)


@contextlib.contextmanager
def dripping(port: int) -> Iterator[tuple[int, threading.Event]]:
    """A port that passes on to another; once the event is set, the server's answers come a byte at a time and never end."""
    slow, done = threading.Event(), threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)

        def serve() -> None:
            while not done.is_set():
                with contextlib.suppress(TimeoutError, OSError):
                    client, _ = listener.accept()
                    with client, socket.create_connection(("127.0.0.1", port)) as server:
                        drip(client, server)

        def drip(client: socket.socket, server: socket.socket) -> None:
            while not done.is_set():
                ready, _, _ = select.select([client, server], [], [], 0.05)
                for source in ready:
                    data = source.recv(65536)
                    if not data:
                        return
                    if source is client:
                        server.sendall(data)
                        continue
                    for place in range(len(data)) if slow.is_set() else ():
                        client.sendall(data[place : place + 1])
                        if done.wait(0.02) or select.select([client], [], [], 0)[0]:
                            return
                    if not slow.is_set():
                        client.sendall(data)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1], slow
        finally:
            done.set()
            thread.join(timeout=10)


def test_an_answer_that_drips_without_end_is_hung_up_on(dovecot: Dovecot) -> None:
    box = dovecot.mailbox(security="none", patience=0.5)
    box.deliver(mail(text_part("words " * 20_000)))
    with dripping(dovecot.port) as (port, slow):
        account = Mailbox(box.account).account
        inbox = Inbox(Account(host="127.0.0.1", port=port, user=account.user, password=account.password, security="none", patience=0.5))
        with inbox:
            slow.set()
            # Dripping the whole mail would take longer than any test may.
            with pytest.raises(Retry):
                inbox.fetch(1)


def test_clear_text_only_on_this_machine() -> None:
    account = Account(host="mail.example.org", port=143, user="hub", password="word", security="none")
    with pytest.raises(WrongSetup, match="in clear"), Inbox(account):
        pass


def test_a_mail_whose_kept_bytes_are_lost_is_shown_to_a_person_and_holds_up_no_other(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    with app_on(box, data_dir, authority="lewisham") as app:
        app.poll_once()
        with app.store.reading() as session:
            row = ledger.get(session, 1)
        assert row is not None
        assert row.sha256 is not None
        app.blobs.delete(row.sha256)
        done = [app.process(number) for number in app.pending()]
        assert len(done) == 3
        assert all(one.reference for one in done)
        assert done[0].state == "person"
        said = app.contact(str(done[0].reference))
        assert any("could not be had (message-1)" in str(one.problem) for one in said.extractions)
        assert app.pending() == []
