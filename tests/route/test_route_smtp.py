"""The SMTP edge against a real server: encrypted or not at all, and errors named by what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from models.mail import OutboundFile, OutboundMail
from pipeline.errors import NeedsPerson, OurBug, Retry, WrongSetup
from pipeline.route.smtp import Sender, SmtpAccount, build
from tests.servers import Certificate, SmtpServer, free_port

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def letter(**given: Any) -> OutboundMail:
    whole: dict[str, Any] = {
        "message_id": "<abc@lewisham.example.org>",
        "sender": "mash@lewisham.example.org",
        "recipient": "a.teacher@pinfold.example.org",
        "subject": "Received, reference LE-1",
        "text": "Hello – we have it.\n",
        "html": "<p>Hello</p>",
        "in_reply_to": "<one@example.org>",
        "references": ("<nought@example.org>", "<one@example.org>"),
        "files": (OutboundFile(filename="record.json", content_type="application/json", content=b"{}"),),
    }
    return OutboundMail(**(whole | given))


def sender(server: SmtpServer, certificate: Certificate, **given: Any) -> Sender:
    whole: dict[str, Any] = {
        "host": "localhost",
        "port": server.tls_port,
        "security": "tls",
        "user": server.user,
        "password": server.password,
        "ca_file": certificate.certificate,
    }
    return Sender(SmtpAccount(**(whole | given)), now=lambda: NOW)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_letter_leaves_encrypted_in_its_thread(smtp_server: SmtpServer, certificate: Certificate, security: str) -> None:
    port = smtp_server.tls_port if security == "tls" else smtp_server.port
    sender(smtp_server, certificate, port=port, security=security).send(letter())
    (sent,) = smtp_server.received
    message = message_from_bytes(sent.raw, policy=default)
    assert sent.encrypted
    assert message["Message-ID"] == "<abc@lewisham.example.org>"
    assert message["In-Reply-To"] == "<one@example.org>"
    assert str(message["References"]).split() == ["<nought@example.org>", "<one@example.org>"]
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["To"] == "a.teacher@pinfold.example.org"
    plain = message.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().splitlines()[0] == "Hello – we have it."
    assert [part.get_filename() for part in message.iter_attachments()] == ["record.json"]


def test_check_signs_in_and_sends_nothing(smtp_server: SmtpServer, certificate: Certificate) -> None:
    sender(smtp_server, certificate).check()
    assert smtp_server.received == []


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"password": "wrong"}, WrongSetup, "MASH_SMTP_USER"),
        ({"ca_file": None}, WrongSetup, "MASH_SMTP_CA_FILE"),
    ],
)
def test_what_is_set_up_wrongly_is_said(
    smtp_server: SmtpServer, certificate: Certificate, given: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        sender(smtp_server, certificate, **given).send(letter())
    assert smtp_server.received == []


def test_the_wrong_port_for_tls_is_said(smtp_server: SmtpServer, certificate: Certificate) -> None:
    with pytest.raises(WrongSetup, match="starttls"):
        sender(smtp_server, certificate, port=smtp_server.port).send(letter())


def test_without_starttls_nothing_is_sent_in_clear(certificate: Certificate) -> None:
    from aiosmtpd.controller import Controller

    kept: list[bytes] = []

    class Clear:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
            kept.append(envelope.content)
            return "250 OK"

    controller = Controller(Clear(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        account = SmtpAccount(host="localhost", port=controller.port, security="starttls", ca_file=certificate.certificate)
        with pytest.raises(WrongSetup, match="never sent in clear"):
            Sender(account).send(letter())
        assert kept == []
        Sender(SmtpAccount(host="127.0.0.1", port=controller.port, security="none")).send(letter())
        assert len(kept) == 1
    finally:
        controller.stop()


@pytest.mark.parametrize("host", ["mail.example.org", "10.0.0.1", "localhost.example.org"])
def test_no_encryption_only_on_this_machine(host: str) -> None:
    with pytest.raises(WrongSetup, match="only for a server on this machine"):
        Sender(SmtpAccount(host=host, port=25, security="none"))


def test_a_server_that_is_down_is_tried_again(certificate: Certificate) -> None:
    with pytest.raises(Retry):
        Sender(SmtpAccount(host="127.0.0.1", port=free_port(), ca_file=certificate.certificate)).send(letter())


@pytest.mark.parametrize(
    ("answer", "error"), [("451 later", Retry), ("421 closing", Retry), ("550 no such user", NeedsPerson), ("554 refused", NeedsPerson)]
)
def test_a_refusal_is_for_now_or_for_good(smtp_server: SmtpServer, certificate: Certificate, answer: str, error: type[Exception]) -> None:
    smtp_server.answers.append(answer)
    with pytest.raises(error) as raised:
        sender(smtp_server, certificate).send(letter())
    assert "teacher" not in str(raised.value)
    sender(smtp_server, certificate).send(letter())
    assert len(smtp_server.received) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"recipient": "a@example.org\r\nBcc: b@example.org"},
        {"recipient": "a@example.org, b@example.org"},
        {"sender": "mash@example.org\nX: y"},
        {"message_id": "<a@b>\r\nBcc: c@example.org"},
    ],
)
def test_a_broken_address_or_id_is_a_defect_of_ours(given: dict[str, Any]) -> None:
    with pytest.raises(OurBug):
        build(letter(**given), NOW)


def test_no_foreign_word_makes_a_header() -> None:
    message = build(
        letter(subject="A\r\nBcc: b@example.org", in_reply_to="<a@b>\r\nBcc: c@d", references=("x y", "<ok@example.org>", "<a\n@b>")), NOW
    )
    raw = message.as_bytes()
    parsed = message_from_bytes(raw, policy=default)
    assert parsed["Bcc"] is None
    assert parsed["In-Reply-To"] is None
    assert parsed["References"] == "<ok@example.org>"
    assert parsed["Subject"] == "A Bcc: b@example.org"


def test_a_long_thread_keeps_its_first_and_last() -> None:
    many = tuple(f"<{number}@example.org>" for number in range(80))
    kept = str(build(letter(references=many, in_reply_to=many[-1]), NOW)["References"]).split()
    assert (kept[0], kept[-1], len(kept)) == (many[0], many[-1], 20)
