"""A draft becomes a record: one value for each path, a FieldValue for each value, and gaps for what is invalid, unclear or in conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from models.extraction import FieldValue, Gap, Source
from models.record import Record
from pipeline.errors import OurBug
from pipeline.extract.confidence import confidence, features
from pipeline.extract.draft import Draft, Entity, Found
from pipeline.extract.homes import live_together, resolve_addresses
from pipeline.extract.parties import agencies, consent, referrer, safeguarding_lead
from pipeline.extract.persons import Draftee, draftees, is_subject, mark_holders, set_siblings_apart, share
from pipeline.extract.same_person import merge_same

_PERSON_BLOCKS = frozenset({"child", "carer", "household", "sibling", "elsewhere"})
_CHILDISH = frozenset(
    [
        "date_of_birth",
        "expected_delivery_date",
        "gender",
        "ethnicity",
        "religion",
        "language",
        "nhs_number",
        "upn",
        "school",
        "disability",
        "unborn",
        "born",
        "year_group",
        "gp",
        "aliases",
        "interpreter",
    ]
)
_PATHS = [
    "referral.date",
    "referral.type",
    "referral.marked_urgent",
    "consent.parents_aware",
    "consent.sought",
    "consent.status",
    "consent.given_by",
    "consent.reason",
    "consent.child_aware",
    "safeguarding_lead.discussed",
    "safeguarding_lead.contact",
    "safety.scale",
    "safety.immediate_protection",
    "safety.current_location",
    "safety.current_condition",
    "safety.alleged_perpetrator",
    "safety.risks_to_workers",
    "history.previous_involvement",
    "history.child_protection_plan",
    "history.looked_after",
    "history.allocated_worker",
    "history.earlier_assessment",
    "indicators.domestic_abuse",
    "indicators.mental_health",
    "indicators.substance_misuse",
    "indicators.learning_difficulties",
]
_JOINED = frozenset({"consent.reason", "history.previous_involvement", "safety.current_condition", "safety.risks_to_workers"})


@dataclass
class Assembly:
    """What is being built: the record as plain data, and what stands beside it."""

    document: str
    kind: str = "docx"
    data: dict[str, Any] = field(default_factory=dict)
    fields: list[FieldValue] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    paths: dict[int, str] = field(default_factory=dict)
    seen: dict[str, dict[str, float]] = field(default_factory=dict)

    def put(self, path: str, readings: Iterable[Found]) -> Any:
        """Settles one path from all that was read for it; returns the value."""
        known = [found for found in readings if found.value not in (None, "")]
        if not known:
            self._unknown(path, readings)
            return None
        best, differs = _settle(known, path, self.kind)
        if differs:
            self.gaps.append(Gap(field=path, kind="conflict", message="Two places on the form say different things here."))
        self.fields.append(self._field(path, best, best.value))
        return best.value

    def record(self) -> Record:
        """The record. A value of a kind its place cannot hold is left out and told: no slip of the reader may cost the rest of a form."""
        while True:
            try:
                return Record.model_validate(self.data)
            except ValidationError as refused:
                faults = [fault["loc"] for fault in refused.errors(include_url=False, include_input=False)]
            if not any(self._drop(loc) for loc in faults):
                raise OurBug("what was read does not fit a record, and no value is at fault")

    def _drop(self, loc: Sequence[str | int]) -> bool:
        """Leave out the value that a fault names. Whether it was there still: a value of several kinds is named once for each of them."""
        here: Any = self.data
        held: dict[Any, Any] = {}
        name, path = loc[0], ""
        for depth, step in enumerate(loc, 1):
            if isinstance(here, dict) and step not in here:
                return False
            if isinstance(here, dict):
                held, name, path, here = here, step, ".".join(str(one) for one in loc[:depth]), here[step]
            elif isinstance(here, list):
                here = here[int(step)]
        held.pop(name)
        self.fields = [field for field in self.fields if field.path != path]
        self.gaps.append(Gap(field=path, kind="unclear", message="What stands here could not be understood: look at the form."))
        return True

    def _unknown(self, path: str, readings: Iterable[Found]) -> None:
        for found in readings:
            if found.raw:
                self.fields.append(self._field(path, found, None))
                return

    def _field(self, path: str, found: Found, value: Any) -> FieldValue:
        place = found.place
        source = Source(
            document=self.document,
            page=place.page if place else None,
            box=place.box if place else None,
            where=place.where if place else None,
            text=(found.text or found.raw)[:400] or None,
        )
        self.seen[path] = features(found.evidence, path, value, self.kind)
        return FieldValue(path=path, value=value, raw=found.raw[:4000], confidence=confidence(found.evidence, path, value, self.kind), source=source)


def _settle(known: list[Found], path: str, kind: str) -> tuple[Found, bool]:
    """The likelier of several readings; where they differ the confidence falls, where they agree it rises."""
    values = {_comparable(found.value) for found in known}
    best = max(known, key=lambda found: confidence(found.evidence, path, found.value, kind))
    if len(values) > 1:
        return replace(best, evidence=replace(best.evidence, agrees="differs")), True
    if len(known) > 1:
        return replace(best, evidence=replace(best.evidence, agrees="twice")), False
    return best, False


def _comparable(value: Any) -> Any:
    return " ".join(re.sub(r"\W+", " ", value.casefold()).split()) if isinstance(value, str) else value


def assemble(draft: Draft, document: str, kind: str, today: date) -> tuple[Record, Assembly]:
    """The record, and beside it its fields, its gaps and what each field's confidence was reckoned from."""
    work = Assembly(document, kind)
    children, people, others = _persons(draft, today)
    writer = referrer(draft, others)
    _singles(work, draft)
    for path, value in writer.items():
        _set(work.data, path, work.put(path, value))
    for path, value in safeguarding_lead(draft, others).items():
        _set(work.data, path, work.put(path, value))
    for path, value in consent(draft).items():
        _set(work.data, path, work.put(path, value))
    work.data["children"] = [_person(work, child, f"children.{number}") for number, child in enumerate(children)]
    work.data["people"] = [_person(work, person, f"people.{number}") for number, person in enumerate(people)]
    work.data["agencies"] = [
        {name: work.put(f"agencies.{number}.{name}", readings) for name, readings in agency.items()}
        for number, agency in enumerate(agencies(others, today))
    ]
    _problems(work, draft)
    return work.record(), work


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    if value is None:
        return
    group, _, name = path.partition(".")
    data.setdefault(group, {})[name] = value


def _singles(work: Assembly, draft: Draft) -> None:
    for path in _PATHS:
        if path.startswith(("consent.status", "consent.reason")) or path not in draft.singles:
            continue
        readings = draft.singles[path]
        _set(work.data, path, work.put(path, _joined(readings) if path in _JOINED else readings))
    for path, readings in draft.singles.items():
        if path.startswith("narrative."):
            _set(work.data, path, work.put(path, _joined(readings)))
    if "referral.date" not in draft.singles:
        for path in ("referral.date_phone", "referral.date_assessment"):
            if path in draft.singles:
                derived = [replace(found, evidence=replace(found.evidence, how="derived")) for found in draft.singles[path][:1]]
                _set(work.data, "referral.date", work.put("referral.date", derived))
                return


def _joined(readings: list[Found]) -> list[Found]:
    """Several boxes for one field, one after another."""
    known = [found for found in readings if found.value]
    if len(known) < 2:
        return readings
    texts = list(dict.fromkeys(str(found.value) for found in known))
    text = "\n".join(texts)
    return [replace(known[0], value=text, raw="\n".join(dict.fromkeys(found.raw for found in known)), text=text)]


def _persons(draft: Draft, today: date) -> tuple[list[Draftee], list[Draftee], list[Entity]]:
    """Children, everyone else, and the entities that are neither."""
    _settle_blocks(draft)
    personal = [entity for entity in draft.entities if entity.block in _PERSON_BLOCKS]
    everyone = draftees(personal, today)
    named = [person for person in everyone if person.named]
    marked = any(person.subject for person in named)
    merged = merge_same(sorted(named, key=lambda person: person.block != "child"))
    set_siblings_apart(merged)
    children = [person for person in merged if is_subject(person, marked)]
    people = [person for person in merged if not is_subject(person, marked)]
    if not children:
        children = [person for person in merged if person.block == "child" and not (person.get("relationship_to_child") and not _plain_child(person))]
        people = [person for person in people if not any(person is child for child in children)]
    nameless = [person for person in everyone if not person.named and person.filled]
    for person in nameless:
        _place_nameless(person, children, people)
    if not children:
        children = [person for person in nameless if person.block == "child" and _enough(person)][:1]
    people += mark_holders(draft, people, today)
    _household(people)
    resolve_addresses(children, people)
    live_together(children)
    for entity in draft.entities:
        if entity.block in {"gp", "school"} and children:
            _institution(entity, children)
    return children, people, [entity for entity in draft.entities if entity.block not in _PERSON_BLOCKS]


def _plain_child(person: Draftee) -> bool:
    """A subject table said no of every child: those of the child's own section are taken for its subjects."""
    relation = person.get("relationship_to_child")
    return relation is None or str(relation.value).casefold() in {"self", "subject", "child"}


def _enough(person: Draftee) -> bool:
    return any(person.get(name) for name in ("date_of_birth", "expected_delivery_date", "nhs_number", "upn", "unborn"))


def _place_nameless(person: Draftee, children: list[Draftee], people: list[Draftee]) -> None:
    """Boxes of a block with no name in it: a family's address, or the one parent's telephone."""
    if person.block == "child":
        share(children, person)
    elif person.block == "carer" and person.get("relationship_to_child") and len(person.values) > 1:
        people.append(person)
    elif person.block == "carer" and (first := next((other for other in people if other.block == "carer"), None)):
        share([first], person)


def _settle_blocks(draft: Draft) -> None:
    """Boxes under no heading: whose they are shows from what they ask."""
    children = any(entity.block == "child" and entity.filled for entity in draft.entities)
    writers = any(entity.block == "referrer" and entity.filled for entity in draft.entities)
    for entity in draft.entities:
        if entity.block in {"child", "household", "carer", "sibling"} and _is_writer(entity, writers=writers):
            entity.block, entity.sure = "referrer", "guess"
            continue
        if entity.block is not None:
            continue
        asked = entity.seen | set(entity.slots)
        professional = bool(asked & {"role", "agency", "name_role"})
        if asked & _CHILDISH and not (professional and children):
            entity.block = "child"
        elif professional or (not writers and children and asked & {"phone", "email", "contact"} and asked & {"name", "given"}):
            entity.block = "referrer"
        elif not children or not asked & {"name", "given", "family"}:
            entity.block = "child"
        else:
            entity.block = "referrer" if not writers else "unknown"
        entity.sure = "guess"


def _is_writer(entity: Entity, *, writers: bool) -> bool:
    """Name, role, agency and telephone under a heading about family: the one who filled the form in, who had no heading."""
    asked = entity.seen | set(entity.slots)
    return (
        not writers
        and len(asked & {"role", "agency", "phone", "email", "contact"}) >= 3
        and bool(asked & {"role", "agency"})
        and not asked & (_CHILDISH | {"relationship", "pr"})
    )


def _household(people: list[Draftee]) -> None:
    for person in people:
        if person.entity is None or "in_household" in person.values or "in_household" in person.entity.seen:
            continue
        lives = {"household": True, "elsewhere": False}.get(person.block) if person.entity.sure != "guess" else None
        if person.block in {"household", "elsewhere", "sibling", "carer"} and person.entity.lives_in is not None:
            lives = person.entity.lives_in
        source = person.get("given_names") or person.get("family_name") or person.get("unborn")
        if lives is not None and source is not None:
            person.put("in_household", Found(lives, source.raw, source.place, replace(source.evidence, how="derived"), source.text))


def _institution(entity: Entity, children: list[Draftee]) -> None:
    parts = [
        found
        for slot in ("name", "name_contact", "agency", "address", "phone")
        for found in entity.slots.get(slot, ())
        if isinstance(found.value, str)
    ]
    name = entity.block or "gp"
    wanted = [found for found in parts if name == "gp" or (found.value and found is parts[0])]
    if wanted and children[0].get(name) is None:
        text = ", ".join(
            dict.fromkeys(str(found.value) for found in wanted if found is wanted[0] or (name == "gp" and found in entity.slots.get("name", ())))
        )
        children[0].put(name, replace(wanted[0], value=text))


def _person(work: Assembly, person: Draftee, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if person.entity is not None:
        work.paths.setdefault(id(person.entity), path)
    for name, readings in person.values.items():
        if name == "aliases":
            aliases = tuple(dict.fromkeys(str(reading.value) for reading in readings))
            found["aliases"] = aliases
            for number, alias in enumerate(aliases):
                work.put(f"{path}.aliases.{number}", [next(reading for reading in readings if reading.value == alias)])
            continue
        value = work.put(f"{path}.{name}", readings)
        if value is not None:
            found[name] = value
    return found


def _problems(work: Assembly, draft: Draft) -> None:
    names = {"born": "date_of_birth", "pr": "parental_responsibility"}
    for problem in draft.problems:
        name = names.get(problem.field, problem.field)
        if problem.entity is not None:
            path = work.paths.get(id(problem.entity)) or (problem.entity.block if problem.entity.block == "referrer" else None)
            if path is None:
                continue
            name = f"{path}.{name}"
        work.gaps.append(Gap(field=name, kind=problem.kind, message=problem.message[:1].upper() + problem.message[1:].rstrip(".") + "."))
