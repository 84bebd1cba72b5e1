"""Rationales for going ahead without consent, classed by the lawful ground they read like."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.record import Consent, Record
from models.routing import MailFacts, RouteInput
from pipeline.authorities import load_authority
from pipeline.route.consent import consent_finding, suggested_ground

ROWS = [json.loads(line) for line in (Path(__file__).parent / "rationales.jsonl").read_text(encoding="utf-8").splitlines()]
TOWER = load_authority("tower-hamlets")


def ground(reason: str) -> str | None:
    record = Record(consent=Consent(status="not_sought", reason=reason))
    found = suggested_ground(RouteInput(mail=MailFacts(received_at=datetime.now(UTC)), record=record), TOWER)
    return found.id if found else None


@pytest.mark.parametrize("row", ROWS, ids=[str(number) for number in range(len(ROWS))])
def test_a_rationale_reads_like_its_ground_th_5(row: dict[str, str | None]) -> None:
    assert ground(row["rationale"] or "") == row["reads_like"]


@pytest.mark.parametrize(
    ("consent", "state", "outstanding"),
    [
        (Consent(status="given"), "given", False),
        (Consent(status="partial"), "partial", True),
        (Consent(status="refused"), "refused", True),
        (Consent(status="not_sought"), "not_sought", True),
        (Consent(sought=False), "not_sought", True),
        (Consent(sought=True), "unclear", True),
        (Consent(), "unclear", True),
    ],
)
def test_every_state_of_consent_th_5_le_9(consent: Consent, state: str, outstanding: bool) -> None:
    finding = consent_finding(RouteInput(mail=MailFacts(received_at=datetime.now(UTC)), record=Record(consent=consent)), TOWER)
    assert (finding.state, bool(finding.outstanding)) == (state, outstanding)
