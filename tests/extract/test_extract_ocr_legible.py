"""A picture of which hardly a word was made out is told as unread, not as an empty form."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter

from models.document import Document, Line, Origin, Span
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.ocr.legible import is_legible
from pipeline.extract.reader import read_document


def document(*spans: Span) -> Document:
    return Document("x", "image", (Line(spans),), warnings=("ocr",))


def test_scraps_are_no_reading_and_a_few_sure_words_are() -> None:
    sure = [Span(word, origin=Origin.OCR, confidence=0.9) for word in "Name of child Orla Date of birth 12 May 2016 Address".split()]
    scraps = [Span(text, origin=Origin.OCR, confidence=0.3) for text in ("eae av 7", "oe wa ee", "Address", "onal", "Pe ee ntl") * 9]
    assert is_legible(document(*sure, *scraps))
    assert not is_legible(document(*scraps))
    assert is_legible(document(*scraps, Span("typed over it")))


def test_a_photograph_without_legible_words_is_no_text() -> None:
    picture = Image.effect_noise((900, 1200), 90).filter(ImageFilter.GaussianBlur(6))
    drawing = ImageDraw.Draw(picture)
    for row in range(60, 1150, 40):
        drawing.line((80, row, 820, row + 14), fill=70, width=5)
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=40)
    with pytest.raises(Unreadable) as told:
        read_document(data.getvalue(), "photo.jpg", FileKind.IMAGE)
    assert told.value.problem.code == "no_text"
