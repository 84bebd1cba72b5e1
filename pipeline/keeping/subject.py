"""What is held about one person, gathered for somebody to review before it is given out. Everyone else in it is named as a third party."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.alike import same_person
from models.contact import Contact
from models.matching import KnownPerson
from models.record import Person
from pipeline.errors import BytesLost, WrongSetup
from pipeline.keeping.held import Held
from pipeline.store import audit, contacts, holding, outbox, people

README = """What is held about one person, gathered {at:%d %B %Y} by {who}.

THIS MUST BE REVIEWED BEFORE ANYTHING OF IT IS GIVEN OUT. It holds words about other people, and may hold what would put somebody at risk, or what
a law keeps back. `third-parties.csv` names everyone else who was read out of each contact; people whom only the narrative mentions are not in it.

summary.json          who was looked for, how each thing was found, and what could not be had
records.json          existing records, as they were imported
contacts/REFERENCE/   contact.json: everything read, decided and done; mails/: each mail as it came; letters/: each letter as it was written;
                      audit.csv: who opened or changed it; work.json: what screeners did, and what they were typing
third-parties.csv     everyone else, by contact and place in contact.json

People are found by name in any order and by birth date; another spelling, or a name that stands in a narrative alone, is not. Search those by hand.
The copy of a mail that stays in the mailbox, the case system, and paper are not part of this.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Files by their path in the folder, and the contacts they come from."""

    files: dict[str, bytes]
    references: tuple[str, ...]
    records: int


def gather(held: Held, asked: str, born: str | None, who: str, now: datetime) -> Found:
    """All that is held about a person: `asked` is a contact's reference, a record's id, or a name (with `born` where known).

    Raises WrongSetup when `born` is no date as ours are written: compared with them it would match nobody, and nothing found would look like nothing held.
    """
    if born is not None and not _is_date(born):
        raise WrongSetup("a birth date is given as 2016-02-29, 2016-02 or 2016")
    wanted = _wanted(held, asked, born)
    files: dict[str, bytes] = {}
    summary: dict[str, object] = {
        "looked_for": [one.model_dump(exclude_none=True, exclude_defaults=True) for one in wanted],
        "contacts": {},
        "missing": [],
    }
    others: list[tuple[str, str, str, str]] = []
    references = []
    for contact in _contacts(held, asked, wanted):
        references.append(contact.reference)
        places = [place for place, person in people_of(contact) if any(same_person(person, one) for one in wanted)]
        _told(summary, "contacts")[contact.reference] = places or ["by its reference"]
        others += [
            (contact.reference, place, person.name, person.relationship_to_child or "") for place, person in people_of(contact) if place not in places
        ]
        if contact.record.referrer.name:
            others.append((contact.reference, "referrer", contact.record.referrer.name, contact.record.referrer.role or "referrer"))
        files |= _of_contact(held, contact, summary)
    records = [one for one in _records(held) if one.record_id == asked or any(same_person(_as_person(one), other) for other in wanted)]
    files["records.json"] = json.dumps([json.loads(one.model_dump_json(exclude_none=True)) for one in records], indent=1, ensure_ascii=False).encode()
    files["third-parties.csv"] = _table(("contact", "place", "name", "who they are"), others)
    files["summary.json"] = json.dumps(summary, indent=1, ensure_ascii=False).encode()
    files["README.txt"] = README.format(at=now, who=who).encode()
    with held.store.session() as session:
        for reference in references:
            audit.append(session, who, "gathered for a subject access request", reference, now)
        if not references:
            audit.append(session, who, f"subject access request: no contact, {len(records)} records", None, now)
    return Found(files, tuple(references), len(records))


def _is_date(text: str) -> bool:
    """Whether a text is an ISO date, whole, or to the month or the year."""
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) is not None


def people_of(contact: Contact) -> Iterator[tuple[str, Person]]:
    """Everyone read out of a contact, by their place in its record."""
    for number, person in enumerate(contact.record.children):
        yield f"children.{number}", person
    for number, person in enumerate(contact.record.people):
        yield f"people.{number}", person


def _wanted(held: Held, asked: str, born: str | None) -> tuple[Person, ...]:
    """The people looked for: of a contact its children, of a record its person, else the name as typed."""
    with held.store.reading() as session:
        if (saved := contacts.get(session, asked)) is not None:
            return saved.contact.record.children
        if (record := people.get(session, asked)) is not None:
            return (_as_person(record),)
    given, _, family = asked.strip().rpartition(" ")
    return (Person(given_names=given or None, family_name=family, date_of_birth=born),)


def _contacts(held: Held, asked: str, wanted: tuple[Person, ...]) -> Iterator[Contact]:
    with held.store.reading() as session:
        known = contacts.get(session, asked)
        first = known.contact.reference if known else None
        for saved in contacts.newest(session):
            contact = saved.contact.model_copy(update={"correspondence": outbox.correspondence(session, saved.contact.reference)})
            if contact.reference == first or any(same_person(person, one) for _, person in people_of(contact) for one in wanted):
                yield contact


def _records(held: Held) -> Iterator[KnownPerson]:
    with held.store.reading() as session:
        yield from people.all_people(session)


def _as_person(record: KnownPerson) -> Person:
    return Person(given_names=record.given_names, family_name=record.family_name, date_of_birth=record.date_of_birth)


def _of_contact(held: Held, contact: Contact, summary: dict[str, object]) -> dict[str, bytes]:
    """A contact's own files, its mails and its letters."""
    home = f"contacts/{contact.reference}"
    files = {f"{home}/contact.json": contact.model_dump_json(indent=1).encode()}
    for number, sha256 in enumerate(dict.fromkeys(message.sha256 for message in (contact.message, *contact.messages) if message.sha256), 1):
        try:
            files[f"{home}/mails/{number}.eml"] = held.blobs.get(sha256)
        except BytesLost:
            missing = summary["missing"]
            if isinstance(missing, list):
                missing.append(f"{contact.reference}: mail {number} is no longer kept")
    with held.store.reading() as session:
        for row in outbox.letters_of(session, contact.reference):
            letter = outbox.letter(row)
            head = f"To: {letter.recipient}\nSubject: {letter.subject}\nState: {row.state}\nWritten: {row.created_at:%Y-%m-%d %H:%M} UTC\n\n"
            files[f"{home}/letters/{row.id}-{row.kind}.txt"] = (head + letter.text).encode()
            for file in letter.files:
                files[f"{home}/letters/{row.id}-{row.kind}{_ending(file.filename)}"] = file.content
        files[f"{home}/work.json"] = json.dumps(holding.work_on(session, contact.reference), indent=1, ensure_ascii=False, default=str).encode()
        trail = [(f"{row.at:%Y-%m-%d %H:%M:%S}", row.who, row.what) for row in audit.rows(session, contact.reference)]
        if holding.is_held(session, contact.reference):
            trail.append(("", "", "under a legal hold"))
    files[f"{home}/audit.csv"] = _table(("at", "who", "what"), trail)
    return files


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2]
    return f".{ending}" if ending.isalnum() and len(ending) <= 5 else ".bin"


def _told(summary: dict[str, object], name: str) -> dict[str, object]:
    told = summary[name]
    return told if isinstance(told, dict) else {}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
