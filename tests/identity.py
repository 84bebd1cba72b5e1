"""An identity service on this machine, over TLS, that gives out tokens the test Dovecot believes: OAuth2 client credentials by secret or certificate."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography import x509

from tests.servers import Certificate, make_token

CLIENT, SECRET, TENANT = "the-application", "the-secret-word", "the-tenant"


@dataclass
class Identity:
    """What it was asked, and what it says next: an error code of OAuth2, or tokens that live so long."""

    certificate: Certificate
    user: str = "clerk"
    lives: timedelta = timedelta(hours=1)
    refuses: str | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """Without the tenant."""
        return f"https://localhost:{self.port}"

    def configuration(self) -> dict[str, str]:
        """The discovery document."""
        base = f"{self.address}/{TENANT}"
        return {"issuer": f"{base}/v2.0", "authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token"}

    def answer(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """To a request for a token."""
        self.asked.append(asked)
        if self.refuses:
            return 400, {"error": self.refuses, "error_description": f"said with {SECRET}"}
        if asked.get("client_id") != CLIENT or not (asked.get("client_secret") == SECRET or self._signed(asked.get("client_assertion"))):
            return 401, {"error": "invalid_client"}
        return 200, {"token_type": "Bearer", "expires_in": int(self.lives.total_seconds()), "access_token": make_token(self.user, lives=self.lives)}

    def _signed(self, assertion: str | None) -> bool:
        if assertion is None:
            return False
        key = x509.load_pem_x509_certificate(self.certificate.certificate.read_bytes()).public_key()
        try:
            jwt.decode(assertion, key, algorithms=["RS256", "PS256"], audience=f"{self.address}/{TENANT}/token")  # type: ignore[arg-type]
        except jwt.PyJWTError:
            return False
        return True


@contextmanager
def identity_service(certificate: Certificate) -> Iterator[Identity]:
    """Run one."""
    identity = Identity(certificate)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(200, identity.configuration())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*identity.answer({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, status: int, what: dict[str, Any]) -> None:
            data = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.certificate, certificate.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    identity.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield identity
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
