"""Where a run happens: a real Dovecot, a real SMTP server, an empty store, a council without caps on letters, and cheap mails."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from benchmarks.faults.sink import RunningSink, running
from pipeline.settings import Settings
from tests.servers import Dovecot, Mailbox, dovecot_server, server_folder

AUTHORITIES = Path(__file__).parents[2] / "pipeline/authorities"
HUB = "mash@example-council.example"
_SYLLABLES = ("ab", "el", "or", "an", "ti", "mo", "ri", "ka", "lu", "sen", "dor", "wy", "fa", "gil", "hes", "bran")


def name_of(number: int) -> str:
    """A made-up surname of its own for every number, so that no two mails are about one child."""
    letters = []
    for _ in range(4):
        number, rest = divmod(number, len(_SYLLABLES))
        letters.append(_SYLLABLES[rest])
    return "".join(letters).capitalize()


def mail_of(number: int) -> bytes:
    """A short referral in a mail's own words, each about another child from another school."""
    name = name_of(number)
    sender = f"clerk{number}@school{number}.example.org"
    words = f"I am worried about {name} {name_of(number * 7 + 3)}, who lives at {number} Mill Lane. On Monday there was no lunch."
    return (
        f"From: {sender}\r\nTo: {HUB}\r\nSubject: Referral {number}\r\nMessage-ID: <mail-{number}@school{number}.example.org>\r\n"
        f"Date: Fri, 20 Nov 2026 10:15:00 +0000\r\n\r\nDear team,\r\n\r\n{words}\r\n"
    ).encode()


@dataclass
class World:
    """One run's servers and settings, and the mails it has delivered."""

    folder: Path
    dovecot: Dovecot
    sink: RunningSink
    box: Mailbox
    database: str | None = None
    delivered: list[bytes] = field(default_factory=list)

    def settings(self, **changes: Any) -> Settings:
        """The hub's settings."""
        account = self.box.account
        given: dict[str, Any] = {
            "authority": str(self.folder / "council"),
            "data_dir": self.folder / "data",
            "database_url": self.database,
            "imap_host": account.host,
            "imap_port": account.port,
            "imap_security": account.security,
            "imap_user": account.user,
            "imap_password": SecretStr(account.password),
            "imap_folder": account.folder,
            "imap_ca_file": account.ca_file,
            "smtp_host": "localhost",
            "smtp_port": self.sink.tls_port,
            "smtp_user": "hub",
            "smtp_password": SecretStr(account.password),
            "smtp_from": HUB,
            "smtp_ca_file": self.sink.certificate.certificate,
        }
        return Settings(**{**given, **changes})

    def environment(self) -> dict[str, str]:
        """The same for a program of its own."""
        settings = self.settings()
        plain = {name: getattr(settings, name) for name in settings.model_fields_set}
        told = {name: value.get_secret_value() if isinstance(value, SecretStr) else str(value) for name, value in plain.items() if value is not None}
        return {f"MASH_{name.upper()}": value for name, value in told.items()}

    def deliver(self, count: int) -> None:
        """Let new mails arrive."""
        first = len(self.delivered)
        mails = [mail_of(number) for number in range(first, first + count)]
        self.box.deliver(*mails, folder=self.box.account.folder)
        self.delivered.extend(mails)

    def wanted(self) -> set[str]:
        """The hashes of all mails that must each be one contact."""
        return {hashlib.sha256(mail).hexdigest() for mail in self.delivered}


@contextlib.contextmanager
def world(database: str | None = None, folder: str = "INBOX", **server: Any) -> Iterator[World]:
    """A fresh world. `server` are options of Dovecot; `folder` is polled, and not made where it is not the inbox."""
    with dovecot_server(**server) as dovecot, server_folder() as place, running(place / "sink", dovecot.certificate) as sink:
        _council(place / "council")
        try:
            yield World(place, dovecot, sink, dovecot.mailbox(folder=folder), database)
        finally:
            if (place / "data").is_mount():
                subprocess.run(["umount", "--lazy", str(place / "data")], check=True)


def _council(folder: Path) -> None:
    """Lewisham's rules without its caps, which would hold the letters of a backlog for a person."""
    shutil.copytree(AUTHORITIES / "lewisham", folder)
    rules = folder / "authority.toml"
    caps = "\n[letters.limits]\nall_an_hour = 1000000\nper_sender_a_day = 1000000\n"
    rules.write_text(rules.read_text().replace("\n[[levels]]", caps + "\n[[levels]]", 1))
