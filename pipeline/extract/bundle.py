"""One file that holds several referrals, one after another: a batch from a scanner, or a form for each child. They are told apart before they are read,
for two families must never be mixed.

A document is cut only where the next form surely begins and where each part then stands by itself: children of its own, somebody who refers them, and
something told. Anything less is one form, read whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from models.alike import may_be_same
from models.document import Block, Document, Line, Table
from models.extraction import Extraction
from models.forms import FormDefinition
from models.record import Person, Record
from pipeline.extract.recognise import is_title
from pipeline.extract.understand import understand
from pipeline.extract.wording import key, one_line, unnumbered

_SAME_LINE = 90
_SHORTEST = 8
_MOST_FORMS = 12


def understand_all(document: Document, forms: tuple[FormDefinition, ...], today: date, *, path: str | None = None) -> tuple[Extraction, ...]:
    """One Extraction for each form in a document: nearly always one."""
    name = path or document.name
    parts = _parts(document)
    if 1 < len(parts) <= _MOST_FORMS:
        found = tuple(understand(part, forms, today, path=f"{name}#{number}") for number, part in enumerate(parts, start=1))
        if _each_stands_alone(found):
            return found
    return (understand(document, forms, today, path=path),)


def _each_stands_alone(found: Sequence[Extraction]) -> bool:
    records = [one.record for one in found]
    if any(one.status != "read" or not _is_whole(one.record) for one in found):
        return False
    return not any(_shares_a_child(one, other) for one, other in itertools.combinations(records, 2))


def _is_whole(record: Record) -> bool:
    named = any(child.name or child.unborn for child in record.children)
    told = any(getattr(record.narrative, box) for box in type(record.narrative).model_fields)
    return named and told and bool(record.referrer.name or record.referrer.phone or record.referrer.email)


def _shares_a_child(one: Record, other: Record) -> bool:
    return any(_same(mine, theirs) for mine in one.children for theirs in other.children)


def _same(one: Person, other: Person) -> bool:
    """Whether two parts may speak of one child: then they are not told apart. A name misread leaves its beginning and the birth date."""
    begin_alike = key(one.name)[:3] == key(other.name)[:3]
    return may_be_same(one, other) or (one.date_of_birth is not None and one.date_of_birth == other.date_of_birth and begin_alike)


# Where the next form begins ----------------------------------------------------------------------------------------------


def _parts(document: Document) -> list[Document]:
    """The document cut where another form may begin; the document itself where none does."""
    starts = [0, *_starts(document)]
    if len(starts) == 1:
        return [document]
    ends = [*starts[1:], len(document.blocks)]
    return [_part(document, start, end) for start, end in zip(starts, ends, strict=True)]


def _part(document: Document, start: int, end: int) -> Document:
    """Some blocks as a document of their own. What runs along the margins stays with every part whose pages it may stand on."""
    blocks = document.blocks[start:end]
    pages = {page for block in blocks if (page := _page(block)) is not None}
    begins_alike = start == 0 or _alike(_opening(document.blocks[0]), _opening(blocks[0]))
    margins = document.margins if begins_alike and start else tuple(line for line in document.margins if _stands_on(line, pages))
    notes = tuple(line for line in document.notes if _stands_on(line, pages) and (pages or start == 0))
    return replace(document, blocks=blocks, margins=margins, notes=notes)


def _stands_on(line: Line, pages: set[int]) -> bool:
    return not pages or line.place is None or line.place.page is None or line.place.page in pages


def _starts(document: Document) -> Iterator[int]:
    """Blocks, after the first, over which another form may begin: as this one begins, or under a title of another."""
    blocks = document.blocks
    if not blocks:
        return
    opening = _opening(blocks[0])
    page = _page(blocks[0])
    for number, block in enumerate(blocks[1:], start=1):
        turned, page = _page(block) != page, _page(block)
        if document.pages is not None and not turned:
            continue
        first = _opening(block)
        if _alike(opening, first) or (isinstance(block, Line) and (turned or block.heading == 1) and is_title(first)):
            yield number


def _opening(block: Block) -> str:
    """The first words of a block."""
    lines = (block,) if isinstance(block, Line) else tuple(line for cell in block.cells[:4] for line in cell.lines)
    return next((text for line in lines if (text := one_line(line.text))), "")


def _alike(one: str, other: str) -> bool:
    mine, theirs = (key(unnumbered(text).partition(":")[0]) for text in (one, other))
    return min(len(mine), len(theirs)) >= _SHORTEST and fuzz.ratio(mine, theirs) >= _SAME_LINE


def _page(block: Block) -> int | None:
    if isinstance(block, Table):
        return min((cell.place.page for cell in block.cells if cell.place and cell.place.page), default=None)
    return block.place.page if block.place else None
