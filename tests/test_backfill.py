"""Old mail: brought from files or from the mailbox, read without a letter, broken off and gone on with; and nothing new waits behind it."""

from __future__ import annotations

import mailbox as mailboxes
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.runs import ProcessSummary
from pipeline.app import App, open_app
from pipeline.cli import app
from pipeline.errors import Retry, WrongSetup
from pipeline.settings import Settings
from pipeline.shell.backfill import Progress, mails_in, take_files, take_mailbox, work_off
from pipeline.store import contacts, ledger, outbox
from pipeline.work_old import SAYS
from tests.mails import form, mail
from tests.servers import Mailbox


def _quiet(progress: Progress) -> None:
    del progress


class _Hands:
    """This process's own, so that a test may stop them."""

    width = 2

    def __init__(self, process: Callable[[int], ProcessSummary]) -> None:
        self.process = process


@pytest.fixture
def intake(tmp_path: Path, pymap_server: Mailbox) -> Iterator[App]:
    account = pymap_server.account
    settings = Settings(
        authority="lewisham",
        data_dir=tmp_path / "data",
        imap_host=account.host,
        imap_port=account.port,
        imap_security="none",
        imap_user=account.user,
        imap_password=account.password,
        smtp_host="127.0.0.1",
        smtp_from="mash@example-council.example",
    )
    with open_app(settings) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A year in three shapes: a file, a Maildir, an mbox; one file of it no mail at all."""
    old = b"Date: Mon, 02 Jun 2025 09:12:00 +0100\r\n"
    (tmp_path / "old/new").mkdir(parents=True)
    (tmp_path / "old/a.eml").write_bytes(old + mail(("Referral.docx", form())))
    (tmp_path / "old/empty.eml").write_bytes(b"")
    (tmp_path / "old/notes.txt").write_text("not a mail")
    (tmp_path / "old/new/1700000000.x").write_bytes(old + mail(body="Is this the right address?", sender="someone@example.net"))
    box = mailboxes.mbox(tmp_path / "old/b.mbox")
    box.add(old + mail(body="Please ring me back.", sender="other@example.net"))
    box.close()
    return tmp_path / "old"


def test_old_mail_is_read_without_a_letter_and_waits_for_nobody(intake: App, folder: Path) -> None:
    progress = work_off(intake, _Hands(intake.process), take_files(intake, folder, _quiet), _quiet)
    assert (progress.found, progress.taken, progress.left, progress.done) == (4, 3, 1, 3)
    assert progress.waiting == 0
    found = list(intake.contacts())
    assert len(found) == 3
    assert {one.received_at for one in found} == {datetime(2025, 6, 2, 8, 12, tzinfo=UTC)}
    assert all(any(event.what == SAYS for event in one.history) for one in found)
    assert any(one.record.children for one in found), "the form was read"
    with intake.store.reading() as session:
        assert sum(outbox.counts(session).values()) == 0
        assert contacts.references_in(session, contacts.OPEN) == []
        assert len(contacts.references_in(session, contacts.ARCHIVED)) == 3
    assert intake.watch().overdue == ()


def test_a_mail_in_an_mbox_keeps_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folded, unspaced, in no known charset: taken apart and written anew it would be another mail."""
    raw = b'Subject:no blank\nX-Odd: a\n\tb\nContent-Type: text/plain; charset="none"\n\n\xff\xfe words\n'
    (tmp_path / "a.mbox").write_bytes(b"From someone Mon Jun  2 09:12:00 2025\n" + raw + b"\nFrom another Mon Jun  2 09:13:00 2025\n" + raw)
    assert [one for one, _ in mails_in(tmp_path)] == [raw, raw]
    monkeypatch.setattr("pipeline.shell.backfill.LARGEST", 10)
    assert [one for one, _ in mails_in(tmp_path)] == [None, None]


def test_it_is_broken_off_and_gone_on_with(intake: App, folder: Path) -> None:
    taken = take_files(intake, folder, _quiet)
    calls: list[int] = []

    def tired(number: int) -> ProcessSummary:
        calls.append(number)
        if len(calls) > 1:
            raise Retry("the machine went down")
        return intake.process(number)

    first = work_off(intake, _Hands(tired), taken, _quiet)
    assert first.done == 1
    again = take_files(intake, folder, _quiet)
    assert (again.found, again.taken) == (4, 0)
    second = work_off(intake, _Hands(intake.process), again, _quiet)
    assert second.done == 2
    assert len(list(intake.contacts())) == 3


def test_no_round_works_old_mail_and_new_mail_does_not_wait_for_it(intake: App, folder: Path, pymap_server: Mailbox) -> None:
    take_files(intake, folder, _quiet)
    pymap_server.deliver(mail(body="New today.", sender="new@example.net"))
    intake.poll_once()
    (new,) = intake.pending()
    figures = intake.figures()
    assert figures.oldest_waiting is not None
    assert figures.oldest_waiting.year > 2025
    assert intake.process(new).state in ("done", "person")
    with intake.store.session() as session:
        assert ledger.claim(session, "x", intake.now(), intake.now() - intake.now()) is None
        assert len(ledger.pending(session, intake.now(), old=True)) == 3


def test_a_folder_of_the_mailbox_is_read_where_it_is(intake: App, pymap_server: Mailbox) -> None:
    with pymap_server.client() as client:
        client.create_folder("Old")
    pymap_server.deliver(mail(("Referral.docx", form())), mail(body="Hello.", sender="x@example.net"), folder="Old")
    progress = work_off(intake, _Hands(intake.process), take_mailbox(intake, "Old", _quiet), _quiet)
    assert (progress.found, progress.taken, progress.done) == (2, 2, 2)
    assert len(pymap_server.read("Old")) == 2
    assert take_mailbox(intake, "Old", _quiet).taken == 0
    with intake.store.reading() as session:
        assert sum(outbox.counts(session).values()) == 0


def test_a_folder_without_mail_is_one_line(intake: App, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(WrongSetup, match="no mail here"):
        take_files(intake, tmp_path / "none", _quiet)
    with pytest.raises(WrongSetup, match="no folder"):
        take_mailbox(intake, "Nowhere", _quiet)


def test_stopped_by_hand_it_says_that_the_same_command_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> Progress:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.shell.backfill.take_files", stopped)
    monkeypatch.setenv("MASH_AUTHORITY", "lewisham")
    monkeypatch.setenv("MASH_DATA_DIR", str(tmp_path / "data"))
    answer = CliRunner().invoke(app, ["backfill", str(folder)])
    assert isinstance(answer.exception, Retry)
    assert "goes on where this one ended" in str(answer.exception)
