"""PDFs that mean harm, or were harmed on their way. Written object by object: no library would."""

from __future__ import annotations

import io
import zlib

SHOWN = b"BT /F1 12 Tf 50 780 Td (Name of child: Orla Fennimore) Tj ET\n"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf_of(*objects: bytes, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF of raw objects; the first is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-" + version + b"\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def stream(content: bytes, extra: bytes = b"", packings: int = 1) -> bytes:
    """A stream, packed so many times over."""
    for _ in range(packings):
        content = zlib.compress(content, 9)
    return b"<</Length %d/Filter[%s]%s>>stream\n%s\nendstream" % (len(content), b"/FlateDecode" * packings, extra, content)


def one_page(
    content: bytes = SHOWN, *more: bytes, resources: bytes = b"", page: bytes = b"", box: bytes = b"0 0 595 842", catalogue: bytes = b""
) -> bytes:
    """One page with this content. The objects after it are numbered from 6."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>%s>>" % (box, resources, page),
        stream(content),
        _FONT,
        *more,
    )


def endless_content() -> bytes:
    return one_page(b"0 0 m 1 1 l S\n" * 7_000_000)


def packed_over_and_over() -> bytes:
    """A content stream packed three times: two thousand million bytes in a few hundred."""
    bomb = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    content = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(bomb), bomb)
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[%s]/Resources<</Font<</F1 5 0 R>>>>>>" % (b"4 0 R " * 50),
        content,
        _FONT,
    )


def letters(count: int) -> bytes:
    return one_page(b"BT /F1 1 Tf 10 10 Td (" + b"A" * count + b") Tj ET")


def words(count: int) -> bytes:
    """Words all over a page, in no order."""
    return one_page(b"BT /F1 6 Tf " + b"".join(b"1 0 0 1 %d %d Tm (Name: a) Tj " % (n * 37 % 550, n * 91 % 800) for n in range(count)) + b"ET")


def full_pages(pages: int, rows: int) -> bytes:
    """Many pages of many lines: as much as the limits let through."""
    content = (
        b"BT /F1 5 Tf 5 TL 20 830 Td "
        + b"".join(b"(Name of child %d: Orla Fennimore Date of birth: 01/02/2015 Address: 1 Larch Road) ' " % n for n in range(rows))
        + b"ET"
    )
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages), stream(content), _FONT, *[page] * pages)


def forms_in_forms() -> bytes:
    """Eight forms each drawing eight of the next, nine deep: over a hundred million drawings."""
    levels = 9
    forms = []
    for level in range(levels):
        name = b"/X%d Do " % level * 8 if level < levels - 1 else b"0 0 m 9 9 l S "
        resources = b"/Resources<</XObject<</X%d %d 0 R>>>>" % (level, 7 + level) if level < levels - 1 else b""
        forms.append(stream(name, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]" + resources))
    return one_page(b"/Z Do " * 8, *forms, resources=b"/XObject<</Z 6 0 R>>")


def form_of_itself() -> bytes:
    form = stream(b"/Z Do " + SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</Z 6 0 R>>/Font<</F1 5 0 R>>>>")
    return one_page(SHOWN + b"/Z Do", form, resources=b"/XObject<</Z 6 0 R>>")


def deep_forms(depth: int) -> bytes:
    forms = [stream(b"/Z Do ", b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</Z %d 0 R>>>>" % (7 + n)) for n in range(depth)]
    return one_page(SHOWN + b"/Z Do", *forms, stream(SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"), resources=b"/XObject<</Z 6 0 R>>")


def saved_states(count: int) -> bytes:
    return one_page(b"q " * count + SHOWN)


def pattern_of_itself() -> bytes:
    pattern = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep .001/YStep .001/Resources<</Pattern<</P 6 0 R>>>>",
    )
    return one_page(SHOWN + b"/Pattern cs /P scn 0 0 595 842 re f", pattern, resources=b"/Pattern<</P 6 0 R>>")


def mask_of_itself() -> bytes:
    group = stream(
        b"/G gs 0 0 99 99 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Group<</S/Transparency>>/Resources<</ExtGState<</G 7 0 R>>>>"
    )
    return one_page(SHOWN + b"/G gs 0 0 99 99 re f", group, b"<</SMask<</S/Luminosity/G 6 0 R>>>>", resources=b"/ExtGState<</G 7 0 R>>")


def box(numbers: bytes) -> bytes:
    return one_page(box=numbers)


def page_scaled() -> bytes:
    return one_page(page=b"/UserUnit 1e30")


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[page] * count)


def claims_pages(count: int) -> bytes:
    return one_page().replace(b"/Count 1>>", b"/Count %d>>" % count)


def the_same_page(count: int) -> bytes:
    return one_page().replace(b"/Kids[3 0 R]/Count 1>>", b"/Kids[%s]/Count %d>>" % (b"3 0 R " * count, count))


def page_tree_in_a_circle() -> bytes:
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


def deep_page_tree(depth: int) -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 3, n + 1) for n in range(depth)]
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 595 842]>>")


def outline_in_a_circle() -> bytes:
    return one_page(
        SHOWN,
        b"<</First 7 0 R/Last 7 0 R/Count 9>>",
        b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Last 7 0 R/Count 9>>",
        catalogue=b"/Outlines 6 0 R",
    )


def tables_of_references_in_a_circle() -> bytes:
    whole = one_page()
    start = whole.index(b"xref\n")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def many_updates(count: int) -> bytes:
    whole = one_page()
    last = whole.index(b"xref\n")
    parts = [whole]
    length = len(whole)
    for _ in range(count):
        part = b"\nxref\n0 0\ntrailer<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (last, length + 1)
        last = length + 1
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def packed_objects(inflated: int, *, chained: bool = False) -> bytes:
    """An object stream that unpacks to hundreds of megabytes, or names itself as what it goes on from."""
    extra = b"/Type/ObjStm/N 2/First 10" + (b"/Extends 6 0 R" if chained else b"")
    content = b"7 0 8 4   null[" + b"0 " * (inflated // 2) + b"]"
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots 8 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(SHOWN),
        _FONT,
        stream(content, extra),
    ).replace(b"xref\n0 7", b"xref\n0 6")


def claims_objects(count: int) -> bytes:
    return one_page().replace(b"/Size 6", b"/Size %d" % count).replace(b"xref\n0 6", b"xref\n0 %d" % count)


def picture(width: int, height: int, filters: bytes = b"/FlateDecode", data: bytes | None = None, *, words: bool = False) -> bytes:
    packed = zlib.compress(bytes(width * height // 8), 9) if data is None else data
    image = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1/Filter%s/Length %d>>stream\n%s\nendstream" % (
        width,
        height,
        filters,
        len(packed),
        packed,
    )
    return one_page((SHOWN if words else b"") + b"q 595 0 0 842 0 0 cm /I Do Q", image, resources=b"/XObject<</I 6 0 R>>")


def claims_picture() -> bytes:
    """A picture that says it has four million million points, and has none."""
    return picture(2_000_000, 2_000_000, data=zlib.compress(b""))


def many_pictures(count: int) -> bytes:
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nx\nendstream"
    content = SHOWN + b"".join(b"q 5 0 0 5 %d %d cm /I Do Q " % (n % 590, n % 840) for n in range(count))
    return one_page(content, image, resources=b"/XObject<</I 6 0 R>>")


def many_lines(count: int) -> bytes:
    return one_page(SHOWN + b"".join(b"%d %d m %d %d l S\n" % (n % 590, n % 840, n * 7 % 590, n * 13 % 840) for n in range(count)))


def one_long_path(count: int) -> bytes:
    return one_page(SHOWN + b"0 0 m " + b"".join(b"%d %d l " % (n % 590, n * 7 % 840) for n in range(count)) + b"S")


def grid(count: int) -> bytes:
    step, tall = 590 / count, 800 / count
    lines = b"".join(b"%f 0 m %f 800 l S 0 %f m 590 %f l S\n" % (n * step, n * step, n * tall, n * tall) for n in range(count + 1))
    return one_page(SHOWN + lines)


def tick_boxes(count: int) -> bytes:
    return one_page(SHOWN + b"".join(b"%d %d 7 7 re S " % (n * 9 % 580, n * 9 // 580 * 9 % 830) for n in range(count)))


def fields(count: int) -> bytes:
    """A form with so many fields, all on one page."""
    names = b" ".join(b"%d 0 R" % (6 + n) for n in range(count))
    made = [
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f%d)/V(Orla)/Rect[%d %d %d %d]/P 3 0 R>>" % (n, n % 500, n % 800, n % 500 + 50, n % 800 + 12)
        for n in range(count)
    ]
    return one_page(SHOWN, *made, page=b"/Annots[%s]" % names, catalogue=b"/AcroForm<</Fields[%s]>>" % names)


def fields_in_a_circle() -> bytes:
    return one_page(
        SHOWN,
        b"<</FT/Tx/T(a)/Kids[7 0 R]/Parent 7 0 R>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(b)/Kids[6 0 R 7 0 R]/Parent 6 0 R/Rect[50 50 99 99]>>",
        page=b"/Annots[7 0 R 6 0 R]",
        catalogue=b"/AcroForm<</Fields[6 0 R 7 0 R]>>",
    )


def deep_fields(depth: int) -> bytes:
    nodes = [b"<</T(f%d)/Kids[%d 0 R]/Parent %d 0 R>>" % (n, n + 7, n + 5) for n in range(depth)]
    leaf = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(z)/V(Orla)/Rect[50 50 99 99]/Parent %d 0 R>>" % (5 + depth)
    return one_page(SHOWN, *nodes, leaf, page=b"/Annots[%d 0 R]" % (6 + depth), catalogue=b"/AcroForm<</Fields[6 0 R]>>")


def long_field_value(size: int) -> bytes:
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(Reason for referral)/V(%s)/Rect[50 50 99 99]/P 3 0 R>>" % (
        b"a (".replace(b"(", b"b") * (size // 3)
    )
    return one_page(SHOWN, field, page=b"/Annots[6 0 R]", catalogue=b"/AcroForm<</Fields[6 0 R]>>")


def notes(count: int) -> bytes:
    made = [b"<</Type/Annot/Subtype/FreeText/Contents(Name: Orla %d)/Rect[%d %d 200 200]>>" % (n, n % 500, n % 800) for n in range(count)]
    return one_page(SHOWN, *made, page=b"/Annots[%s]" % b" ".join(b"%d 0 R" % (6 + n) for n in range(count)))


def font(descriptor: bytes, *more: bytes) -> bytes:
    """A page whose font is this; what it needs is numbered from 7."""
    return one_page(b"BT /F2 12 Tf 50 700 Td (Name of child: Orla) Tj ET" + SHOWN, descriptor, *more, resources=b"").replace(
        b"/F1 5 0 R", b"/F1 5 0 R/F2 6 0 R"
    )


def broken_font() -> bytes:
    return font(
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 255/Widths[1e99 -1 null]/FontDescriptor 7 0 R/ToUnicode 9 0 R>>",
        b"<</Type/FontDescriptor/FontName/X/FontFile2 8 0 R/Flags 4/FontBBox[0 0 0 0]>>",
        stream(b"\x00\x01\x00\x00\xff\xff" + bytes(range(256)) * 40),
        stream(b"1 begincodespacerange <00> <ff> endcodespacerange 9999 beginbfrange <00> <ffffffff> <d800> <01> endbfrange <<<<"),
    )


def bomb_of_a_map() -> bytes:
    """A font's table of letters that says a million times what each letter is."""
    lines = b"".join(b"<%02x> <%s>\n" % (n % 256, b"0041" * 200) for n in range(60_000))
    return font(
        b"<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>",
        stream(b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 60000 beginbfchar\n" + lines + b"endbfchar endcmap"),
    )


def font_of_itself() -> bytes:
    glyph = stream(b"1000 0 d0 BT /F2 1 Tf (aaaaaaaa) Tj ET")
    return font(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 7 0 R>>/Encoding<</Type/Encoding/Differences[97/a]>>"
        b"/FirstChar 97/LastChar 97/Widths[1]/Resources<</Font<</F2 6 0 R>>>>>>",
        glyph,
    )


def locked(handler: bytes) -> bytes:
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", handler, trailer=b"/Encrypt 3 0 R/ID[<00><00>]")


def with_actions() -> bytes:
    """Scripts to run and programs to start on opening. Nothing here runs any."""
    script = b"<</S/JavaScript/JS(while\\(1\\);)/Next<</S/Launch/F(/bin/sh)/Next<</S/URI/URI(http://127.0.0.1:9/)>>>>>>"
    return one_page(page=b"/AA<</O 6 0 R>>", catalogue=b"/OpenAction %s/AA<</WC %s>>" % (script, script))


def xfa_alone() -> bytes:
    return one_page(b"", stream(b"<xdp:xdp>" + b"<a>" * 100_000), catalogue=b"/AcroForm<</Fields[]/XFA 6 0 R>>")


def cut(share: float) -> bytes:
    whole = full_pages(3, 40)
    return whole[: int(len(whole) * share)]


def only_a_head() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 400


def long_dash() -> bytes:
    return one_page(SHOWN + b"[%s] 0 d 0 0 m 500 800 l S" % (b".0001 " * 100_000))


def deep_arrays(depth: int) -> bytes:
    return one_page(SHOWN, page=b"/X %s%s" % (b"[" * depth, b"]" * depth))


def long_number() -> bytes:
    return one_page(b"1" * 5_000_000 + b" 0 0 1 0 0 cm " + SHOWN)
