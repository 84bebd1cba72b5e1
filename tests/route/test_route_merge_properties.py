"""Whatever is answered: nothing that stood is lost, nothing certain is overwritten, no number changes, and the same answer twice changes nothing more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.contact import Contact
from models.extraction import Source
from models.paths import value_at
from models.record import Consent
from models.routing import MailFacts, RouteInput
from pipeline.authorities import load_authority
from pipeline.route.answers import merge
from pipeline.route.decide import route
from pipeline.route.replies import Answer, from_reply
from tests import factory

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
LEWISHAM = load_authority("lewisham")
SAID = (
    "Yes",
    "No",
    "not known",
    "12/03/2019",
    "Una Tennick, mother, 4/7/1991",
    "mum agreed",
    "perhaps",
    "Pinfold Primary",
    "girl",
    "\x00\n",
    "1. 2. 3.",
    "ZZ9 9ZZ",
)
words = st.one_of(st.sampled_from(SAID), st.text(min_size=1, max_size=40))
paths = st.sampled_from(
    [
        "children.0.date_of_birth",
        "children.0.school",
        "children.1.gender",
        "people.0.in_household",
        "consent.status",
        "narrative.worries",
        "safety.scale",
        "nowhere.x",
        "children.9.school",
    ]
)


def open_contact() -> Contact:
    record = factory.record(
        children=(factory.person(), factory.person(given_names="Fintan", date_of_birth=None, gender=None)), people=(), consent=Consent()
    )
    form = factory.extraction(record=record, fields=factory.fields_of(record))
    outcome = route(RouteInput(mail=MailFacts(received_at=NOW), record=record, fields=form.fields, extractions=(form,)), LEWISHAM, NOW)
    return factory.contact(record=record, fields=form.fields, extractions=(form,), gaps=outcome.gaps, routing=outcome.routing)


CONTACT = open_contact()
answers = st.builds(
    Answer,
    words=words,
    source=st.just(Source(document="reply")),
    path=st.one_of(st.none(), paths),
    number=st.one_of(st.none(), st.integers(min_value=0, max_value=30)),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(answers, max_size=4))
def test_nothing_that_stood_is_lost(given_answers: list[Answer]) -> None:
    merged = merge(CONTACT, given_answers, LEWISHAM, NOW)
    assert set(CONTACT.fields) <= set_of(merged.fields)
    for value in CONTACT.fields:
        if not value.path.startswith("narrative."):
            assert stands(value_at(merged.record, value.path)) == stands(value.value)
    before = {gap.field: gap.number for gap in CONTACT.gaps if gap.number}
    assert all(before[gap.field] == gap.number for gap in merged.gaps if gap.field in before and gap.number)
    numbers = [gap.number for gap in merged.gaps if gap.number]
    assert len(numbers) == len(set(numbers))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers)
def test_the_same_answer_again_and_again_comes_to_rest(answer: Answer) -> None:
    """Said once against what stood it is a conflict, said again it is the answer to that; from then on nothing moves."""
    contact, seen = CONTACT, []
    for _ in range(4):
        merged = merge(contact, [answer] if answer.path is not None else [], LEWISHAM, NOW)
        contact = contact.model_copy(update={"record": merged.record, "fields": merged.fields, "gaps": merged.gaps})
        seen.append(merged.record)
    assert seen[1] == seen[2] == seen[3]


def test_a_form_that_comes_again_settles_nothing_and_adds_nothing() -> None:
    changed = factory.record(children=(factory.person(address="9 Other Road"),))
    form = factory.extraction(record=changed, fields=factory.fields_of(changed))
    once = merge(CONTACT, form, LEWISHAM, NOW)
    after = CONTACT.model_copy(update={"record": once.record, "fields": once.fields, "gaps": once.gaps})
    twice = merge(after, form, LEWISHAM, NOW)
    assert "children.0.address" in {gap.field for gap in twice.gaps if gap.kind == "conflict"}
    assert twice.record == once.record
    assert twice.fields == once.fields


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_reply_is_read_without_a_fault(body: str) -> None:
    merged = merge(CONTACT, from_reply(body, CONTACT, "reply"), LEWISHAM, NOW)
    assert len(merged.record.children) == 2


def set_of(fields: Any) -> set[Any]:
    return {value for value in fields if not isinstance(value.value, list)} | {value for value in CONTACT.fields if value in fields}


def stands(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
