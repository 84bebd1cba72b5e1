"""The contact record on paper, in the kind its file name asks for."""

from __future__ import annotations

from datetime import datetime

from models.authority import Authority
from models.contact import Contact
from pipeline.errors import WrongSetup


def paper_of(suffix: str, contact: Contact, authority: Authority, now: datetime, *, shareable: bool) -> bytes:
    """The record as `.pdf` (for a screener: everything, with how surely it was read), or as `.docx` or `.json` (as a referrer gets it).

    Raises WrongSetup for any other kind.
    """
    if suffix == ".pdf":
        from pipeline.review.paper import build_pdf

        return build_pdf(contact, now, authority)
    from pipeline.route.contact_record import build_docx, build_json

    if suffix in {".docx", ".json"}:
        build = build_docx if suffix == ".docx" else build_json
        return build(contact, authority, shareable=shareable)
    raise WrongSetup("The contact record is written as .pdf, .docx or .json: give the file one of these endings.")
