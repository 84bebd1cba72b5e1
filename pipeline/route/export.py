"""A contact for another system: one row for each child, by a mapping file. Three children on one form are three rows that share one source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from models.authority import Authority
from models.contact import Contact
from models.export import Column, ExportMapping
from models.paths import value_at
from models.record import Person, Record
from pipeline.authorities.exports import load_export
from pipeline.route.agencies import agency_group, source_code
from pipeline.route.deadlines import LONDON
from pipeline.route.redact import shareable_record

_SEX = {"female": "F", "male": "M"}
_SURE = 0.9
_INDIVIDUALS = {"1A": "A relative or carer", "1B": "An acquaintance", "1C": "Self", "1D": "Another individual", "9": "Anonymous", "10": "Not known"}


def export(contact: Contact, mapping: ExportMapping, authority: Authority) -> tuple[dict[str, str], ...]:
    """A row for each child; a contact that names no child gives one row, so that it is not lost on the way."""
    record = contact.record if mapping.identity == "own" else shareable_record(contact.record)
    return tuple(_row(contact, record, number, mapping, authority) for number in range(max(1, len(record.children))))


def export_text(contact: Contact, name: str, authority: Authority) -> str:
    """A contact as the text of a file for the system of that name. Raises WrongSetup where there is no such mapping, or a wrong one."""
    mapping = load_export(name, authority)
    return as_csv(export(contact, mapping, authority), [column.name for column in mapping.columns])


def as_csv(rows: Iterable[dict[str, str]], columns: Sequence[str]) -> str:
    """Rows as CSV text that a spreadsheet cannot take for formulas."""
    data = io.StringIO()
    writer = csv.writer(data, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(row[column]) for column in columns])
    return data.getvalue()


def _row(contact: Contact, record: Record, number: int, mapping: ExportMapping, authority: Authority) -> dict[str, str]:
    made = _made(contact, record, number, authority)
    return {column.name: _cell(column, record, number, made) for column in mapping.columns}


def _cell(column: Column, record: Record, number: int, made: dict[str, str]) -> str:
    if column.origin is None:
        return column.value or ""
    first, _, rest = column.origin.partition(".")
    if first == "contact":
        found: Any = made[rest]
    else:
        found = value_at(record, f"children.{number}.{rest}" if first == "child" else column.origin)
    text = _text(found)
    if column.codes:
        text = column.codes.get(text, column.otherwise)
    text = text or column.otherwise
    return text if column.longest is None or len(text) <= column.longest else f"{text[: column.longest - 1]}…"


def _made(contact: Contact, record: Record, number: int, authority: Authority) -> dict[str, str]:
    """The values that are worked out rather than read: what they rest on is in docs/authorities.md."""
    child = record.children[number] if number < len(record.children) else Person()
    local = contact.received_at.astimezone(LONDON)
    code = source_code(contact.record, authority, contact.message.sender)
    group = agency_group(contact.record, authority, contact.message.sender)
    boxes = record.narrative
    return {
        "row_id": f"{contact.reference}-{number + 1}",
        "reference": contact.reference,
        "received_at": local.isoformat(timespec="minutes"),
        "received_date": local.date().isoformat(),
        "source_code": code,
        "source_words": _INDIVIDUALS.get(code) or (group.name if group else ""),
        "record_id": _record_id(contact, number),
        "sex": "U" if child.unborn else _SEX.get(child.gender or "", "U"),
        "reason": "\n\n".join(text for text in (boxes.reason, boxes.worries, boxes.harm) if text),
        "decision": contact.routing.decision,
    }


def _record_id(contact: Contact, number: int) -> str:
    """The existing record of a child, only where the match is sure: a system must not be told of the wrong child."""
    for result in contact.matches:
        if result.id == f"children.{number}" and result.decision == "match" and result.candidates and result.candidates[0].probability >= _SURE:
            return result.candidates[0].record_id
    return ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "; ".join(str(one) for one in value)
    return str(value)


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would run gets an apostrophe before it, also after white space."""
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in {"\t", "\r"} else text
