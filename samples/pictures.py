"""Pictures that travel with mails: a logo in a signature, and a telephone's photo of a form that nobody can read."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter


def logo() -> bytes:
    """A small logo as signatures carry them."""
    picture = Image.new("RGB", (120, 40), "#1f3864")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((6, 6, 34, 34), fill="#ffffff")
    draw.ellipse((44, 10, 110, 30), fill="#8faadc")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def page_image(pdf: bytes, page: int = 0, scale: float = 2.0) -> Image.Image:
    """One page of a PDF as a picture; 72 dots per inch times `scale`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[page].render(scale=scale).to_pil().convert("RGB")
        return picture
    finally:
        document.close()


def poor_photo(pdf: bytes) -> bytes:
    """The first page photographed at an angle, in poor light and out of focus."""
    page = page_image(pdf, scale=1.4)
    table = Image.new("RGB", (page.width + 220, page.height + 160), "#6b5842")
    table.paste(page, (110, 80))
    tilted = table.rotate(11, resample=Image.Resampling.BICUBIC, fillcolor="#5a4936").resize((760, 980))
    dim = tilted.point([min(255, int(v * 0.55) + 20) for v in range(256)] * 3)
    out = io.BytesIO()
    dim.filter(ImageFilter.GaussianBlur(2.6)).save(out, "JPEG", quality=42)
    return out.getvalue()
