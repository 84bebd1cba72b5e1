"""Which stream is suggested: by words, by kind, by pathway; protection first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.authority import Authority
from models.contact import Suggested
from models.extraction import FormIdentity
from models.record import NarrativeBoxes, Referral
from models.routing import MailFacts, RouteInput
from pipeline.authorities import authority_names, load_authority
from pipeline.route.suggest import suggested
from tests import factory

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def offer(words: str, kind: str | None, authority: Authority) -> tuple[Suggested, str]:
    record = factory.record(narrative=NarrativeBoxes(worries=words), referral=Referral(type=kind))
    form = factory.extraction(record=record, form=FormIdentity(type="MARF", confidence=0.9))
    given, reasons = suggested(RouteInput(mail=MailFacts(received_at=NOW), record=record, extractions=(form,)), authority, urgent=False)
    return given, "\n".join(reason.because for reason in reasons)


@pytest.mark.parametrize("name", authority_names())
def test_a_child_who_needs_protection_goes_to_protection_first_le_3(name: str) -> None:
    authority = load_authority(name)
    protection = next(stream for stream in authority.streams if "child_protection" in stream.kinds)
    other = next(stream for stream in authority.streams if stream.id == "nrpf")
    given, because = offer("The family has no recourse to public funds.", "child_protection", authority)
    assert given.stream == protection.name
    assert f"{other.name} beside it, because of the words “no recourse to public funds”" in because


@pytest.mark.parametrize("name", authority_names())
def test_words_that_say_there_is_none_point_nowhere_le_3(name: str) -> None:
    authority = load_authority(name)
    plain, _ = offer("Mum is tired.", "early_help", authority)
    denied, _ = offer("Mum is tired. The child is not privately fostered, and there is no sign of complex needs.", "early_help", authority)
    assert denied == plain


def test_an_adults_arrest_is_no_youth_offending_le_3() -> None:
    thurrock = load_authority("thurrock")
    assert offer("The father was arrested last night.", "child_in_need", thurrock)[0].stream != "Youth offending service"
    assert offer("He is under the youth justice team.", "child_in_need", thurrock)[0].stream == "Youth offending service"
