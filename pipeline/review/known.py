"""Who is named, and whether they are known: candidates with what agrees and what disagrees, and nothing chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.contact import Contact
from models.matching import Candidate, Evidence, FamilyLink, KnownPerson, MatchResult
from models.record import Person
from pipeline.review import dates, reading, words

COULD_BE = 0.3
"""Below this chance a record is folded away: still there, and one click from sight."""

_DECISIONS = {
    "match": "One record agrees well. A person must confirm it.",
    "review": "May be known. A person must compare.",
    "none": "No match found.",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a record says, with its label."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A record that may be the person: why, why not, and what the record says."""

    record_id: str
    name: str
    summary: tuple[str, ...]
    likelihood: str
    number: str
    agrees: tuple[str, ...]
    disagrees: tuple[str, ...]
    silent: tuple[str, ...]
    facts: tuple[Fact, ...]
    flags: tuple[str, ...]
    story: str | None
    restricted: bool
    likely: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody on the form, and the records they may be."""

    path: str
    heading: str
    name: str
    summary: tuple[str, ...]
    looked_up: bool
    decision: str
    searched: str
    notes: tuple[str, ...]
    candidates: tuple[CandidateView, ...]
    links: tuple[LinkView, ...]
    to_compare: bool = False

    @property
    def shown(self) -> tuple[CandidateView, ...]:
        """The records to compare: those that could be the person, those that show something at once, and the best one where a person must compare."""
        plain = tuple(one for one in self.candidates if one.likely or one.flags)
        return plain or (self.candidates[:1] if self.to_compare else ())

    @property
    def folded(self) -> tuple[CandidateView, ...]:
        """The rest, one click away."""
        return tuple(one for one in self.candidates if one not in self.shown)

    @property
    def anchor(self) -> str:
        """The id of this person's part of the page."""
        return "who-" + self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class LinkView:
    """A record that hangs on a candidate."""

    record_id: str
    name: str
    why: str
    through: str
    facts: tuple[Fact, ...]
    flags: tuple[str, ...]


def people(contact: Contact, group: str) -> tuple[PersonView, ...]:
    """The children, or the other people, of a contact."""
    results = {result.id: result for result in contact.matches}
    noun = "Child" if group == "children" else "Person"
    named: tuple[Person, ...] = getattr(contact.record, group)
    return tuple(
        _person(contact, person, f"{group}.{number}", f"{noun} {number + 1}", results.get(f"{group}.{number}")) for number, person in enumerate(named)
    )


def strays(contact: Contact) -> tuple[PersonView, ...]:
    """Match results that belong to nobody on the record: shown all the same, so that none is lost."""
    listed = {f"{group}.{n}" for group in ("children", "people") for n, _ in enumerate(getattr(contact.record, group))}
    return tuple(_person(contact, Person(), result.id, "Looked up", result) for result in contact.matches if result.id not in listed)


def stray_links(contact: Contact) -> tuple[LinkView, ...]:
    """Linked records whose candidate is not on the page by path or by record id."""
    placed = {link.record_id for view in (*people(contact, "children"), *people(contact, "people"), *strays(contact)) for link in view.links}
    return tuple(_link(link) for link in contact.family if link.record_id not in placed)


def _person(contact: Contact, person: Person, path: str, heading: str, result: MatchResult | None) -> PersonView:
    candidates = result.candidates if result else ()
    through = {path, *(candidate.record_id for candidate in candidates)}
    return PersonView(
        path=path,
        heading=heading,
        name=reading.name_of(person),
        summary=_summary(person, contact),
        looked_up=result is not None,
        decision=_DECISIONS[result.decision] if result else "Not looked up: too little was read to search with.",
        searched=", ".join(words.SEARCHED.get(term) or words.plain(term).lower() for term in result.searched) if result else "",
        notes=result.notes if result else (),
        candidates=tuple(_candidate(candidate) for candidate in candidates),
        links=tuple(_link(link) for link in contact.family if link.through in through),
        to_compare=result is not None and result.decision != "none",
    )


def _summary(person: Person, contact: Contact) -> tuple[str, ...]:
    told = [
        person.relationship_to_child,
        reading.born(person, contact.received_at),
        words.CODES.get(person.gender) if person.gender else None,
        f"also known as {', '.join(person.aliases)}" if person.aliases else None,
        person.address,
        person.postcode if person.postcode and person.postcode not in (person.address or "") else None,
        person.school,
        {True: "lives in the household", False: "does not live in the household", None: None}[person.in_household],
        {True: "has parental responsibility", False: "has no parental responsibility", None: None}[person.parental_responsibility],
    ]
    return tuple(part for part in told if part)


def _candidate(candidate: Candidate) -> CandidateView:
    shown = None if candidate.restricted else candidate.person
    return CandidateView(
        record_id=candidate.record_id,
        name=_name(shown),
        summary=_standing(shown),
        likelihood=_likelihood(candidate.probability),
        number=f"{candidate.probability:.3f}",
        agrees=_told(evidence for evidence in candidate.evidence if evidence.weight > 0),
        disagrees=_told(evidence for evidence in candidate.evidence if evidence.weight < 0),
        silent=_told(evidence for evidence in candidate.evidence if evidence.weight == 0),
        facts=_facts(shown),
        flags=shown.flags if shown else (),
        story=candidate.story,
        restricted=candidate.restricted,
        likely=candidate.probability >= COULD_BE,
    )


def _told(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    found = sorted(evidence, key=lambda one: -abs(one.weight))
    return tuple(f"{words.PERSON.get(one.field) or words.plain(one.field)}: {one.comparison}" for one in found)


def _likelihood(probability: float) -> str:
    for floor, told in ((0.95, "Very likely the same person"), (0.7, "Likely the same person"), (COULD_BE, "Could be the same person")):
        if probability >= floor:
            return told
    return "Unlikely to be the same person"


def _name(person: KnownPerson | None) -> str:
    if person is None:
        return ""
    return " ".join(part for part in (person.given_names, person.family_name) if part)


def _standing(person: KnownPerson | None) -> tuple[str, ...]:
    """What a screener wants to know of a record at once: birth date, case and worker."""
    if person is None:
        return ()
    told = (
        f"born {dates.day(person.date_of_birth)}" if person.date_of_birth else None,
        _case(person),
        f"allocated to {person.allocated_worker}" if person.allocated_worker else None,
    )
    return tuple(part for part in told if part)


def _case(person: KnownPerson) -> str:
    return words.CASES[person.case_status] + (f" (closed {dates.day(person.closed_on.isoformat())})" if person.closed_on else "")


def _facts(person: KnownPerson | None) -> tuple[Fact, ...]:
    if person is None:
        return ()
    told = (
        ("Also known as", ", ".join(person.aliases)),
        ("Born", dates.day(person.date_of_birth) if person.date_of_birth else None),
        ("Gender", person.gender),
        ("Address", ", ".join(part for part in (person.address, person.postcode) if part)),
        ("Earlier postcodes", ", ".join(person.previous_postcodes)),
        ("School", person.school),
        ("NHS number", person.nhs_number),
        ("UPN", person.upn),
        ("Household", person.household_id),
        ("Relationships", person.relationships),
        ("Case", _case(person)),
        ("Allocated worker", person.allocated_worker),
    )
    return tuple(Fact(label, value) for label, value in told if value)


def _link(link: FamilyLink) -> LinkView:
    return LinkView(link.record_id, _name(link.person), link.why, link.through, _facts(link.person), link.person.flags if link.person else ())
