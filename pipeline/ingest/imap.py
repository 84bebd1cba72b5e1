"""The IMAP edge: the one file of ours that talks to a mail server's inbox.

What it never does, because each has cost somebody a mail: ask for UNSEEN or for dates, use sequence numbers, set \\Seen, send a bare EXPUNGE,
go on without TLS when TLS was asked for, or wait without a time limit.
"""

from __future__ import annotations

import contextlib
import hashlib
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from pipeline.errors import Retry, WrongSetup
from pipeline.ingest.account import Account
from pipeline.ingest.imap_faults import Dropped, Gone, TooLarge, Unfetchable, faults, is_loopback, patience

__all__ = ["Account", "Dropped", "Fetched", "FolderState", "Gone", "Inbox", "TooLarge", "Unfetchable"]

CHUNK = 4 * 1024 * 1024
LARGEST = 256 * 1024 * 1024
MANY = 50_000
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class FolderState:
    """What SELECT said. `uid_next` is None on servers that do not tell."""

    uid_validity: int
    uid_next: int | None
    messages: int


LOOK_SECONDS = 8.0
"""How often a folder is looked into by an open connection that is not told what comes."""


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
        self._state = self._open()
        return self

    def _open(self) -> FolderState:
        with faults(self._account, "connecting"):
            self._client = _connect(self._account)
        try:
            with faults(self._account, "signing in"):
                _sign_in(self._client, self._account)
            return self._select()
        except BaseException:
            self._close()
            raise

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
            with faults(account, "opening the folder", pass_on=(IMAPClientError,)):
                told = self._client.select_folder(account.folder)
        except IMAPClientError as refused:
            with faults(account, "looking for the folder"):
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
        with faults(self._account, "listing the folder"):
            state = self.state()
            if state.messages <= MANY or not state.uid_next:
                return sorted(int(uid) for uid in self._client.search(["ALL"]))
            # One SEARCH answer is one line, and imaplib refuses lines beyond a million characters.
            spans = [f"{first}:{first + MANY - 1}" for first in range(1, state.uid_next, MANY)]
            spans.append(f"{state.uid_next}:*")
            return sorted({int(uid) for span in spans for uid in self._client.search(["UID", span])})

    def wait(self, seconds: float, *, be_told: bool = True) -> bool:
        """Until something came into the folder, or the time is up: told by the server (IDLE), or by looking now and then where it cannot or must not. Raises Retry."""
        with faults(self._account, "waiting for mail"):
            if not (be_told and self._client.has_capability("IDLE")):
                time.sleep(min(seconds, LOOK_SECONDS))
                return _came(self._client.noop()[1])
            self._client.idle()
            try:
                told = self._client.idle_check(timeout=seconds)
            finally:
                more = self._client.idle_done()[1]
            return _came([*told, *more])

    def fetch(self, uid: int) -> Fetched:
        """The whole mail, unread mail staying unread.

        The size is checked. Some servers only estimate RFC822.SIZE (line ends counted once, old Exchange), so a difference alone is no fault: the mail
        is then read a second time, and counts as whole when both readings are the same bytes. A broken connection never looks like a short mail,
        because a literal says its own length.

        Some servers hang up on a mail they cannot read. So a mail over which the connection breaks twice, each time with the server there again,
        is that mail's fault and not the connection's.
        """
        try:
            return self._fetched(uid)
        except Dropped:
            self._reopen()
        try:
            return self._fetched(uid)
        except Dropped:
            self._reopen()
            raise Unfetchable(f"mailbox {self._account.server}: the server hangs up over mail {uid}; look at it in the mailbox") from None

    def _reopen(self) -> None:
        self._close()
        if self._open().uid_validity != self.state().uid_validity:
            raise Retry(f"mailbox {self._account.server}: the folder was renumbered while we read it; the next poll starts afresh")

    def _fetched(self, uid: int) -> Fetched:
        try:
            with faults(self._account, f"reading mail {uid}", pass_on=(IMAPClientError,)):
                size, internal_date = self._about(uid)
                raw = self._body(uid, size)
                if len(raw) != size and hashlib.sha256(raw).digest() != hashlib.sha256(self._body(uid, size)).digest():
                    raise Unfetchable(f"mailbox {self._account.server}: mail {uid} came back different twice; the next poll reads it again")
        except IMAPClientError:
            raise Unfetchable(f"mailbox {self._account.server}: the server cannot give out mail {uid}; look at it in the mailbox") from None
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
        with patience(self._client, self._account.patience):
            answer = self._client.fetch([uid], [item]).get(uid)
        if not answer or answer.get(key) is None:
            raise Gone(f"mailbox {self._account.server}: mail {uid} has left the folder")
        return bytes(answer[key])

    def move_to_stored(self, uids: Sequence[int]) -> None:
        """Move mails that are safely ours out of the folder. Asking again for mails already moved is harmless."""
        if not uids:
            return
        with faults(self._account, "moving stored mail"):
            target = self._stored_folder()
            # A few at a time: servers refuse command lines beyond some thousands of characters.
            for some in (list(uids[start : start + AT_ONCE]) for start in range(0, len(uids), AT_ONCE)):
                if self._client.has_capability("MOVE"):
                    self._client.move(some, target)
                else:
                    self._copy_and_mark(some, target)

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


def _came(told: Sequence[tuple[object, ...]]) -> bool:
    """Whether a server's untagged words say that the folder has grown."""
    return any(len(line) > 1 and line[1] == b"EXISTS" for line in told)


def _connect(account: Account) -> IMAPClient:
    if account.security == "none" and not is_loopback(account.host):
        raise WrongSetup(
            "MASH_IMAP_SECURITY=none is only for a server on this machine: mail and password would travel in clear. Use tls or starttls."
        )
    context = ssl.create_default_context(cafile=str(account.ca_file) if account.ca_file else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
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
