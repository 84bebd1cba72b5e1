"""The mails themselves: who sends what from which mail program. Names and texts are in `answers` and `bodies`."""

from __future__ import annotations

from collections.abc import Callable

from samples import bodies
from samples.mime import DOCX, HUB, PDF, Envelope, Part, attachment, mail, message, multipart, outlook_html, text
from samples.pictures import logo

Files = dict[str, bytes]


def outlook(envelope: Envelope, words: str, files: list[Part], *, charset: str = "utf-8", signature: bool = False) -> bytes:
    """Outlook: text and HTML beside each other, the logo of the signature as a related picture."""
    tag = envelope.name.replace("-", "")
    both = multipart(
        "alternative",
        f"_000_{tag}_",
        [text(words, charset=charset), text(outlook_html(words, picture=f"{tag}.png@01DC" if signature else ""), "html")],
    )
    if signature:
        both = multipart(
            "related",
            f"_004_{tag}_",
            [both, attachment(logo(), "image001.png", "image/png", disposition="inline", content_id=f"{tag}.png@01DC")],
            params=';\n\ttype="multipart/alternative"',
        )
    content = multipart("mixed", f"_003_{tag}_", [both, *files]) if files else both
    return mail(envelope, content)


def apple(envelope: Envelope, before: str, file: Part, after: str) -> bytes:
    """Apple Mail: the file stands inline between two texts."""
    tag = envelope.name.replace("-", "").upper()
    return mail(
        envelope,
        multipart(
            "mixed", f"Apple-Mail=_{tag}", [text(before, encoding="7bit", charset="us-ascii"), file, text(after, encoding="7bit", charset="us-ascii")]
        ),
    )


def simple(envelope: Envelope, words: str, files: list[Part] | None = None, *, encoding: str = "8bit") -> bytes:
    """Plain text, as Thunderbird or a webmail writes it."""
    body = text(words, encoding=encoding, params="; format=flowed")
    return mail(
        envelope,
        multipart("mixed", f"------------{envelope.name.replace('-', '')}", [body, *files], preamble="This is a multi-part message in MIME format.\n")
        if files
        else body,
    )


def build(files: Files) -> dict[str, bytes]:
    """Every mail by name. `files` holds the filled forms, `NN-name.docx` and `NN-name.pdf`."""
    made = {name: make(files) for name, make in _MAILS.items()}
    made["17-duplicate"] = made["01-school-complete"]
    return dict(sorted(made.items()))


def _school(files: Files) -> bytes:
    name = "01-school-complete"
    envelope = Envelope(
        name,
        "Hannah Okoro",
        "h.okoro@larkhall-primary.example.org",
        "Referral – YR – Larkhall Primary",
        "Tue, 3 Nov 2026 15:52:10 +0000",
        extra=("X-MS-Has-Attach: yes", "Accept-Language: en-GB, en-US", "Thread-Topic: Referral"),
    )
    return outlook(envelope, bodies.NOTES[name], [attachment(files[f"{name}.docx"], "Inter Agency Referral YR Nov 2026.docx", DOCX)], signature=True)


def _police(files: Files) -> bytes:
    name = "02-police-urgent"
    envelope = Envelope(
        name,
        "TATE, Bronwen 4471",
        "bronwen.tate@midshire.police.example",
        "Child Protection Referral - OFFICIAL SENSITIVE",
        "Mon, 9 Nov 2026 07:26:45 +0000",
        extra=("Importance: high", "X-Priority: 1 (Highest)"),
    )
    return simple(envelope, bodies.NOTES[name], [attachment(files[f"{name}.pdf"], "IAF MARSH 118 Quarry Bank.pdf", PDF)])


def _health_visitor(files: Files) -> bytes:
    name = "03-health-visitor-siblings"
    envelope = Envelope(
        name,
        "Moira Sheehan",
        "moira.sheehan@thornbridge-health.example.net",
        "MARF",
        "Fri, 6 Nov 2026 17:04:00 +0000",
        extra=("Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3826.200\\))", "X-Mailer: Apple Mail (2.3826)"),
    )
    return apple(
        envelope,
        bodies.NOTES[name],
        attachment(files[f"{name}.docx"], "MARF – Fenn siblings.docx", DOCX, style="rfc2231", disposition="inline"),
        "\n",
    )


def _surgery(files: Files) -> bytes:
    name = "04-gp-incomplete"
    envelope = Envelope(
        name, "MISTRY, Pravin (HATTERS LANE SURGERY)", "p.mistry@hatterslane.example.org", "referral", "Tue, 10 Nov 2026 13:11:32 +0000"
    )
    return outlook(envelope, bodies.NOTES[name], [attachment(files[f"{name}.pdf"], "MARF.pdf", "application/octet-stream")], charset="windows-1252")


def _secondary(files: Files) -> bytes:
    name = "05-school-partial-consent"
    envelope = Envelope(name, "Gareth Pugh", "gpugh@northcliffe-high.example.com", "SSR – Young Carers – Year 9", "Thu, 5 Nov 2026 16:20:00 +0000")
    return outlook(envelope, bodies.NOTES[name], [attachment(files[f"{name}.docx"], "SSR Young Carers – C.D.docx", DOCX, style="encoded")])


def _housing(files: Files) -> bytes:
    name = "06-housing-known-family"
    envelope = Envelope(
        name,
        "Terrence Boyle",
        "t.boyle@saltmere-homes.example.com",
        "Single service request",
        "Wed, 11 Nov 2026 11:40:05 +0000",
        extra=("User-Agent: Mozilla Thunderbird",),
    )
    return simple(envelope, bodies.NOTES[name], [attachment(files[f"{name}.pdf"], "Service Request Okafor.pdf", PDF)], encoding="quoted-printable")


def _midwife(files: Files) -> bytes:
    name = "07-midwife-unborn"
    envelope = Envelope(name, "Joy Ampofo", "joy.ampofo@purfield-maternity.example.net", "CAF - unborn", "Mon, 2 Nov 2026 12:15:00 +0000")
    return outlook(
        envelope, bodies.NOTES[name], [attachment(files[f"{name}.docx"], "CAF unborn KS.docx", DOCX)], charset="windows-1252", signature=True
    )


def _welfare(files: Files) -> bytes:
    name = "08-welfare-no-consent"
    envelope = Envelope(name, "Dean Hollis", "dhollis@attendance-team.example.org", "CAF / MASH referral J.W.", "Mon, 9 Nov 2026 09:02:00 +0000")
    return simple(envelope, bodies.NOTES[name], [attachment(files[f"{name}.pdf"], "CAF.pdf", PDF, style="rfc2231")])


def _hospital(files: Files) -> bytes:
    name = "09-hospital-urgent-incomplete"
    envelope = Envelope(
        name,
        "Ikram Siddiqui",
        "ikram.siddiqui@st-brannocks.example.net",
        "URGENT safeguarding - baby on ward",
        "Sat, 14 Nov 2026 06:38:51 +0000",
        extra=("Importance: High",),
    )
    return outlook(envelope, bodies.NOTES[name], [attachment(files[f"{name}.docx"], "MASH Referral Form.docx", DOCX)])


def _pasted(files: Files) -> bytes:
    envelope = Envelope("10-form-in-body", "Sunil Kapoor", "sunil.kapoor@easterham-youth.example.org", "Referral", "Tue, 17 Nov 2026 19:45:00 +0000")
    return mail(envelope, multipart("alternative", "0000000000pasted", [text(bodies.pasted_text()), text(bodies.pasted_html(), "html")]))


def _neighbour(files: Files) -> bytes:
    envelope = Envelope(
        "11-neighbour",
        "Barbara Tench",
        "barbara.tench@homemail.example",
        "Worried about children next door",
        "Fri, 13 Nov 2026 08:12:00 +0000",
        extra=("X-Mailer: WebMail 4",),
    )
    return simple(envelope, bodies.NEIGHBOUR)


def _forwarded(files: Files) -> bytes:
    name = "12-forwarded-attached"
    inner = Envelope(
        "12-inner",
        "Ruth Abelson",
        "rabelson@thewillows.example.org",
        "SSR Noah W",
        "Tue, 17 Nov 2026 10:05:00 +0000",
        to="office@thewillows.example.org",
    )
    words = multipart("mixed", "_inner12_", [text(bodies.NOTES["12-inner"]), attachment(files[f"{name}.pdf"], "SSR Noah W.pdf", PDF)])
    envelope = Envelope(name, "The Willows School Office", "office@thewillows.example.org", "FW: SSR Noah W", "Wed, 18 Nov 2026 08:55:00 +0000")
    return mail(envelope, multipart("mixed", "_outer12_", [text(bodies.NOTES[name]), message(mail(inner, words, received=False))]))


def _inline(files: Files) -> bytes:
    name = "13-forwarded-inline"
    envelope = Envelope(
        name,
        "Copperfield Hub Reception",
        "reception@copperfield-hub.example.org",
        "FW: MARF - please send on to the MASH",
        "Fri, 13 Nov 2026 09:31:00 +0000",
    )
    return outlook(
        envelope,
        f"Please see below and attached.\n\nReception\n\n{bodies.INLINE_HEADER}",
        [attachment(files[f"{name}.docx"], "MARF Haven.docx", DOCX)],
    )


def _corrupt(files: Files) -> bytes:
    name = "14-corrupt-attachment"
    whole = files["01-school-complete.docx"]
    envelope = Envelope(name, "Priya Nair", "priya.nair@eastside-families.example.org", "Inter agency referral", "Thu, 12 Nov 2026 14:00:00 +0000")
    return simple(envelope, bodies.NOTES[name], [attachment(whole[: len(whole) * 3 // 5], "IAF final FINAL.docx", DOCX)])


def _photo(files: Files) -> bytes:
    name = "15-photo-of-form"
    envelope = Envelope(
        name, "Bev", "bev@sunnyside-childminding.example.com", "Form", "Wed, 18 Nov 2026 20:14:00 +0000", extra=("X-Mailer: iPhone Mail (23B85)",)
    )
    return apple(envelope, "", attachment(files[f"{name}.jpg"], "IMG_2041.JPG", "image/jpeg", disposition="inline"), bodies.NOTES[name])


def _away(files: Files) -> bytes:
    name = "16-out-of-office"
    extra = (
        "Auto-Submitted: auto-replied",
        "X-Auto-Response-Suppress: All",
        "In-Reply-To: <acknowledgement.1@example-council.example>",
        "Precedence: bulk",
    )
    envelope = Envelope(
        name, "Hannah Okoro", "h.okoro@larkhall-primary.example.org", "Automatic reply: Your referral", "Thu, 19 Nov 2026 09:00:03 +0000", extra=extra
    )
    return outlook(envelope, bodies.NOTES[name], [])


def _answer(files: Files) -> bytes:
    name = "18-answer"
    extra = (
        "In-Reply-To: <@LETTER:04-gp-incomplete@>",
        "References: <04-gp-incomplete.20261101@hatterslane.example.org>\n <@LETTER:04-gp-incomplete@>",
    )
    envelope = Envelope(
        name,
        "MISTRY, Pravin (HATTERS LANE SURGERY)",
        "p.mistry@hatterslane.example.org",
        "RE: referral",
        "Thu, 12 Nov 2026 08:47:00 +0000",
        extra=extra,
        to=f"MASH <{HUB}>",
    )
    return simple(envelope, bodies.ANSWER)


def _nursery(files: Files) -> bytes:
    name = "19-twins-open-case"
    envelope = Envelope(
        name, "Little Acorns Day Nursery", "manager@little-acorns.example.com", "Inter-agency referral", "Mon, 16 Nov 2026 17:30:00 +0000"
    )
    return outlook(envelope, bodies.NOTES[name], [attachment(files[f"{name}.docx"], "IAF twins.docx", DOCX)])


def _centre(files: Files) -> bytes:
    name = "20-assessment-alone"
    envelope = Envelope(name, "Olwen Price", "olwen.price@anchor-centre.example.org", "CAF I.S.", "Fri, 13 Nov 2026 15:05:00 +0000", passed=None)
    return simple(envelope, bodies.NOTES[name], [attachment(files[f"{name}.docx"], "CAF_IS.docx", "application/octet-stream")])


_MAILS: dict[str, Callable[[Files], bytes]] = {
    "01-school-complete": _school,
    "02-police-urgent": _police,
    "03-health-visitor-siblings": _health_visitor,
    "04-gp-incomplete": _surgery,
    "05-school-partial-consent": _secondary,
    "06-housing-known-family": _housing,
    "07-midwife-unborn": _midwife,
    "08-welfare-no-consent": _welfare,
    "09-hospital-urgent-incomplete": _hospital,
    "10-form-in-body": _pasted,
    "11-neighbour": _neighbour,
    "12-forwarded-attached": _forwarded,
    "13-forwarded-inline": _inline,
    "14-corrupt-attachment": _corrupt,
    "15-photo-of-form": _photo,
    "16-out-of-office": _away,
    "18-answer": _answer,
    "19-twins-open-case": _nursery,
    "20-assessment-alone": _centre,
}
