"""What files really are, and what comes out of containers."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7

from models.mail import FileKind, InboundMail
from pipeline.ingest.attachments import identify
from pipeline.ingest.message import parse
from pipeline.ingest.unpack import Unpacked, UnpackLimits, unpack
from tests.ingest.mails import PDF, WORD_MACROS, attached, docx, mail, multipart, part, picture, text_part, zipped
from tests.ingest.ole import compound
from tests.servers import make_certificate

ODT = zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, zipfile.ZIP_STORED)
SHEET = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})
MAIL = mail(text_part("Body"))


@pytest.mark.parametrize(
    ("data", "filename", "declared", "kind"),
    [
        (docx(), "form.docx", None, FileKind.DOCX),
        (docx(), "form.pdf", "application/pdf", FileKind.DOCX),
        (docx(), None, "application/octet-stream", FileKind.DOCX),
        (docx(WORD_MACROS), "form.docm", None, FileKind.DOCM),
        (docx(WORD_MACROS), "form.docx", None, FileKind.DOCM),
        (docx()[:150], "form.docx", None, FileKind.DOCX),
        (ODT, "form.odt", None, FileKind.ODT),
        (SHEET, "list.xlsx", None, FileKind.OTHER),
        (zipped({"a.txt": b"x"}), "papers.zip", None, FileKind.ZIP),
        (zipped({"a.pdf": PDF}, zipfile.ZIP_STORED), "papers.zip", None, FileKind.ZIP),
        (zipped({}), "empty.zip", None, FileKind.ZIP),
        (PDF, "form.docx", "application/msword", FileKind.PDF),
        (b"junk\r\n" * 100 + PDF, "form.pdf", None, FileKind.PDF),
        (b"x" * 2000 + PDF, "form.txt", None, FileKind.TEXT),
        (compound({"WordDocument": bytes(600)}), "old.doc", None, FileKind.DOC),
        (compound({"WordDocument": bytes(11) + b"\x01" + bytes(600)}), "old.doc", None, FileKind.ENCRYPTED_OFFICE),
        (compound({"EncryptionInfo": bytes(600), "EncryptedPackage": bytes(600)}), "locked.docx", None, FileKind.ENCRYPTED_OFFICE),
        (compound({"__properties_version1.0": bytes(600)}), "mail.msg", None, FileKind.MSG),
        (compound({"Workbook": bytes(600)}), "old.xls", None, FileKind.OTHER),
        (compound({"WordDocument": bytes(600)})[:700], "cut.doc", None, FileKind.OTHER),
        (b"{\\rtf1 hello}", "form.doc", None, FileKind.RTF),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "form.doc", None, FileKind.HTML),
        (b"<p>only a fragment", "x", "text/html", FileKind.HTML),
        ("<html>".encode("utf-16"), "form.htm", None, FileKind.HTML),
        (picture(20, 20), "a.png", None, FileKind.IMAGE),
        (picture(20, 20, "JPEG"), "a.png", None, FileKind.IMAGE),
        (picture(20, 20, "TIFF"), "scan.tif", None, FileKind.IMAGE),
        (picture(20, 20, "BMP"), "scan.bmp", None, FileKind.IMAGE),
        (picture(20, 20, "WEBP"), "scan", None, FileKind.IMAGE),
        (picture(20, 20, "GIF"), "scan.pdf", "application/pdf", FileKind.IMAGE),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "IMG_1.HEIC", None, FileKind.IMAGE),
        (MAIL, "forwarded.eml", None, FileKind.EML),
        (MAIL, None, "application/octet-stream", FileKind.EML),
        (b"Subject: x\r\n\r\ny", "a.eml", None, FileKind.EML),
        (b"From: Pat\nTo: Lee\nSubject: pasted\n\nWhat people type.", "note.txt", "text/plain", FileKind.TEXT),
        (b"\x78\x9f\x3e\x22" + bytes(40), "winmail.dat", "application/ms-tnef", FileKind.TNEF),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0", "invite.ics", None, FileKind.CALENDAR),
        (b"-----BEGIN PGP MESSAGE-----\n", "msg.asc", None, FileKind.ENCRYPTED_MAIL),
        (b"-----BEGIN PGP SIGNATURE-----\n", "sig.asc", None, FileKind.SIGNATURE),
        (b"", "form.docx", None, FileKind.EMPTY),
        (b"\x00\x00  \r\n", "form.pdf", None, FileKind.EMPTY),
        ("Naïve – text’s".encode(), "a.txt", None, FileKind.TEXT),
        ("Naïve – text’s".encode("cp1252"), "a.txt", None, FileKind.TEXT),
        ("Naïve".encode("utf-16"), "a.txt", None, FileKind.TEXT),
        (b"MZ" + bytes(range(256)) * 4, "form.docx", "application/pdf", FileKind.OTHER),
    ],
)
def test_files_are_what_their_bytes_say(data: bytes, filename: str | None, declared: str | None, kind: FileKind) -> None:
    assert identify(data, filename, declared) is kind


def test_signed_and_encrypted_mail(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    key = serialization.load_pem_private_key(made.key.read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    signer = pkcs7.PKCS7SignatureBuilder().set_data(MAIL).add_signer(certificate, key, hashes.SHA256())
    assert identify(signer.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature]), "smime.p7s") is FileKind.SIGNATURE
    sealed = pkcs7.PKCS7EnvelopeBuilder().set_data(MAIL).add_recipient(certificate).encrypt(serialization.Encoding.DER, [])
    assert identify(sealed, "smime.p7m") is FileKind.ENCRYPTED_MAIL


def signed_block(tmp_path: Path, content: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    made = make_certificate(tmp_path)
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    key = serialization.load_pem_private_key(made.key.read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    signer = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return signer.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def left_open(tag: int, *parts: bytes) -> bytes:
    """An element whose length is left open, as programs write that sign while they read."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\x00\x00"


def streamed_block(content: bytes) -> bytes:
    pieces = [b"\x04\x81" + bytes([len(content[at : at + 200])]) + content[at : at + 200] for at in range(0, len(content), 200)]
    octets = left_open(0x24, *pieces)
    data = left_open(0x30, bytes.fromhex("06092a864886f70d010701"), left_open(0xA0, octets))
    signed = left_open(0x30, b"\x02\x01\x01", b"\x31\x00", data, b"\x31\x00")
    return left_open(0x30, bytes.fromhex("06092a864886f70d010702"), left_open(0xA0, signed))


INNER = multipart(text_part("Signed words"), attached("form.pdf", PDF), boundary="signed")


def test_a_mail_signed_as_one_block_is_opened(tmp_path: Path) -> None:
    for block in (signed_block(tmp_path, INNER), streamed_block(INNER)):
        found = unpack(parse(mail(part("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", block))))
        assert told(found) == [
            (0, "smime.p7m", FileKind.SIGNATURE, None),
            (1, "body.txt", FileKind.TEXT, "smime.p7m"),
            (2, "form.pdf", FileKind.PDF, "smime.p7m"),
        ]
        assert found.unopened == ()


def test_a_signature_beside_its_mail_holds_nothing_and_a_damaged_block_is_told(tmp_path: Path) -> None:
    beside = signed_block(tmp_path, INNER, pkcs7.PKCS7Options.DetachedSignature)
    found = opened(attached("smime.p7s", beside))
    assert (len(found.files), found.unopened) == (1, ())
    found = opened(attached("smime.p7m", signed_block(tmp_path, INNER)[:400]))
    assert found.unopened == ((0, "damaged"),)


SEEDS: dict[str, Callable[[], bytes]] = {
    "docx": docx,
    "odt": lambda: ODT,
    "ole": lambda: compound({"WordDocument": bytes(600), "__nameid": b"x"}),
    "mail": lambda: MAIL,
}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_damage_makes_the_look_fall_over(seed: str) -> None:
    whole, rng = SEEDS[seed](), random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        del data[rng.randrange(1, len(data)) :]
        assert identify(bytes(data)) in FileKind


def opened(*parts: bytes, limits: UnpackLimits | None = None) -> Unpacked:
    return unpack(received(*parts), limits)


def received(*parts: bytes) -> InboundMail:
    return parse(mail(multipart(text_part("See attached"), *parts)))


def told(found: Unpacked) -> list[tuple[int, str | None, FileKind, str | None]]:
    return [(file.index, file.filename, file.kind, file.inside) for file in found.files]


def test_a_zip_is_opened_in_its_place() -> None:
    papers = zipped({"forms/MARF.docx": docx(), "__MACOSX/._MARF.docx": b"x", "scan.pdf": PDF})
    found = opened(attached("papers.zip", papers), attached("last.pdf", PDF))
    assert told(found) == [
        (0, "papers.zip", FileKind.ZIP, None),
        (1, "MARF.docx", FileKind.DOCX, "papers.zip"),
        (2, "scan.pdf", FileKind.PDF, "papers.zip"),
        (3, "last.pdf", FileKind.PDF, None),
    ]
    assert found.unopened == ()


def test_a_zip_in_a_zip_stays_shut_and_is_told() -> None:
    found = opened(attached("outer.zip", zipped({"inner.zip": zipped({"a.pdf": PDF}), "b.pdf": PDF})))
    assert [kind for _, _, kind, _ in told(found)] == [FileKind.ZIP, FileKind.ZIP, FileKind.PDF]
    assert found.unopened == ((1, "nested"),)


def test_a_mail_attached_as_a_file_is_opened() -> None:
    inner = mail(multipart(text_part("Inner words"), attached("form.pdf", PDF), attached("more.zip", zipped({"x.docx": docx()}))))
    found = opened(attached("fwd.eml", inner))
    assert told(found) == [
        (0, "fwd.eml", FileKind.EML, None),
        (1, "body.txt", FileKind.TEXT, "fwd.eml"),
        (2, "form.pdf", FileKind.PDF, "fwd.eml"),
        (3, "more.zip", FileKind.ZIP, "fwd.eml"),
        (4, "x.docx", FileKind.DOCX, "fwd.eml, more.zip"),
    ]


def test_a_mail_inside_a_zip_is_opened() -> None:
    inner = mail(multipart(text_part("Inner words"), attached("form.pdf", PDF)))
    found = opened(attached("mails.zip", zipped({"one.eml": inner})))
    assert told(found)[-1] == (3, "form.pdf", FileKind.PDF, "mails.zip, one.eml")


def lying_zip(claimed: int) -> bytes:
    """A zip whose directory tells less than what comes out."""
    data = bytearray(zipped({"big.txt": b"0" * 5_000_000}))
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.index(signature) + place, claimed)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({f"{number}.txt": b"x" for number in range(300)}), "too many files inside"),
        (zipped({"bomb.txt": bytes(60_000_000)}), "unpacks to far more than its size"),
        (zipped({"a.txt": random.Random(1).randbytes(3_000_000)}), "unpacks to far more than its size"),
        (zipped({"a.pdf": PDF})[:-10], "damaged"),
        (zipped({"a.pdf": PDF * 50}).replace(b"%PDF", b"%PXF").replace(zipped({"a.pdf": PDF * 50})[45:60], bytes(15)), "damaged"),
        (lying_zip(10), "damaged"),
    ],
    ids=["entries", "ratio", "bytes", "cut", "bits", "lies"],
)
def test_hostile_zips_are_left_shut_and_told(data: bytes, reason: str) -> None:
    found = opened(attached("papers.zip", data), attached("form.pdf", PDF), limits=UnpackLimits(bytes=2_000_000))
    assert found.unopened == ((0, reason),)
    assert told(found)[-1][1:] == ("form.pdf", FileKind.PDF, None)


def test_a_zip_with_a_password_is_told() -> None:
    data = bytearray(zipped({"a.pdf": PDF}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    found = opened(attached("locked.zip", bytes(data)))
    assert found.unopened == ((0, "encrypted"),)


def test_names_in_a_zip_are_only_names() -> None:
    found = opened(attached("papers.zip", zipped({"../../etc/cron.d/form.pdf": PDF, "C:\\x\\y.pdf": PDF + b"2"})))
    assert [name for _, name, _, _ in told(found)] == ["papers.zip", "form.pdf", "y.pdf"]
