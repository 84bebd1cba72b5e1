"""Which mailbox to read, and how to sign in to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox folder to read. `token` is called at every connection when `auth` is oauth2; `stored` are the folder names moved mail goes to.

    `read_timeout` is for each piece of an answer; `patience` for a whole answer, however steadily its pieces drip in.
    """

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
    patience: float = 300

    @property
    def key(self) -> str:
        """The account's name in the ledger. Without the port: the same mailbox behind another port is the same mailbox."""
        return f"{self.user}@{self.host}"

    @property
    def server(self) -> str:
        """Host and port, for messages to people."""
        return f"{self.host}:{self.port}"
