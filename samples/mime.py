"""Mail as clients write it, byte by byte: the standard library's writer would tidy away what makes real mail hard."""

from __future__ import annotations

import base64
import html
import quopri
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.header import Header
from urllib.parse import quote

OUR_SERVER = "mx.example-council.example"
HUB = "mash@example-council.example"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True)
class Part:
    """One MIME part: its header lines and its body, already encoded."""

    headers: tuple[str, ...]
    body: str

    def render(self) -> str:
        """The part as it stands between two boundaries."""
        return "\n".join(self.headers) + "\n\n" + self.body


def _encode(data: bytes, encoding: str) -> str:
    if encoding == "base64":
        return "\n".join(textwrap.wrap(base64.b64encode(data).decode("ascii"), 76)) + "\n"
    if encoding == "quoted-printable":
        return quopri.encodestring(data).decode("ascii")
    return data.decode("utf-8")


def text(words: str, subtype: str = "plain", *, charset: str = "utf-8", encoding: str = "quoted-printable", params: str = "") -> Part:
    """A text part in the charset and encoding the client chose."""
    return Part(
        (f'Content-Type: text/{subtype}; charset="{charset}"{params}', f"Content-Transfer-Encoding: {encoding}"),
        _encode(words.encode(charset), encoding),
    )


def attachment(data: bytes, name: str, kind: str, *, style: str = "plain", disposition: str = "attachment", content_id: str = "") -> Part:
    """An attached file. `style` is how the client writes a name: plain, encoded (RFC 2047 in the parameter, as Outlook does) or rfc2231."""
    if style == "rfc2231":
        names = f"name*=utf-8''{quote(name)}", f"filename*=utf-8''{quote(name)}"
    elif style == "encoded":
        word = Header(name, "utf-8").encode()
        names = f'name="{word}"', f'filename="{word}"'
    else:
        names = f'name="{name}"', f'filename="{name}"'
    headers = [f"Content-Type: {kind};\n\t{names[0]}", f"Content-Disposition: {disposition};\n\t{names[1]}", "Content-Transfer-Encoding: base64"]
    headers += [f"Content-ID: <{content_id}>"] if content_id else []
    return Part(tuple(headers), _encode(data, "base64"))


def multipart(subtype: str, boundary: str, parts: Sequence[Part], params: str = "", preamble: str = "") -> Part:
    """Several parts under one boundary."""
    inside = "".join(f"--{boundary}\n{part.render().rstrip(chr(10))}\n\n" for part in parts)
    return Part((f'Content-Type: multipart/{subtype};\n\tboundary="{boundary}"{params}',), f"{preamble}{inside}--{boundary}--\n")


def message(inner: bytes) -> Part:
    """A mail attached whole to another."""
    return Part(("Content-Type: message/rfc822", "Content-Disposition: attachment"), inner.decode("utf-8").replace("\r\n", "\n"))


@dataclass(frozen=True)
class Envelope:
    """The header of a mail. `passed` is whether our own server found the sender to be who it says."""

    name: str
    sender: str
    address: str
    subject: str
    date: str
    to: str = HUB
    message_id: str = ""
    passed: bool | None = True
    extra: tuple[str, ...] = field(default=())

    def headers(self) -> list[str]:
        """The header lines, as our server has stored them."""
        domain = self.address.split("@")[1]
        lines = [
            f"Return-Path: <{self.address}>",
            f"Received: from mail.{domain} (mail.{domain} [192.0.2.{10 + len(self.name) % 200}])\n\tby {OUR_SERVER} with ESMTPS id s{abs(sum(map(ord, self.name))):06d};\n\t{self.date}",
        ]
        if self.passed is not None:
            verdict = "pass" if self.passed else "fail"
            lines.append(
                f"Authentication-Results: {OUR_SERVER};\n\tspf={verdict} smtp.mailfrom={domain}; dkim={verdict} header.d={domain};\n\tdmarc={verdict} header.from={domain}"
            )
        return [*lines, *self.inner_headers()]

    def inner_headers(self) -> list[str]:
        """The header lines that the client itself wrote."""
        subject = self.subject if self.subject.isascii() else Header(self.subject, "utf-8", header_name="Subject").encode()
        sender = f'"{self.sender}"' if self.sender.isascii() else Header(self.sender, "utf-8").encode()
        identity = self.message_id or f"{self.name}.20261101@{self.address.split('@')[1]}"
        return [
            f"From: {sender} <{self.address}>",
            f"To: {self.to}",
            f"Subject: {subject}",
            f"Date: {self.date}",
            f"Message-ID: <{identity}>",
            *self.extra,
            "MIME-Version: 1.0",
        ]


def mail(envelope: Envelope, content: Part, *, received: bool = True) -> bytes:
    """The whole mail with CRLF line ends; without our server's lines when `received` is False."""
    headers = envelope.headers() if received else envelope.inner_headers()
    written = "\n".join([*headers, *content.headers]) + "\n\n" + content.body
    return written.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def paragraphs(words: str) -> str:
    """Plain words as the HTML that goes beside them."""
    return "".join(f'<p class="MsoNormal">{html.escape(line) or "&nbsp;"}</p>\n' for line in words.split("\n"))


def outlook_html(words: str, *, picture: str = "") -> str:
    """The HTML half of an Outlook mail, with a logo in the signature when there is one."""
    logo = f'<p class="MsoNormal"><img width="120" height="40" src="cid:{picture}"></p>' if picture else ""
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">\n<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
        "<style><!--\np.MsoNormal {margin:0cm; font-size:11.0pt; font-family:Calibri,sans-serif;}\n--></style></head>\n"
        f'<body lang="EN-GB"><div class="WordSection1">\n{paragraphs(words)}{logo}</div></body></html>\n'
    )
