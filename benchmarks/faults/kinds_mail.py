"""Faults of the mailbox and of whoever else uses it."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from pydantic import SecretStr

from benchmarks.faults.kinds import Kind, after, go, must_have_said, start
from benchmarks.faults.relay import Relay, relaying
from benchmarks.faults.world import World, mail_of
from tests.servers import PASSWORD


def _over(here: World, relay: Relay, **changes: Any) -> Any:
    return here.settings(imap_host="127.0.0.1", imap_port=relay.port, imap_security="none", **changes)


def restarted(here: World, mails: int) -> None:
    """The mail server goes down and comes up again while we read."""
    here.deliver(mails)
    for _ in range(3):
        child = start(here)
        here.dovecot.stop()
        after(here, child)
        here.dovecot.start()
    must_have_said(here, "cannot be reached")


def cut(here: World, mails: int) -> None:
    """The line breaks after so many bytes of answers, each time somewhere else."""
    with relaying(here.folder / "relay", here.dovecot.port) as relay:
        here.deliver(mails)
        for place in range(40, 3000 + 700 * mails, (3000 + 700 * mails) // 12):
            relay.behave(f"cut {place}")
            go(here, _over(here, relay))
        must_have_said(here, "hung up")


def slow(here: World, mails: int) -> None:
    """Every piece of an answer is late."""
    with relaying(here.folder / "relay", here.dovecot.port) as relay:
        here.deliver(mails)
        relay.behave("slow 60")
        go(here, _over(here, relay))


def sizes_lie(here: World, mails: int) -> None:
    """The server announces mails as smaller than they are, as some do that only estimate."""
    with relaying(here.folder / "relay", here.dovecot.port) as relay:
        here.deliver(mails)
        relay.behave("sizes")
        go(here, _over(here, relay))


def starttls_taken_out(here: World, mails: int) -> None:
    """Somebody in the middle takes the offer of encryption out: nothing may be said in clear."""
    with relaying(here.folder / "relay", here.dovecot.port) as relay:
        here.deliver(mails)
        relay.behave("strip")
        go(here, here.settings(imap_host="localhost", imap_port=relay.port, imap_security="starttls"))
        must_have_said(here, "nothing was sent in clear")
        if PASSWORD.encode() in relay.heard() or b"LOGIN" in relay.heard():
            raise RuntimeError("the password was sent in clear")


def certificate(here: World, mails: int) -> None:
    """The server shows a certificate that nobody vouches for."""
    here.deliver(mails)
    go(here, here.settings(imap_ca_file=None))
    must_have_said(here, "certificate is not trusted")


def password(here: World, mails: int) -> None:
    """The sign-in runs out and is renewed later."""
    here.deliver(mails)
    go(here, here.settings(imap_password=SecretStr("last-months-word")))
    must_have_said(here, "MASH_IMAP_PASSWORD")


def no_folder(here: World, mails: int) -> None:
    """The folder is not there, and comes later."""
    go(here)
    must_have_said(here, "MASH_IMAP_FOLDER")
    with here.box.client() as client:
        client.create_folder(here.box.account.folder)
    here.deliver(mails)


def renumbered(here: World, mails: int) -> None:
    """The folder is rebuilt, twice, with the old mails in it, new ones among them, and we die in the middle."""
    folder = here.box.account.folder
    with here.box.client() as client:
        client.create_folder(folder)
    here.deliver(mails)
    go(here)
    for _ in range(2):
        with here.box.client() as client:
            client.delete_folder(folder)
            client.create_folder(folder)
        here.box.deliver(*here.delivered, folder=folder)
        here.deliver(1)
        go(here)


def reused_ids(here: World, mails: int) -> None:
    """Different mails under one Message-ID, and mails without any."""
    for number in range(mails):
        mail = mail_of(1000 + number)
        old = b"<mail-%d@school%d.example.org>" % (1000 + number, 1000 + number)
        here.delivered.append(mail.replace(old, b"<the-same@school.example.org>" if number % 2 else b""))
    here.box.deliver(*here.delivered)
    go(here)


def same_bytes(here: World, mails: int) -> None:
    """The same mails again and again: in one poll, in the next, and moved back by somebody."""
    here.deliver(mails)
    here.box.deliver(*here.delivered)
    go(here)
    here.box.deliver(*here.delivered)
    go(here)
    with here.box.client() as client:
        client.select_folder("Stored")
        client.move(client.search(["ALL"]), "INBOX")
    go(here)


def somebody_else(here: World, mails: int) -> None:
    """A colleague reads, flags, moves away and brings back, all the while."""
    with here.box.client() as client:
        client.create_folder("Desk")
    ways = cycle((("INBOX", "Desk"), ("Desk", "INBOX")))

    def meddle() -> None:
        source, target = next(ways)
        with here.box.client() as client:
            client.select_folder(source)
            uids = client.search(["ALL"])[::2]
            if uids:
                client.add_flags(uids, [b"\\Seen", b"\\Flagged"])
                client.move(uids, target)

    here.deliver(mails)
    for _ in range(3):
        after(here, start(here), meddle, every=0.05)
    with here.box.client() as client:
        client.select_folder("Desk")
        if uids := client.search(["ALL"]):
            client.move(uids, "INBOX")


def plain(here: World, mails: int) -> None:
    """Nothing but a server that can do less, and death between copying and marking."""
    here.deliver(mails)
    go(here)
    here.deliver(2)
    go(here)


FEW = {"capability": "IMAP4rev1 NAMESPACE UIDPLUS"}
FEWEST = {"capability": "IMAP4rev1 NAMESPACE"}
KINDS = (
    Kind("mail server restarted while we read", restarted),
    Kind("line cut at any byte", cut),
    Kind("mail server slow", slow),
    Kind("mail server announces wrong sizes", sizes_lie),
    Kind("STARTTLS taken out on the way", starttls_taken_out),
    Kind("mail server's certificate not trusted", certificate),
    Kind("mailbox sign-in refused", password),
    Kind("folder missing", no_folder, folder="Referrals"),
    Kind("folder renumbered (UIDVALIDITY)", renumbered, folder="Referrals"),
    Kind("Message-IDs reused and empty", reused_ids),
    Kind("the same bytes again", same_bytes),
    Kind("somebody else moves mails about", somebody_else),
    Kind("server without MOVE", plain, FEW),
    Kind("server without MOVE and UIDPLUS", plain, FEWEST),
    Kind("other separator and prefix", plain, {"separator": ".", "prefix": "INBOX."}),
)
