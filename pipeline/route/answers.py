"""An answer laid beside what is there: new values with their source, old ones kept, what differs shown as a conflict, gaps closed.

Nothing a referrer sends is lost: words that cannot be placed stand on the contact for a person to place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from models.alike import squeezed
from models.authority import Authority
from models.contact import Contact
from models.extraction import Extraction, FieldValue, Gap
from models.paths import is_path, value_at, with_value
from models.record import Record
from pipeline.route import people_answers
from pipeline.route.answer_values import NotPlain, Typed, is_strict, typed
from pipeline.route.completeness import gaps_in
from pipeline.route.deadlines import LONDON
from pipeline.route.letter_words import presses
from pipeline.route.replies import Answer
from pipeline.route.same_people import places

_ONLY_QUESTION = 0.6


@dataclass(frozen=True, slots=True)
class Merged:
    """A contact's record after an answer. `conflicts` are among the gaps too; `unplaced` is what a person must place; `closed` what is settled; `asked`
    the highest question number, to be kept on the contact."""

    record: Record
    fields: tuple[FieldValue, ...]
    gaps: tuple[Gap, ...]
    conflicts: tuple[Gap, ...]
    unplaced: tuple[Answer, ...]
    closed: tuple[Gap, ...]
    asked: int = 0

    @property
    def changed(self) -> bool:
        """Whether the answer brought anything at all."""
        return bool(self.closed or self.conflicts or self.unplaced)


def merge(contact: Contact, given: Extraction | Sequence[Answer], authority: Authority, now: datetime) -> Merged:
    """Lay an answer beside a contact: a corrected form (an Extraction), or answers by path or by question number."""
    merging = _Merging(contact, authority, now.astimezone(LONDON).date())
    extractions = contact.extractions
    if isinstance(given, Extraction):
        merging.form(given)
        extractions = (*extractions, given)
    else:
        for answer in given:
            merging.answer(answer)
    carried = (*merging.doubts(), *merging.conflicts, *merging.in_words)
    numbers = {gap.field: gap.number for gap in contact.gaps if gap.number is not None}
    asked = max(contact.asked, *numbers.values(), 0)
    gaps = gaps_in(merging.record, merging.fields, carried, extractions, contact.narrative, authority, asked=asked, numbers=numbers)
    open_now = {gap.field for gap in gaps if gap.question}
    closed = tuple(gap for gap in contact.gaps if gap.question and gap.field not in open_now)
    return Merged(
        merging.record,
        tuple(merging.fields),
        gaps,
        tuple(merging.conflicts),
        tuple(merging.unplaced),
        closed,
        max(asked, *(gap.number or 0 for gap in gaps), 0),
    )


@dataclass(slots=True)
class _Merging:
    """One merge under way."""

    contact: Contact
    authority: Authority
    today: date
    record: Record = field(init=False)
    fields: list[FieldValue] = field(init=False)
    conflicts: list[Gap] = field(default_factory=list)
    in_words: list[Gap] = field(default_factory=list)
    unplaced: list[Answer] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    settles: frozenset[str] = frozenset({"unclear", "invalid", "conflict"})

    def __post_init__(self) -> None:
        self.record = self.contact.record
        self.fields = list(self.contact.fields)

    def doubts(self) -> Iterator[Gap]:
        """What was open before and is not settled by this answer."""
        return (gap for gap in self.contact.gaps if gap.field not in self.settled)

    def form(self, extraction: Extraction) -> None:
        """A corrected form: its people are found among ours first, so that its second child is not taken for our second."""
        self.settles = frozenset({"unclear", "invalid"})  # which of two values is right is said by an answer, not by one more form
        moved = places(self.record, extraction.record)
        for value in extraction.fields:
            head = ".".join(value.path.split(".")[:2])
            path = moved[head] + value.path[len(head) :] if head in moved else value.path
            if is_path(path):
                self._lay(path, value.model_copy(update={"path": path}))

    def answer(self, answer: Answer) -> None:
        """One answer, placed by its path or by the question it answers; failing both, kept in words. Another contact's paper changes nothing here."""
        if answer.reference is not None and answer.reference.casefold() != self.contact.reference.casefold():
            self.unplaced.append(answer)
            return
        gap = next((gap for gap in self.contact.gaps if _is_for(answer, gap)), None)
        try:
            if answer.path is not None:
                self._place(answer.path, answer)
            elif gap is not None:
                self._to_question(gap, answer)
            elif not self._to_the_only_question(answer):
                self.unplaced.append(answer)
        except (NotPlain, ValueError):
            self._keep_words(gap, answer)

    def _to_the_only_question(self, answer: Answer) -> bool:
        """Words under no number, where one question alone was asked in earnest and they hold the one value that fits it."""
        pressing = [gap for gap in self.contact.gaps if presses(gap)]
        if len(pressing) != 1:
            return False
        less_sure = replace(answer, confidence=_ONLY_QUESTION)
        return any(self._try(path, less_sure) for path in self._paths(pressing[0]) if is_strict(path))

    def _keep_words(self, gap: Gap | None, answer: Answer) -> None:
        self.unplaced.append(answer)
        place = gap.field if gap else answer.path
        if place is None:
            return
        self.settled.add(place)
        says = f"The referrer answered in words that a person must place: “{' '.join(answer.words.split())}”"
        number, rule = (gap.number, gap.rule) if gap else (None, None)
        self.in_words.append(Gap(field=place, kind="unclear", message=says, number=number, rule=rule))

    def _to_question(self, gap: Gap, answer: Answer) -> None:
        if gap.field in {"people", "agencies"} or "*" in gap.field:
            self._to_list(gap.field, answer)
            return
        paths = self._paths(gap)
        strict = [path for path in paths if is_strict(path)]
        placed = [path for path in strict if self._try(path, answer)]
        free = [path for path in paths if path not in strict]
        if free and (not placed or len(answer.words.split()) > 1):
            placed.append(free[0])
            self._place(free[0], answer)
        if not placed:
            raise NotPlain(gap.field)

    def _paths(self, gap: Gap) -> list[str]:
        """Every place that answers the question of a gap, for the same child or person."""
        starred = re.sub(r"\.\d+\.", ".*.", gap.field, count=1)
        number = next(iter(re.findall(r"\.(\d+)\.", gap.field)), "0")
        question = next((one for one in self.authority.questions if starred in one.fields), None)
        return [path.replace("*", number, 1) for path in question.fields] if question else [gap.field]

    def _to_list(self, place: str, answer: Answer) -> None:
        """An answer that names several people or agencies, or that it is not known."""
        if place == "people":
            for person in people_answers.household(answer.words, self.today):
                self._add("people", person.model_dump(mode="json", exclude_defaults=True), answer)
        elif place == "agencies":
            for agency in people_answers.agencies(answer.words):
                self._add("agencies", agency.model_dump(mode="json", exclude_defaults=True), answer)
        elif place == "people.*.parental_responsibility":
            for number in people_answers.responsible(answer.words, self.record):
                self._set(f"people.{number}.parental_responsibility", Typed(True), answer)
        else:
            raise NotPlain(place)
        self.settled.add(place)

    def _add(self, group: str, details: dict[str, Any], answer: Answer) -> None:
        number = len(getattr(self.record, group))
        for name, value in details.items():
            self._set(f"{group}.{number}.{name}", Typed(value), answer)

    def _try(self, path: str, answer: Answer) -> bool:
        try:
            self._place(path, answer)
        except NotPlain:
            return False
        return True

    def _place(self, path: str, answer: Answer) -> None:
        self._set(path, typed(path, answer.words, self.today), answer)

    def _set(self, path: str, found: Typed, answer: Answer) -> None:
        value = FieldValue(path=path, value=found.value, raw=answer.words, confidence=answer.confidence, source=answer.source)
        self._lay(path, value)
        if found.doubt:
            self.conflicts.append(Gap(field=path, kind="invalid", message=found.doubt))

    def _lay(self, path: str, value: FieldValue) -> None:
        """The rule of the whole module: blanks are filled, doubts are settled, what was certain stands until a person says otherwise."""
        old = value_at(self.record, path)
        known = old is not None and old != ()
        doubted = any(gap.field == path and gap.kind in self.settles for gap in self.contact.gaps)
        if value.value is None:
            if not known:
                self.fields.append(value)
                self.settled.add(path)
        elif known and _same(old, value.value):
            if doubted:
                self.settled.add(path)
        elif path.startswith("narrative.") and known:
            self._join(path, str(old), value)
        elif not known or doubted:
            self.record = with_value(self.record, path, value.value)
            self.fields.append(value)
            self.settled.add(path)
        elif not any(one.path == path and _same(one.value, value.value) for one in self.fields):
            at = next((number for number, one in enumerate(self.fields) if one.path == path), len(self.fields))
            self.fields.insert(at, value)  # the value that stands is the last of its path
            says = f"The referral says “{_said(old)}”, the answer says “{_said(value.value)}”."
            self.conflicts.append(Gap(field=path, kind="conflict", message=says))

    def _join(self, path: str, old: str, value: FieldValue) -> None:
        new = str(value.value)
        if squeezed(new) in squeezed(old):
            return
        text = new if squeezed(old) in squeezed(new) else f"{old}\n\n{new}"
        self.record = with_value(self.record, path, text)
        self.fields.append(value.model_copy(update={"value": text}))
        self.settled.add(path)


def _is_for(answer: Answer, gap: Gap) -> bool:
    """Whether an answer is to the question of a gap."""
    if answer.path is not None:
        return gap.field == answer.path and gap.question is not None
    return answer.number is not None and gap.number == answer.number


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return squeezed(one) == squeezed(other)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return {squeezed(str(entry)) for entry in other} <= {squeezed(str(entry)) for entry in one}
    return bool(one == other)


def _said(value: Any) -> str:
    return "; ".join(str(one) for one in value) if isinstance(value, tuple | list) else str(value)
