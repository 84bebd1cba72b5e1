"""Answers put onto a printed form with a PDF viewer's typewriter: notes that lie on the page, no form fields."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Note:
    """Words at a place on a page, or a ring round words that are printed there."""

    page: int
    box: tuple[float, float, float, float]
    text: str
    size: float
    ring: bool = False


def _picture(pdf: pikepdf.Pdf, note: Note) -> pikepdf.Object:
    """How the note looks."""
    left, bottom, right, top = note.box
    if note.ring:
        picture = pdf.make_stream(_ellipse((right - left) / 2, (top - bottom) / 2).encode())
        picture.Type, picture.Subtype, picture.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, right - left, top - bottom]
        return picture
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Encoding=pikepdf.Name.WinAnsiEncoding
    )
    lines = []
    for number, line in enumerate(note.text.split("\n")):
        safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        lines.append(f"1 0 0 1 2 {top - bottom - note.size - 2 - number * (note.size + 2):.1f} Tm ({safe}) Tj")
    content = f"BT /Helv {note.size:g} Tf 0 0 0.6 rg {' '.join(lines)} ET"
    picture = pdf.make_stream(content.encode("latin-1", "replace"))
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    picture.BBox = [0, 0, right - left, top - bottom]
    picture.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
    return picture


def _ellipse(across: float, up: float) -> str:
    """A ring that fills its frame."""
    x, y, k = across - 1, up - 1, 0.5523
    corners = [(x, 0), (x, y * k, x * k, y, 0, y), (-x * k, y, -x, y * k, -x, 0), (-x, -y * k, -x * k, -y, 0, -y), (x * k, -y, x, -y * k, x, 0)]
    start, *curves = corners
    moves = [
        f"1 0 0 1 {across:.2f} {up:.2f} cm 0.7 0 0 RG 1.2 w {start[0]:.2f} 0 m",
        *(" ".join(f"{v:.2f}" for v in curve) + " c" for curve in curves),
    ]
    return " ".join(moves) + " S"


def with_notes(data: bytes, notes: list[Note]) -> bytes:
    """The page with the notes on it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for note in notes:
            page = pdf.pages[note.page]
            if "/Annots" not in page:
                page.Annots = pikepdf.Array()
            page.Annots.append(
                pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Circle if note.ring else pikepdf.Name.FreeText,
                        Rect=list(note.box),
                        **({"C": [0.7, 0, 0]} if note.ring else {"Contents": note.text, "DA": f"/Helv {note.size:g} Tf 0 0 0.6 rg"}),
                        F=4,
                        AP=pikepdf.Dictionary(N=_picture(pdf, note)),
                    )
                )
            )
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
