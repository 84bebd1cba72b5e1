"""Everything else that means harm: older office files, pictures, pasted markup, containers and mails."""

from __future__ import annotations

import io
import struct
import zlib
from email.message import EmailMessage

from PIL import Image

from benchmarks.hostile import package


def rtf(inside: bytes) -> bytes:
    return rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Name of child: Orla Fennimore\par " + inside + b"}"


def rtf_nested(depth: int) -> bytes:
    return rtf(b"{" * depth + b"deep" + b"}" * depth)


def rtf_tables(depth: int) -> bytes:
    return rtf(rb"\pard\intbl\itap" + b"".join(rb"\itap%d x\nestcell{\*\nesttableprops\trowd\cellx900\nestrow}" % n for n in range(1, depth)))


def rtf_rows(count: int) -> bytes:
    return rtf(rb"\trowd\cellx1000\cellx2000\intbl a\cell b\cell\row " * count)


def rtf_object() -> bytes:
    return rtf(rb"{\object\objemb\objw1\objh1{\*\objclass Package}{\*\objdata " + b"0105000002000000" + b"41" * 400_000 + b"}}")


def rtf_binary() -> bytes:
    return rtf(rb"\bin2147483647 " + b"\x00" * 1000)


def rtf_fetching(address: str) -> bytes:
    """Asks for text and pictures from elsewhere, in each of the ways the format has."""
    link = address.encode()
    return rtf(
        rb'{\field{\*\fldinst INCLUDETEXT "' + link + rb'" }{\fldrslt old}}{\field{\*\fldinst INCLUDEPICTURE "' + link + rb'" \\d}{\fldrslt old}}'
        rb"{\*\template " + link + rb"}{\object\objautlink\objupdate{\*\objclass Word.Document.8}{\*\objdata 01050000}}"
    )


def odt(inside: str | bytes) -> bytes:
    return package.odt(package.odt_body(inside))


def odt_bomb() -> bytes:
    return odt(b"<text:p>" + b"A" * 450_000_000 + b"</text:p>")


def odt_paragraphs(count: int) -> bytes:
    return odt(b"<text:p>a</text:p>" * count)


def odt_repeats(rows: int, columns: int) -> bytes:
    return odt(
        f'<table:table><table:table-column table:number-columns-repeated="{columns}"/><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )


def odt_spaces(count: int) -> bytes:
    return odt(f'<text:p>a<text:s text:c="{count}"/>b</text:p>')


def odt_nested(depth: int) -> bytes:
    return odt("<text:section>" * depth + "<text:p>x</text:p>" + "</text:section>" * depth)


def odt_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return package.odt(f"<!DOCTYPE x [{entities}]>".encode() + package.odt_body("<text:p>&a9;</text:p>"))


def odt_fetching(address: str) -> bytes:
    """Asks for text and pictures from elsewhere."""
    return odt(
        '<text:p>Name of child: Orla</text:p><text:section text:name="s" text:protected="false">'
        f'<text:section-source xlink:href="{address}" xlink:type="simple" xlink:show="embed" text:filter-name="Text"/><text:p/></text:section>'
        f'<text:p><draw:frame><draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
        f'<text:p><draw:frame><draw:object xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
    )


def compound_junk(size: int) -> bytes:
    """The head of a compound file whose tables lead in circles."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0x7FFFFFFF)
    head += struct.pack("<IIIIIII", 0, 0, 4096, 0, 0x7FFFFFFF, 0, 0x7FFFFFFF) + struct.pack("<109I", *[0] * 109)
    return head + struct.pack("<I", 0) * (size // 4)


def png(width: int, height: int, *, rows: int | None = None) -> bytes:
    """A white picture, made without ever holding its points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_note(size: int) -> bytes:
    """A small picture with a packed note of many megabytes."""
    plain = png(800, 800)
    content = b"x\0\0" + zlib.compress(b"A" * size, 9)
    note = struct.pack(">I", len(content)) + b"zTXt" + content + struct.pack(">I", zlib.crc32(b"zTXt" + content))
    return plain[:33] + note + plain[33:]


def frames(kind: str, count: int) -> bytes:
    """A picture of many pictures."""
    first, *rest = [Image.new("1", (600, 800), number % 2) for number in range(count)]
    out = io.BytesIO()
    first.save(out, kind, save_all=True, append_images=rest)
    return out.getvalue()


def tiff_in_a_circle() -> bytes:
    entries = [
        (256, 4, 1, 600),
        (257, 4, 1, 800),
        (258, 3, 1, 1),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (278, 4, 1, 800),
        (279, 4, 1, 60000),
    ]
    table = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", 60008)
    return b"II*\x00" + struct.pack("<I", 60008) + bytes(60000) + table


def cut_jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1200, 1600), 80).save(out, "JPEG")
    return out.getvalue()[: out.tell() // 3]


def html_nested(tag: str, depth: int) -> bytes:
    return f"<html><body>{f'<{tag}>' * depth}Name of child: Orla{f'</{tag}>' * depth}</body></html>".encode()


def html_spans() -> bytes:
    row = '<tr><td colspan="1000000000" rowspan="1000000000">Name of child</td><td>Orla</td></tr>'
    return f"<html><body><table>{row * 200}</table></body></html>".encode()


def html_table(rows: int, columns: int) -> bytes:
    row = f"<tr>{'<td>x</td>' * columns}</tr>"
    return f"<html><body><table>{row * rows}</table></body></html>".encode()


def html_lines(count: int) -> bytes:
    return b"<html><body>" + b"<p>Name of child: Orla</p>" * count + b"</body></html>"


def text_lines(count: int, line: str = "Name of child: Orla\n") -> bytes:
    return (line * count).encode()


def zip_in_zip(depth: int, content: bytes = b"Name of child: Orla") -> bytes:
    data = package.zipped({"form.txt": content})
    for number in range(depth):
        data = package.zipped({f"{number}.zip": data})
    return data


def zip_of_bombs(count: int, size: int) -> bytes:
    return package.zipped({f"{number}.txt": bytes(size) for number in range(count)})


def mail_in_mail(depth: int, words: str = "Name of child: Orla") -> bytes:
    inside = EmailMessage()
    inside.set_content(words)
    data = b"From: a@example.org\r\nSubject: x\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n" + inside.as_bytes()
    for number in range(depth):
        edge = f"edge{number}".encode()
        data = (
            b'From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="'
            + edge
            + b'"\r\n\r\n--'
            + edge
            + b"\r\nContent-Type: message/rfc822\r\n\r\n"
            + data
            + b"\r\n--"
            + edge
            + b"--\r\n"
        )
    return data


def mail_parts(count: int) -> bytes:
    return (
        b'From: a@example.org\r\nMIME-Version: 1.0\r\nMessage-ID: <1@example.org>\r\nContent-Type: multipart/mixed; boundary="e"\r\n\r\n'
        + b"--e\r\nContent-Type: text/plain\r\n\r\nx\r\n" * count
        + b"--e--\r\n"
    )
