"""The SMTP edge: letters leave here and nowhere else, encrypted or not at all."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from models.mail import OutboundMail
from pipeline.errors import NeedsPerson, OurBug, Retry, WrongSetup

PATIENCE = 180.0
"""Seconds for an answer once signed in. A server that looks at a letter before it takes it may need minutes; giving up too soon sends the letter twice."""
_MESSAGE_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,250}>")
_ADDRESS = re.compile(r"[^@\s<>,;:\"\\()\[\]\x00-\x1f\x7f]+@[A-Za-z0-9.-]+")
_REFERENCES = 20


class Unreachable(Retry):
    """No letter could go now, whichever it is: the server is down, or cannot sign us in at the moment."""


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where and how letters are handed over. `token` gives a fresh OAuth token for servers that take no passwords."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    timeout: float = 30.0
    patience: float = PATIENCE
    token: Callable[[], str] | None = field(default=None, repr=False)


class Sender:
    """Sends letters through one account. A connection is made for each letter: they are few, and servers close idle ones."""

    def __init__(self, account: SmtpAccount, now: Callable[[], datetime] | None = None) -> None:
        self._account = account
        self._now = now or (lambda: datetime.now(UTC))
        if account.security == "none" and not _is_loopback(account.host):
            raise WrongSetup("MASH_SMTP_SECURITY=none is only for a server on this machine: letters hold personal data. Use tls or starttls.")

    def check(self) -> None:
        """Sign in and send nothing. Raises Retry or WrongSetup."""
        with self._connected():
            pass

    def send(self, letter: OutboundMail) -> None:
        """Hand one letter over.

        Raises Retry where another time may do, NeedsPerson where this letter is refused for good, WrongSetup where no letter could go.
        """
        message = build(letter, self._now())
        with self._connected() as connection:
            try:
                connection.send_message(message, from_addr=letter.sender, to_addrs=[letter.recipient])
            except smtplib.SMTPRecipientsRefused as refusal:
                code = next((answer[0] for answer in refusal.recipients.values()), 550)
                raise _refused(code, "the recipient") from None
            except smtplib.SMTPSenderRefused as refusal:
                if refusal.smtp_code in {530, 535, 550, 553}:
                    raise WrongSetup("The mail server refuses MASH_SMTP_FROM as a sender: use an address the account may send as.") from None
                raise _refused(refusal.smtp_code, "the sender") from None
            except smtplib.SMTPResponseException as refusal:
                raise _refused(refusal.smtp_code, "the letter") from None
            except (smtplib.SMTPException, OSError) as fault:
                raise Retry(f"The mail server went away while a letter was handed over ({type(fault).__name__}).") from None

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        connection = self._connect()
        try:
            self._sign_in(connection)
            if connection.sock is not None:
                connection.sock.settimeout(self._account.patience)
            yield connection
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()

    def _connect(self) -> smtplib.SMTP:
        account = self._account
        try:
            context = ssl.create_default_context(cafile=account.ca_file)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            if account.security == "tls":
                return smtplib.SMTP_SSL(account.host, account.port, timeout=account.timeout, context=context)
            connection = smtplib.SMTP(account.host, account.port, timeout=account.timeout)
        except ssl.SSLCertVerificationError:
            raise WrongSetup(
                "The mail server's certificate is not trusted. Check MASH_SMTP_HOST, or name its authority in MASH_SMTP_CA_FILE."
            ) from None
        except ssl.SSLError:
            raise WrongSetup("The mail server does not speak TLS on MASH_SMTP_PORT. Check the port, or use MASH_SMTP_SECURITY=starttls.") from None
        except FileNotFoundError:
            raise WrongSetup("MASH_SMTP_CA_FILE names no file. Correct it.") from None
        except (smtplib.SMTPException, OSError) as fault:
            raise Unreachable(f"The mail server cannot be reached ({type(fault).__name__}).") from None
        if account.security == "starttls":
            self._start_tls(connection, context)
        return connection

    @staticmethod
    def _start_tls(connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Encrypt, or stop: a server that offers no STARTTLS today may be somebody in the middle."""
        try:
            connection.starttls(context=context)
        except ssl.SSLCertVerificationError:
            connection.close()
            raise WrongSetup(
                "The mail server's certificate is not trusted. Check MASH_SMTP_HOST, or name its authority in MASH_SMTP_CA_FILE."
            ) from None
        except smtplib.SMTPNotSupportedError:
            connection.close()
            raise WrongSetup(
                "The mail server offers no STARTTLS, and letters are never sent in clear. Check MASH_SMTP_PORT, or use MASH_SMTP_SECURITY=tls."
            ) from None
        except (smtplib.SMTPException, OSError) as fault:
            connection.close()
            raise Unreachable(f"The mail server broke off while encryption was set up ({type(fault).__name__}).") from None

    def _sign_in(self, connection: smtplib.SMTP) -> None:
        account = self._account
        try:
            if account.token is not None and account.user:
                connection.ehlo_or_helo_if_needed()
                said = f"user={account.user}\x01auth=Bearer {account.token()}\x01\x01"
                connection.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "", initial_response_ok=True)
            elif account.user and account.password is not None:
                connection.login(account.user, account.password)
        except smtplib.SMTPAuthenticationError as refusal:
            if 400 <= refusal.smtp_code < 500:
                raise Unreachable("The mail server cannot check the sign-in at the moment.") from None
            raise WrongSetup("The mail server refused the sign-in. Check MASH_SMTP_USER and MASH_SMTP_PASSWORD.") from None
        except smtplib.SMTPNotSupportedError:
            raise WrongSetup(
                "The mail server takes no sign-in of this kind. Check MASH_SMTP_PORT and MASH_SMTP_SECURITY, or leave MASH_SMTP_USER out."
            ) from None
        except (smtplib.SMTPException, OSError) as fault:
            raise Unreachable(f"The mail server broke off at the sign-in ({type(fault).__name__}).") from None


def build(letter: OutboundMail, now: datetime) -> EmailMessage:
    """The MIME message of a letter: answered in its thread, marked as automatic (RFC 3834), no header made of foreign words."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = _checked(_MESSAGE_ID, letter.message_id, "Message-ID")
    message["Date"] = format_datetime(now)
    message["From"] = _address(letter.sender)
    message["To"] = _address(letter.recipient)
    message["Subject"] = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", letter.subject).split())
    thread = [found for found in letter.references if _MESSAGE_ID.fullmatch(found)]
    if letter.in_reply_to and _MESSAGE_ID.fullmatch(letter.in_reply_to):
        message["In-Reply-To"] = letter.in_reply_to
        thread = [found for found in thread if found != letter.in_reply_to] + [letter.in_reply_to]
    if thread:
        kept = thread if len(thread) <= _REFERENCES else [thread[0], *thread[1 - _REFERENCES :]]
        message["References"] = " ".join(kept)
    message["Auto-Submitted"] = "auto-replied"
    message["X-Auto-Response-Suppress"] = "All"
    message["Precedence"] = "auto_reply"
    message.set_content(letter.text)
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html")
    for file in letter.files:
        main, _, sub = file.content_type.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.filename)
    return message


def _address(email: str) -> Address:
    local, _, domain = _checked(_ADDRESS, email, "address").rpartition("@")
    return Address(username=local, domain=domain)


def _checked(shape: re.Pattern[str], value: str, what: str) -> str:
    if not shape.fullmatch(value) or not value.isascii():
        raise OurBug(f"A letter was built with a broken {what}.")
    return value


def _refused(code: int, what: str) -> Retry | NeedsPerson:
    if 400 <= code < 500:
        return Retry(f"The mail server will not take {what} at the moment (code {code}).")
    return NeedsPerson(f"The mail server refused {what} for good (code {code}). Check the address and write to the referrer by hand.")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
