"""Understanding: one document in, one Extraction out. Pure; odd documents give thin answers, never an error."""

from __future__ import annotations

from datetime import date

from models.document import Document
from models.extraction import Extraction, Gap
from models.forms import FormDefinition
from pipeline.extract.aligned import with_columns
from pipeline.extract.assemble import assemble
from pipeline.extract.beside import with_rows
from pipeline.extract.confidence import chance
from pipeline.extract.fields import read_fields
from pipeline.extract.labels import find_label, finder
from pipeline.extract.recognise import identify, is_referral, outline
from pipeline.extract.signs import company, signs
from pipeline.extract.tabbed import with_tabs

_LEFT_OUT = {
    "pages_left_out": Gap(field="referral", kind="unclear", message="Some pages of the file could not be read: open it to see what they say."),
}
"""What the reader had to do without, where a person must know of it."""


def understand(document: Document, forms: tuple[FormDefinition, ...], today: date, *, path: str | None = None) -> Extraction:
    """Reads a document as a careful person would: which form it is, what it says, how sure each value is, and what is wrong with it."""
    return explain(document, forms, today, path=path)[0]


def explain(
    document: Document, forms: tuple[FormDefinition, ...], today: date, *, path: str | None = None
) -> tuple[Extraction, dict[str, dict[str, float]]]:
    """The same, and for each path what its confidence was reckoned from: what a refit of the confidences needs."""
    document = with_tabs(with_columns(with_rows(document), find_label), find_label)
    shape = outline(document)
    identity, definition = identify(shape, forms)
    record, work = assemble(read_fields(document, definition, today), document.name, document.format, today)
    page = signs(document, finder(definition.labels if definition else {}), identity, work.fields)
    alone = company(value.path for value in work.fields if value.value is not None)
    seen = {path: {**here, **page, "alone": alone.get(path, 0.0)} for path, here in work.seen.items()}
    fields = tuple(value.model_copy(update={"confidence": chance(seen[value.path])}) for value in work.fields)
    status = "read" if is_referral(document, shape, sum(value.value is not None for value in work.fields)) else "not_a_referral"
    gaps = (*work.gaps, *(_LEFT_OUT[code] for code in document.warnings if code in _LEFT_OUT))
    found = Extraction(path=path or document.name, status=status, form=identity, record=record, fields=fields, gaps=gaps)
    return found, seen
