"""Trying a form definition on a filled sample: which of its words the sample has, and what its reading changes."""

from __future__ import annotations

from datetime import date

from models.document import Document
from models.forms import FormDefinition, FormTrial
from pipeline.extract.understand import understand
from pipeline.extract.wording import key, unbracketed, unnumbered

PARTS = ("titles", "headings", "labels", "blocks", "statements", "ignore")


def try_form(document: Document, form: FormDefinition, others: tuple[FormDefinition, ...], today: date, path: str) -> FormTrial:
    """What a definition finds in one document, beside what is read without it."""
    lines = [line.text for line in (*document.margins, *document.lines())]
    printed = {shown for text in lines for shown in (key(text), key(unnumbered(unbracketed(text))))}
    words = f" {' | '.join(printed)} "
    absent = {part: tuple(text for text in getattr(form, part) if f" {key(text)} " not in words) for part in PARTS}
    return FormTrial(
        with_it=understand(document, (form, *others), today, path=path),
        without_it=understand(document, others, today, path=path),
        absent={part: missing for part, missing in absent.items() if missing},
    )
