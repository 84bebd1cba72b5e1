"""Word documents that mean harm, or were harmed on their way."""

from __future__ import annotations

import zipfile
from io import BytesIO

from benchmarks.hostile.package import (
    MACRO_TYPE,
    PERSON,
    WORD,
    body,
    content_types,
    docx,
    docx_parts,
    paragraph,
    relation,
    relations,
    zipped,
)

_TABLE = "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>"


def one_endless_text() -> bytes:
    return docx(body(b"<w:p><w:r><w:t>" + b"A" * 150_000_000 + b"</w:t></w:r></w:p>"))


def long_text(piece: str, size: int) -> bytes:
    """One paragraph of a repeated piece, just under what a part may have."""
    return docx(body(paragraph(piece * (size // len(piece)))))


def paragraphs(count: int, text: str = "") -> bytes:
    return docx(body((paragraph(text) if text else "<w:p/>").encode() * count))


def huge_picture() -> bytes:
    return docx(body(paragraph(PERSON)), **{"word/media/image1.png": b"\0" * 500_000_000})


def external_entity() -> bytes:
    return docx(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + body(paragraph("[&e;]")))


def outside_grammar() -> bytes:
    return docx(b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + body(paragraph(PERSON)))


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return docx(f"<!DOCTYPE x [{entities}]>".encode() + body(paragraph("&a9;")))


def quadratic_entity() -> bytes:
    return docx(b'<!DOCTYPE x [<!ENTITY e "' + b"A" * 200_000 + b'">]>' + body(paragraph("&e;" * 20_000)))


def nested_tables(depth: int) -> bytes:
    inside = paragraph(PERSON)
    for _ in range(depth):
        inside = _TABLE.format(inside)
    return docx(body(inside))


def nested(tag: str, depth: int) -> bytes:
    """One element inside itself so many times."""
    return docx(body(f"<w:p>{f'<{tag}>' * depth}<w:r><w:t>{PERSON}</w:t></w:r>{f'</{tag}>' * depth}</w:p>"))


def nested_controls(depth: int) -> bytes:
    return docx(body("<w:sdt><w:sdtContent>" * depth + paragraph(PERSON) + "</w:sdtContent></w:sdt>" * depth))


def open_fields(count: int) -> bytes:
    return docx(body("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * count + f"<w:r><w:t>{PERSON}</w:t></w:r></w:p>"))


def spans(width: str, rows: int) -> bytes:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="{width}"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="{width}"/></w:tcPr>{paragraph("x")}</w:tc></w:tr>'
    return docx(body(f"<w:tbl>{row * rows}</w:tbl>" + paragraph(PERSON)))


def merged_column(rows: int) -> bytes:
    def row(kind: str) -> str:
        return f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="{kind}"/></w:tcPr><w:p/></w:tc><w:tc>{paragraph("Name")}</w:tc></w:tr>'

    return docx(body(f"<w:tbl>{row('restart')}{row('continue') * rows}</w:tbl>"))


def table(rows: int, columns: int, text: str = "x") -> bytes:
    row = f"<w:tr>{f'<w:tc>{paragraph(text)}</w:tc>' * columns}</w:tr>"
    return docx(body(f"<w:tbl>{row * rows}</w:tbl>"))


def many_controls(count: int) -> bytes:
    box = '<w:sdt><w:sdtPr><w:checkbox xmlns="x"/></w:sdtPr><w:sdtContent><w:r><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>'
    return docx(body(f"<w:p>{box * count}</w:p>".encode()))


def many_choices(count: int) -> bytes:
    items = "".join(f'<w:listItem w:displayText="{n}" w:value="{n}"/>' for n in range(count))
    return docx(
        body(
            f"<w:p><w:r><w:t>Gender</w:t></w:r><w:sdt><w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>7</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )
    )


def many_attributes(count: int) -> bytes:
    return docx(body("<w:p " + " ".join(f'a{n}="1"' for n in range(count)) + f"><w:r><w:t>{PERSON}</w:t></w:r></w:p>"))


def many_spaces(count: int) -> bytes:
    return docx(body("<w:p " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(count)) + f"><w:r><w:t>{PERSON}</w:t></w:r></w:p>"))


def styles_in_a_circle(length: int) -> bytes:
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % length}"/></w:style>' for n in range(length))
    lines = "".join(f'<w:p><w:pPr><w:pStyle w:val="s{n}"/></w:pPr><w:r><w:t>{PERSON}</w:t></w:r></w:p>' for n in range(min(length, 50)))
    return docx(
        body(lines),
        **{
            "word/_rels/document.xml.rels": relations(relation("s", "styles", "styles.xml")),
            "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
        },
    )


def relations_in_a_circle() -> bytes:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>'
    rels = relations(
        relation("h", "header", "document.xml"), relation("s", "styles", "document.xml"), relation("d", "officeDocument", "document.xml")
    )
    return docx(body(paragraph(PERSON) + section), **{"word/_rels/document.xml.rels": rels})


def outside_relations(address: str = "http://127.0.0.1:9/part") -> bytes:
    """A template, a picture and a part of the text that stand on other machines."""
    rels = relations(
        relation("t", "attachedTemplate", address, external=True),
        relation("i", "image", address, external=True),
        relation("d", "subDocument", "file:///etc/hostname", external=True),
        relation("x", "oleObject", "../../../../etc/hostname"),
    )
    return docx(body(paragraph(PERSON) + '<w:subDoc r:id="d"/>'), **{"word/_rels/document.xml.rels": rels})


def with_macros() -> bytes:
    return zipped(docx_parts(body(paragraph(PERSON)), MACRO_TYPE, **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"AutoOpen" * 1000}))


def odd_names() -> bytes:
    """Entries that would be written outside a folder, were they unpacked."""
    parts = docx_parts(body(paragraph(PERSON)))
    return zipped({"../../etc/cron.d/x": "x", "/etc/passwd": "x", "C:\\windows\\x.xml": "x", "word/../../x": "x", **parts})


def without(*missing: str) -> bytes:
    return zipped({name: part for name, part in docx_parts(body(paragraph(PERSON))).items() if name not in missing})


def with_type(main: str) -> bytes:
    return zipped(docx_parts(body(paragraph(PERSON)), main))


def with_main(part: bytes) -> bytes:
    return docx(part)


def lying_header() -> bytes:
    """A zip whose directory declares a small part that unpacks to a large one."""
    content = body(b" " * 60_000_000)
    size = len(content).to_bytes(4, "little")
    return docx(content).replace(size, (1000).to_bytes(4, "little"))


def overlapping_entries(count: int) -> bytes:
    """A directory whose entries all point at the same bytes: each would be unpacked anew."""
    data = docx(body(b"<w:p/>" * 300_000))
    directory = data.rindex(b"PK\x05\x06")
    start = int.from_bytes(data[directory + 16 : directory + 20], "little")
    listed = data[start:directory]
    last = listed[listed.rindex(b"PK\x01\x02") :]
    listed += b"".join(last.replace(b"word/document.xml", b"word/%08d.xml" % number) for number in range(count))
    entries = (3 + count).to_bytes(2, "little")
    return data[:start] + listed + b"PK\x05\x06" + bytes(4) + entries * 2 + len(listed).to_bytes(4, "little") + start.to_bytes(4, "little") + bytes(2)


def million_entries(count: int) -> bytes:
    """A zip of nothing but a directory, in the form for large ones."""
    directory = (b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"a") * count
    size = len(directory).to_bytes(8, "little")
    end = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(12) + count.to_bytes(8, "little") * 2 + size + bytes(8)
    locator = b"PK\x06\x07" + bytes(4) + size + (1).to_bytes(4, "little")
    return directory + end + locator + b"PK\x05\x06" + bytes(4) + b"\xff" * 12 + bytes(2)


def cut(share: float) -> bytes:
    data = docx(body("".join(paragraph(f"{PERSON} {n}") for n in range(2000))))
    return data[: int(len(data) * share)]


def twice_the_same_part() -> bytes:
    parts = docx_parts(body(paragraph(PERSON)))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*parts.items(), ("WORD/document.xml", body(paragraph("Name of child: Somebody Else")))]:
            archive.writestr(name, content)
    return buffer.getvalue()


def wrong_types() -> bytes:
    return zipped({**docx_parts(body(paragraph(PERSON))), "[Content_Types].xml": content_types("application/pdf")})


def odd_letters() -> bytes:
    """Letters that no program should stumble over: turned round, joined, astral, private, half a pair of surrogates written out."""
    return docx(
        body(
            paragraph(
                "Name of child: \u202eerommineF alrO\u202c \u0e01\u0e34\u200b\ufeff\U0001f468\u200d\U0001f469\u200d\U0001f467 \ue000"
                + "\u0301" * 5000
            )
        )
    )
