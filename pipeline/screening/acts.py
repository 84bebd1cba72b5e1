"""What each act makes of a contact: pure functions from a contact to a contact, and to the act as data. Nothing here is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import JsonValue

from models.authority import Authority
from models.contact import Contact
from models.extraction import FieldValue, Gap, Source
from models.matching import queries_from
from models.narrative import Category, ConcernStatus, Factuality, Sentence, Who
from models.paths import is_path, value_at, with_value
from models.screening import ActKind, Asked, ConcernMark, Dropped, LabelMark, Says, Screening, Settled, Signed, Verdict
from pipeline.errors import IntakeError
from pipeline.route.answer_values import NotPlain, typed

DOUBTS = ("unclear", "invalid", "conflict")
TYPED = "typed by a screener"


class Refused(IntakeError):
    """An act that cannot be done as asked: the message says why, in words for the screener, and holds nothing of the referral."""


@dataclass(frozen=True, slots=True)
class Act:
    """A contact after an act, and the act as data. `event` is the line of its history; `again` whether it must be worked out again.

    `audited` is what the audit trail keeps instead of the event, where that says something of the people: the trail outlives erasure.
    """

    contact: Contact
    kind: ActKind
    event: str
    path: str | None = None
    before: JsonValue = None
    after: JsonValue = None
    how: str | None = None
    confidence: float | None = None
    source: Source | None = None
    detail: JsonValue = None
    again: bool = True
    state: str | None = None
    audited: str | None = None


def correct(contact: Contact, by: Signed, path: str, words: str, today: date, picked: Source | None = None) -> Act:
    """A value as a person typed it, or picked it from what else was read. Empty words say that the form does not state it.

    Raises Refused when the words are no value for that place.
    """
    if not is_path(path) or "*" in path or "." not in path:
        raise Refused("There is no such field on a referral.")
    value, doubt = _value(path, words, today)
    try:
        record = with_value(contact.record, path, value)
    except ValueError:
        raise Refused("That does not fit this field. Please look at how it is written.") from None
    old = _field(contact, path)
    source = picked or Source(document=TYPED, text=words or None)
    fields = [one for one in contact.fields if one.path != path]
    if value is not None:
        fields.append(FieldValue(path=path, value=value, raw=words, confidence=1.0, source=source))
    gaps = [gap for gap in contact.gaps if gap.field != path or gap.kind == "missing"]
    if doubt:
        gaps.append(Gap(field=path, kind="invalid", message=doubt))
    work = _settled(contact.screening, path, "corrected", by)
    changed = contact.model_copy(update={"record": record, "fields": tuple(fields), "gaps": tuple(gaps), "screening": work})
    return Act(
        changed,
        "value",
        f"value corrected: {path}",
        path=path,
        before=_plain(value_at(contact.record, path)),
        after=_plain(value),
        how="picked" if picked else "typed",
        confidence=old.confidence if old else None,
        source=old.source if old else None,
        detail={"raw": old.raw if old else None},
    )


def _value(path: str, words: str, today: date) -> tuple[Any, str | None]:
    said = words.strip()
    if not said:
        empty: Any = () if path.endswith(".aliases") else False if path.rsplit(".", 1)[-1] in {"estimated", "unborn", "marked_urgent"} else None
        return empty, None
    try:
        found = typed(path, said, today)
    except NotPlain:
        raise Refused(f"That was not understood as {_shape(path)}. Nothing was changed.") from None
    return found.value, found.doubt


def _shape(path: str) -> str:
    """What a field wants, in words."""
    name = path.rsplit(".", 1)[-1]
    shapes = {
        "date": "a date. Write it like 4 March 2019 or 4/3/2019",
        "date_of_birth": "a date of birth. Write it like 4 March 2019, 4/3/2019, March 2019 or 2019",
        "expected_delivery_date": "an expected delivery date. Write it like 12 February 2027",
        "nhs_number": "an NHS number. It has ten digits",
        "upn": "a unique pupil number. It has a letter and twelve figures",
        "postcode": "a postcode",
        "phone": "a telephone number",
        "email": "an email address",
        "gender": "a gender. Write female, male, other or unknown",
        "age": "an age in years",
        "scale": "a number of the safety scale",
        "status": "consent. Write given, given in part, refused or not asked for",
        "type": "a kind of referral. Write child protection, child in need or early help",
    }
    return shapes.get(name, "an answer to this field. Where it is a yes or no, write Yes or No")


def confirm(contact: Contact, by: Signed, path: str) -> Act:
    """A value stands as it was read: a person looked."""
    field = _field(contact, path)
    value = value_at(contact.record, path)
    if value is None or value == ():
        raise Refused("There is no value here to confirm.")
    gaps = tuple(gap for gap in contact.gaps if gap.field != path or gap.kind not in DOUBTS)
    changed = contact.model_copy(update={"gaps": gaps, "screening": _settled(contact.screening, path, "confirmed", by)})
    return Act(
        changed,
        "confirm",
        f"value confirmed as read: {path}",
        path=path,
        before=_plain(value),
        after=_plain(value),
        confidence=field.confidence if field else None,
        source=field.source if field else None,
        again=gaps != contact.gaps,
    )


def relabel(contact: Contact, by: Signed, number: int, factuality: Factuality) -> Act:
    """A sentence's label, as a person sees it. `number` counts sentences from 1."""
    sentence, nth = _sentence(contact, number)
    mark = LabelMark(by=by.by, at=by.at, sentence=sentence.text, nth=nth, factuality=factuality)
    others = tuple(one for one in contact.screening.labels if (one.sentence, one.nth) != (mark.sentence, mark.nth))
    work = contact.screening.model_copy(update={"labels": (*others, mark)})
    return Act(
        contact.model_copy(update={"screening": work}),
        "label",
        f"sentence {number} labelled {factuality}",
        path=f"sentence.{number}",
        before=sentence.factuality,
        after=factuality,
        confidence=sentence.confidence,
        detail={"sentence": sentence.text, "cues": list(sentence.cues)},
    )


def concern(
    contact: Contact,
    by: Signed,
    number: int,
    category: Category,
    words: str,
    *,
    added: bool,
    status: ConcernStatus = "affirmed",
    who: Who = "unknown",
) -> Act:
    """A concern put into a sentence, by words of it, or taken out."""
    sentence, nth = _sentence(contact, number)
    said = words.strip() or sentence.text
    if said not in sentence.text:
        raise Refused("Choose words as they stand in the sentence.")
    mark = ConcernMark(by=by.by, at=by.at, sentence=sentence.text, nth=nth, category=category, words=said, added=added, status=status, who=who)
    same = (mark.sentence, mark.nth, category, said)
    others = tuple(one for one in contact.screening.concerns if (one.sentence, one.nth, one.category, one.words) != same)
    work = contact.screening.model_copy(update={"concerns": (*others, mark)})
    before: JsonValue = [one.model_dump(mode="json") for one in sentence.concerns if one.category == category]
    what = "put in" if added else "taken out"
    return Act(
        contact.model_copy(update={"screening": work}),
        "concern",
        f"concern {what}: {category}, sentence {number}",
        path=f"sentence.{number}",
        before=before,
        after={"category": category, "words": said, "added": added, "status": status, "who": who},
        detail={"sentence": sentence.text},
        audited=f"concern {what}, sentence {number}",
    )


def judge(contact: Contact, by: Signed, person: str, record_id: str, says: Says) -> Act:
    """What a person says of a candidate: the same, not the same, or not sure."""
    result = next((one for one in contact.matches if one.id == person), None)
    if result is None or all(one.record_id != record_id for one in result.candidates):
        raise Refused("This record is no longer among the candidates. The list was worked out anew: please look at it again.")
    verdict = Verdict(by=by.by, at=by.at, person=person, record_id=record_id, says=says)
    kept = [one for one in contact.screening.verdicts if (one.person, one.record_id) != (person, record_id)]
    if says == "same":  # one person is one record: another confirmed before goes back to being a question
        kept = [one for one in kept if one.person != person or one.says != "same"]
    before = contact.screening.verdict(person, record_id)
    candidate = next(one for one in result.candidates if one.record_id == record_id)
    as_of = contact.record.referral.date or contact.received_at.date().isoformat()
    query = next((one for one in queries_from(contact.record, as_of) if one.id == person), None)
    work = contact.screening.model_copy(update={"verdicts": (*kept, verdict)})
    return Act(
        contact.model_copy(update={"screening": work}),
        "match",
        f"match {says.replace('_', ' ')}: {person}, record {record_id}",
        path=person,
        before=before.says if before else None,
        after=says,
        confidence=candidate.probability,
        detail={
            "query": query.model_dump(mode="json", exclude_none=True) if query else None,
            "record_id": record_id,
            "shown": [one.record_id for one in result.candidates],
        },
        audited=f"match settled: {person}",
    )


def drop_question(contact: Contact, by: Signed, field: str, because: str) -> Act:
    """A question that need not be asked, and why: it is taken out of the letter and does not come back."""
    gap = next((one for one in contact.gaps if one.field == field), None)
    if gap is None:
        raise Refused("This question is no longer open.")
    if not because.strip():
        raise Refused("Say why the question is not needed: the next person will want to know.")
    work = contact.screening
    changed = work.model_copy(
        update={
            "dropped": (*work.dropped, Dropped(by=by.by, at=by.at, field=field, because=because.strip())),
            "asked": tuple(one for one in work.asked if one.field != field),
        }
    )
    gaps = tuple(one for one in contact.gaps if one.field != field)
    return Act(
        contact.model_copy(update={"screening": changed, "gaps": gaps}),
        "question",
        f"question dropped: {field}",
        path=field,
        before=gap.question,
        after=None,
        how=because.strip(),
    )


def add_question(contact: Contact, by: Signed, field: str, question: str) -> Act:
    """One more question for the referrer, about a field of the referral."""
    words = " ".join(question.split())
    if not words:
        raise Refused("Write the question that the referrer is to be asked.")
    if not is_path(field) or "*" in field:
        raise Refused("Choose what the question is about.")
    before = next((one for one in contact.gaps if one.field == field and one.question), None)
    work = contact.screening
    earlier = next((one.question for one in work.asked if one.field == field), None)
    if earlier and words not in earlier:
        words = f"{earlier} {words}"
    changed = work.model_copy(
        update={
            "asked": (*(one for one in work.asked if one.field != field), Asked(by=by.by, at=by.at, field=field, question=words)),
            "dropped": tuple(one for one in work.dropped if one.field != field),
        }
    )
    gap = Gap(
        field=field,
        kind="unclear",
        message="A screener asks this.",
        question=words,
        why="The screener needs it to decide",
        number=before.number if before else None,
        needed=True,
    )
    gaps = (*(one for one in contact.gaps if one.field != field), gap)
    return Act(
        contact.model_copy(update={"screening": changed, "gaps": gaps}),
        "question",
        f"question added: {field}",
        path=field,
        before=before.question if before else None,
        after=words,
    )


def _settled(work: Screening, path: str, how: Any, by: Signed) -> Screening:
    kept = tuple(one for one in work.settled if one.path != path)
    return work.model_copy(update={"settled": (*kept, Settled(by=by.by, at=by.at, path=path, how=how))})


def _field(contact: Contact, path: str) -> FieldValue | None:
    """The value that stands: the last of its path."""
    return next((one for one in reversed(contact.fields) if one.path == path), None)


def _sentence(contact: Contact, number: int) -> tuple[Sentence, int]:
    sentences: Sequence[Sentence] = contact.narrative.sentences if contact.narrative else ()
    if not 1 <= number <= len(sentences):
        raise Refused("This sentence is no longer there. The narrative was read anew: please look at it again.")
    sentence = sentences[number - 1]
    return sentence, sum(one.text == sentence.text for one in sentences[: number - 1])


def _plain(value: Any) -> JsonValue:
    return list(value) if isinstance(value, tuple) else value


def named_pathway(authority: Authority, name: str) -> str:
    """A pathway of the authority's, as it names it. Raises Refused for any other."""
    found = next((one.name for one in authority.pathways if name in {one.name, one.kind}), None)
    if found is None:
        raise Refused("Choose one of the pathways shown.")
    return found
