"""PDF: form fields, words, rulings and drawn ticks of each page, put together into blocks in reading order."""

from pipeline.extract.pdf.read import read_pdf

__all__ = ["read_pdf"]
