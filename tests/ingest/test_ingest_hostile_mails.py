"""Hostile mails, the quick ones of `make hostile`: each is answered in a child, and the next mail is unharmed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.hostile.mail import BODIES, CONTAINERS, HEADERS, STRUCTURES, Make, catalogue
from benchmarks.hostile.mails_run import ORDINARY
from pipeline.extract.sandbox import Sandbox
from pipeline.ingest.message import PERSON_DEFECTS
from pipeline.opening import opened

HEAVY = ("000,000", "0,000", "MB", "a million", "without end", "everywhere", "alone")
QUICK = {name: make for name, make in catalogue() if not any(word in name for word in HEAVY)}


@pytest.fixture(scope="module")
def children() -> Iterator[Sandbox]:
    with Sandbox(preload=("pipeline.opening",)) as shared:
        yield shared


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_mail_is_answered_and_the_next_is_unharmed(children: Sandbox, name: str) -> None:
    raw = QUICK[name]()
    found = opened(raw, children)
    assert found.mail.size == len(raw)
    assert opened(ORDINARY, children).mail.body_text == "An ordinary mail after the hostile one."


@pytest.mark.parametrize("name", ["parts 90 deep", "mails 60 deep", "20,000 parts", "zips 40 deep", "a zip of 60 MB of noughts", "a zip that lies"])
def test_what_could_not_be_seen_whole_goes_to_a_person(children: Sandbox, name: str) -> None:
    everything: dict[str, Make] = {**HEADERS, **STRUCTURES, **BODIES, **CONTAINERS}
    found = opened(everything[name](), children)
    assert PERSON_DEFECTS & set(found.mail.defects) or found.unopened
