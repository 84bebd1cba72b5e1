"""Which kind of agency refers: for the line to ring, and for the referral source code."""

from __future__ import annotations

import re

from models.authority import AgencyGroup, Authority
from models.hub import Line
from models.record import Record
from pipeline.route.replying import on_domains

_INDIVIDUAL = (
    ("1C", re.compile(r"\b(self|myself|i am the child|young person (her|him|them)sel)", re.IGNORECASE)),
    (
        "1A",
        re.compile(
            r"\b(step|grand|god)?-?(mother|father|mum|dad|parent|carer|nan|gran\w*|brother|sister|aunt\w*|uncle|cousin|relative|family)\b",
            re.IGNORECASE,
        ),
    ),
    ("1B", re.compile(r"\b(neighbou?r|friend|child ?minder|acquaintance|babysitter)\b", re.IGNORECASE)),
)


def agency_group(record: Record, authority: Authority, sender: str | None = None) -> AgencyGroup | None:
    """The group whose words the agency, then the role, use; failing those, the one whose mail domain the sender has."""
    if record.referrer.kind in {"public", "anonymous"}:
        return None
    for said in (record.referrer.role, record.referrer.agency):
        words = (said or "").casefold()
        for group in authority.agencies:
            if any(re.search(pattern, words) for pattern in group.words):
                return group
    for address in (sender, record.referrer.email):
        for group in authority.agencies:
            if address and group.domains and on_domains(address, group.domains):
                return group
    return None


def line_for(record: Record, authority: Authority, sender: str | None = None) -> Line:
    """The number this referrer is told to ring."""
    group = agency_group(record, authority, sender)
    special = next((line for line in authority.lines if group is not None and group.id in line.agencies), None)
    return special or next(line for line in authority.lines if not line.agencies)


def source_code(record: Record, authority: Authority, sender: str | None = None) -> str:
    """The referral source code of the children in need census; 10 (unknown) rather than a guess."""
    referrer = record.referrer
    if referrer.kind == "anonymous":
        return "9"
    if referrer.kind == "public":
        said = " ".join(part for part in (referrer.relationship_to_child, referrer.role) if part)
        return next((code for code, words in _INDIVIDUAL if words.search(said)), "1D")
    group = agency_group(record, authority, sender)
    return group.source_code if group else "10"
