"""What people's corrections teach, as JSON Lines: values to refit confidences on, sentences to refit labels on, decided matches to refit weights on.

Nothing is ever refitted by itself: somebody exports, fits, looks at the figures, and ships the new file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from models.contact import Contact
from models.matching import queries_from
from models.screening import Correction
from pipeline.screening.acts import TYPED
from pipeline.screening.screener import DECIDED
from pipeline.store import acts, contacts
from pipeline.store.engine import Store

Purpose = Literal["everything", "values", "labels", "matches"]


def export(store: Store, purpose: Purpose, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """The lines for one purpose; `everything` is each act as it was done."""
    if purpose == "values":
        yield from _values(store, since)
    elif purpose == "labels":
        yield from _labels(store, since)
    elif purpose == "matches":
        yield from _matches(store, since)
    else:
        with store.reading() as session:
            for one in acts.corrections(session, since=since):
                yield one.model_dump(mode="json")


def _values(store: Store, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Every value that a person corrected or confirmed, and in decided contacts every value that stood: a fit needs those that were right too."""
    settled: set[tuple[str, str]] = set()
    with store.reading() as session:
        for one in acts.corrections(session, ("value", "confirm"), since):
            if one.undone or one.path is None or (one.reference, one.path) in settled:
                continue
            settled.add((one.reference, one.path))  # the first act tells of the reading; later ones of a person's own typing
            if one.confidence is not None and not (one.source and one.source.document == TYPED):
                yield _of_value(one)
        for contact in _decided(session, since):
            corrected = {one.path for one in contact.screening.settled if one.how == "corrected"}
            for field in contact.fields:
                if field.value is not None and (contact.reference, field.path) not in settled and field.path not in corrected:
                    source = field.source.model_dump(mode="json", exclude={"text"})
                    told = {"reference": contact.reference, "path": field.path, "read": field.value, "right": field.value, "stood": True}
                    yield {**told, "confidence": field.confidence, "raw": field.raw, "source": source, "form": _form(contact, field.source.document)}


def _of_value(one: Correction) -> dict[str, Any]:
    raw = one.detail.get("raw") if isinstance(one.detail, dict) else None
    source = one.source.model_dump(mode="json", exclude={"text"}) if one.source else None
    told: dict[str, Any] = {"reference": one.reference, "path": one.path, "read": one.before, "right": one.after, "stood": one.before == one.after}
    return {
        **told,
        "confidence": one.confidence,
        "raw": raw,
        "source": source,
        "form": one.form,
        "how": one.how,
        "by": one.by,
        "at": one.at.isoformat(),
    }


def _decided(session: acts.Transaction, since: datetime | None) -> Iterator[Contact]:
    for saved in contacts.newest(session, states=(DECIDED,)):
        outcome = saved.contact.screening.outcome
        if outcome is not None and (since is None or outcome.at >= since):
            yield saved.contact


def _form(contact: Contact, document: str) -> str | None:
    read = next((one for one in contact.extractions if one.path == document), None)
    return (read.form.definition or read.form.type) if read else None


def _labels(store: Store, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Narratives in which a person changed something, whole and as they stand now, in the form that the labelled narratives have."""
    with store.reading() as session:
        touched = dict.fromkeys(one.reference for one in acts.corrections(session, ("label", "concern"), since) if not one.undone)
        for reference in touched:
            saved = contacts.get(session, reference)
            if saved is not None:
                yield from _sentences(saved.contact)


def _sentences(contact: Contact) -> Iterator[dict[str, Any]]:
    work = contact.screening
    changed = {one.sentence for one in work.labels} | {one.sentence for one in work.concerns}
    for number, sentence in enumerate(contact.narrative.sentences if contact.narrative else (), 1):
        yield {
            "id": f"{contact.reference}-{number:02d}",
            "narrative_id": contact.reference,
            "voice": contact.record.referrer.role or "",
            "text": sentence.text,
            "factuality": sentence.factuality,
            "difficulty": None,
            "concerns": [{"category": one.category, "status": one.status, "who": one.who} for one in sentence.concerns],
            "by_a_person": sentence.text in changed,
        }


def _matches(store: Store, since: datetime | None) -> Iterator[dict[str, Any]]:
    """One line for each person whose match is settled: the record they are, or null where a person refused every record shown."""
    with store.reading() as session:
        references = dict.fromkeys(one.reference for one in acts.corrections(session, ("match",), since) if not one.undone)
        for reference in references:
            saved = contacts.get(session, reference)
            if saved is not None:
                yield from _people(saved.contact)


def _people(contact: Contact) -> Iterator[dict[str, Any]]:
    as_of = contact.record.referral.date or contact.received_at.date().isoformat()
    queries = {one.id: one for one in queries_from(contact.record, as_of)}
    for result in contact.matches:
        said = {one.record_id: one for one in contact.screening.verdicts if one.person == result.id}
        same = next((one for one in said.values() if one.says == "same"), None)
        shown = [one.record_id for one in result.candidates]
        refused = bool(shown) and all(name in said and said[name].says == "not_same" for name in shown)
        if result.id not in queries or not (same or refused):
            continue
        decided = same or max(said.values(), key=lambda one: one.at)
        yield {
            "query": queries[result.id].model_dump(mode="json", exclude_none=True),
            "record_id": same.record_id if same else None,
            "decided_at": decided.at.isoformat(),
            "reference": contact.reference,
            "shown": shown,
        }
