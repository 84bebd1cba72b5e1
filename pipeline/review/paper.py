"""The contact record as a PDF for a screener's file: what was read and how surely, what is missing, who they may be, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape

from anyascii import anyascii
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from models.authority import Authority
from models.contact import Contact
from pipeline.review import overview, reading

_PLAIN, _BOLD = "SourceSansPro", "SourceSansPro-Bold"
_LABEL, _VALUE, _SURE = 52 * mm, 96 * mm, 26 * mm
_STYLES = {
    "title": ParagraphStyle("title", fontName=_BOLD, fontSize=17, leading=21, spaceAfter=4),
    "heading": ParagraphStyle("heading", fontName=_BOLD, fontSize=12.5, leading=16, spaceBefore=9, spaceAfter=3),
    "body": ParagraphStyle("body", fontName=_PLAIN, fontSize=10, leading=13),
    "strong": ParagraphStyle("strong", fontName=_BOLD, fontSize=10, leading=13),
    "small": ParagraphStyle("small", fontName=_PLAIN, fontSize=8.5, leading=11, textColor=colors.HexColor("#383f43")),
}
_GRID = TableStyle(
    [
        ("SPAN", (0, 0), (-1, 0)),
        ("NOSPLIT", (0, 0), (-1, 1)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.HexColor("#b1b4b6")),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)
_LONGEST = 1_500
"""Characters in one cell: a table row does not break over pages, so longer words stand in rows of their own."""


def build_pdf(contact: Contact, now: datetime, authority: Authority | None = None) -> bytes:
    """The record of one contact as PDF. Signs the font lacks are spelt in Latin letters in square brackets."""
    _fonts()
    view = overview.report(contact, now, authority)
    data = BytesIO()
    paper = SimpleDocTemplate(
        data, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=16 * mm, bottomMargin=18 * mm,
        title=f"Contact record {contact.reference}", author="MASH intake", invariant=1,
    )  # fmt: skip
    paper.build(list(_story(view)), onFirstPage=_foot(contact.reference), onLaterPages=_foot(contact.reference))
    return data.getvalue()


def _story(view: overview.Report) -> Iterable[Flowable]:
    yield _words(f"Contact record {view.contact.reference}", "title")
    yield _words(f"{view.authority}. Received {view.received}. {view.decision}.", "body")
    yield _words("A program read this referral. Nothing here is a decision: a qualified social worker decides.", "small")
    if view.urgent_reasons:
        yield _words("Urgent", "heading")
        yield from (_words(one, "strong") for one in view.urgent_reasons)
        yield from (_words("“" + "".join(run for run, _ in cause.runs) + "”", "body") for cause in view.urgent)
    if view.clocks:
        yield _block("Clocks", [(clock.what, clock.due, clock.left) for clock in view.clocks])
    for section in view.sections:
        rows = [_row(row) for row in section.rows if row.value]
        if rows:
            yield _block(section.title, rows)
    known = [(f"{who.heading}: {who.name}", who.decision, "") for who in (*view.children, *view.people) if who.looked_up]
    if known:
        yield _block("Are they known?", known)
    if view.missing or view.conflicts:
        asked = [(f"{one.number}. {one.label}" if one.number else one.label, one.message, one.kind_words) for one in (*view.conflicts, *view.missing)]
        yield _block("Missing, unclear or in conflict", asked)
    yield _block("Files", [(one.name, one.outcome, one.form or "") for one in view.files])


def _row(row: reading.Row) -> tuple[str, str, str]:
    return row.label, row.value or "", row.state_words


def _block(title: str, rows: list[tuple[str, str, str]]) -> Flowable:
    """A heading and its rows as one table: the heading never stands alone at the foot of a page."""
    heading = [_words(title, "heading"), "", ""]
    return Table([heading, *(line for row in rows for line in _lines(row))], colWidths=(_LABEL, _VALUE, _SURE), style=_GRID, hAlign="LEFT")


def _lines(row: tuple[str, str, str]) -> list[list[Flowable]]:
    label, value, sure = row
    pieces = [value[start : start + _LONGEST] for start in range(0, len(value), _LONGEST)] or [""]
    first = [_words(label, "strong"), _words(pieces[0], "body"), _words(sure, "small")]
    return [first, *([_words("", "body"), _words(piece, "body"), _words("", "small")] for piece in pieces[1:])]


def _words(text: str, style: str) -> Flowable:
    shown = escape(_spelt(text)).replace("\n", "<br/>")
    return Paragraph(shown, _STYLES[style]) if shown else Spacer(1, 1)


def _spelt(text: str) -> str:
    """The text in signs the font has: a run of others is spelt out, so that no name prints as empty boxes."""
    known = pdfmetrics.getFont(_PLAIN).face.charToGlyph
    out, run = [], ""
    for sign in text:
        if ord(sign) in known or sign in "\n\t ":
            out.append(f"[{anyascii(run) or '?'}]" if run else "")
            out.append(sign)
            run = ""
        else:
            run += sign
    return "".join([*out, f"[{anyascii(run) or '?'}]" if run else ""])


def _foot(reference: str) -> Callable[[Canvas, BaseDocTemplate], None]:
    def draw(canvas: Canvas, paper: BaseDocTemplate) -> None:
        canvas.setFont(_PLAIN, 8.5)
        canvas.drawString(18 * mm, 10 * mm, f"Contact record {reference}. Restricted when completed.")
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, f"Page {paper.page}")

    return draw


@cache
def _fonts() -> None:
    folder = files("font_source_sans_pro") / "files"
    for name, file in ((_PLAIN, "SourceSansPro-Regular.ttf"), (_BOLD, "SourceSansPro-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, BytesIO((folder / file).read_bytes())))
    pdfmetrics.registerFontFamily(_PLAIN, normal=_PLAIN, bold=_BOLD, italic=_PLAIN, boldItalic=_BOLD)
