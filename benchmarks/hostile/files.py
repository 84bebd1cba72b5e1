"""The catalogue: every hostile file, what kind of file it is, and the answers that would be right.

READ means that the document is read, if with care; any other word is a problem code of the contract.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks.hostile import other, pdf, word
from benchmarks.hostile.package import body, docx
from models.mail import FileKind

READ = "read"
_BIG = frozenset({"too_large", "too_slow"})
_BAD = frozenset({"corrupt"})
_FINE = frozenset({READ})
_EITHER = _BIG | _FINE
_NOTHING = frozenset({"empty", "no_text", "corrupt"})


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, how it is made and how it may be answered."""

    name: str
    make: Callable[[], bytes]
    kind: FileKind
    answers: frozenset[str]


Entries = dict[str, tuple[Callable[[], bytes], frozenset[str]]]


def _of(kind: FileKind, entries: Entries) -> list[Hostile]:
    return [Hostile(name, make, kind, answers) for name, (make, answers) in entries.items()]


WORD: Entries = {
    "docx: one text of 150 MB": (word.one_endless_text, _BIG),
    "docx: 19 MB of one letter": (partial(word.long_text, "a", 19_000_000), _EITHER | _BAD),
    "docx: 4 MB of open brackets": (partial(word.long_text, "(", 4_000_000), _EITHER),
    "docx: 4 MB of labels in one line": (partial(word.long_text, "Name: Date of birth: ", 4_000_000), _EITHER),
    "docx: 4 MB of dates in one line": (partial(word.long_text, "01/02/2015 ", 4_000_000), _EITHER),
    "docx: 4 MB of digits": (partial(word.long_text, "0", 4_000_000), _EITHER),
    "docx: 4 MB of spaces": (partial(word.long_text, "a" + " " * 999, 4_000_000), _EITHER),
    "docx: four million paragraphs": (partial(word.paragraphs, 4_000_000), _BIG),
    "docx: a million paragraphs of words": (partial(word.paragraphs, 1_000_000, "a"), _BIG),
    "docx: 160,000 paragraphs, just within the limits": (partial(word.paragraphs, 160_000, "Name of child: Orla"), _EITHER),
    "docx: a picture of 500 MB": (word.huge_picture, _BIG),
    "docx: an entity from a file": (word.external_entity, _BAD),
    "docx: a grammar from elsewhere": (word.outside_grammar, _BAD),
    "docx: billion laughs": (word.billion_laughs, _BAD),
    "docx: one long entity often": (word.quadratic_entity, _BAD),
    "docx: tables nested 400 deep": (partial(word.nested_tables, 400), _BAD),
    "docx: tables nested 80 deep": (partial(word.nested_tables, 80), _FINE | _BAD),
    "docx: insertions nested 200 deep": (partial(word.nested, "w:ins", 200), _FINE),
    "docx: insertions nested 100,000 deep": (partial(word.nested, "w:ins", 100_000), _BAD),
    "docx: controls nested 120 deep": (partial(word.nested_controls, 120), _FINE),
    "docx: 150,000 fields never closed": (partial(word.open_fields, 150_000), _EITHER | {"empty"}),
    "docx: spans of two thousand million": (partial(word.spans, "2000000000", 50), _FINE),
    "docx: spans below nothing": (partial(word.spans, "-5", 50), _FINE),
    "docx: spans that are no number": (partial(word.spans, "9" * 5000, 50), _FINE),
    "docx: a column merged over 20,000 rows": (partial(word.merged_column, 20_000), _EITHER),
    "docx: a table of 3,000 by 6": (partial(word.table, 3_000, 6), _EITHER),
    "docx: a table of 12 by 3,000": (partial(word.table, 12, 3_000), _EITHER),
    "docx: a table of 300 by 60 questions": (partial(word.table, 300, 60, "Name of child:"), _EITHER),
    "docx: 100,000 tick boxes": (partial(word.many_controls, 100_000), _EITHER),
    "docx: a list of 200,000 choices": (partial(word.many_choices, 200_000), _EITHER),
    "docx: 500,000 attributes": (partial(word.many_attributes, 500_000), _EITHER | _BAD),
    "docx: 100,000 namespaces": (partial(word.many_spaces, 100_000), _EITHER | _BAD),
    "docx: styles in a circle": (partial(word.styles_in_a_circle, 3), _FINE),
    "docx: 20,000 styles in a row": (partial(word.styles_in_a_circle, 20_000), _FINE),
    "docx: parts in a circle": (word.relations_in_a_circle, _FINE),
    "docx: parts on other machines": (word.outside_relations, _FINE),
    "docx: entries with paths": (word.odd_names, _FINE),
    "docx: without its document": (partial(word.without, "word/document.xml"), _BAD),
    "docx: without relationships": (partial(word.without, "_rels/.rels"), _FINE),
    "docx: without content types": (partial(word.without, "[Content_Types].xml"), _FINE),
    "docx: content types that lie": (word.wrong_types, _FINE),
    "docx: a document part that is empty": (partial(word.with_main, b""), _BAD),
    "docx: a document part without a body": (partial(word.with_main, body("").replace(b"w:body", b"w:bodo")), _BAD),
    "docx: a body with nothing in it": (partial(docx, body("")), frozenset({"empty"})),
    "docx: a document part that is a picture": (partial(word.with_main, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50), _BAD),
    "docx: a header that lies": (word.lying_header, _BAD | _BIG),
    "docx: entries over one another": (partial(word.overlapping_entries, 4000), _BIG | _BAD | {"empty"}),
    "docx: a part named twice": (word.twice_the_same_part, _FINE),
    "docx: cut at a tenth": (partial(word.cut, 0.1), _BAD),
    "docx: cut at a half": (partial(word.cut, 0.5), _BAD),
    "docx: cut at nine tenths": (partial(word.cut, 0.9), _BAD),
    "docx: odd letters": (word.odd_letters, _FINE),
}

PDF: Entries = {
    "pdf: a content stream of 98 MB": (pdf.endless_content, _BIG),
    "pdf: content packed over and over": (pdf.packed_over_and_over, _EITHER | {"empty"}),
    "pdf: a million letters on a page": (partial(pdf.letters, 1_000_000), _EITHER),
    "pdf: 30,000 words on a page in no order": (partial(pdf.words, 30_000), _EITHER),
    "pdf: 80 pages of 160 lines": (partial(pdf.full_pages, 80, 160), _EITHER),
    "pdf: forms in forms": (pdf.forms_in_forms, _BIG | _BAD),
    "pdf: a form of itself": (pdf.form_of_itself, _FINE),
    "pdf: forms 20,000 deep": (partial(pdf.deep_forms, 20_000), _EITHER | _BAD),
    "pdf: two million saved states": (partial(pdf.saved_states, 2_000_000), _EITHER | _BAD | {"empty"}),
    "pdf: a pattern of itself": (pdf.pattern_of_itself, _FINE),
    "pdf: a mask of itself": (pdf.mask_of_itself, _FINE),
    "pdf: a page of a million points": (partial(pdf.box, b"0 0 1000000 1000000"), _FINE),
    "pdf: a page beyond all numbers": (partial(pdf.box, b"-1e38 -1e38 1e38 1e38"), _FINE | _NOTHING),
    "pdf: a page inside out": (partial(pdf.box, b"595 842 0 0"), _FINE),
    "pdf: a page of no size": (partial(pdf.box, b"0 0 0 0"), _FINE | _NOTHING),
    "pdf: a page of words": (partial(pdf.box, b"/a (b) null []"), _FINE | _NOTHING),
    "pdf: a scaled page": (pdf.page_scaled, _FINE | _NOTHING),
    "pdf: two thousand pages": (partial(pdf.pages, 2_000), _BIG),
    "pdf: claims two thousand million pages": (partial(pdf.claims_pages, 2_000_000_000), _BIG | _FINE | _NOTHING),
    "pdf: claims pages below nothing": (partial(pdf.claims_pages, -5), _FINE | _NOTHING),
    "pdf: one page 79 times": (partial(pdf.the_same_page, 79), _FINE | _BIG),
    "pdf: a page tree in a circle": (pdf.page_tree_in_a_circle, _NOTHING),
    "pdf: a page tree 50,000 deep": (partial(pdf.deep_page_tree, 50_000), _NOTHING),
    "pdf: an outline in a circle": (pdf.outline_in_a_circle, _FINE),
    "pdf: tables of references in a circle": (pdf.tables_of_references_in_a_circle, _FINE | _BAD),
    "pdf: 50,000 updates": (partial(pdf.many_updates, 50_000), _EITHER | _BAD),
    "pdf: packed objects of 300 MB": (partial(pdf.packed_objects, 300_000_000), _EITHER | _BAD),
    "pdf: packed objects in a circle": (partial(pdf.packed_objects, 100, chained=True), _FINE),
    "pdf: claims a thousand million objects": (partial(pdf.claims_objects, 1_000_000_000), _EITHER | _BAD),
    "pdf: a picture of 900 million points": (partial(pdf.picture, 30_000, 30_000), _BIG | {"no_text"}),
    "pdf: a picture of 900 million points under words": (partial(pdf.picture, 30_000, 30_000, words=True), _EITHER),
    "pdf: claims a picture of four million million points": (pdf.claims_picture, _BIG | _NOTHING),
    "pdf: JBIG2 junk": (partial(pdf.picture, 2000, 3000, b"/JBIG2Decode", bytes(range(256)) * 20), _NOTHING),
    "pdf: JPEG 2000 junk": (partial(pdf.picture, 2000, 3000, b"/JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(range(256)) * 20), _NOTHING),
    "pdf: fax junk": (partial(pdf.picture, 20_000, 30_000, b"/CCITTFaxDecode", bytes(range(256)) * 20), _BIG | _NOTHING),
    "pdf: 100,000 pictures": (partial(pdf.many_pictures, 100_000), _EITHER),
    "pdf: 100,000 lines": (partial(pdf.many_lines, 100_000), _EITHER),
    "pdf: a path of two million points": (partial(pdf.one_long_path, 2_000_000), _EITHER),
    "pdf: a grid of 80 by 80": (partial(pdf.grid, 80), _FINE),
    "pdf: a grid of 900 by 900": (partial(pdf.grid, 900), _EITHER),
    "pdf: 5,000 tick boxes": (partial(pdf.tick_boxes, 5_000), _EITHER),
    "pdf: 100,000 fields": (partial(pdf.fields, 100_000), _EITHER),
    "pdf: fields in a circle": (pdf.fields_in_a_circle, _FINE),
    "pdf: fields 20,000 deep": (partial(pdf.deep_fields, 20_000), _EITHER | _BAD),
    "pdf: a field of 10 MB": (partial(pdf.long_field_value, 10_000_000), _EITHER),
    "pdf: 50,000 notes": (partial(pdf.notes, 50_000), _EITHER),
    "pdf: a broken font": (pdf.broken_font, _FINE),
    "pdf: a bomb of a letter map": (pdf.bomb_of_a_map, _EITHER),
    "pdf: a font of itself": (pdf.font_of_itself, _FINE),
    "pdf: an unknown lock": (partial(pdf.locked, b"<</Filter/Nobody/V 9>>"), frozenset({"encrypted", "corrupt", "unsupported"})),
    "pdf: a lock that makes no sense": (
        partial(pdf.locked, b"<</Filter/Standard/V 5/R 6/Length 99999/O()/U()/P -1>>"),
        frozenset({"encrypted", "corrupt", "unsupported"}),
    ),
    "pdf: scripts and programs": (pdf.with_actions, _FINE),
    "pdf: an XFA form alone": (pdf.xfa_alone, frozenset({"unsupported"})),
    "pdf: cut at a tenth": (partial(pdf.cut, 0.1), _NOTHING),
    "pdf: cut at a half": (partial(pdf.cut, 0.5), _FINE | _NOTHING),
    "pdf: cut at nine tenths": (partial(pdf.cut, 0.9), _FINE | _NOTHING),
    "pdf: only a head": (pdf.only_a_head, _BAD),
    "pdf: a dash of 100,000 pieces": (pdf.long_dash, _FINE),
    "pdf: lists 100,000 deep": (partial(pdf.deep_arrays, 100_000), _FINE | _BAD | _BIG),
    "pdf: a number of five million digits": (pdf.long_number, _EITHER | _NOTHING),
}

IMAGES: Entries = {
    "png: 900 million points": (partial(other.png, 30_000, 30_000), _BIG),
    "png: claims 10,000 million points": (partial(other.png, 100_000, 100_000, rows=2), _BIG | _BAD),
    "png: cut": (lambda: other.png(1500, 2000)[:200], _NOTHING),
    "png: a packed note of 300 MB": (partial(other.png_note, 300_000_000), _NOTHING | _BIG),
    "tiff: 400 pages": (partial(other.frames, "TIFF", 400), _NOTHING | _BIG | _FINE),
    "tiff: pages in a circle": (other.tiff_in_a_circle, _NOTHING | _BIG),
    "gif: 1,000 pictures": (partial(other.frames, "GIF", 1000), _NOTHING | _BIG | _FINE),
    "jpeg: cut": (other.cut_jpeg, _NOTHING | _FINE),
}

OFFICE: dict[FileKind, Entries] = {
    FileKind.RTF: {
        "rtf: groups 2,000,000 deep": (partial(other.rtf_nested, 2_000_000), _BIG | _BAD),
        "rtf: tables 500 deep": (partial(other.rtf_tables, 500), _EITHER | _BAD),
        "rtf: 200,000 rows": (partial(other.rtf_rows, 200_000), _BIG | _BAD),
        "rtf: a packed object": (other.rtf_object, _EITHER | _BAD),
        "rtf: claims 2 GB of bytes": (other.rtf_binary, _EITHER | _BAD),
    },
    FileKind.ODT: {
        "odt: one text of 450 MB": (other.odt_bomb, _BIG | _BAD),
        "odt: 2,000,000 paragraphs": (partial(other.odt_paragraphs, 2_000_000), _BIG | _BAD),
        "odt: cells repeated a million million times": (partial(other.odt_repeats, 1_000_000, 1_000_000), _EITHER | _BAD),
        "odt: two thousand million spaces": (partial(other.odt_spaces, 2_000_000_000), _EITHER | _BAD),
        "odt: sections 20,000 deep": (partial(other.odt_nested, 20_000), _EITHER | _NOTHING),
        "odt: billion laughs": (other.odt_laughs, _EITHER | _BAD | {"empty"}),
        "odt: not one at all": (partial(other.text_lines, 10), _FINE | _BAD | {"empty"}),
    },
    FileKind.DOC: {
        "doc: junk in circles": (partial(other.compound_junk, 1_000_000), _BAD),
        "doc: 20 MB of junk": (partial(other.compound_junk, 20_000_000), _BAD | _BIG),
    },
}

PASTED: dict[FileKind, Entries] = {
    FileKind.HTML: {
        "html: 300,000 boxes deep": (partial(other.html_nested, "div", 300_000), _EITHER | {"empty"}),
        "html: 100,000 tables deep": (partial(other.html_nested, "table", 100_000), _EITHER | {"empty"}),
        "html: spans of a thousand million": (other.html_spans, _EITHER),
        "html: a table of 3,000 by 60": (partial(other.html_table, 3_000, 60), _EITHER),
        "html: 300,000 lines": (partial(other.html_lines, 300_000), _EITHER),
    },
    FileKind.TEXT: {
        "text: 40 MB of lines": (partial(other.text_lines, 2_000_000), _BIG),
        "text: 100,000 lines": (partial(other.text_lines, 100_000), _EITHER),
        "text: one line of 5 MB": (partial(other.text_lines, 250_000, "Name of child: Orla "), _EITHER),
    },
}

CATALOGUE: tuple[Hostile, ...] = (
    *_of(FileKind.DOCX, WORD),
    *_of(FileKind.DOCM, {"docm: macros": (word.with_macros, _FINE)}),
    *_of(FileKind.PDF, PDF),
    *_of(FileKind.IMAGE, IMAGES),
    *(hostile for kind, entries in {**OFFICE, **PASTED}.items() for hostile in _of(kind, entries)),
)
