"""Builders of made-up values for tests: each gives something whole, and what a test cares about is passed by name.

Everyone here is fictitious: telephone numbers of the drama ranges, NHS numbers that start with 999, addresses at example domains.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from models.contact import (
    ChecklistItem,
    ConsentFinding,
    Contact,
    ContactNarrative,
    Deadline,
    Event,
    Letter,
    LetterKind,
    MessageRef,
    Reason,
    Routing,
    Suggested,
)
from models.extraction import Extraction, FieldValue, FormIdentity, Gap, Problem, Source
from models.matching import Candidate, Evidence, FamilyLink, KnownPerson, MatchResult
from models.narrative import ConcernMention, Sentence, UrgencySignal
from models.record import Agency, Consent, History, Indicators, NarrativeBoxes, Person, Record, Referral, Referrer, SafeguardingLead, Safety

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


RICH_TEXT = (
    "On Thursday I saw a bruise the size of a coin on Orla's left cheek. Orla told me that her mother's partner hit her with a shoe. "
    "I believe Una is frightened of him.\n\nUna says that she has not used drugs since 2024. The family may be evicted in January."
)


def rich_narrative() -> ContactNarrative:
    """Every kind of sentence, and concerns of several kinds and standings."""
    text = RICH_TEXT
    plain = narrative(
        text,
        (
            ("On Thursday I saw a bruise the size of a coin on Orla's left cheek.", "fact"),
            ("Orla told me that her mother's partner hit her with a shoe.", "reported"),
            ("I believe Una is frightened of him.", "opinion"),
            ("Una says that she has not used drugs since 2024.", "reported"),
            ("The family may be evicted in January.", "opinion"),
        ),
        urgent=(signal(text, "hit her with a shoe", says="A child said that somebody hurt them", rule="harm.disclosure"),),
        raised={"physical_abuse": 0.93, "domestic_abuse": 0.66, "housing": 0.7},
    )
    mentions = {
        0: (concern(text, "bruise", category="physical_abuse", rule="physical.bruise", says="A mark on a child"),),
        1: (concern(text, "hit her", category="physical_abuse", rule="physical.hit", says="A child was hit"),),
        2: (
            concern(text, "frightened of him", category="domestic_abuse", status="possible", who="mother", rule="da.fear", says="Fear of a partner"),
        ),
        3: (
            concern(
                text,
                "used drugs",
                category="substance_misuse",
                status="negated",
                who="mother",
                rule="drugs.use",
                says="Use of drugs",
                cues=("has not",),
            ),
        ),
        4: (concern(text, "evicted", category="housing", status="possible", who="unknown", rule="housing.eviction", says="Loss of the home"),),
    }
    sentences = tuple(one.model_copy(update={"concerns": mentions[number]}) for number, one in enumerate(plain.sentences))
    return plain.model_copy(update={"sentences": sentences})


def rich_record() -> Record:
    """Three children, one of them unborn, and two adults."""
    return record(
        referral=Referral(date="2026-11-20", type="child_protection", marked_urgent=True),
        safeguarding_lead=SafeguardingLead(discussed=True, name="Ines Okoro", contact="020 7946 0124"),
        children=(
            person(aliases=("Orla Penhale", "Orlie"), ethnicity="White British", ethnicity_code="WBRI", interpreter=False),
            person(given_names="Fintan", date_of_birth=None, age=6, estimated=True, gender="male", nhs_number=None, school="Pinfold Primary School"),
            Person(unborn=True, expected_delivery_date="2027-02-12", address="14 Sallow Court, Exampleton"),
        ),
        people=(
            person(
                given_names="Una",
                date_of_birth="1991-07",
                nhs_number=None,
                school=None,
                relationship_to_child="Mother",
                in_household=True,
                parental_responsibility=True,
            ),
            Person(given_names="Craig", family_name="Dunmore", gender="male", relationship_to_child="Mother's partner", in_household=False),
        ),
        agencies=(Agency(name="Dr A. Sorrel", role="GP", agency="Fernbank Surgery", phone="020 7946 0199"),),
        consent=Consent(parents_aware=False, sought=False, status="not_sought", reason="Telling the mother's partner could put Orla at risk."),
        narrative=NarrativeBoxes(worries=RICH_TEXT, child_views="Orla wants to stay with her nan."),
        safety=Safety(scale=3, immediate_protection=True, current_location="At school until 15:30", alleged_perpetrator="Mother's partner"),
        history=History(previous_involvement="Early help in 2023", child_protection_plan=False),
        indicators=Indicators(domestic_abuse=True),
    )


def rich_contact(**given: Any) -> Contact:
    """An urgent, incomplete referral of three children with candidates, conflicts, letters and a file that could not be read."""
    read = rich_record()
    fields = [one for one in fields_of(read) if one.path not in {"children.0.nhs_number", "people.1.given_names"}]
    fields += [
        field(
            "children.0.nhs_number",
            "9990000018",
            0.71,
            raw="999 000 00I8",
            source=Source(document=FORM, page=1, box=(72.4, 201.0, 188.2, 214.9), text="999 000 00I8"),
        ),
        field("people.1.given_names", "Craig", 0.88),
        field("children.1.date_of_birth", None, 0.9, raw="not known"),
    ]
    whole: dict[str, Any] = {
        "record": read,
        "fields": tuple(fields),
        "extractions": (extraction(record=read, fields=tuple(fields)), unreadable("Fernbank letter.pdf")),
        "gaps": (
            Gap(
                field="children.1.date_of_birth",
                kind="missing",
                message="Date of birth: not stated.",
                question="What is Fintan's date of birth?",
                why="It tells him from others of the same name",
                number=1,
                rule="OX-2",
                needed=True,
            ),
            Gap(
                field="children.*.gp",
                kind="missing",
                message="GP: not stated.",
                question="Which GP is each child registered with?",
                why="Health is asked at once when the surgery is known",
                number=2,
            ),
            Gap(field="children.0.nhs_number", kind="invalid", message="The check digit of the NHS number does not fit. Please check the number."),
            Gap(field="children.0.address", kind="conflict", message="Page 1 says 14 Sallow Court, page 3 says 41 Sallow Court."),
        ),
        "narrative": rich_narrative(),
        "matches": (
            MatchResult(
                id="children.0",
                decision="review",
                searched=("name", "date_of_birth", "postcode"),
                notes=("Two records share this name and postcode.",),
                candidates=(
                    candidate(person=known(flags=("child protection plan",), case_status="open", allocated_worker="Team 4")),
                    candidate(
                        record_id="P-1002",
                        probability=0.41,
                        story="sister",
                        person=known(record_id="P-1002", given_names="Orna", date_of_birth="2021-01-15"),
                    ),
                    candidate(
                        record_id="P-1003",
                        probability=0.22,
                        restricted=True,
                        person=known(record_id="P-1003", given_names="Kept", family_name="Back"),
                    ),
                ),
            ),
            MatchResult(id="children.1", decision="none", searched=("name", "postcode")),
            MatchResult(
                id="people.0", decision="match", searched=("name",), candidates=(candidate(record_id="P-2001", probability=0.97, person=None),)
            ),
        ),
        "family": (
            FamilyLink(
                record_id="P-3001",
                through="people.0",
                why="Another child of Una Tennick, open case",
                person=known(record_id="P-3001", given_names="Tadgh", case_status="open"),
            ),
        ),
        "routing": Routing(
            decision="screen_urgently",
            returned=True,
            suggested=Suggested(rag="red", pathway="Section 47 child protection enquiry", stream="s47"),
            reasons=(
                Reason(rule="LE-11", because="A child said that somebody hurt them."),
                Reason(rule="OX-6", because="Something is missing, and it does not hold the referral back."),
            ),
            urgent=(signal(RICH_TEXT, "hit her with a shoe", says="A child said that somebody hurt them", rule="harm.disclosure"),),
            consent=ConsentFinding(
                state="not_sought",
                ground="greater risk of significant harm",
                words="Telling the mother's partner could put Orla at risk.",
                outstanding=("A manager's authorisation to share without consent, with reasons",),
            ),
            checklist=(
                ChecklistItem(item="Where does the child live?", answer="14 Sallow Court, Exampleton"),
                ChecklistItem(item="What urgent action is needed?"),
            ),
            pass_to="Team 4",
        ),
        "deadlines": (
            Deadline(what="acknowledge", due_at=RECEIVED + timedelta(days=3), met_at=RECEIVED + timedelta(minutes=2)),
            Deadline(what="decide", due_at=RECEIVED + timedelta(days=3)),
            Deadline(what="outcome", due_at=RECEIVED + timedelta(days=5)),
        ),
        "correspondence": (
            Letter(
                kind=LetterKind.INCOMPLETE,
                message_id="<le-26-7k3m9q.1@mash.example>",
                recipient="h.verity@pinfold.example",
                subject="Your referral LE-26-7K3M9Q: questions",
                state="sent",
                at=RECEIVED,
                sent_at=RECEIVED + timedelta(minutes=2),
            ),
        ),
        "history": (
            Event(at=RECEIVED, by="pipeline", what="received and read"),
            Event(at=RECEIVED + timedelta(minutes=2), by="pipeline", what="letter sent"),
        ),
        "linked": ("LE-26-4T1B8C",),
    }
    return contact(**(whole | given))
