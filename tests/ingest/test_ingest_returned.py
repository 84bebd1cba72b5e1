"""Reports of letters that came back, as mail systems write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.mail import Returned
from pipeline.ingest.returned import returned
from tests.mails import mail, report_of

OURS = "<letter-7@council.example>"
WHOLE = (
    "From: postmaster@outlook.example\r\nMessage-ID: <own@outlook.example>\r\nSubject: Undeliverable: Your referral\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/html\r\n\r\n<p>Delivery has failed to these recipients</p>\r\n"
    "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;x\r\n\r\nAction: failed\r\nStatus: 5.7.1\r\n\r\n"
    f"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nMessage-ID:\r\n {OURS}\r\nSubject: x\r\n\r\nBody\r\n--b--\r\n"
).encode()
PROSE = (
    f"From: Mail Delivery Subsystem <mailer-daemon@old.example>\r\nMessage-ID: <r@old.example>\r\nSubject: failure notice\r\n\r\n"
    f"I'm afraid I wasn't able to deliver your message.\r\n550 No such user here\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nMessage-ID: {OURS}\r\n"
).encode()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (report_of(OURS, "failed", "5.1.1"), Returned(message_ids=(OURS,), action="failed", status="5.1.1")),
        (report_of(OURS, "delayed", "4.4.1"), Returned(message_ids=(OURS,), action="delayed", status="4.4.1")),
        (WHOLE, Returned(message_ids=(OURS,), action="failed", status="5.7.1")),
        (PROSE, Returned(message_ids=(OURS,), action="failed")),
    ],
    ids=["headers only", "late", "whole letter, folded id", "prose alone"],
)
def test_which_letter_and_what_became_of_it(raw: bytes, told: Returned) -> None:
    assert returned(raw) == told


def test_a_mail_of_a_person_speaks_of_no_letter() -> None:
    assert returned(mail(body="The referral is attached.")) == Returned()


@given(st.binary(max_size=400), st.integers(0, len(WHOLE)))
def test_no_bytes_make_it_raise(junk: bytes, cut: int) -> None:
    returned(junk)
    returned(WHOLE[:cut] + junk)
