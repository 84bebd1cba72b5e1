"""`mash-intake poll` as a cron job or a hand would run it, against Dovecot over TLS and a real SMTP server, through the Prefect flow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from models.contact import Contact
from tests.mails import form, mail
from tests.servers import Dovecot, Mailbox, SmtpServer
from tests.test_cli import one_line, run


def environment(mailbox: Mailbox, letters: SmtpServer, data_dir: Path) -> dict[str, str]:
    account = mailbox.account
    return {
        "MASH_AUTHORITY": "hertfordshire",
        "MASH_DATA_DIR": str(data_dir),
        "MASH_IMAP_HOST": account.host,
        "MASH_IMAP_PORT": str(account.port),
        "MASH_IMAP_USER": account.user,
        "MASH_IMAP_PASSWORD": account.password,
        "MASH_IMAP_CA_FILE": str(account.ca_file),
        "MASH_SMTP_HOST": "localhost",
        "MASH_SMTP_PORT": str(letters.port),
        "MASH_SMTP_SECURITY": "starttls",
        "MASH_SMTP_USER": letters.user,
        "MASH_SMTP_PASSWORD": letters.password,
        "MASH_SMTP_FROM": "mash@example-council.example",
        "MASH_SMTP_CA_FILE": str(letters.certificate.certificate),
    }


def test_poll_once_twice(dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path, tmp_path: Path) -> None:
    mailbox = dovecot.mailbox()
    mailbox.deliver(mail(("Referral.docx", form())), mail(body="Is this the right address?", sender="someone@example.net"))
    settings = environment(mailbox, smtp_server, data_dir)
    first = run("poll", "--once", cwd=tmp_path, **settings)
    assert first.returncode == 0, first.stderr
    assert "2 new" in first.stdout
    told = run("contacts", "--json", cwd=tmp_path, **settings).stdout.splitlines()
    contacts = [json.loads(line) for line in told]
    assert len(contacts) == 2
    validator = Draft202012Validator(Contact.model_json_schema())
    assert [error.message for one in contacts for error in validator.iter_errors(one)] == []
    assert all(letter.encrypted for letter in smtp_server.received)
    letters = len(smtp_server.received)
    assert letters >= 1

    second = run("poll", "--once", cwd=tmp_path, **settings)
    assert second.returncode == 0, second.stderr
    assert run("contacts", "--json", cwd=tmp_path, **settings).stdout.splitlines() == told
    assert len(smtp_server.received) == letters

    report = tmp_path / "report.html"
    reference = contacts[0]["reference"]
    assert run("report", reference, "-o", str(report), cwd=tmp_path, **settings).returncode == 0
    assert reference in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"MASH_IMAP_PASSWORD": "wrong-and-secret"}, "MASH_IMAP_PASSWORD"),
        ({"MASH_IMAP_HOST": ""}, "MASH_IMAP_HOST"),
        ({"MASH_AUTHORITY": "atlantis"}, "atlantis"),
        ({"MASH_DATABASE_URL": "sqlite:////proc/nowhere/x.sqlite3"}, "database"),
    ],
)
def test_what_is_wrong_is_one_line(
    changes: dict[str, str], said: str, dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path, tmp_path: Path
) -> None:
    settings = {**environment(dovecot.mailbox(), smtp_server, data_dir), **changes}
    line = one_line(run("poll", "--once", cwd=tmp_path, **{name: value for name, value in settings.items() if value}))
    assert said in line
    assert "wrong-and-secret" not in line


def test_records_are_imported_and_found(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "record_id,given_names,family_name,date_of_birth,postcode,case_status\nP1,Perran,Ashdown,2017-03-14,EJ4 2QX,none\nP2,,,not a date,,\n",
        encoding="utf-8",
    )
    settings = {"MASH_DATA_DIR": str(data_dir)}
    imported = run("records", "import", "people.csv", cwd=tmp_path, **settings)
    assert imported.returncode == 0
    assert "line 3" in imported.stderr
    (tmp_path / "q.jsonl").write_text('{"id": "q", "name": "ASHDOWN, Perran", "date_of_birth": "14/3/17", "postcode": "ej42qx"}\n', encoding="utf-8")
    answer = json.loads(run("match", "--json", "q.jsonl", cwd=tmp_path, **settings).stdout)
    assert answer["candidates"][0]["record_id"] == "P1"
    assert answer["candidates"][0]["evidence"]


def test_extract_answers_every_path(tmp_path: Path) -> None:
    (tmp_path / "good.docx").write_bytes(form())
    (tmp_path / "cut.docx").write_bytes(form()[:2000])
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "mail.eml").write_bytes(mail(("Referral.docx", form())))
    names = ["good.docx", "cut.docx", "empty.pdf", "missing.docx", "mail.eml"]
    answer = run("extract", "--json", *names, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line["path"] for line in lines] == names
    assert [line["status"] for line in lines] == ["read", "unreadable", "unreadable", "unreadable", "read"]
    assert [line["problem"] and line["problem"]["code"] for line in lines] == [None, "corrupt", "empty", "empty", None]
    assert lines[0]["record"] == lines[4]["record"]
