"""Answers put onto a printed form with a PDF viewer's typewriter: notes that lie on the page, no form fields."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Note:
    """Words at a place on a page."""

    page: int
    box: tuple[float, float, float, float]
    text: str
    size: float


def _picture(pdf: pikepdf.Pdf, note: Note) -> pikepdf.Object:
    """How the note looks."""
    left, bottom, right, top = note.box
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
                        Subtype=pikepdf.Name.FreeText,
                        Rect=list(note.box),
                        Contents=note.text,
                        DA=f"/Helv {note.size:g} Tf 0 0 0.6 rg",
                        F=4,
                        AP=pikepdf.Dictionary(N=_picture(pdf, note)),
                    )
                )
            )
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
