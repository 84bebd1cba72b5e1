"""No personal word gets out of the sealed store and the letters, whatever fails: the short form. `make privacy` does the same with real processes."""

from __future__ import annotations

import base64
import logging
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from flows.embedded import PrefectSession, prefect_session
from flows.rounds import run_round
from pipeline.app import App
from pipeline.errors import Retry
from pipeline.private import keep_private
from pipeline.review.web import create_app
from pipeline.settings import Settings
from pipeline.shell.embedded import PASSWORD, USER, MailServers, mail_servers
from tests.privacy.marked import RECORDS, WORDS, look, look_in, marked_mail
from tests.privacy.sabotage import AFTERWARDS, POLLING, WORKING, Marked, each_at_another, sabotaged
from tests.privacy.visitor import search, sign_in, users_file, walk

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@dataclass
class Running:
    """A hub that runs, with all that it writes below one folder."""

    app: App
    servers: MailServers
    session: PrefectSession
    folder: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("private")
    (folder / "tmp").mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder / "tmp")
    outside = os.environ.get("TMPDIR")
    keep_private()
    with mail_servers() as servers, prefect_session(folder / "data") as session:
        settings = Settings(
            authority="lewisham", data_dir=folder / "data", imap_host="127.0.0.1", imap_port=servers.imap_port, imap_security="none", imap_user=USER,
            imap_password=SecretStr(PASSWORD), smtp_host="127.0.0.1", smtp_port=servers.outbox_port, smtp_security="none",
            smtp_from="mash@example-council.example", console_sign_in="local", console_users_file=folder / "users.toml",
        )  # fmt: skip
        app = App.open(settings)
        (folder / "users.toml").write_text(users_file())
        (folder / "users.toml").chmod(0o600)
        (folder / "people.csv").write_text(RECORDS)
        app.import_records(folder / "people.csv", None, lambda _: None)
        (folder / "people.csv").unlink()
        yield Running(app, servers, session, folder)
        app.close()
    tempfile.tempdir = before
    if outside is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = outside


def send(running: Running, number: int) -> None:
    running.servers.send_in(marked_mail(number), "t.wexmoor@plimverel.example.org")


def test_nothing_gets_out_whatever_fails(running: Running, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    send(running, 0)
    summaries = [run_round(running.app, running.session)]
    for number, stage in enumerate((*POLLING, *AFTERWARDS), 1):
        send(running, number)
        with sabotaged(stage) as happened, suppress(Marked, Retry):  # what a command makes one line of: test_cli has that
            summaries.append(run_round(running.app, running.session))
            running.app.watch()
        assert happened, f"{stage} was never made to fail: the test looked at nothing"
    summaries.append(run_round(running.app, running.session))
    for number in range(50, 50 + len(WORKING)):
        send(running, number)
    with each_at_another() as failed:
        summaries.append(run_round(running.app, running.session))
    assert all(failed.values()), [stage for stage, happened in failed.items() if not happened]
    summaries.append(run_round(running.app, running.session))
    shown = capfd.readouterr()
    told = [
        record.getMessage() + str(record.exc_info) + str(record.__dict__)
        for record in caplog.records
        if record.name.startswith(("mash_intake", "pipeline", "flows"))
    ]
    assert look((shown.out + shown.err).encode(), "standard output and error") == []
    assert look("\n".join([*told, *(one.model_dump_json() for one in summaries)]).encode(), "log and summaries") == []
    assert look_in(running.folder) == []


def test_what_was_looked_for_was_there_to_be_found(running: Running) -> None:
    held = "".join(contact.model_dump_json() for contact in running.app.contacts())
    missing = {hit.word for hit in look(held.encode(), "the contacts")} ^ set(WORDS)
    assert missing <= {"29/02/2016", "ZX98QJ", "999 000 4612", "9990004612", "2016-02-29"}, "else the mails do not tell what is searched for"
    assert look(b"".join(running.servers.letters), "the letters")
    assert look(running.app.blobs.get(next(iter(running.app.blobs.names()))), "a kept mail")


def test_a_screener_sees_everything_and_no_address_or_failure_tells_of_it(
    running: Running, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reference = next(iter(running.app.contacts(1))).reference
    browser = TestClient(
        create_app(running.app), base_url="http://127.0.0.1", headers={"sec-fetch-site": "same-origin"}, client=("127.0.0.1", 5000),
        raise_server_exceptions=False,
    )  # fmt: skip
    sign_in(browser)
    assert look(browser.get(f"/referral/{reference}").content, "the page"), "what a screener must see is there"
    addresses, hits = walk(browser, "/queue", "/team", "/help", f"/referral/{reference}")
    assert hits == []
    assert len(addresses) > 20
    found, hits = search(browser, "Zqvarn ZX9 8QJ")
    assert hits == []
    assert look(found.content, "what was found")
    with sabotaged("opening") as happened:
        failed = browser.get(f"/referral/{reference}")
    assert happened
    assert failed.status_code >= 500
    assert look(failed.content + str(failed.headers).encode(), "a page about a failure") == []
    shown = capfd.readouterr()
    told = [record.getMessage() + str(record.exc_text) for record in caplog.records if not record.name.startswith(("httpx", "mail.log"))]
    assert look((shown.out + shown.err + "\n".join(told)).encode(), "what the console said") == []
    assert look_in(running.folder) == []


@pytest.mark.parametrize(
    "leak",
    [
        b"... Zqvarn ...",
        "says FRIBBLETON".encode("utf-16-le"),
        base64.b64encode(b"x: Belzinda went home"),
        base64.b64encode(b"xy: Belzinda went home"),
        base64.b64encode(b"xyz: Belzinda went home"),
        b"GET /search?q=zx9%208qj HTTP/1.1",
        b"GET /search?born=29%2F02%2F2016",
        b'{"born": "29\\/02\\/2016"}',
    ],
)
def test_the_search_finds_a_leak(leak: bytes, tmp_path: Path) -> None:
    deep = tmp_path / "prefect" / "storage"
    deep.mkdir(parents=True)
    (deep / "one").write_bytes(os.urandom(1000) + leak + os.urandom(1000))
    assert look_in(tmp_path)


def test_the_search_finds_a_leak_in_a_database_and_in_the_name_of_a_file(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "prefect.db")
    with connection:
        connection.execute("CREATE TABLE log (message)")
        connection.execute("INSERT INTO log VALUES (?)", ("read Zqvarn's form",))
    connection.close()
    assert any("prefect.db: log" in hit.place for hit in look_in(tmp_path))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "zqvarn.docx").write_bytes(b"")
    assert any("the name of" in hit.place for hit in look_in(tmp_path / "sub"))
    assert look_in(tmp_path / "nothing") == []
