"""Outlook's containers: mails dragged into mails, and winmail.dat."""

from __future__ import annotations

import contextlib
import random
import struct

import pytest

from models.mail import FileKind
from pipeline.ingest.message import parse
from pipeline.ingest.outlook import Damaged, open_msg, open_tnef
from pipeline.ingest.unpack import unpack
from tests.ingest.mails import PDF, attached, docx, mail, multipart, text_part
from tests.ingest.ole import compound


def wide(words: str) -> bytes:
    return words.encode("utf-16-le")


def msg(where: str = "") -> dict[str, bytes]:
    """The streams of a mail as Outlook writes them, with a file, and a mail inside that has a file of its own."""
    first, second = f"{where}__attach_version1.0_#00000000/", f"{where}__attach_version1.0_#00000001/__substg1.0_3701000D/"
    return {
        f"{where}__properties_version1.0": bytes(40),
        f"{where}__substg1.0_0037001F": wide("Concern – Pat"),
        f"{where}__substg1.0_1000001F": wide("The form is attached.\r\n\x00"),
        f"{first}__substg1.0_37010102": docx() + bytes(9000),
        f"{first}__substg1.0_3704001F": wide("MARF~1.DOC"),
        f"{first}__substg1.0_3707001F": wide("MARF completed.docx"),
        f"{second}__substg1.0_0037001E": b"earlier caf\xe9",
        f"{second}__substg1.0_10130102": b"<html><p>Earlier words</p></html>",
        f"{second}__attach_version1.0_#00000000/__substg1.0_37010102": PDF,
        f"{second}__attach_version1.0_#00000000/__substg1.0_3707001F": wide("old.pdf"),
    }


def test_a_msg_is_read_with_the_mail_inside_it() -> None:
    read = open_msg(compound(msg()))
    assert (read.subject, read.plain) == ("Concern – Pat", "The form is attached.\n")
    assert [(file.name, file.place) for file in read.files] == [
        ("MARF completed.docx", None),
        ("body.html", "earlier café"),
        ("old.pdf", "earlier café"),
    ]
    assert read.files[2].data == PDF


def test_a_msg_in_a_mail_gives_its_files_to_the_reader() -> None:
    found = unpack(parse(mail(multipart(text_part("See attached"), attached("concern.msg", compound(msg()))))))
    assert [(file.filename, file.kind, file.inside) for file in found.files] == [
        ("concern.msg", FileKind.MSG, None),
        ("body.txt", FileKind.TEXT, "concern.msg"),
        ("MARF completed.docx", FileKind.DOCX, "concern.msg"),
        ("body.html", FileKind.HTML, "concern.msg, earlier café"),
        ("old.pdf", FileKind.PDF, "concern.msg, earlier café"),
    ]
    assert found.unopened == ()


def attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def props(*values: tuple[int, int, bytes]) -> bytes:
    out = struct.pack("<I", len(values))
    for kind, number, data in values:
        out += struct.pack("<HH", kind, number)
        if number >= 0x8000:
            out += bytes(16) + struct.pack("<II", 1, 6) + wide("abc") + bytes(2)
        out += data if kind == 0x0003 else struct.pack("<II", 1, len(data)) + data + bytes(-len(data) % 4)
    return out


def tnef(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def winmail() -> bytes:
    inner = tnef(
        attribute(1, 0x00069003, props((0x001F, 0x1000, wide("Inner words")))),
        attribute(2, 0x00069002, bytes(14)),
        attribute(2, 0x00018010, b"inner.pdf\x00"),
        attribute(2, 0x0006800F, PDF),
    )
    return tnef(
        attribute(1, 0x00089006, struct.pack("<I", 0x10000)),
        attribute(1, 0x00069003, props((0x0003, 0x8001, bytes(4)), (0x0102, 0x1013, b"<p>Outer words</p>"))),
        attribute(2, 0x00069002, bytes(14)),
        attribute(2, 0x00018010, b"FORM~1.DOC\x00"),
        attribute(2, 0x0006800F, docx()),
        attribute(2, 0x00069005, props((0x0003, 0x3705, bytes(4)), (0x001F, 0x3707, wide("Form complet\xe9.docx\x00")))),
        attribute(2, 0x00069002, bytes(14)),
        attribute(2, 0x00069005, props((0x000D, 0x3701, bytes(16) + inner))),
    )


def test_winmail_dat_gives_its_files_to_the_reader() -> None:
    found = unpack(parse(mail(multipart(text_part("See attached"), attached("winmail.dat", winmail(), "application/ms-tnef")))))
    assert [(file.filename, file.kind, file.inside) for file in found.files] == [
        ("winmail.dat", FileKind.TNEF, None),
        ("body.html", FileKind.HTML, "winmail.dat"),
        ("Form completé.docx", FileKind.DOCX, "winmail.dat"),
        ("body.txt", FileKind.TEXT, "winmail.dat, mail inside"),
        ("inner.pdf", FileKind.PDF, "winmail.dat, mail inside"),
    ]
    assert found.unopened == ()


@pytest.mark.parametrize(
    "data", [winmail()[:-40], winmail()[:8], b"\x78\x9f\x3e\x22" + bytes(40), compound(msg())[:3000]], ids=["cut", "head", "zeros", "cut msg"]
)
def test_damaged_ones_are_told_to_a_person(data: bytes) -> None:
    found = unpack(parse(mail(multipart(text_part("See attached"), attached("x", data), attached("form.pdf", PDF)))))
    assert found.files[-1].kind is FileKind.PDF
    if found.files[0].kind in (FileKind.MSG, FileKind.TNEF):
        assert found.unopened == ((0, "damaged"),)
    else:
        assert found.files[0].kind is FileKind.OTHER


@pytest.mark.parametrize("whole", [winmail(), compound(msg())], ids=["tnef", "msg"])
def test_no_damage_makes_the_opening_fall_over(whole: bytes) -> None:
    rng = random.Random(11)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(8, len(data))] = rng.choice((0, 255, rng.randrange(256)))
        for opener in (open_tnef, open_msg):
            with contextlib.suppress(Damaged):
                assert opener(bytes(data)) is not None
