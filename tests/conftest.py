"""Servers that several rooms' tests talk to. Nothing here is a stand-in: each is the real program on loopback."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Certificate, Dovecot, Mailbox, SmtpServer, dovecot_server, make_certificate, pymap_process


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for this machine."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One Dovecot for the whole run; take a fresh `dovecot.mailbox()` in each test."""
    with dovecot_server() as server:
        yield server


@pytest.fixture
def pymap_server() -> Iterator[Mailbox]:
    """A fresh pymap with one empty mailbox."""
    with pymap_process() as mailbox:
        yield mailbox


@pytest.fixture
def smtp_server(certificate: Certificate) -> Iterator[SmtpServer]:
    """A fresh SMTP server that keeps what it gets. Its certificate is the `certificate` fixture's."""
    server = SmtpServer(certificate)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"


_MASK, _TMPDIR = os.umask(0o022), os.environ.get("TMPDIR")
os.umask(_MASK)


@pytest.fixture(autouse=True)
def _the_process_as_it_was(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test runs within this process may make it keep to itself (`pipeline.private`); servers that run as another user must still read their files."""
    if "privacy" in request.path.parts:  # these look at what a process keeps to itself
        yield
        return
    _as_it_was()
    yield
    _as_it_was()


def _as_it_was() -> None:
    os.umask(_MASK)
    tempfile.tempdir = None
    if _TMPDIR is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = _TMPDIR
