"""Builders of made-up values for tests: each gives something whole, and what a test cares about is passed by name.

Everyone here is fictitious: telephone numbers of the drama ranges, NHS numbers that start with 999, addresses at example domains.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from models.contact import (
    Contact,
    ContactNarrative,
    Deadline,
    Event,
    MessageRef,
    Reason,
    Routing,
)
from models.extraction import Extraction, FieldValue, FormIdentity, Problem, Source
from models.matching import Candidate, Evidence, KnownPerson
from models.narrative import ConcernMention, Sentence, UrgencySignal
from models.record import Consent, NarrativeBoxes, Person, Record, Referral, Referrer

RECEIVED = datetime(2026, 11, 20, 15, 42, tzinfo=UTC)
FORM = "referral form.docx"


def person(**given: Any) -> Person:
    """A child, whole unless told otherwise."""
    whole: dict[str, Any] = {
        "given_names": "Orla",
        "family_name": "Tennick",
        "date_of_birth": "2019-03-04",
        "gender": "female",
        "address": "14 Sallow Court, Exampleton",
        "postcode": "ZZ9 9ZZ",
        "nhs_number": "9990000018",
        "school": "Pinfold Primary School",
        "first_language": "English",
    }
    return Person(**(whole | given))


def record(**given: Any) -> Record:
    """A referral of one child by a teacher, with the mother named."""
    whole: dict[str, Any] = {
        "referral": Referral(date="2026-11-20", type="child_in_need"),
        "referrer": Referrer(
            name="Hal Verity",
            role="Deputy head",
            agency="Pinfold Primary School",
            phone="020 7946 0123",
            email="h.verity@pinfold.example",
            kind="professional",
        ),
        "children": (person(),),
        "people": (
            person(given_names="Una", date_of_birth="1991-07", nhs_number=None, school=None, relationship_to_child="Mother", in_household=True),
        ),
        "consent": Consent(parents_aware=True, sought=True, status="given", given_by="Una Tennick"),
        "narrative": NarrativeBoxes(worries="Orla came to school without a coat on three days. She said there was no food at home."),
    }
    return Record(**(whole | given))


def field(path: str, value: Any, confidence: float = 0.97, **given: Any) -> FieldValue:
    """A value with its place."""
    source = given.pop("source", None) or Source(document=FORM, where="table 1, row 2, cell 2", text=given.get("raw") or str(value))
    return FieldValue(path=path, value=value, confidence=confidence, source=source, raw=given.pop("raw", None), **given)


def fields_of(whole: Record, confidence: float = 0.97) -> tuple[FieldValue, ...]:
    """A field for every value of a record, as extraction gives them."""
    found: list[FieldValue] = []
    for path, value in leaves(whole.model_dump(mode="json")):
        unsaid = value is False and path.rsplit(".", 1)[-1] in {"estimated", "unborn", "marked_urgent"}
        if value is not None and value != [] and not unsaid:
            found.append(field(path, value, confidence))
    return tuple(found)


def leaves(data: Any, path: str = "") -> list[tuple[str, Any]]:
    """Every leaf of a record with its path; a list of words is one leaf."""
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in leaves(value, f"{path}.{key}" if path else key)]
    if isinstance(data, list) and data and isinstance(data[0], dict):
        return [leaf for number, value in enumerate(data) for leaf in leaves(value, f"{path}.{number}")]
    return [(path, data)]


def narrative(text: str, marks: tuple[tuple[str, str], ...] = (), *, box: str = "worries", **given: Any) -> ContactNarrative:
    """A narrative of one box whose sentences are the given words with their factuality."""
    sentences = []
    at = 0
    for words, kind in marks:
        at = text.index(words, at)
        sentences.append(Sentence(start=at, end=at + len(words), text=words, factuality=kind, confidence=0.83, cues=("a cue",)))
        at += len(words)
    whole: dict[str, Any] = {"id": "narrative", "text": text, "parts": ((box, 0, len(text)),), "sentences": tuple(sentences)}
    return ContactNarrative(**(whole | given))


def concern(text: str, words: str, **given: Any) -> ConcernMention:
    """A mention of a concern by its words, wherever they first stand."""
    start = text.index(words)
    whole: dict[str, Any] = {
        "category": "neglect",
        "status": "affirmed",
        "who": "child",
        "start": start,
        "end": start + len(words),
        "text": words,
        "rule": "neglect.clothing",
        "says": "Clothing that does not keep a child warm",
    }
    return ConcernMention(**(whole | given))


def signal(text: str, words: str, **given: Any) -> UrgencySignal:
    """An urgent rule that matched."""
    start = text.index(words)
    whole: dict[str, Any] = {"rule": "harm.injury", "kind": "harm", "says": "An injury", "start": start, "end": start + len(words), "text": words}
    return UrgencySignal(**(whole | given))


def known(**given: Any) -> KnownPerson:
    """An existing record."""
    whole: dict[str, Any] = {
        "record_id": "P-1001",
        "given_names": "Orla",
        "family_name": "Tennick",
        "date_of_birth": "2019-04-03",
        "postcode": "ZZ9 9ZZ",
        "case_status": "closed",
        "flags": (),
    }
    return KnownPerson(**(whole | given))


def candidate(**given: Any) -> Candidate:
    """A candidate that agrees in name and differs in birth date."""
    whole: dict[str, Any] = {
        "record_id": "P-1001",
        "probability": 0.91,
        "evidence": (
            Evidence(field="name", comparison="the same name", weight=9.1),
            Evidence(field="date_of_birth", comparison="day and month are swapped", weight=2.4),
            Evidence(field="school", comparison="another school", weight=-1.2),
            Evidence(field="upn", comparison="not given on the form", weight=0.0),
        ),
        "person": known(),
    }
    return Candidate(**(whole | given))


def extraction(**given: Any) -> Extraction:
    """A form that was read."""
    whole: dict[str, Any] = {
        "path": FORM,
        "status": "read",
        "form": FormIdentity(type="MARF", definition="lewisham-marf", title="Multi-agency referral form", confidence=0.96),
    }
    return Extraction(**(whole | given))


def unreadable(name: str = "scan.pdf", **given: Any) -> Extraction:
    """A file that could not be read."""
    problem = Problem(code=given.pop("code", "encrypted"), detail="Ask the sender for a copy without a password.")
    return Extraction(path=name, status="unreadable", problem=problem, **given)


def message(**given: Any) -> MessageRef:
    """The mail that opened a contact."""
    whole: dict[str, Any] = {
        "id": "1",
        "sha256": "5f" * 32,
        "message_id": "<one@pinfold.example>",
        "subject": "Referral",
        "sender": "h.verity@pinfold.example",
        "received_at": RECEIVED,
        "files": (FORM,),
    }
    return MessageRef(**(whole | given))


def contact(**given: Any) -> Contact:
    """A contact that has everything of the plain kind and nothing special."""
    read: Record = given.get("record") or record()
    whole: dict[str, Any] = {
        "reference": "LE-26-7K3M9Q",
        "authority": "lewisham",
        "received_at": RECEIVED,
        "message": message(),
        "extractions": (extraction(record=read, fields=fields_of(read)),),
        "record": read,
        "fields": fields_of(read),
        "routing": Routing(decision="screen", reasons=(Reason(rule="LE-13", because="The referral has what a screener needs."),)),
        "deadlines": (Deadline(what="decide", due_at=RECEIVED + timedelta(days=3)),),
        "history": (Event(at=RECEIVED, by="pipeline", what="received and read"),),
    }
    return Contact(**(whole | given))
