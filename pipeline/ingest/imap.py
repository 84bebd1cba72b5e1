"""The IMAP edge: the one file of ours that talks to a mail server's inbox.

What it never does, because each has cost somebody a mail: ask for UNSEEN or for dates, use sequence numbers, set \\Seen, send a bare EXPUNGE,
go on without TLS when TLS was asked for, or wait without a time limit.
"""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, IMAPClientAbortError, IMAPClientError, LoginError

from pipeline.errors import Retry, WrongSetup

CHUNK = 4 * 1024 * 1024
LARGEST = 256 * 1024 * 1024
MANY = 50_000
NOT_NOW = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]", "[CONTACTADMIN]", "[OVERQUOTA]")


class Gone(Retry):
    """The mail was on the server a moment ago and no longer is: somebody else moved or deleted it."""


class TooLarge(Retry):
    """The mail is larger than anything a mail system should have taken in; it stays where it is, for a person."""


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox folder to read. `token` is called at every connection when `auth` is oauth2; `stored` are the folder names moved mail goes to."""

    host: str
    user: str
    password: str = field(default="", repr=False)
    port: int = 993
    security: Literal["tls", "starttls", "none"] = "tls"
    folder: str = "INBOX"
    auth: Literal["password", "oauth2"] = "password"
    token: Callable[[], str] | None = field(default=None, repr=False)
    stored: tuple[str, ...] = ("Intake", "Stored")
    ca_file: Path | None = None
    connect_timeout: float = 15
    read_timeout: float = 60

    @property
    def key(self) -> str:
        """The account's name in the ledger. Without the port: the same mailbox behind another port is the same mailbox."""
        return f"{self.user}@{self.host}"

    @property
    def server(self) -> str:
        """Host and port, for messages to people."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class FolderState:
    """What SELECT said. `uid_next` is None on servers that do not tell."""

    uid_validity: int
    uid_next: int | None
    messages: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as the server holds it. `size` is what the server announced, which some servers only estimate."""

    raw: bytes = field(repr=False)
    size: int
    internal_date: datetime | None


class Inbox:
    """An open mailbox folder: a context manager, one connection, no longer lived than one poll."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._client: IMAPClient = None
        self._state: FolderState | None = None
        self._stored: str | None = None

    def __enter__(self) -> Self:
        with _faults(self._account, "connecting"):
            self._client = _connect(self._account)
        try:
            with _faults(self._account, "signing in"):
                _sign_in(self._client, self._account)
            self._state = self._select()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        with contextlib.suppress(Exception):
            self._client.logout()
            return
        with contextlib.suppress(Exception):
            self._client.shutdown()

    def _select(self) -> FolderState:
        account = self._account
        try:
            with _faults(account, "opening the folder", pass_on=(IMAPClientError,)):
                told = self._client.select_folder(account.folder)
        except IMAPClientError as refused:
            with _faults(account, "looking for the folder"):
                there = self._client.folder_exists(account.folder)
            if there:
                raise Retry(f"mailbox {account.server}: the folder {account.folder!r} cannot be opened now; the next poll tries again") from refused
            raise WrongSetup(f"mailbox {account.server}: there is no folder {account.folder!r}; set MASH_IMAP_FOLDER to one that exists") from refused
        validity = told.get(b"UIDVALIDITY")
        if not validity:
            raise WrongSetup(
                f"mailbox {account.server}: the server gives no UIDVALIDITY for {account.folder!r}, without which no mail can be told from another"
            )
        return FolderState(uid_validity=int(validity), uid_next=told.get(b"UIDNEXT"), messages=int(told.get(b"EXISTS", 0)))

    def state(self) -> FolderState:
        """The folder as it was when it was opened."""
        if self._state is None:
            raise WrongSetup("an inbox is used inside `with`")
        return self._state

    def uids(self) -> list[int]:
        """Every mail in the folder, read or unread, old or new."""
        with _faults(self._account, "listing the folder"):
            state = self.state()
            if state.messages <= MANY or not state.uid_next:
                return sorted(int(uid) for uid in self._client.search(["ALL"]))
            # One SEARCH answer is one line, and imaplib refuses lines beyond a million characters.
            spans = [f"{first}:{first + MANY - 1}" for first in range(1, state.uid_next, MANY)]
            spans.append(f"{state.uid_next}:*")
            return sorted({int(uid) for span in spans for uid in self._client.search(["UID", span])})

    def fetch(self, uid: int) -> Fetched:
        """The whole mail, unread mail staying unread.

        The size is checked. Some servers only estimate RFC822.SIZE (line ends counted once, old Exchange), so a difference alone is no fault: the mail
        is then read a second time, and counts as whole when both readings are the same bytes. A broken connection never looks like a short mail,
        because a literal says its own length.
        """
        with _faults(self._account, f"reading mail {uid}"):
            size, internal_date = self._about(uid)
            raw = self._body(uid, size)
            if len(raw) != size:
                again = self._body(uid, size)
                if hashlib.sha256(raw).digest() != hashlib.sha256(again).digest():
                    raise Retry(f"mailbox {self._account.server}: mail {uid} came back different twice; the next poll reads it again")
        return Fetched(raw=raw, size=size, internal_date=internal_date)

    def _about(self, uid: int) -> tuple[int, datetime | None]:
        try:
            about = self._client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
        except ValueError:
            # A date no calendar knows makes IMAPClient give up on the whole answer.
            about = self._client.fetch([uid], ["RFC822.SIZE"]).get(uid)
        if not about or b"RFC822.SIZE" not in about:
            raise Gone(f"mailbox {self._account.server}: mail {uid} has left the folder")
        size = int(about[b"RFC822.SIZE"])
        if size > LARGEST:
            raise TooLarge(f"mailbox {self._account.server}: mail {uid} has {size // 1024 // 1024} MB; a person must look at it in the mailbox")
        date = about.get(b"INTERNALDATE")
        return size, date.astimezone(UTC) if isinstance(date, datetime) else None

    def _body(self, uid: int, size: int) -> bytes:
        if size <= CHUNK:
            return self._part(uid, "BODY.PEEK[]", b"BODY[]")
        pieces, offset = [], 0
        while True:
            piece = self._part(uid, f"BODY.PEEK[]<{offset}.{CHUNK}>", b"BODY[]<%d>" % offset)
            pieces.append(piece)
            offset += len(piece)
            if len(piece) < CHUNK:
                return b"".join(pieces)
            if offset > LARGEST:
                raise TooLarge(f"mailbox {self._account.server}: mail {uid} does not end; a person must look at it in the mailbox")

    def _part(self, uid: int, item: str, key: bytes) -> bytes:
        answer = self._client.fetch([uid], [item]).get(uid)
        if not answer or answer.get(key) is None:
            raise Gone(f"mailbox {self._account.server}: mail {uid} has left the folder")
        return bytes(answer[key])

    def move_to_stored(self, uids: Sequence[int]) -> None:
        """Move mails that are safely ours out of the folder. Asking again for mails already moved is harmless."""
        if not uids:
            return
        with _faults(self._account, "moving stored mail"):
            target = self._stored_folder()
            if self._client.has_capability("MOVE"):
                self._client.move(list(uids), target)
            else:
                self._copy_and_mark(list(uids), target)

    def _stored_folder(self) -> str:
        """The folder for stored mail, made if need be, under the server's own prefix and separator."""
        if self._stored is None:
            prefix, separator = _namespace(self._client)
            name = prefix + (separator or "-").join(self._account.stored)
            if not self._client.folder_exists(name):
                self._client.create_folder(name)
                with contextlib.suppress(IMAPClientError):
                    self._client.subscribe_folder(name)
            self._stored = name
        return self._stored

    def _copy_and_mark(self, uids: list[int], target: str) -> None:
        """For servers without MOVE. Nothing is marked before its copy is seen in the other folder, and only our own mails are expunged."""
        flags = self._client.get_flags(uids)
        todo = [uid for uid in uids if uid in flags and b"\\Deleted" not in flags[uid]]
        if todo:
            before = self._client.folder_status(target, ["MESSAGES"])[b"MESSAGES"]
            answer = self._client.copy(todo, target) or b""
            after = self._client.folder_status(target, ["MESSAGES"])[b"MESSAGES"]
            if b"COPYUID" not in answer and after - before < len(todo):
                raise Retry(f"mailbox {self._account.server}: mails could not be copied to {target!r}; they stay where they are")
            self._client.add_flags(todo, [b"\\Deleted"], silent=True)
        here = [uid for uid in uids if uid in flags]
        if here and self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(here)


def _connect(account: Account) -> IMAPClient:
    context = ssl.create_default_context(cafile=str(account.ca_file) if account.ca_file else None)
    timeout = SocketTimeout(connect=account.connect_timeout, read=account.read_timeout)
    client = IMAPClient(account.host, account.port, ssl=account.security == "tls", ssl_context=context, timeout=timeout)
    client.normalise_times = False
    if account.security == "starttls":
        try:
            client.starttls(context)
        except BaseException:
            with contextlib.suppress(Exception):
                client.shutdown()
            raise
    return client


def _sign_in(client: IMAPClient, account: Account) -> None:
    if account.auth == "password":
        client.login(account.user, account.password)
        return
    if account.token is None:
        raise WrongSetup("MASH_IMAP_AUTH is oauth2 but no token can be had; set MASH_OAUTH_TENANT, MASH_OAUTH_CLIENT_ID and MASH_OAUTH_CLIENT_SECRET")
    client.oauth2_login(account.user, account.token())


def _namespace(client: IMAPClient) -> tuple[str, str]:
    if client.has_capability("NAMESPACE"):
        personal = client.namespace().personal
        if personal:
            return personal[0][0], personal[0][1]
    roots = client.list_folders("", "")
    separator = roots[0][1] if roots else b"/"
    return "", separator.decode("ascii", "replace") if separator else ""


@contextlib.contextmanager
def _faults(account: Account, doing: str, pass_on: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Turn whatever IMAP and the network raise into Retry or WrongSetup: one line, the remedy in it, never the server's own words."""
    try:
        yield
    except (Retry, WrongSetup):
        raise
    except Exception as fault:
        if isinstance(fault, pass_on) and not isinstance(fault, (IMAPClientAbortError, LoginError)):
            raise
        found = _told(account, doing, fault)
        if found is None:
            raise
        raise found from None


def _told(account: Account, doing: str, fault: Exception) -> Retry | WrongSetup | None:
    where = f"mailbox {account.server}"
    for kinds, explain in _EXPLANATIONS:
        if isinstance(fault, kinds):
            return explain(where, doing, fault, account)
    return None


def _explain_certificate(where: str, _doing: str, _fault: Any, _account: Account) -> WrongSetup:
    return WrongSetup(f"{where}: its TLS certificate is not trusted; check MASH_IMAP_HOST, or name the council's CA file in MASH_IMAP_CA_FILE")


def _explain_tls(where: str, doing: str, _fault: Any, account: Account) -> Retry | WrongSetup:
    if doing == "connecting":
        return WrongSetup(f"{where}: TLS was refused; check MASH_IMAP_PORT and MASH_IMAP_SECURITY (now {account.security})")
    return Retry(f"{where}: the TLS connection broke while {doing}; the next poll goes on")


def _explain_login(where: str, _doing: str, fault: Exception, account: Account) -> Retry | WrongSetup:
    told = str(fault).upper()
    if any(code in told for code in NOT_NOW) or not told.strip():
        return Retry(f"{where}: the server cannot sign us in now; the next poll tries again")
    if "PRIVACYREQUIRED" in told or "LOGINDISABLED" in told:
        return WrongSetup(f"{where}: the server takes no password without TLS; set MASH_IMAP_SECURITY to tls or starttls")
    what = "token" if account.auth == "oauth2" else "user name or password"
    remedy = "MASH_OAUTH_* and the mailbox's permissions" if account.auth == "oauth2" else "MASH_IMAP_USER and MASH_IMAP_PASSWORD"
    return WrongSetup(f"{where}: the server refused the {what}; check {remedy}")


def _explain_protocol(where: str, doing: str, fault: Exception, account: Account) -> Retry | WrongSetup:
    if doing == "connecting" and account.security == "starttls":
        return WrongSetup(f"{where}: the server offers no STARTTLS; nothing was sent in clear. Check MASH_IMAP_PORT and MASH_IMAP_SECURITY")
    if isinstance(fault, CapabilityError):
        return WrongSetup(f"{where}: the server cannot do what {doing} needs")
    return Retry(f"{where}: the server answered wrongly while {doing}; the next poll tries again")


def _explain_network(where: str, doing: str, fault: Exception, _account: Account) -> Retry:
    if isinstance(fault, socket.gaierror):
        return Retry(f"{where}: no such host is known; check MASH_IMAP_HOST and the name service")
    if isinstance(fault, TimeoutError):
        return Retry(f"{where}: no answer in time while {doing}; check that the server is up and the port open")
    return Retry(f"{where}: cannot be reached, or hung up, while {doing}; check that the server is up and the port open")


_EXPLANATIONS: tuple[tuple[tuple[type[Exception], ...], Callable[..., Retry | WrongSetup]], ...] = (
    ((ssl.SSLCertVerificationError,), _explain_certificate),
    ((ssl.SSLError,), _explain_tls),
    ((OSError, IMAPClientAbortError, EOFError), _explain_network),
    ((LoginError,), _explain_login),
    ((imaplib.IMAP4.error, ValueError, KeyError, AssertionError), _explain_protocol),
)
