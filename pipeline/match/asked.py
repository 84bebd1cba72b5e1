"""A query in the shape that is compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.matching import Query
from pipeline.match.dates import Born, baby_window, written_date
from pipeline.match.held import gender_letter
from pipeline.match.identifiers import nhs_digits, nhs_verified, upn_plain
from pipeline.match.names import WrittenName, written_name
from pipeline.match.places import house_and_street, postcode_core, postcode_within, school_name


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, read once."""

    id: str
    name: WrittenName
    born: Born
    as_of: date | None
    gender: str
    postcode: str
    house: str
    street: str
    nhs: str
    nhs_verified: bool
    upn: str
    school: str

    @property
    def unborn(self) -> bool:
        """Whether a baby not yet born, or not yet named, is asked for."""
        return self.name.placeholder is not None or self.born.kind == "due"


def asked(query: Query) -> Asked:
    """Reads a query as its referrer wrote it."""
    as_of = _as_of(query.as_of)
    house, street = house_and_street(query.address)
    nhs = nhs_digits(query.nhs_number)
    name = written_name(query.name, query.aliases)
    born = written_date(query.date_of_birth, as_of)
    if name.placeholder and born.kind == "none" and as_of:
        born = baby_window(as_of)
    return Asked(
        id=query.id,
        name=name,
        born=born,
        as_of=as_of,
        gender=gender_letter(query.gender),
        postcode=postcode_core(query.postcode) or postcode_within(query.address),
        house=house,
        street=street,
        nhs=nhs,
        nhs_verified=nhs_verified(nhs),
        upn=upn_plain(query.upn),
        school=school_name(query.school),
    )


def _as_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
