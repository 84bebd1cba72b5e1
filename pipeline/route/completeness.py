"""What is missing, unclear, invalid or in conflict: by the authority's own list, each with why it matters and the question to ask.

"Not known" is an answer and blank is none: what the form says is not known is asked again only where the authority says it must be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.authority import Authority, Question, ReferralKind, Required
from models.extraction import Extraction, FieldValue, FormType, Gap
from models.hub import ReferrerKind
from models.narrative import Category, Narrative
from models.paths import expand, value_at
from models.record import Person, Record
from models.routing import RouteInput

_CHECK = {
    "invalid": "What we read does not pass its check: please look at it once more. {question}",
    "conflict": "We were told two different things: which is right? {question}",
    "unclear": "We could not read the answer for certain. {question}",
}


def gaps_of(case: RouteInput, authority: Authority) -> tuple[Gap, ...]:
    """Every gap of a contact, in the order a person would ask, numbered where there is a question."""
    return gaps_in(case.record, case.fields, case.gaps, case.extractions, case.narrative, authority, asked=case.asked)


def gaps_in(
    record: Record,
    fields: Iterable[FieldValue],
    read: Sequence[Gap],
    extractions: Iterable[Extraction],
    narrative: Narrative | None,
    authority: Authority,
    *,
    asked: int = 0,
    numbers: Mapping[str, int] | None = None,
) -> tuple[Gap, ...]:
    """The same from its parts. `read` may hold gaps of an earlier look: what was answered since is left out, and numbers once given are kept.

    `numbers` are those given to questions that are settled, in case they must be asked again; new ones begin above `asked`.
    """
    asking = _Asking(record, tuple(fields), tuple(extractions), narrative, authority)
    given = {**(numbers or {}), **{gap.field: gap.number for gap in read if gap.number is not None}}
    in_words = {gap.field for gap in read if gap.kind == "unclear" and gap.rule and not gap.question}
    missing = tuple(gap.model_copy(update={"number": given.get(gap.field)}) for gap in asking.missing() if gap.field not in in_words)
    found = {gap.field for gap in missing}
    doubts = (gap for gap in read if gap.field not in found and not (gap.kind == "missing" and (gap.rule or value_at(record, gap.field) is not None)))
    explained = {(gap.field, gap.kind): asking.explained(gap, given.get(gap.field)) for gap in doubts}
    return numbered((*missing, *explained.values()), authority, max(asked, *given.values(), 0))


def referrer_kind(record: Record) -> ReferrerKind:
    """Who refers. Where it is not known whether somebody refers as a professional, a professional's questions are asked."""
    return record.referrer.kind or "professional"


def numbered(gaps: Iterable[Gap], authority: Authority, asked: int = 0) -> tuple[Gap, ...]:
    """Gaps in asking order. A gap that has a number keeps it: an answer to an earlier letter names it. New numbers begin above `asked`."""
    order = {required.ask: number for number, required in enumerate(authority.required)}
    questions = {path: order.get(question.id, len(order)) for question in authority.questions for path in question.fields}

    def place(gap: Gap) -> tuple[bool, bool, int, int, int]:
        """Questions first, those that matter most before those that only help; child by child, then everybody else, in the authority's order."""
        group, entry = _entry(gap.field)
        child = group == "children"
        return (
            gap.question is None,
            gap.kind == "missing" and not gap.needed,
            0 if child else 1,
            entry if child else 0,
            questions.get(_starred(gap.field), len(order)),
        )

    in_order = sorted(gaps, key=place)
    taken = max(asked, *(gap.number or 0 for gap in in_order), 0)
    done: list[Gap] = []
    used: set[int] = set()
    for gap in in_order:
        number = gap.number
        if gap.question and (number is None or number in used):
            taken += 1
            number = taken
        used.update({number} if number is not None else ())
        done.append(gap.model_copy(update={"number": number}))
    return tuple(done)


class _Asking:
    """One contact held against one authority's list."""

    def __init__(
        self, record: Record, fields: tuple[FieldValue, ...], extractions: tuple[Extraction, ...], narrative: Narrative | None, authority: Authority
    ) -> None:
        self._record = record if record.children else record.model_copy(update={"children": (Person(),)})
        self._unknown = {field.path for field in fields if field.value is None and field.raw}
        self._forms: set[FormType] = {one.form.type for one in extractions if one.status == "read"}
        self._mentioned: set[Category] = (
            {mention.category for sentence in narrative.sentences for mention in sentence.concerns} if narrative else set()
        )
        self._authority = authority

    def missing(self) -> Iterator[Gap]:
        """A gap for each question that applies and has no answer."""
        for required in self._authority.required:
            question = self._authority.question(required.ask)
            if question is None or not self._applies(required) or self._mentioned.intersection(question.concerns):
                continue
            for paths in self._places(question):
                gap = self._gap(paths, question, required)
                if gap is not None:
                    yield gap

    def _applies(self, required: Required) -> bool:
        kind: ReferralKind | None = self._record.referral.type
        if required.kinds and kind not in required.kinds:
            return False
        if required.referrers and referrer_kind(self._record) not in required.referrers:
            return False
        return not required.forms or bool(self._forms.intersection(required.forms))

    def _places(self, question: Question) -> Iterator[tuple[str, ...]]:
        """The paths that answer, once for each child or person it is asked about."""
        first = question.fields[0]
        if question.together or "*" not in first:
            if self._holds(question, None):
                yield question.fields
            return
        for number in range(len(expand(self._record, first))):
            if self._holds(question, number):
                yield tuple(path.replace("*", str(number), 1) for path in question.fields)

    def _holds(self, question: Question, number: int | None) -> bool:
        if not question.when:
            return True
        for condition in question.when:
            path = condition.field if number is None else condition.field.replace("*", str(number), 1)
            value = value_at(self._record, path)
            if ("" if value is None else value) in condition.one_of:
                return True
        return False

    def _gap(self, paths: tuple[str, ...], question: Question, required: Required) -> Gap | None:
        if any(self._answered(path) for path in paths):
            return None
        field = paths[0].replace("children.*", "children.0")  # what is asked once for all children is filled in at the first
        why, ask = required.why or question.why, required.question or question.question
        if any(place in self._unknown for path in paths for place in expand(self._record, path)):
            if question.unknown_is_answer:
                return None
            return Gap(
                field=field,
                kind="unclear",
                message=f"{question.title}: the form says that this is not known.",
                why=why,
                question=ask,
                rule=required.rule,
            )
        return Gap(
            field=field,
            kind="missing",
            message=f"{question.title}: not stated.",
            why=why,
            question=ask,
            rule=required.rule,
            needed=required.needed,
        )

    def _answered(self, path: str) -> bool:
        """The household is answered by anybody who is not said to live elsewhere; a question asked once for all by any one's answer."""
        if path == "people":
            return any(person.in_household is not False for person in self._record.people)
        values = [value_at(self._record, place) for place in expand(self._record, path)]
        return any(value is not None and value not in ((), "") for value in values)

    def explained(self, gap: Gap, number: int | None = None) -> Gap:
        """A doubt of the reading, with the question that settles it where this authority asks one, under the number it had."""
        if gap.question or gap.rule:
            return gap
        for required in self._authority.required:
            question = self._authority.question(required.ask)
            if question is not None and _starred(gap.field) in question.fields:
                opening = _CHECK.get(gap.kind, "{question}")
                return gap.model_copy(
                    update={
                        "number": number,
                        "why": question.why,
                        "question": opening.format(question=required.question or question.question),
                        "rule": required.rule,
                    }
                )
        return gap


def _entry(path: str) -> tuple[str, int]:
    """Which list a path is in, and which entry of it."""
    parts = path.split(".")
    return parts[0], int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def _starred(path: str) -> str:
    return ".".join("*" if part.isdigit() else part for part in path.split("."))
