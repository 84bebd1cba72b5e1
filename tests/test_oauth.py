"""Signing in with tokens: a real identity service over TLS, and a Dovecot that checks what it gave out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from pipeline.edges import _GIVERS, mailbox
from pipeline.errors import Retry, WrongSetup
from pipeline.ingest.imap import Inbox
from pipeline.oauth import tokens
from pipeline.settings import Settings
from tests.identity import CLIENT, SECRET, TENANT, Identity, identity_service
from tests.mails import mail
from tests.servers import Dovecot


@pytest.fixture
def identity(dovecot: Dovecot) -> Iterator[Identity]:
    _GIVERS.clear()
    with identity_service(dovecot.certificate) as service:
        yield service


def settings(identity: Identity, dovecot: Dovecot, **more: Any) -> Settings:
    given: dict[str, Any] = {
        "imap_host": "localhost",
        "imap_port": dovecot.tls_port,
        "imap_user": identity.user,
        "imap_auth": "oauth2",
        "imap_ca_file": dovecot.certificate.certificate,
        "oauth_authority": identity.address,
        "oauth_tenant": TENANT,
        "oauth_client_id": CLIENT,
        "oauth_client_secret": SecretStr(SECRET),
        "oauth_ca_file": identity.certificate.certificate,
    }
    return Settings(**{**given, **more})


def test_a_mailbox_is_read_with_a_token_that_is_kept_while_it_is_good(identity: Identity, dovecot: Dovecot) -> None:
    box = dovecot.mailbox(user=identity.user)
    box.deliver(mail())
    for _ in range(3):
        with Inbox(mailbox(settings(identity, dovecot))) as inbox:
            assert len(inbox.uids()) == 1
    assert len(identity.asked) == 1
    assert identity.asked[0]["scope"] == "https://outlook.office365.com/.default"


def test_a_token_that_ran_out_is_asked_for_anew_at_the_next_connection(identity: Identity, dovecot: Dovecot) -> None:
    identity.lives = timedelta(seconds=2)
    account = mailbox(settings(identity, dovecot))
    for _ in range(2):
        with Inbox(account) as inbox:
            inbox.uids()
    assert len(identity.asked) == 2


def test_a_certificate_signs_in_as_a_secret_does(identity: Identity, dovecot: Dovecot, tmp_path: Path) -> None:
    pem = tmp_path / "application.pem"
    pem.write_bytes(identity.certificate.key.read_bytes() + identity.certificate.certificate.read_bytes())
    with Inbox(mailbox(settings(identity, dovecot, oauth_client_secret=None, oauth_certificate=pem))) as inbox:
        inbox.uids()
    assert "client_assertion" in identity.asked[0]
    assert "client_secret" not in identity.asked[0]


@pytest.mark.parametrize(
    ("code", "kind", "remedy"),
    [
        ("invalid_client", WrongSetup, "MASH_OAUTH_CLIENT_SECRET"),
        ("unauthorized_client", WrongSetup, "administrator"),
        ("invalid_scope", WrongSetup, "MASH_OAUTH_SCOPE"),
        ("something_new", WrongSetup, "MASH_OAUTH_"),
        ("temporarily_unavailable", Retry, "next try"),
    ],
)
def test_a_refusal_is_told_with_its_remedy_and_no_secret(identity: Identity, dovecot: Dovecot, code: str, kind: type[Exception], remedy: str) -> None:
    identity.refuses = code
    with pytest.raises(kind, match=remedy) as caught, Inbox(mailbox(settings(identity, dovecot))):
        pass
    assert SECRET not in str(caught.value)


def test_an_identity_service_that_is_not_there_is_tried_again(identity: Identity, dovecot: Dovecot) -> None:
    with pytest.raises(Retry, match="could not be reached"):
        tokens(settings(identity, dovecot, oauth_authority="https://localhost:9"))()


def test_a_service_of_another_certificate_is_not_believed(identity: Identity, dovecot: Dovecot) -> None:
    with pytest.raises(Retry, match="could not be reached"):
        tokens(settings(identity, dovecot, oauth_ca_file=None))()
    assert identity.asked == []


@pytest.mark.parametrize("missing", ["oauth_tenant", "oauth_client_id", "oauth_client_secret"])
def test_a_missing_setting_is_named(identity: Identity, dovecot: Dovecot, missing: str) -> None:
    with pytest.raises(WrongSetup, match=f"MASH_{missing.upper()}"):
        mailbox(settings(identity, dovecot, **{missing: None}))
