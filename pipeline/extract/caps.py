"""How much of a file is read at most: a form is small, and what is not small is not read in silence."""

from __future__ import annotations

from dataclasses import dataclass

from models.extraction import ProblemCode
from pipeline.errors import Unreadable

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits on one file. The defaults take the largest referral pack we can imagine and refuse what no person would send."""

    file_bytes: int = 50 * MEGABYTE
    zip_entries: int = 5_000
    zip_inflated: int = 400 * MEGABYTE
    zip_ratio: int = 2_000
    xml_part: int = 20 * MEGABYTE
    xml_total: int = 40 * MEGABYTE
    xml_tags: int = 1_000_000
    picture_bytes: int = 30 * MEGABYTE
    pages: int = 80
    page_chars: int = 60_000
    page_objects: int = 120_000
    pixels: int = 40_000_000
    ocr_pages: int = 20
    table_squares: int = 60_000


CAPS = Caps()


def problem(code: ProblemCode, name: str, remedy: str) -> Unreadable:
    """A refusal that names the file and says what to do about it."""
    return Unreadable(code, f"{name}: {remedy}")
