"""One made-up contact that has everything: urgent, incomplete, three children, candidates, conflicts, letters and a file that could not be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models.contact import (
    ChecklistItem,
    ConsentFinding,
    Contact,
    ContactLink,
    ContactNarrative,
    Deadline,
    Event,
    Letter,
    LetterKind,
    Reason,
    Routing,
    Suggested,
)
from models.extraction import Gap, Source
from models.matching import FamilyLink, MatchResult
from models.record import Agency, Consent, History, Indicators, NarrativeBoxes, Person, Record, Referral, SafeguardingLead, Safety
from tests.factory import (
    FORM,
    RECEIVED,
    candidate,
    concern,
    contact,
    extraction,
    field,
    fields_of,
    known,
    narrative,
    person,
    record,
    signal,
    unreadable,
)

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
        "linked": (
            ContactLink(
                reference="LE-26-4T1B8C", relation="same_children", because="a child on the form is on an earlier contact too", doubtful=True
            ),
        ),
    }
    return contact(**(whole | given))
