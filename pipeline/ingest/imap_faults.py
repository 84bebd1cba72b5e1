"""What IMAP and the network raise, in our own words: Retry or WrongSetup, one line, with the remedy, and never the server's own text."""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import Any

from imapclient.exceptions import CapabilityError, IMAPClientAbortError, LoginError

from pipeline.errors import Retry, WrongSetup
from pipeline.ingest.account import Account

_NOT_NOW = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]", "[CONTACTADMIN]", "[OVERQUOTA]")


class Gone(Retry):
    """The mail was on the server a moment ago and no longer is: somebody else moved or deleted it."""


class Dropped(Retry):
    """The connection could not be made, or broke."""


class TooLarge(Retry):
    """The mail is larger than anything a mail system should have taken in; it stays where it is, for a person."""


class Unfetchable(Retry):
    """The server cannot give out this one mail (Exchange refuses what it cannot convert). The others must not wait for it; the census tells a person."""


@contextlib.contextmanager
def faults(account: Account, doing: str, pass_on: tuple[type[Exception], ...] = ()) -> Iterator[None]:
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


@contextlib.contextmanager
def patience(client: Any, seconds: float) -> Iterator[None]:
    """Hang up when an answer takes longer than this: a server that sends a byte a minute never runs into a time limit on each read."""
    timer = threading.Timer(seconds, _hang_up, (client,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(client: Any) -> None:
    with contextlib.suppress(Exception):
        client.socket().shutdown(socket.SHUT_RDWR)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _told(account: Account, doing: str, fault: Exception) -> Retry | WrongSetup | None:
    where = f"mailbox {account.server}"
    for kinds, explain in _EXPLANATIONS:
        if isinstance(fault, kinds):
            return explain(where, doing, fault, account)
    return None


def _explain_read_only(where: str, _doing: str, _fault: Any, account: Account) -> WrongSetup:
    return WrongSetup(f"{where}: the account may only read {account.folder!r}; give it the right to move mail out of it")


def _explain_certificate(where: str, _doing: str, _fault: Any, _account: Account) -> WrongSetup:
    return WrongSetup(f"{where}: its TLS certificate is not trusted; check MASH_IMAP_HOST, or name the council's CA file in MASH_IMAP_CA_FILE")


def _explain_tls(where: str, doing: str, _fault: Any, account: Account) -> Retry | WrongSetup:
    if doing == "connecting":
        return WrongSetup(f"{where}: TLS was refused; check MASH_IMAP_PORT and MASH_IMAP_SECURITY (now {account.security})")
    return Dropped(f"{where}: the TLS connection broke while {doing}; the next poll goes on")


def _explain_login(where: str, _doing: str, fault: Exception, account: Account) -> Retry | WrongSetup:
    told = str(fault).upper()
    if any(code in told for code in _NOT_NOW) or not told.strip():
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
    return Retry(f"{where}: the server refused, or answered wrongly, while {doing}; the next poll tries again")


def _explain_network(where: str, doing: str, fault: Exception, _account: Account) -> Dropped:
    if isinstance(fault, socket.gaierror):
        return Dropped(f"{where}: no such host is known; check MASH_IMAP_HOST and the name service")
    if isinstance(fault, TimeoutError):
        return Dropped(f"{where}: no answer in time while {doing}; check that the server is up and the port open")
    return Dropped(f"{where}: cannot be reached, or hung up, while {doing}; check that the server is up and the port open")


_EXPLANATIONS: tuple[tuple[tuple[type[Exception], ...], Callable[..., Retry | WrongSetup]], ...] = (
    ((imaplib.IMAP4.readonly,), _explain_read_only),
    ((ssl.SSLCertVerificationError,), _explain_certificate),
    ((ssl.SSLError,), _explain_tls),
    ((OSError, IMAPClientAbortError, EOFError), _explain_network),
    ((LoginError,), _explain_login),
    ((imaplib.IMAP4.error, ValueError, KeyError, AssertionError), _explain_protocol),
)
