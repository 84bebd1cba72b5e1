"""Mail servers for the demonstration: a real IMAP server and two real SMTP servers on loopback, in one thread, gone when it ends.

One SMTP server stands for the council's: what agencies send to it lands in the IMAP inbox. The other stands for the world: it keeps the letters
that we send. They are apart, so that no letter of ours comes back in.
"""

from __future__ import annotations

import asyncio
import imaplib
import smtplib
import socket
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import WrongSetup

USER, PASSWORD = "hub", "demonstration"
START_SECONDS = 20
LARGEST_MAIL = 50 * 2**20


@dataclass
class MailServers:
    """Ports of the three servers, and the letters that came out."""

    imap_port: int
    inbox_port: int
    outbox_port: int
    letters: list[bytes] = field(default_factory=list)

    def send_in(self, raw: bytes, sender: str) -> None:
        """Send a mail to the hub as an agency would, by SMTP, its bytes untouched."""
        with smtplib.SMTP("127.0.0.1", self.inbox_port, timeout=30) as smtp:
            smtp.sendmail(sender, ["mash@example-council.example"], raw)


@contextmanager
def mail_servers() -> Iterator[MailServers]:
    """Start the servers, and stop them at the end. Raises WrongSetup when they do not come up."""
    servers = MailServers(imap_port=_free_port(), inbox_port=_free_port(), outbox_port=_free_port())
    ready, done = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve_imap(servers.imap_port, ready, done)), name="demo-imap", daemon=True)
    thread.start()
    if not ready.wait(START_SECONDS):
        raise WrongSetup("The demonstration's mail server did not start. Run it again; another program may hold the port.")
    controllers = [_smtp(_Deliver(servers.imap_port), servers.inbox_port), _smtp(_Keep(servers.letters), servers.outbox_port)]
    for controller in controllers:
        controller.start()
    try:
        yield servers
    finally:
        for controller in controllers:
            controller.stop()
        done.set()
        thread.join(timeout=10)


async def _serve_imap(port: int, ready: threading.Event, done: threading.Event) -> None:
    """pymap's dict backend: everything in memory, one user."""
    from pymap.backend.dict import DictBackend
    from pymap.imap import IMAPService

    parser = ArgumentParser()
    parser.set_defaults(skip_services=[], tls=False)
    IMAPService.add_arguments(parser)
    DictBackend.add_subparser("dict", parser.add_subparsers(dest="backend"))
    given = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict", "--demo-user", USER, "--demo-password", PASSWORD]
    arguments = parser.parse_args(given)
    arguments.debug, arguments.passlib_cfg = False, None
    backend, config = await DictBackend.init(arguments)
    config.apply_context()
    async with AsyncExitStack() as stack:
        await backend.start(stack)
        await IMAPService(backend, config).start(stack)
        ready.set()
        while not done.is_set():
            await asyncio.sleep(0.1)


def _smtp(handler: object, port: int) -> Any:
    from aiosmtpd.controller import Controller

    return Controller(handler, hostname="127.0.0.1", port=port, data_size_limit=LARGEST_MAIL)


class _Deliver:
    """The council's mail server: what comes in is put into the inbox."""

    def __init__(self, imap_port: int) -> None:
        self._port = imap_port

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Take one mail in."""
        del server, session
        await asyncio.to_thread(self._append, envelope.original_content)
        return "250 OK"

    def _append(self, raw: bytes) -> None:
        with imaplib.IMAP4("127.0.0.1", self._port, timeout=30) as imap:
            imap.login(USER, PASSWORD)
            imap.append("INBOX", "", "", raw)


class _Keep:
    """The world: what the hub sends is kept to be looked at."""

    def __init__(self, letters: list[bytes]) -> None:
        self._letters = letters

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Keep one letter."""
        del server, session
        self._letters.append(envelope.original_content)
        return "250 OK"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
