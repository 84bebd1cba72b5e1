"""Real mail servers for tests, started unprivileged on loopback and gone afterwards: Dovecot, pymap, and SMTP with TLS."""

from __future__ import annotations

import base64
import contextlib
import grp
import hashlib
import hmac
import ipaddress
import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

from pipeline.ingest.imap import Account
from tests.dovecot_conf import DOVECOT_CONF, OAUTH_CONF

START_SECONDS = 60
PASSWORD = "open-sesame"
TOKEN_KEY = b"a key that only the tests know of"
TOKEN_ISSUER = "https://login.example"
DOVECOT = "/usr/sbin/dovecot"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Until somebody listens on the port."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process is not None and process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"nothing came up on port {port} within {START_SECONDS} seconds")


@dataclass(frozen=True)
class Certificate:
    """A certificate for this machine that only those trust who are given `certificate`."""

    certificate: Path
    key: Path


def make_certificate(folder: Path, name: str = "localhost") -> Certificate:
    """A self-signed certificate for a name and for 127.0.0.1."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    alternatives: list[x509.GeneralName] = [x509.DNSName(name)]
    if name == "localhost":
        alternatives.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Certificate(folder / f"{name}.pem", folder / f"{name}.key")
    made.certificate.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return made


@dataclass
class Mailbox:
    """One user's mail on a test server, to put mail in and to look at what is there."""

    account: Account

    @contextlib.contextmanager
    def client(self) -> Iterator[Any]:
        """A signed-in client of the tests' own, so that nothing of ours checks itself."""
        account = self.account
        context = ssl.create_default_context(cafile=str(account.ca_file)) if account.ca_file else None
        client = IMAPClient(account.host, account.port, ssl=account.security == "tls", ssl_context=context, timeout=60)
        try:
            client.login(account.user, account.password)
            yield client
        finally:
            client.logout()

    def deliver(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder, as a mail server does on their arrival."""
        with self.client() as client:
            for mail in mails:
                client.append(folder, mail)

    def read(self, folder: str = "INBOX") -> dict[int, tuple[bytes, tuple[bytes, ...]]]:
        """Bytes and flags of every mail in a folder, by UID."""
        with self.client() as client:
            if not client.folder_exists(folder):
                return {}
            client.select_folder(folder, readonly=True)
            uids = client.search(["ALL"])
            found = client.fetch(uids, ["BODY.PEEK[]", "FLAGS"]) if uids else {}
            return {uid: (data[b"BODY[]"], data[b"FLAGS"]) for uid, data in found.items() if b"BODY[]" in data}


@dataclass
class Dovecot:
    """A Dovecot of Debian's, run as an ordinary user. Every user name exists, with PASSWORD; each test takes a fresh one."""

    folder: Path
    certificate: Certificate
    capability: str | None = None
    separator: str = "/"
    prefix: str = ""
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None
    _users: int = 0

    def start(self) -> None:
        """Start it and wait until it answers. Mail of an earlier start is still there."""
        need_dovecot()
        user, group = unprivileged()
        root = self.folder / "dovecot"
        if not root.exists():
            for name in ("run", "state", "mail", "etc/keys/default/HS256", "etc/keys/shared/default/HS256"):
                (root / name).mkdir(parents=True)
            shutil.copy(self.certificate.certificate, root / "etc/cert.pem")
            shutil.copy(self.certificate.key, root / "etc/key.pem")
            for where in ("etc/keys/default/HS256/default", "etc/keys/shared/default/HS256/default"):
                (root / where).write_bytes(base64.b64encode(TOKEN_KEY))
            (root / "etc/oauth2.conf.ext").write_text(OAUTH_CONF.format(root=root, issuer=TOKEN_ISSUER))
            (root / "etc/dovecot.conf").write_text(self._configuration(root, user, group))
            give_to(self.folder, user, group)
        command = [DOVECOT, "-F", "-c", str(root / "etc/dovecot.conf")]
        if os.geteuid() == 0:
            numbers = pwd.getpwnam(user)
            command = ["setpriv", f"--reuid={numbers.pw_uid}", f"--regid={grp.getgrnam(group).gr_gid}", "--clear-groups", *command]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        wait_for(self.tls_port, self._process)
        wait_for(self.port, self._process)

    def _configuration(self, root: Path, user: str, group: str) -> str:
        extra = f"imap_capability = {self.capability}\n" if self.capability else ""
        return DOVECOT_CONF.format(
            root=root,
            user=user,
            group=group,
            port=self.port,
            tls_port=self.tls_port,
            password=PASSWORD,
            separator=self.separator,
            prefix=self.prefix,
            extra=extra,
        )

    def stop(self) -> None:
        """Stop it; asking again is harmless."""
        if self._process is not None:
            # Sessions that are signed in outlive their master: the whole group goes, as it would with the machine.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def mailbox(self, **changes: Any) -> Mailbox:
        """A fresh user's mailbox, over TLS unless told otherwise."""
        self._users += 1
        account = Account(
            host="localhost",
            port=self.port if changes.get("security") in ("starttls", "none") else self.tls_port,
            user=f"hub{self._users}",
            password=PASSWORD,
            ca_file=self.certificate.certificate,
            connect_timeout=30,
        )
        return Mailbox(replace(account, **changes))

    def mail_folder(self, user: str) -> Path:
        """Where a user's Maildir lies, for tests that damage it."""
        return self.folder / "dovecot/mail" / user


def make_token(user: str, *, lives: timedelta = timedelta(hours=1), key: bytes = TOKEN_KEY) -> str:
    """An OAuth2 token that the test Dovecot believes, as a real identity provider would issue one."""
    now = datetime.now(UTC)
    issued, until = int(now.timestamp()) - 60, int((now + lives).timestamp())
    parts = [
        {"alg": "HS256", "typ": "JWT", "kid": "default"},
        {"sub": user, "email": user, "iat": issued, "nbf": issued, "exp": until, "iss": TOKEN_ISSUER},
    ]
    head = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
    return (head + b"." + _base64url(hmac.new(key, head, hashlib.sha256).digest())).decode()


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def need_dovecot() -> None:
    """Dovecot, installed by us where we may; otherwise a plain word on what to install."""
    if Path(DOVECOT).exists():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {
            "check": True,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update"], **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "dovecot-imapd"], **quiet)  # type: ignore[call-overload]
    if not Path(DOVECOT).exists():
        raise RuntimeError("These tests need Dovecot. Install it with: sudo apt-get install --no-install-recommends dovecot-imapd")


def unprivileged() -> tuple[str, str]:
    """The user and group that servers run as: ours, or nobody where we are root."""
    if os.geteuid() == 0:
        return "nobody", "nogroup"
    me = pwd.getpwuid(os.geteuid())
    return me.pw_name, grp.getgrgid(me.pw_gid).gr_name


def give_to(folder: Path, user: str, group: str) -> None:
    """Let servers write into a folder."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user, group)


@contextlib.contextmanager
def server_folder() -> Iterator[Path]:
    """A folder that an unprivileged user can reach, which pytest's own are not when root runs them."""
    folder = Path(tempfile.mkdtemp(prefix="mash-servers-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def dovecot_server(**options: Any) -> Iterator[Dovecot]:
    """A running Dovecot of its own, for tests that stop it or need other capabilities."""
    with server_folder() as folder:
        server = Dovecot(folder, make_certificate(folder), **options)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def pymap_process() -> Iterator[Mailbox]:
    """pymap's dict backend as a program of its own: everything in memory, one user, no TLS."""
    port = free_port()
    program = Path(sys.executable).with_name("pymap")
    arguments = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict", "--demo-user", "hub", "--demo-password", PASSWORD]
    process = subprocess.Popen([str(program), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield Mailbox(Account(host="127.0.0.1", port=port, user="hub", password=PASSWORD, security="none", connect_timeout=30))
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


@dataclass(frozen=True)
class SentMail:
    """A mail that the SMTP server took, and whether it came over TLS."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    encrypted: bool


@dataclass
class SmtpServer:
    """An SMTP server that keeps what it gets: `port` speaks STARTTLS, `tls_port` TLS from the start. `answers` are given first, one a mail."""

    certificate: Certificate
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    user: str = "hub"
    password: str = PASSWORD
    received: list[SentMail] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    _controllers: list[Controller] = field(default_factory=list)

    def start(self) -> None:
        """Listen on both ports."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate.certificate, self.certificate.key)
        common: dict[str, Any] = {
            "hostname": "127.0.0.1",
            "authenticator": self._sign_in,
            "data_size_limit": 50 * 2**20,
            "ready_timeout": START_SECONDS,
        }
        self._controllers = [
            Controller(self, port=self.port, tls_context=context, require_starttls=True, auth_require_tls=True, **common),
            # aiosmtpd counts only STARTTLS as encryption; on this port everything is encrypted from the first byte.
            Controller(self, port=self.tls_port, ssl_context=context, auth_require_tls=False, **common),
        ]
        for controller in self._controllers:
            controller.start()

    def stop(self) -> None:
        """Stop listening; asking again is harmless."""
        for controller in self._controllers:
            controller.stop()
        self._controllers = []

    def _sign_in(self, _server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.login == self.user.encode() and data.password == self.password.encode()
        return AuthResult(success=good, handled=False)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Keep a mail, unless an answer was laid ready that refuses it."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("2"):
            encrypted = session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None
            self.received.append(SentMail(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.original_content or b"", encrypted))
        return answer
