"""DOCX: our own walk over the XML, because what a referral answers with (controls, ticks, struck-out words) is what general readers drop."""

from pipeline.extract.docx.pictures import read_docx_or_pictures
from pipeline.extract.docx.read import read_docx

__all__ = ["read_docx", "read_docx_or_pictures"]
