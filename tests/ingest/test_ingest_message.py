"""Bytes to an InboundMail: ordinary mails read whole, and no mail makes the reader fall over."""

from __future__ import annotations

import base64
import hashlib
import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.mail import Address, FileKind
from pipeline.ingest.message import PERSON_DEFECTS, parse, thread_ids
from pipeline.ingest.parts import Limits
from tests.ingest.mails import PDF, attached, docx, mail, multipart, part, picture, text_part


def test_an_ordinary_mail() -> None:
    body = multipart(
        text_part("Please see attached.\r\nThank you"),
        text_part("<p>Please see <b>attached</b>.</p>", "text/html; charset=utf-8"),
        subtype="alternative",
        boundary="in",
    )
    raw = mail(multipart(body, attached("Form MARF.docx", docx()), attached("notes.pdf", PDF, "application/pdf")), "Cc: Lee <lee@gp.example>")
    read = parse(raw)
    assert read.sha256 == hashlib.sha256(raw).hexdigest()
    assert (read.size, read.message_id, read.subject) == (len(raw), "<mail-1@school.example>", "Referral")
    assert read.sender == Address(name="Pat Quill", email="pat@school.example")
    assert read.cc == (Address(name="Lee", email="lee@gp.example"),)
    assert read.sent_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert read.body_text == "Please see attached.\nThank you"
    assert read.body_html == "<p>Please see <b>attached</b>.</p>"
    assert [(file.index, file.filename, file.kind, file.inside) for file in read.attachments] == [
        (0, "Form MARF.docx", FileKind.DOCX, None),
        (1, "notes.pdf", FileKind.PDF, None),
    ]
    assert read.attachments[1].content == PDF
    assert read.defects == ()


def test_html_alone_gives_words_with_tables_kept_apart() -> None:
    read = parse(
        mail(text_part("<html><body><table><tr><td>Name</td><td>Pat</td></tr></table><script>x()</script></body></html>", "text/html; charset=utf-8"))
    )
    assert read.body_text is not None
    assert read.body_text.split() == ["Name", "Pat"]
    assert read.body_html is not None


def test_text_before_and_after_a_file_is_all_body() -> None:
    read = parse(mail(multipart(text_part("First."), attached("a.pdf", PDF, "application/pdf", "inline"), text_part("Last."))))
    assert read.body_text == "First.\n\nLast."
    assert [file.kind for file in read.attachments] == [FileKind.PDF]
    assert not read.attachments[0].decorative


def test_a_mail_forwarded_as_an_attachment_is_found_with_its_body_and_files() -> None:
    inner = mail(multipart(text_part("The form is attached."), attached("form.pdf", PDF)), subject="Child Protection Referral")
    outer = mail(multipart(text_part("See below"), b"Content-Type: message/rfc822\r\n\r\n" + inner, boundary="out"), subject="FW")
    read = parse(outer)
    assert read.body_text == "See below"
    assert [(file.filename, file.kind, file.inside) for file in read.attachments] == [
        ("Child Protection Referral.eml", FileKind.EML, None),
        ("body.txt", FileKind.TEXT, "forwarded mail 1"),
        ("form.pdf", FileKind.PDF, "forwarded mail 1"),
    ]
    assert [file.index for file in read.attachments] == [0, 1, 2]


def test_forwards_of_forwards_are_followed_and_bounded() -> None:
    raw = mail(multipart(text_part("level 0"), attached("0.pdf", PDF + b"0"), boundary="edge0"))
    for level in range(1, 9):
        raw = mail(multipart(text_part(f"level {level}"), b"Content-Type: message/rfc822\r\n\r\n" + raw, boundary=f"edge{level}"))
    read = parse(raw, Limits(forwards=10))
    assert read.attachments[-1].kind is FileKind.PDF
    assert read.attachments[-1].inside is not None
    assert read.attachments[-1].inside.count("forwarded mail") == 8
    assert "too_many_forwards" in parse(raw).defects


def test_a_forwarded_mail_that_was_wrongly_encoded_as_a_whole() -> None:
    inner = mail(multipart(text_part("x"), attached("form.pdf", PDF)))
    wrapped = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(inner)
    read = parse(mail(multipart(text_part("See below"), wrapped, boundary="out")))
    assert FileKind.PDF in {file.kind for file in read.attachments}


def test_names_and_subjects_in_every_encoding() -> None:
    read = parse(
        b"From: =?iso-8859-1?q?Zo=EB?= =?utf-8?b?IFF1aWxs?= <zoe@school.example>\r\n"
        b"Subject: =?utf-8?q?R=C3=A9f=C3=A9rral_?=\r\n =?utf-8?q?=E2=80=93_urgent?=\r\n"
        b"Content-Type: application/pdf; name*=utf-8''f%C3%B6rm.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(PDF)
    )
    assert read.sender.name == "Zoë Quill"
    assert read.subject == "Référral – urgent"
    assert read.attachments[0].filename == "förm.pdf"


@pytest.mark.parametrize(
    ("charset", "data", "words", "guessed"),
    [
        ("utf-8", "né – ’".encode(), "né – ’", False),
        ("iso-8859-1", "it’s".encode("cp1252"), "it’s", False),
        ("us-ascii", "né".encode(), "né", False),
        ("x-unknown-99", "né".encode("cp1252"), "né", True),
        ("utf-8", "né".encode("cp1252"), "né", True),
        ("utf-16", "né".encode("utf-16"), "né", False),
        ("windows-1250", "Łódź".encode("cp1250"), "Łódź", False),
        ("unicode_escape", b"\\x41", "\\x41", True),
        ("zlib", b"plain", "plain", True),
        ('"utf-8"', "né".encode(), "né", False),
    ],
)
def test_charsets_that_tell_the_truth_and_those_that_lie(charset: str, data: bytes, words: str, guessed: bool) -> None:
    read = parse(mail(part(f"text/plain; charset={charset}", data)))
    assert read.body_text == words
    assert ("charset_guessed" in read.defects) is guessed


def test_control_characters_never_come_through() -> None:
    read = parse(b"From: a@b.example\r\nSubject: =?utf-8?q?hello=0D=0ABcc:_evil@x=00=E2=80=AE?=\r\n\r\nbody\x00\x1b[31m\x07 end\r\n")
    assert read.subject == "hello Bcc: evil@x"
    assert read.body_text == "body[31m end"


HOSTILE = {
    "nothing": b"",
    "zeros": bytes(5000),
    "one line": b"hello",
    "Microsoft's Message-ID": b"Message-ID: <[b37829]@microsoft.com>\r\n\r\nx",
    "Exchange's Message-ID": b"Message-ID: <[anu10]xyz@[anu13].EURPRD10.PROD.OUTLOOK.COM>\r\n\r\nx",
    "name*": b"Content-Type: text/plain; name*\r\n\r\nx",
    "name*0*": b"Content-Type: application/pdf; name*0*=a; name*2*=b\r\n\r\nx",
    "filename of bad percents": b"Content-Disposition: attachment; filename*=utf-8''%zz%f\r\n\r\nx",
    "filename of no charset": b"Content-Disposition: attachment; filename*=nonsense'x'%ff\r\n\r\nx",
    "groups": b'To: (c):\r\nCc: "\r\nFrom: undisclosed:;\r\n\r\nx',
    "angles": b"From: <<>>@@\r\nTo: <><><\r\nReply-To: ,,,\r\n\r\nx",
    "parentheses": b"From: " + b"(" * 20_000 + b"\r\n\r\nx",
    "raw eight-bit": b"From: \xe9\xe8 <a@b.example>\r\nSubject: \xff\xfe\xfd\r\n\r\n\xff\xfe",
    "unknown charset": b"Content-Type: text/html; charset=x-unknown-99\r\n\r\n<p>\xe9",
    "encoded word of nonsense": b"Subject: =?utf-8?b?!!!!?= =?x?q?=?= =??b??=\r\n\r\nx",
    "bad date": b"Date: Mon, 99 Foo 99999999999999999999 99:99:99 +9999999\r\n\r\nx",
    "bad encoding": b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: nonsense\r\n\r\nJVBERi0=",
    "bad base64": b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLj\xff!!",
    "bad uuencode": b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n\xff\xff",
    "no boundary": b"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nhi",
    "boundary that never comes": b"Content-Type: multipart/mixed; boundary=x\r\n\r\nhi",
    "empty rfc822": b"Content-Type: message/rfc822\r\n\r\n",
    "external body": b"Content-Type: message/external-body; access-type=local-file; name=/etc/passwd\r\n\r\nContent-Type: text/plain\r\n\r\n",
    "partial": b"Content-Type: message/partial; id=x; number=1; total=2\r\n\r\nFrom: a@b.example\r\n\r\nx",
    "delivery status": b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: x\r\n\r\nAction: failed\r\n\r\n",
    "header without colon": b"From a@b.example\r\nbroken\r\n: empty\r\nSubject: x\r\n\r\ny",
    "a very long header": b"Subject: " + b"x" * 2_000_000 + b"\r\n\r\ny",
    "many headers": b"X-Y: z\r\n" * 50_000 + b"\r\ny",
    "many references": b"References: " + b"<a@b> " * 100_000 + b"\r\n\r\ny",
    "bare line feeds": b"From: a@b.example\nSubject: x\n\ny",
    "carriage returns alone": b"From: a@b.example\rSubject: x\r\ry",
    "html that never closes": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 20_000 + b"deep",
    "html of tables": b"Content-Type: text/html\r\n\r\n" + b"<table><tr><td>" * 3_000 + b"deep",
    "html of null": b"Content-Type: text/html\r\n\r\n<p>\x00</p><!--",
    "xml declaration": b"Content-Type: text/html\r\n\r\n<?xml version='1.0' encoding='utf-16'?><html>x</html>",
    "heads that never close": b"Content-Type: text/html\r\n\r\n" + b"<head" * 300_000,
    "ampersands": b"Content-Type: text/html\r\n\r\n" + b"&" * 2_000_000,
    "angles without end": b"Content-Type: text/html\r\n\r\n" + b"<" * 1_000_000,
    "a large table": b"Content-Type: text/html\r\n\r\n<table>" + b"<tr><td>name</td><td>value</td></tr>" * 60_000,
    "tiny parts": b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 200_000,
    "a content type without end": b"Content-Type: multipart/mixed" + b"; a=b" * 400_000 + b"\r\n\r\nx",
    "continued names": b"Content-Type: text/plain; " + b"".join(b"name*%d*=a; " % number for number in range(20_000)) + b"\r\n\r\nx",
    "utf-7": b"Content-Type: text/plain; charset=utf-7\r\n\r\n+AGEAYg-+",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mails_are_answered(raw: bytes) -> None:
    read = parse(raw)
    assert read.size == len(raw)
    assert read.model_dump_json(exclude={"attachments"})
    assert all(file.model_dump_json(exclude={"content"}) for file in read.attachments)
    assert thread_ids(raw)
    shown = [read.subject, read.body_text, read.sender.name, *(value for _, value in read.headers)]
    assert not any("\x00" in words or "\r" in words for words in shown if words)


def test_the_words_of_markup_that_breaks_the_renderer_still_come_out() -> None:
    for name in ("html that never closes", "html of tables"):
        assert "deep" in (parse(HOSTILE[name]).body_text or "")


def nested(depth: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level) for level in range(depth))
    return b"From: pat@school.example\r\nSubject: deep\r\n" + opened + b"\r\nx\r\n"


@pytest.mark.parametrize("depth", [31, 300, 1500, 20_000])
def test_nesting_beyond_reason_goes_to_a_person_with_its_sender_known(depth: int) -> None:
    read = parse(nested(depth))
    assert PERSON_DEFECTS & set(read.defects)
    assert (read.sender.email, read.subject) == ("pat@school.example", "deep")


def test_too_many_parts_and_too_large_go_to_a_person() -> None:
    many = parse(mail(multipart(*(text_part(str(number)) for number in range(600)))))
    assert "too_many_parts" in many.defects
    assert len(many.body_text or "") > 400
    large = parse(mail(text_part("x" * 5000)), Limits(size=1000))
    assert large.defects == ("too_large",)
    assert large.subject == "Referral"


def test_a_hostile_part_does_not_cost_the_others() -> None:
    bad = b"Content-Type: message/rfc822; name*\r\nContent-Disposition: attachment; filename*=x\r\n\r\n\xff\xff\r\n"
    read = parse(mail(multipart(text_part("Body"), bad, attached("form.pdf", PDF))))
    assert read.body_text == "Body"
    assert "form.pdf" in {file.filename for file in read.attachments}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\pat\\form.docx", "form.docx"),
        ("..", None),
        ("a\x00b\n.pdf", "ab .pdf"),
        ("x" * 500 + ".pdf", "x" * 200),
    ],
)
def test_file_names_are_only_names(name: str, kept: str | None) -> None:
    encoded = "".join(f"%{byte:02x}" for byte in name.encode())
    raw = mail(part("application/pdf", PDF, f"Content-Disposition: attachment; filename*=utf-8''{encoded}"))
    assert parse(raw).attachments[0].filename == kept


def test_small_pictures_of_a_signature_are_decoration_and_nothing_else_is() -> None:
    logo, photo, banner = picture(60, 40), picture(900, 1200, "JPEG"), picture(900, 90)
    html = text_part('<p>Hi</p><img src="cid:logo"><img src="cid:photo"><img src="cid:banner"><img src="cid:form">', "text/html; charset=utf-8")
    parts = [
        part("image/png", logo, "Content-ID: <logo>", "Content-Disposition: inline"),
        part("image/jpeg", photo, "Content-ID: <photo>", "Content-Disposition: inline"),
        part("image/png", banner, "Content-ID: <banner>"),
        part("application/pdf", PDF, "Content-ID: <form>", "Content-Disposition: inline"),
        attached("small.png", picture(60, 41), "image/png"),
    ]
    read = parse(mail(multipart(html, *parts, subtype="related")))
    assert [file.decorative for file in read.attachments] == [True, False, True, False, False]


def test_thread_ids_are_those_of_the_whole_reading() -> None:
    raw = mail(text_part("x"), "In-Reply-To: <a@b.example>", "References: <c@d.example>\r\n\t<a@b.example> junk")
    read = parse(raw)
    assert (read.in_reply_to, read.references) == (("<a@b.example>",), ("<c@d.example>", "<a@b.example>"))
    assert thread_ids(raw) == ("<mail-1@school.example>", ("<a@b.example>", "<c@d.example>"))


def test_the_newest_of_very_many_references_is_kept() -> None:
    ids = [f"<{number}@agency.example>" for number in range(3000)]
    read = parse(mail(text_part("x"), "References: " + "\r\n ".join(ids)))
    assert (read.references[0], read.references[-1]) == (ids[0], ids[-1])


def test_large_html_keeps_its_last_words() -> None:
    rows = "<header>Top</header>" + "<tr><td>name</td><td>value</td></tr>" * 40_000
    image = "data:image/png;base64," + "A" * 3_000_000
    read = parse(
        mail(text_part(f"<html><head><title>no</title></head><table>{rows}</table><img src='{image}'><p>Last words &amp; more", "text/html"))
    )
    assert read.body_text is not None
    assert read.body_text.startswith("Top")
    assert read.body_text.endswith("Last words & more")


def test_all_headers_are_kept_in_order() -> None:
    names = [name for name, _ in parse(mail(text_part("x"), "X-Forwarded-For: a@b.example", "Received: from x", "Received: from y")).headers]
    assert names[-5:] == ["X-Forwarded-For", "Received", "Received", "Content-Type", "Content-Transfer-Encoding"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_damage_makes_the_reader_fall_over(data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 2**32))
    rng = random.Random(seed)
    raw = bytearray(mail(multipart(text_part("Body"), attached("f.docx", docx()), b"Content-Type: message/rfc822\r\n\r\n" + mail(text_part("in")))))
    for _ in range(rng.randrange(1, 12)):
        place = rng.randrange(len(raw))
        choice = rng.randrange(4)
        if choice == 0:
            raw[place] = rng.randrange(256)
        elif choice == 1:
            del raw[place : place + rng.randrange(1, 40)]
        elif choice == 2:
            raw[place:place] = rng.choice([b"\r\n", b"\x00", b'"', b";", b"=?utf-8?b?", b"Content-Type: multipart/mixed; boundary=x\r\n", b"*0*="])
        else:
            raw[place:place] = raw[: rng.randrange(200)]
    read = parse(bytes(raw))
    assert read.size == len(raw)
    assert read.model_dump_json(exclude={"attachments"})
    assert all(file.model_dump_json(exclude={"content"}) for file in read.attachments)


def test_reading_is_the_same_every_time() -> None:
    raw = mail(multipart(text_part("Body"), attached("f.docx", docx())))
    assert parse(raw) == parse(raw)
