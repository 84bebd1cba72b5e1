"""Pages that are pictures: words by tesseract, rulings and tick boxes from the pixels, and the rest as for any other page."""

from pipeline.extract.ocr.pictures import is_available, read_picture

__all__ = ["is_available", "read_picture"]
