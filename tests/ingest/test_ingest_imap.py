"""The IMAP edge against real servers: Dovecot and pymap."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import Retry, WrongSetup
from pipeline.ingest.imap import Account, Gone, Inbox
from tests.servers import PASSWORD, Dovecot, Mailbox, dovecot_server, free_port, make_certificate, make_token

MAIL = b"From: agency@agency.example\r\nSubject: made up\r\nMessage-ID: <1@agency.example>\r\n\r\nHello\r\n"
BINARY = b"From: agency@agency.example\r\nSubject: \xe9\xff\r\n\r\n" + bytes(range(128, 256)) * 30 + b"\r\n"


def mail(number: int) -> bytes:
    return MAIL.replace(b"<1@", b"<%d@" % number)


def test_reads_everything_byte_for_byte_and_leaves_it_unread(dovecot: Dovecot) -> None:
    box = dovecot.mailbox()
    box.deliver(MAIL, BINARY)
    with Inbox(box.account) as inbox:
        uids = inbox.uids()
        fetched = [inbox.fetch(uid) for uid in uids]
        state = inbox.state()
    assert [one.raw for one in fetched] == [MAIL, BINARY]
    assert all(one.size == len(one.raw) for one in fetched)
    assert all(one.internal_date and abs(one.internal_date - datetime.now(UTC)) < timedelta(hours=1) for one in fetched)
    assert state.uid_validity > 0
    assert state.uid_next == max(uids) + 1
    assert state.messages == 2
    assert all(b"\\Seen" not in flags for _, flags in box.read().values())


def test_read_mail_is_listed_too(dovecot: Dovecot) -> None:
    box = dovecot.mailbox()
    box.deliver(mail(1), mail(2))
    with box.client() as client:
        client.select_folder("INBOX")
        client.add_flags([1], [b"\\Seen", b"\\Answered"])
    with Inbox(box.account) as inbox:
        assert inbox.uids() == [1, 2]


def test_moves_to_a_folder_it_makes_and_moving_again_changes_nothing(dovecot: Dovecot) -> None:
    box = dovecot.mailbox()
    box.deliver(mail(1), mail(2), mail(3))
    for _ in range(2):
        with Inbox(box.account) as inbox:
            inbox.move_to_stored([1, 3])
    assert list(box.read()) == [2]
    assert sorted(raw for raw, _ in box.read("Intake/Stored").values()) == [mail(1), mail(3)]


def test_moving_nothing_asks_the_server_nothing(dovecot: Dovecot) -> None:
    box = dovecot.mailbox()
    with Inbox(box.account) as inbox:
        inbox.move_to_stored([])
    assert box.read("Intake/Stored") == {}


@pytest.mark.parametrize(
    ("capability", "left_behind"),
    [("IMAP4rev1 NAMESPACE UIDPLUS", 1), ("IMAP4rev1 NAMESPACE", 3)],
    ids=["without MOVE", "without MOVE and UIDPLUS"],
)
def test_servers_without_move(capability: str, left_behind: int) -> None:
    with dovecot_server(capability=capability) as server:
        box = server.mailbox()
        box.deliver(mail(1), mail(2), mail(3))
        with box.client() as client:
            client.select_folder("INBOX")
            client.add_flags([2], [b"\\Deleted"])
        for _ in range(2):
            with Inbox(box.account) as inbox:
                inbox.move_to_stored([1, 3])
        here = box.read()
        # Somebody else's \Deleted mail is never expunged by us, and without UIDPLUS neither are our own.
        assert 2 in here
        assert len(here) == left_behind
        assert all(b"\\Deleted" in flags for _, flags in here.values())
        assert sorted(raw for raw, _ in box.read("Intake/Stored").values()) == [mail(1), mail(3)]


def test_the_servers_own_prefix_and_separator_are_used() -> None:
    with dovecot_server(separator=".", prefix="INBOX.") as server:
        box = server.mailbox()
        box.deliver(MAIL)
        with Inbox(box.account) as inbox:
            inbox.move_to_stored([1])
        assert [raw for raw, _ in box.read("INBOX.Intake.Stored").values()] == [MAIL]


def test_a_mail_that_left_meanwhile_is_gone_and_not_an_error_of_the_server(dovecot: Dovecot) -> None:
    box = dovecot.mailbox()
    box.deliver(mail(1), mail(2))
    with Inbox(box.account) as inbox:
        assert inbox.uids() == [1, 2]
        with box.client() as client:
            client.select_folder("INBOX")
            client.delete_messages([1])
            client.uid_expunge([1])
        with pytest.raises(Gone, match="mail 1 has left"):
            inbox.fetch(1)
        assert inbox.fetch(2).raw == mail(2)


def test_a_large_mail_is_read_in_pieces(dovecot: Dovecot) -> None:
    box = dovecot.mailbox()
    large = MAIL + b"0123456789" * 99 + b"\r\n" + (b"x" * 76 + b"\r\n") * 120_000
    box.deliver(large)
    with Inbox(box.account) as inbox:
        assert inbox.fetch(1).raw == large


def test_pymap_reads_and_moves(pymap_server: Mailbox) -> None:
    pymap_server.deliver(MAIL, BINARY)
    with Inbox(pymap_server.account) as inbox:
        uids = inbox.uids()
        assert [inbox.fetch(uid).raw for uid in uids] == [MAIL, BINARY]
        inbox.move_to_stored(uids)
        inbox.move_to_stored(uids)
    assert pymap_server.read() == {}
    assert len(pymap_server.read("Intake/Stored")) == 2


def test_starttls(dovecot: Dovecot) -> None:
    box = dovecot.mailbox(security="starttls")
    with Inbox(box.account) as inbox:
        assert inbox.uids() == []


def test_oauth2_with_a_token_asked_for_at_every_connection(dovecot: Dovecot) -> None:
    asked = []

    def token() -> str:
        asked.append(1)
        return make_token("clerk")

    account = dovecot.mailbox(user="clerk", auth="oauth2", password="", token=token).account
    for _ in range(2):
        with Inbox(account) as inbox:
            assert inbox.uids() == []
    assert len(asked) == 2


def _refused(account: Account) -> WrongSetup:
    with pytest.raises(WrongSetup) as caught, Inbox(account):
        pass
    assert "\n" not in str(caught.value)
    assert PASSWORD not in str(caught.value)
    return caught.value


def test_wrong_password(dovecot: Dovecot) -> None:
    said = str(_refused(dovecot.mailbox(password="not-the-word").account))
    assert "MASH_IMAP_PASSWORD" in said
    assert "not-the-word" not in said


@pytest.mark.parametrize("token", [make_token("clerk", key=b"another key"), make_token("clerk", lives=timedelta(seconds=-30)), "no token at all"])
def test_a_token_the_server_refuses(dovecot: Dovecot, token: str) -> None:
    said = str(_refused(dovecot.mailbox(user="clerk", auth="oauth2", token=lambda: token).account))
    assert "MASH_OAUTH" in said
    assert token not in said


def test_oauth2_without_a_token_provider(dovecot: Dovecot) -> None:
    assert "MASH_OAUTH_TENANT" in str(_refused(dovecot.mailbox(auth="oauth2").account))


def test_missing_folder(dovecot: Dovecot) -> None:
    assert "MASH_IMAP_FOLDER" in str(_refused(dovecot.mailbox(folder="Referrals").account))


def test_a_certificate_that_is_not_trusted(dovecot: Dovecot) -> None:
    for security in ("tls", "starttls"):
        assert "MASH_IMAP_CA_FILE" in str(_refused(dovecot.mailbox(security=security, ca_file=None).account))


def test_a_certificate_for_another_host(tmp_path: Path) -> None:
    other = make_certificate(tmp_path, "mail.example")
    with dovecot_server() as server:
        account = replace(server.mailbox().account, ca_file=other.certificate)
        assert "not trusted" in str(_refused(account))


def test_tls_on_a_port_that_speaks_clear_text(dovecot: Dovecot) -> None:
    said = str(_refused(dovecot.mailbox(port=dovecot.port, security="tls").account))
    assert "MASH_IMAP_SECURITY" in said


def test_starttls_that_is_not_offered_sends_nothing_in_clear(pymap_server: Mailbox) -> None:
    said = str(_refused(replace(pymap_server.account, security="starttls")))
    assert "nothing was sent in clear" in said


def test_host_down() -> None:
    account = Account(host="127.0.0.1", port=free_port(), user="hub", password=PASSWORD, security="none")
    with pytest.raises(Retry, match="cannot be reached"), Inbox(account):
        pass


def test_unknown_host() -> None:
    with pytest.raises(Retry, match="MASH_IMAP_HOST"), Inbox(Account(host="mail.invalid", user="hub", password=PASSWORD)):
        pass


def test_a_server_that_never_answers() -> None:
    with listening(lambda _: None) as port:
        account = Account(host="127.0.0.1", port=port, user="hub", password=PASSWORD, security="none", connect_timeout=0.5, read_timeout=0.5)
        with pytest.raises(Retry, match="no answer in time"), Inbox(account):
            pass


def test_the_server_stops_in_the_middle() -> None:
    with dovecot_server() as server:
        box = server.mailbox()
        box.deliver(MAIL)
        with Inbox(box.account) as inbox:
            assert inbox.uids() == [1]
            server.stop()
            with pytest.raises(Retry):
                inbox.fetch(1)
            with pytest.raises(Retry):
                inbox.move_to_stored([1])
        server.start()
        with Inbox(box.account) as inbox:
            assert inbox.fetch(1).raw == MAIL


def test_a_new_uidvalidity_shows(dovecot: Dovecot) -> None:
    box = dovecot.mailbox(folder="Referrals")
    seen = []
    for _ in range(2):
        with box.client() as client:
            if client.folder_exists("Referrals"):
                client.delete_folder("Referrals")
            client.create_folder("Referrals")
        box.deliver(MAIL, folder="Referrals")
        with Inbox(box.account) as inbox:
            seen.append((inbox.state().uid_validity, inbox.uids()))
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] == seen[1][1]


@contextmanager
def listening(serve: object) -> Iterator[int]:
    """A port that takes connections; `serve` gets each."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def run() -> None:
            server.settimeout(0.1)
            held = []
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                held.append(connection)
                if callable(serve):
                    serve(connection)
            for connection in held:
                connection.close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            done.set()
            thread.join(timeout=10)
