"""Hostile mails: headers, structures, encodings and containers made to take a reader's time, memory or mind."""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from tests.ingest.mails import PDF, attached, docx, mail, multipart, part, text_part

Make = Callable[[], bytes]
SAMPLES = Path(__file__).parents[2] / "samples"
_FROM = b"From: pat@school.example\r\n"
_END = b"\r\n\r\nwords\r\n"


def header(name: bytes, value: bytes, times: int = 1, before: bytes = b"", after: bytes = b"") -> bytes:
    """A mail with one header of any length."""
    return _FROM + name + b": " + before + value * times + after + _END


def headers(line: bytes, times: int) -> bytes:
    """A mail with one header many times."""
    return _FROM + line * times + b"\r\nwords\r\n"


def body(content_type: bytes, data: bytes, times: int = 1, encoding: bytes = b"8bit", before: bytes = b"", after: bytes = b"") -> bytes:
    """A mail of one part."""
    return _FROM + b"Content-Type: " + content_type + b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + before + data * times + after


def nested(depth: int, kind: bytes = b"multipart/mixed") -> bytes:
    """Parts in parts."""
    levels = b"".join(b'Content-Type: %s; boundary="b%d"\r\n\r\n--b%d\r\n' % (kind, level, level) for level in range(depth))
    return _FROM + levels + b"\r\nwords\r\n"


def forwards(depth: int) -> bytes:
    """Mails in mails."""
    return b"".join((_FROM + b"Content-Type: message/rfc822\r\n\r\n") for _ in range(depth)) + _FROM + _END


def encoded_forwards(depth: int) -> bytes:
    """Mails in mails, each packed in base64 as a whole: every layer must be unpacked to see the next."""
    inner = _FROM + b"\r\nwords"
    for _ in range(depth):
        inner = _FROM + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(inner)
    return inner


def many_parts(one: bytes, times: int) -> bytes:
    """Parts beside parts."""
    return _FROM + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + one * times + b"--x--\r\n"


def with_file(name: str, make: Make, content_type: str = "application/octet-stream") -> bytes:
    """A mail with one file."""
    return mail(multipart(text_part("Please see the file."), attached(name, make(), content_type)))


def zip_of(entries: Callable[[zipfile.ZipFile], None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        entries(archive)
    return data.getvalue()


def _fill(archive: zipfile.ZipFile, names: Iterable[str], data: bytes) -> None:
    for name in names:
        archive.writestr(name, data)


def zip_bomb(megabytes: int) -> bytes:
    """Noughts."""
    return zip_of(lambda archive: archive.writestr("form.docx", bytes(megabytes * 2**20)))


def zip_many(count: int) -> bytes:
    """Files without end."""
    return zip_of(lambda archive: _fill(archive, (f"{number}.txt" for number in range(count)), b"x"))


def zip_nested(depth: int) -> bytes:
    """A zip in a zip in a zip."""
    data = zip_of(lambda archive: archive.writestr("form.pdf", PDF))
    for _ in range(depth):
        inner = data
        data = zip_of(lambda archive, inner=inner: archive.writestr("inner.zip", inner))  # type: ignore[misc]
    return data


def zip_lies() -> bytes:
    """An entry that says it is small."""
    data = bytearray(zip_bomb(20))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(data)


def zip_names() -> bytes:
    """Entries that would leave the folder."""
    names = ("../../../etc/passwd", "/etc/passwd", "C:\\Windows\\x.docx", "a" * 5000 + ".pdf", "\u202efdp.exe", "con", ".")
    return zip_of(lambda archive: _fill(archive, names, PDF))


def compound(size: int, seed: int = 1) -> bytes:
    """What begins as an Outlook message and goes on as junk."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + random.Random(seed).randbytes(size)


def circle_of_sectors() -> bytes:
    """A compound file whose chain of sectors bites its own tail."""
    head = bytearray(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504))
    head[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head[44:80] = struct.pack("<IIIIIIIII", 1, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    return bytes(head) + struct.pack("<I", 0) * 128 + bytes(512) * 8


def tnef(size: int) -> bytes:
    """A winmail.dat whose one attribute says that it is huge."""
    return struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BII", 2, 0x0006900F, 0xFFFFFFF0) + bytes(size)


def signed(length: bytes, data: bytes) -> bytes:
    """A signed block whose lengths lie."""
    return b"\x30" + length + b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + data


def damaged(path: Path, seed: int) -> bytes:
    """A sample with bytes turned, cut out, doubled and put elsewhere."""
    chance, data = random.Random(f"{path.name} {seed}"), bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 3, 10, 60))):
        place, length = chance.randrange(max(1, len(data))), chance.choice((1, 2, 4, 64, 1024))
        way = chance.randrange(4)
        if way == 0:
            data[place : place + length] = chance.randbytes(length)
        elif way == 1:
            del data[place : place + length]
        elif way == 2:
            data[place:place] = data[place : place + length] * chance.choice((1, 2, 50))
        else:
            data[place:place] = data[: length * 4]
    return bytes(data)


HEADERS: dict[str, Make] = {
    "a subject of 20 MB": partial(header, b"Subject", b"x" * 1000, 20_000),
    "a subject of 200,000 encoded words": partial(header, b"Subject", b"=?utf-8?q?a?= ", 200_000),
    "a subject of encoded words in pieces": partial(header, b"Subject", b"=?utf-8?b?4p?= =?utf-8?b?yT?= ", 50_000),
    "an encoded word without end": partial(header, b"Subject", b"A", 5_000_000, b"=?utf-8?b?"),
    "an encoded word of every charset": partial(header, b"Subject", b"".join(b"=?x-%d?q?a?= " % number for number in range(20_000))),
    "a subject with line ends hidden in it": partial(header, b"Subject", b"=?utf-8?q?a=0D=0ABcc:_b@c.example=0D=0A=0D=0Abody?="),
    "a sender of a million brackets": partial(header, b"From", b"(", 1_000_000),
    "a sender of nested comments": partial(header, b"From", b"(a ", 200_000, b"", b")" * 200_000),
    "a sender in quotes without end": partial(header, b"From", b'"\\"', 500_000),
    "a hundred thousand senders": partial(header, b"From", b"a@b.example, ", 100_000),
    "groups in groups": partial(header, b"To", b"g: ", 100_000),
    "angles": partial(header, b"Reply-To", b"<", 1_000_000),
    "routes": partial(header, b"From", b"@a,", 300_000, b"<", b":b@c.example>"),
    "a date of a million digits": partial(header, b"Date", b"9", 1_000_000, b"Mon, "),
    "dates without end": partial(headers, b"Date: Mon, 99 Foo 9999 99:99:99 +9999\r\n", 100_000),
    "a Message-ID of 5 MB": partial(header, b"Message-ID", b"a", 5_000_000, b"<", b"@b>"),
    "Message-IDs without brackets": partial(header, b"Message-ID", b"<<", 1_000_000),
    "a million references": partial(header, b"References", b"<a@b>", 1_000_000),
    "references without end brackets": partial(header, b"References", b"<a@", 1_000_000),
    "200,000 headers": partial(headers, b"X-Y: z\r\n", 200_000),
    "200,000 continued lines": partial(headers, b" x\r\n", 200_000),
    "headers without colons": partial(headers, b"broken\r\n", 200_000),
    "headers of noughts": partial(headers, b"\x00\x00\x00: \x00\r\n", 100_000),
    "100,000 results of authentication": partial(headers, b"Authentication-Results: mx.example; dmarc=pass (((((\r\n", 100_000),
    "one result of authentication of 5 MB": partial(header, b"Authentication-Results", b"dkim=pass (", 500_000, b"mx.example; "),
    "a content type of parameters": partial(header, b"Content-Type", b"; a=b", 500_000, b"text/plain"),
    "a content type of numbered parameters": partial(header, b"Content-Type", b"".join(b"; n*%d*=a" % number for number in range(50_000))),
    "a content type of quotes": partial(header, b"Content-Type", b'"', 1_000_000, b"text/plain; name="),
    "a boundary of 1 MB": partial(header, b"Content-Type", b"b", 1_000_000, b"multipart/mixed; boundary="),
    "a boundary of nothing": partial(header, b"Content-Type", b'""', 1, b"multipart/mixed; boundary="),
    "a file name of percents": partial(header, b"Content-Disposition", b"%", 500_000, b"attachment; filename*=utf-8''"),
    "a file name of charsets": partial(header, b"Content-Disposition", b"'", 500_000, b"attachment; filename*="),
    "a body that is a header": partial(header, b"Subject", b"x\r\n", 1, b"", b" " * 1_000_000),
    "every byte in a header": partial(header, b"Subject", bytes(range(256))),
}
STRUCTURES: dict[str, Make] = {
    **{f"parts {depth} deep": partial(nested, depth) for depth in (40, 90, 400, 3_000, 18_000)},
    **{f"digests {depth} deep": partial(nested, depth, b"multipart/digest") for depth in (90, 2_000)},
    **{f"mails {depth} deep": partial(forwards, depth) for depth in (6, 60, 900, 5_000)},
    **{f"packed mails {depth} deep": partial(encoded_forwards, depth) for depth in (4, 12, 24)},
    "20,000 parts": partial(many_parts, b"--x\r\n\r\nwords\r\n", 19_999),
    "a million edges": partial(many_parts, b"--x\r\n", 1_000_000),
    "400 empty files": partial(many_parts, b"--x\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n\r\n", 400),
    "400 files that say what they are not": partial(many_parts, b"--x\r\nContent-Type: application/pdf\r\n\r\nMZ\x90\r\n", 400),
    "edges in edges of the same name": partial(many_parts, b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n", 5_000),
    "300 mails beside one another": partial(many_parts, b"--x\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n\r\nwords\r\n", 300),
    "an edge that never comes": partial(body, b"multipart/mixed; boundary=never", b"words\r\n", 500_000),
    "line ends alone": partial(body, b"text/plain", b"\r\n", 5_000_000),
    "carriage returns alone": partial(body, b"text/plain", b"\r", 5_000_000),
    "one line of 40 MB": partial(body, b"text/plain", b"word " * 1000, 8_000),
    "nothing at all": lambda: b"",
    "noughts": lambda: bytes(3_000_000),
    "every byte": lambda: bytes(range(256)) * 5_000,
    "a body on another machine": partial(
        body, b'message/external-body; access-type=URL; URL="http://a.example/"', b"Content-Type: text/plain\r\n\r\n"
    ),
    "a piece of a mail": partial(body, b"message/partial; id=x; number=1; total=999999999", b"From: a@b.example\r\n\r\nwords"),
    "a report of 100,000 letters": partial(
        body,
        b"multipart/report; report-type=delivery-status; boundary=x",
        b"Original-Message-ID: <a@b>\r\nAction: failed\r\n\r\n",
        100_000,
        b"8bit",
        b"--x\r\nContent-Type: message/delivery-status\r\n\r\n",
    ),
}
BODIES: dict[str, Make] = {
    **{
        f"html: {tag} 200,000 deep": partial(body, b"text/html", f"<{tag}>".encode(), 200_000)
        for tag in ("div", "b", "table", "blockquote", "ul", "font")
    },
    "html: tables 50,000 deep": partial(body, b"text/html", b"<table><tr><td>", 50_000),
    "html: 8 MB of ampersands": partial(body, b"text/html", b"&", 8_000_000),
    "html: entities without end": partial(body, b"text/html", b"&#1114112;&bogus;&#x", 300_000),
    "html: comments without end": partial(body, b"text/html", b"<!--", 500_000),
    "html: attributes without end": partial(body, b"text/html", b" a='", 500_000, b"8bit", b"<p"),
    "html: one attribute of 10 MB": partial(body, b"text/html", b"x", 10_000_000, b"8bit", b"<p title='", b"'>words"),
    "html: a picture of 30 MB in it": partial(body, b"text/html", b"A", 30_000_000, b"8bit", b"<img src='data:image/png;base64,", b"'>words"),
    "html: spans of a thousand million": partial(body, b"text/html", b"<td colspan=999999999 rowspan=999999999>x", 200, b"8bit", b"<table><tr>"),
    "html: 300,000 rows": partial(body, b"text/html", b"<tr><td>a</td><td>b</td></tr>", 300_000, b"8bit", b"<table>"),
    "html: styles without end": partial(body, b"text/html", b"a{b:c}", 800_000, b"8bit", b"<style>"),
    "html: scripts": partial(body, b"text/html", b"<script>while(1);</script>", 50_000),
    "html: svg that loads": partial(body, b"text/html", b"<svg><image href='http://a.example/x'/></svg>", 20_000),
    "html: another charset inside": partial(body, b"text/html; charset=utf-8", b"<?xml version='1.0' encoding='utf-16'?><p>words"),
    "html: utf-7": partial(body, b"text/html; charset=utf-7", b"+ADw-script+AD4-", 100_000),
    "a charset nobody knows": partial(body, b"text/plain; charset=x-klingon", b"\xe9\xff", 200_000),
    "a charset that is a program's": partial(body, b"text/plain; charset=zlib", b"x\x9c", 1_000),
    "a charset that turns bytes round": partial(body, b"text/plain; charset=idna", b"xn--a", 100_000),
    "a charset of rot13": partial(body, b"text/plain; charset=rot13", b"words"),
    "utf-16 of odd length": partial(body, b"text/plain; charset=utf-16", b"a\x00b", 333_333),
    "utf-32 of nothing known": partial(body, b"text/plain; charset=utf-32", b"\xff\xff\xff\x7f", 300_000),
    "directions turned round": partial(body, b"text/plain; charset=utf-8", "\u202e\u2066\u200b".encode(), 500_000),
    "marks upon marks": partial(body, b"text/plain; charset=utf-8", "\u0300".encode(), 2_000_000, b"8bit", b"a"),
    "base64 of 40 MB of nothing": partial(body, b"application/pdf", b"=", 40_000_000, b"base64"),
    "base64 broken everywhere": partial(body, b"application/pdf", b"JV\xffBE=Ri0!", 500_000, b"base64"),
    "quoted-printable of equals signs": partial(body, b"text/plain", b"=", 5_000_000, b"quoted-printable"),
    "quoted-printable soft breaks": partial(body, b"text/plain", b"=\r\n", 2_000_000, b"quoted-printable"),
    "uuencode without end": partial(body, b"application/pdf", b"M" + b"x" * 60 + b"\n", 200_000, b"x-uuencode", b"begin 644 x\n"),
    "binhex": partial(body, b"application/mac-binhex40", b"(This file must be converted with BinHex 4.0)\r\n:", 20_000),
    "words a pattern could choke on": partial(body, b"text/plain", b"a" * 50 + b"!", 100_000),
    "a signature of dashes": partial(body, b"text/plain", b"-- \r\n", 500_000),
    "quotes of quotes": partial(body, b"text/plain", b">" * 1000 + b" words\r\n", 3_000),
    "addresses without end": partial(body, b"text/plain", b"a.b.c.d.e@", 500_000),
    "references of ours, made up": partial(body, b"text/plain", b"LEWI-26-7K3M-9QXT ", 200_000),
}
CONTAINERS: dict[str, Make] = {
    "a zip of 900 MB of noughts": partial(with_file, "a.zip", partial(zip_bomb, 900)),
    "a zip of 60 MB of noughts": partial(with_file, "a.zip", partial(zip_bomb, 60)),
    "a zip of 30,000 files": partial(with_file, "a.zip", partial(zip_many, 30_000)),
    "a zip of 199 files": partial(with_file, "a.zip", partial(zip_many, 199)),
    **{f"zips {depth} deep": partial(with_file, "a.zip", partial(zip_nested, depth)) for depth in (1, 3, 40)},
    "a zip that lies": partial(with_file, "a.zip", zip_lies),
    "a zip of paths": partial(with_file, "a.zip", zip_names),
    "a zip cut in the middle": partial(with_file, "a.zip", lambda: zip_bomb(2)[:1000]),
    "a zip behind junk": partial(with_file, "a.zip", lambda: b"junk" * 1000 + zip_nested(0)),
    "a zip that is a Word file and is not": partial(with_file, "a.docx", lambda: docx() + zip_many(100)),
    **{f"an Outlook message of junk, {seed}": partial(with_file, "a.msg", partial(compound, 200_000, seed)) for seed in range(6)},
    "an Outlook message of 20 MB of junk": partial(with_file, "a.msg", partial(compound, 20_000_000)),
    "an Outlook message in a circle": partial(with_file, "a.msg", circle_of_sectors),
    "a winmail.dat that says it is huge": partial(with_file, "winmail.dat", partial(tnef, 1_000), "application/ms-tnef"),
    "a winmail.dat of 10 MB": partial(with_file, "winmail.dat", partial(tnef, 10_000_000), "application/ms-tnef"),
    "a signed block longer than itself": lambda: mail(part("application/pkcs7-mime", signed(b"\x84\xff\xff\xff\xff", b"\xa0\x80"))),
    "a signed block without lengths": lambda: mail(part("application/pkcs7-mime", signed(b"\x80", b"\xa0\x80" + b"\x30\x80" * 2_000))),
    "a signed block of pieces": lambda: mail(part("application/pkcs7-mime", signed(b"\x80", b"\xa0\x80" + b"\x24\x80" * 100_000))),
    "a picture that says it is huge": partial(
        with_file, "a.png", lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\x00\x00\x00" + bytes(40)
    ),
    "a calendar without end": partial(with_file, "a.ics", lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 300_000, "text/calendar"),
}


def catalogue() -> Iterator[tuple[str, Make]]:
    """Every hostile mail by name."""
    for group, entries in (("header", HEADERS), ("structure", STRUCTURES), ("body", BODIES), ("container", CONTAINERS)):
        yield from ((f"mail {group}: {name}", make) for name, make in entries.items())
    for path in sorted(SAMPLES.rglob("*.eml")):
        for seed in range(3):
            yield f"mail damaged: {path.stem} {seed}", partial(damaged, path, seed)
