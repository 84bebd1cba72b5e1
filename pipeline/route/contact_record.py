"""The structured contact record: one paper that shows what was read, marks what is missing, and is answered by filling it in and sending it back.

Every place to fill in is a content control whose tag is the path of its value (`children.0.date_of_birth`), or `answer.7` for question 7 where no
single value answers it. So what comes back is read by tag, whatever else a word processor did to the paper.
"""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from docx.table import _Cell

from models.authority import Authority
from models.contact import Contact
from models.contact_paper import ANSWER, OTHER_QUESTIONS, PROMPT, REFERENCE, TITLE
from models.contact_rows import Row, sections
from models.extraction import Gap
from models.paths import value_at
from models.record import Record
from pipeline.route.docx_controls import control, shade, two_columns
from pipeline.route.letter_words import question_words
from pipeline.route.redact import shareable_record

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@cache
def _blank() -> bytes:
    """An empty paper without the hundred table styles of the library's own, each of which it would ask again for every paragraph."""
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Arial"
    paper.styles["Normal"].font.size = Pt(11)
    for style in [one for one in paper.styles if one.type == WD_STYLE_TYPE.TABLE]:
        if style.name not in ("Table Grid", "Normal Table"):
            style.element.getparent().remove(style.element)
    data = BytesIO()
    paper.save(data)
    return data.getvalue()


def build_docx(contact: Contact, authority: Authority, *, shareable: bool) -> bytes:
    """The record as a Word document. Without leave to share it holds the questions and nothing that was read."""
    record = shareable_record(contact.record) if shareable else _bare(contact.record)
    paper = docx.Document(BytesIO(_blank()))
    paper.core_properties.title = f"Contact record {contact.reference}"
    paper.core_properties.author = authority.hub.name
    paper.add_heading(TITLE, 0)
    _introduction(paper, contact, authority)
    gaps = {gap.field: gap for gap in contact.gaps if gap.question}
    for heading, prefix, rows in sections(record):
        shown = [row for row in rows if _belongs(f"{prefix}.{row.name}", record, gaps)]
        if shown:
            paper.add_heading(heading, 2)
            _table(paper, prefix, shown, record, gaps, shareable=shareable)
    _other_questions(paper, contact, record, shareable=shareable)
    data = BytesIO()
    paper.save(data)
    return data.getvalue()


def build_json(contact: Contact, authority: Authority, *, shareable: bool) -> bytes:
    """The same for a machine: reference, record, and the open questions."""
    record = shareable_record(contact.record) if shareable else Record()
    questions = [
        {
            "field": gap.field,
            "kind": gap.kind,
            "message": gap.message if shareable else None,
            **question_words(gap, contact.record, authority, shareable=shareable),
        }
        for gap in contact.gaps
        if gap.question
    ]
    whole: dict[str, Any] = {
        "reference": contact.reference,
        "authority": authority.id,
        "record": record.model_dump(mode="json"),
        "questions": questions,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _introduction(paper: Paper, contact: Contact, authority: Authority) -> None:
    line = paper.add_paragraph("Reference: ")
    control(line, REFERENCE, contact.reference, locked=True)
    open_questions = sum(1 for gap in contact.gaps if gap.question)
    paper.add_paragraph(
        f"This is what {authority.hub.name} has of your referral. {_shaded(open_questions)}Please correct anything else that is wrong, save, and reply with this file to "
        f"{authority.hub.email}. “Not known” is an answer too."
    )
    paper.add_paragraph("If a child is in danger now, ring 999. Do not wait for this paper.")


def _shaded(open_questions: int) -> str:
    if not open_questions:
        return ""
    places = "One place is" if open_questions == 1 else f"{open_questions} places are"
    return f"{places} shaded: there something is missing or unclear, and the words beside say why it is needed. Please fill in what is shaded. "


def _table(paper: Paper, prefix: str, rows: list[Row], record: Record, gaps: dict[str, Gap], *, shareable: bool) -> None:
    for row, (label, place) in zip(rows, two_columns(paper, len(rows)), strict=True):
        path = f"{prefix}.{row.name}"
        label.paragraphs[0].add_run(row.label).bold = True
        value = value_at(record, path)
        words = row.shown(value) if value is not None and value != () else None
        control(place.paragraphs[0], path, words, kind=row.kind, choices=tuple(shown for shown, _ in row.choices), prompt=PROMPT)
        if gap := gaps.get(path):
            _mark(label, place, gap, shareable=shareable)


def _mark(label: _Cell, place: _Cell, gap: Gap, *, shareable: bool) -> None:
    shade(label)
    shade(place)
    told = [
        part
        for part in (
            f"Question {gap.number}. {gap.question}" if gap.number else gap.question,
            gap.message if shareable and gap.kind != "missing" else None,
            gap.why,
        )
        if part
    ]
    run = place.add_paragraph().add_run(" ".join(told))
    run.italic = True
    run.font.size = Pt(9)


def _other_questions(paper: Paper, contact: Contact, record: Record, *, shareable: bool) -> None:
    """Questions that no single row answers, such as who lives in the household."""
    rows = {f"{prefix}.{row.name}" for _, prefix, rows in sections(record) for row in rows}
    left = [gap for gap in contact.gaps if gap.question and gap.number and gap.field not in rows]
    if not left:
        return
    paper.add_heading(OTHER_QUESTIONS, 2)
    for gap, (label, place) in zip(left, two_columns(paper, len(left)), strict=True):
        label.paragraphs[0].add_run(f"Question {gap.number}").bold = True
        control(place.paragraphs[0], f"{ANSWER}{gap.number}", None, prompt=PROMPT)
        _mark(label, place, gap, shareable=shareable)


def _belongs(path: str, record: Record, gaps: dict[str, Gap]) -> bool:
    value = value_at(record, path)
    return path in gaps or (value is not None and value != ())


def _bare(record: Record) -> Record:
    """As many children and people as were read, so that questions keep their places, with nothing in them."""
    empty = Record()
    return empty.model_copy(
        update={
            "children": tuple(type(person)() for person in record.children),
            "people": tuple(type(person)() for person in record.people),
        }
    )
