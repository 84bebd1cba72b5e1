"""Polling through faults: whatever breaks, each mail is in the ledger exactly once, its bytes are kept, and the inbox is emptied in the end."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import select
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.app import App
from pipeline.errors import IntakeError
from pipeline.ingest.imap import Inbox
from pipeline.settings import Settings
from pipeline.store import ledger
from pipeline.store.blobs import Blobs
from tests.ingest.mails import mail, text_part
from tests.servers import Dovecot, Mailbox

MAILS = tuple(mail(text_part(f"Words {number} " * 40)).replace(b"mail-1@", b"mail-%d@" % number) for number in (1, 2, 3))


def settings_for(box: Mailbox, data_dir: Path, **changes: Any) -> Settings:
    account = box.account
    given = {
        "data_dir": data_dir,
        "imap_host": account.host,
        "imap_port": account.port,
        "imap_security": account.security,
        "imap_user": account.user,
        "imap_password": account.password,
        "imap_folder": account.folder,
        "imap_stored_folder": "Intake/Stored",
        "imap_ca_file": account.ca_file,
    }
    return Settings(**{**given, **changes})


@contextlib.contextmanager
def app_on(box: Mailbox, data_dir: Path, **changes: Any) -> Iterator[App]:
    app = App.open(settings_for(box, data_dir, **changes), authority=False)
    try:
        yield app
    finally:
        app.close()


def rows(app: App) -> list[tuple[str | None, str]]:
    """Every row that is a mail of its own: its bytes' hash, and its state."""
    with app.store.reading() as session:
        found = (ledger.get(session, number) for number in range(1, 100))
        return [(row.sha256, row.state) for row in found if row is not None and row.alias_of is None]


def everything_is_ours(app: App, box: Mailbox, mails: tuple[bytes, ...] = MAILS) -> None:
    wanted = sorted(hashlib.sha256(raw).hexdigest() for raw in mails)
    assert sorted(sha256 or "" for sha256, _ in rows(app)) == wanted
    assert all(app.blobs.get(sha256) in mails for sha256 in wanted)
    assert box.read() == {}
    assert sorted(raw for raw, _ in box.read("Intake/Stored").values()) == sorted(mails)


def test_a_poll_takes_everything_and_a_second_changes_nothing(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    with app_on(box, data_dir) as app:
        first = app.poll_once()
        assert (first.stored, first.moved, first.note) == (3, 3, None)
        before = rows(app)
        second = app.poll_once()
        assert (second.seen, second.stored, second.moved, second.note) == (0, 0, 0, None)
        assert rows(app) == before
        everything_is_ours(app, box)


def kill_after(owner: type, name: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Kill the process, as a power cut would, once a method has done its work."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        real = getattr(owner, name)

        def dying(*given: Any, **named: Any) -> Any:
            result = real(*given, **named)
            os.kill(os.getpid(), signal.SIGKILL)
            return result

        monkeypatch.setattr(owner, name, dying)

    return patch


def kill_before_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ledger.record

    def dying(session: Any, arrived: Any) -> int:
        real(session, arrived)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    monkeypatch.setattr(ledger, "record", dying)


def kill_before_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inbox, "move_to_stored", lambda *_: os.kill(os.getpid(), signal.SIGKILL))


KILLS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "after the mail was fetched": kill_after(Inbox, "fetch"),
    "between bytes and ledger": kill_after(Blobs, "put"),
    "before the ledger's commit": kill_before_commit,
    "between ledger and move": kill_before_move,
    "after the move": kill_after(Inbox, "move_to_stored"),
}


@pytest.mark.parametrize("point", KILLS)
def test_killed_at_any_point_the_next_poll_goes_on_at_once(dovecot: Dovecot, data_dir: Path, point: str) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    with app_on(box, data_dir):
        pass

    def dying_poll() -> None:
        with pytest.MonkeyPatch.context() as monkeypatch, app_on(box, data_dir) as app:
            KILLS[point](monkeypatch)
            app.poll_once()

    process = multiprocessing.get_context("fork").Process(target=dying_poll)
    process.start()
    process.join(timeout=60)
    assert process.exitcode == -signal.SIGKILL
    with app_on(box, data_dir) as app:
        assert app.poll_once().note is None
        everything_is_ours(app, box)


@contextlib.contextmanager
def cutting_proxy(port: int) -> Iterator[tuple[int, list[int]]]:
    """A port that passes on to another; `budget[0]` is how many bytes of the server's answers get through before the line is cut."""
    budget = [10**9]
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)

        def serve() -> None:
            while not done.is_set():
                with contextlib.suppress(TimeoutError):
                    client, _ = listener.accept()
                    with client, socket.create_connection(("127.0.0.1", port)) as server:
                        _relay(client, server, budget)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1], budget
        finally:
            done.set()
            thread.join(timeout=10)


def _relay(client: socket.socket, server: socket.socket, budget: list[int]) -> None:
    while True:
        ready, _, _ = select.select([client, server], [], [], 5)
        if not ready:
            return
        for source in ready:
            data = source.recv(4096)
            if source is server:
                data = data[: budget[0]]
                budget[0] -= len(data)
            if data:
                (client if source is server else server).sendall(data)
            if not data or budget[0] <= 0:
                return


def test_the_line_cut_anywhere_loses_and_doubles_nothing(dovecot: Dovecot, tmp_path: Path) -> None:
    with cutting_proxy(dovecot.port) as (port, budget):
        whole = dovecot.mailbox(security="none")
        whole.deliver(*MAILS)
        with app_on(whole, tmp_path / "whole", imap_port=port) as app:
            app.poll_once()
        length = 10**9 - budget[0]
        assert length > sum(map(len, MAILS))
        broken = 0
        for place in range(0, length, length // 8):
            box = dovecot.mailbox(security="none")
            box.deliver(*MAILS)
            with app_on(box, tmp_path / str(place), imap_port=port) as app:
                budget[0] = place
                try:
                    app.poll_once()
                except IntakeError:
                    broken += 1
                budget[0] = 10**9
                app.poll_once()
                everything_is_ours(app, box)
        assert broken >= 7


def test_a_new_uidvalidity_brings_no_mail_a_second_time(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox(folder="Referrals")
    with box.client() as client:
        client.create_folder("Referrals")
    box.deliver(*MAILS, folder="Referrals")
    with app_on(box, data_dir) as app:
        assert app.poll_once().stored == 3
        with box.client() as client:
            client.delete_folder("Referrals")
            client.create_folder("Referrals")
        new = mail(text_part("New words"))
        box.deliver(*MAILS, new, folder="Referrals")
        app.poll_once()
        assert len(rows(app)) == 4
        assert box.read("Referrals") == {}


def test_the_same_bytes_twice_are_one_mail_and_both_leave_the_inbox(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    box.deliver(MAILS[0], MAILS[0])
    with app_on(box, data_dir) as app:
        app.poll_once()
        assert len(rows(app)) == 1
    assert box.read() == {}
    assert len(box.read("Intake/Stored")) == 2


def test_a_reused_and_an_empty_message_id_lose_nothing(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    reused = mail(text_part("Other words"))
    empty = [mail(text_part(words)).replace(b"<mail-1@school.example>", b"") for words in ("One", "Two")]
    box.deliver(MAILS[0], reused, *empty)
    with app_on(box, data_dir) as app:
        app.poll_once()
        assert len(rows(app)) == 4


def test_mail_that_somebody_reads_moves_and_puts_back(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    with box.client() as client:
        client.select_folder("INBOX")
        client.add_flags([1], [b"\\Seen", b"\\Deleted"])
    with app_on(box, data_dir) as app:
        app.poll_once()
        assert len(rows(app)) == 3
        with box.client() as client:
            client.select_folder("Intake/Stored")
            client.move(client.search(["ALL"]), "INBOX")
        again = app.poll_once()
        assert again.seen == 3
        assert len(rows(app)) == 3
    assert box.read() == {}


def test_a_mail_the_server_cannot_give_out_does_not_stop_the_others(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    box.deliver(*MAILS)
    folder = dovecot.mail_folder(box.account.user)
    first = min((folder / "new").iterdir(), key=lambda path: path.name)
    first.chmod(0)
    with app_on(box, data_dir) as app:
        told = app.poll_once()
        assert len(rows(app)) == 2
        assert told.note is not None
        next(folder.glob(f"cur/{first.name}*")).chmod(0o600)
        assert app.poll_once().note is None
        everything_is_ours(app, box)


def poll_there(box: Mailbox, data_dir: Path) -> None:
    """One poll, in a process of its own."""
    with app_on(box, data_dir) as app:
        app.poll_once()


def test_two_pollers_at_once(dovecot: Dovecot, data_dir: Path) -> None:
    box = dovecot.mailbox()
    many = tuple(mail(text_part(f"Words {number}")).replace(b"mail-1@", b"mail-%d@" % number) for number in range(12))
    box.deliver(*many)
    with app_on(box, data_dir):
        pass

    # Spawned, not forked: a fork inherits the state of whatever threads other tests left, and stumbles over it when it ends.
    pollers = [multiprocessing.get_context("spawn").Process(target=poll_there, args=(box, data_dir)) for _ in range(2)]
    for poller in pollers:
        poller.start()
    for poller in pollers:
        poller.join(timeout=120)
    assert [poller.exitcode for poller in pollers] == [0, 0]
    with app_on(box, data_dir) as app:
        everything_is_ours(app, box, many)


def test_pymap_too(pymap_server: Mailbox, data_dir: Path) -> None:
    pymap_server.deliver(*MAILS)
    with app_on(pymap_server, data_dir) as app:
        assert app.poll_once().stored == 3
        assert app.poll_once().stored == 0
        everything_is_ours(app, pymap_server)


def test_the_account_key_does_not_hang_on_the_port(dovecot: Dovecot) -> None:
    account = dovecot.mailbox().account
    assert replace(account, port=1).key == account.key
