"""The panel beside the page: one value, the picture of where it stands, how sure the reading was, and what else was read that it could be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.contact import Contact
from models.contact_rows import row_of
from models.document import Box
from models.extraction import FieldValue, Problem, Source
from models.paths import value_at
from pipeline.extract.page_pictures import Part
from pipeline.review import reading, words
from pipeline.review.pages import FileEntry, Pages, from_body

_MARGIN = 2.0
_NEAR_WIDTH, _NEAR_HEIGHT = 360.0, 110.0
_MOST_PICKS = 8


@dataclass(frozen=True, slots=True)
class Pick:
    """Another value that was read, to take in one press: `number` is its place among the contact's fields."""

    number: int
    shown: str
    words: str
    whose: str
    where: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to draw: its address, its size in points, and the boxes to light."""

    file: str
    name: str
    page: int
    pages: int
    width: float
    height: float
    boxes: tuple[Box, ...]

    @property
    def zoom(self) -> Box | None:
        """What is shown larger: the lit place with what stands around it. Left, top, width and height, in points."""
        if not self.boxes:
            return None
        left, top = min(box[0] for box in self.boxes), min(box[1] for box in self.boxes)
        right, bottom = max(box[2] for box in self.boxes), max(box[3] for box in self.boxes)
        width = min(self.width, max(_NEAR_WIDTH, right - left + 40))
        height = min(self.height, max(_NEAR_HEIGHT, bottom - top + 30))
        x = min(max(0.0, right + 20 - width), self.width - width)  # the label stands to the left of a value
        return x, min(max(0.0, (top + bottom - height) / 2), self.height - height), width, height


@dataclass(frozen=True, slots=True)
class Panel:
    """One value. `picture` or `parts` shows where it stands; `trouble` says why neither does."""

    path: str
    row: reading.Row
    title: str
    current: str
    kind: str
    choices: tuple[str, ...]
    picks: tuple[Pick, ...]
    picture: Picture | None = None
    parts: tuple[Part, ...] = ()
    lit: str | None = None
    file: FileEntry | None = None
    trouble: str | None = None


def panel_of(contact: Contact, pages: Pages, path: str) -> Panel | None:
    """The panel of a value; None where a record has no such place."""
    found = next(((section, row) for section in reading.Reading(contact).sections() for row in section.rows if row.path == path), None)
    if found is None:
        row = reading.Row(path, words.label(path).rpartition(": ")[2], None, "absent")
        title = words.label(path)
    else:
        section, row = found
        title = f"{section.title}: {row.label}"
    value = value_at(contact.record, path)
    kind, choices = _shape(path)
    plain = Panel(path, row, title, _typed(path, value), kind, choices, _picks(contact, path))
    field = next((one for one in reversed(contact.fields) if one.path == path), None) or _as_read(contact, path)
    return plain if field is None else _placed(plain, contact, pages, _as_read(contact, path) or field)


def _as_read(contact: Contact, path: str) -> FieldValue | None:
    """The value as a file has it: a person's typing has no page."""
    every = [*contact.fields, *(field for one in contact.extractions for field in one.fields)]
    return next((one for one in every if one.path == path and one.source.document != "typed by a screener"), None)


def _placed(panel: Panel, contact: Contact, pages: Pages, field: FieldValue) -> Panel:
    source = field.source
    entry = pages.of_document(contact, source.document)
    lit = source.where
    if entry is None:
        why = "It was read in the words of the mail." if from_body(source) else "The file it was read from is no longer kept."
        return _with(panel, trouble=why)
    if entry.has_pages:
        sheets = pages.sheets(contact, entry)
        if not isinstance(sheets, Problem):
            place = pages.lit(contact, entry, field)
            if 1 <= place.page <= len(sheets.sizes):
                width, height = sheets.sizes[place.page - 1]
                boxes = tuple(_wider(box) for box in place.boxes)
                picture = Picture(entry.id, entry.document, place.page, sheets.count, width, height, boxes)
                told = None if boxes else _not_lit(entry, source)
                return _with(panel, picture=picture, file=entry, lit=lit, trouble=told)
    parts = pages.parts(contact, entry)
    if isinstance(parts, Problem):
        return _with(panel, file=entry, trouble=parts.detail)
    return _with(panel, parts=_near(parts, source.where), file=entry, lit=lit)


def _with(panel: Panel, **changes: object) -> Panel:
    return replace(panel, **changes)  # type: ignore[arg-type]


def _not_lit(entry: FileEntry, source: Source) -> str:
    where = f" The file says it stands in {source.where}." if source.where else ""
    return f"Its words were not found for certain on the picture of the page, so nothing is lit.{where}"


def _near(parts: tuple[Part, ...], where: str | None) -> tuple[Part, ...]:
    """The table or paragraph of a value, with what stands around it."""
    at = next((n for n, part in enumerate(parts) if _holds(part, where)), None)
    return parts[:40] if at is None else parts[max(0, at - 2) : at + 3]


def _holds(part: Part, where: str | None) -> bool:
    cells = [cell for row in part.rows for cell in row] + ([part.line] if part.line else [])
    return where is not None and any(cell.where == where for cell in cells)


def _wider(box: Box) -> Box:
    return box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN


def _shape(path: str) -> tuple[str, tuple[str, ...]]:
    """How a value is typed: text, a long text, or one of a few words."""
    row = row_of(path)
    if row is not None and row.choices:
        return "choice", tuple(shown for shown, _ in row.choices)
    long = path.startswith("narrative.") or path.rsplit(".", 1)[-1] in {
        "address",
        "reason",
        "current_condition",
        "risks_to_workers",
        "disability_details",
    }
    return ("long" if long else "text"), ()


def _typed(path: str, value: object) -> str:
    """A value as somebody would type it."""
    if value is None or value == ():
        return ""
    row = row_of(path)
    return row.shown(value) if row is not None else reading.in_words(path, value)  # type: ignore[arg-type]


def _picks(contact: Contact, path: str) -> tuple[Pick, ...]:
    """Other values of the same sort that were read anywhere in the referral: the same field first, then the same field of other people."""
    leaf = path.rsplit(".", 1)[-1]
    current = value_at(contact.record, path)
    found: list[Pick] = []
    told = {str(current)}
    ordered = sorted(enumerate(contact.fields), key=lambda pair: pair[1].path != path)
    for number, field in ordered:
        if field.path.rsplit(".", 1)[-1] != leaf or field.value is None or str(field.value) in told or path.startswith("narrative."):
            continue
        told.add(str(field.value))
        whose = "" if field.path == path else words.label(field.path).partition(":")[0]
        shown = reading.in_words(field.path, field.value)
        found.append(Pick(number, shown, _typed(path, field.value), whose, reading.where(field.source.model_copy(update={"box": None}))))
    return tuple(found[:_MOST_PICKS])
