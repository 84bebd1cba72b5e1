"""The team's figures: what they count, what they leave out, and that every plot reads as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.contact import Contact, Deadline
from models.extraction import Gap, Source
from models.glance import glance_of
from models.screening import Correction, Outcome, Settled
from pipeline.review.figures import OTHERS, figures
from pipeline.store.queue import Row
from tests import factory
from tests.review.console import NOW, Desk, desk


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as found:
        yield found


def row(contact: Contact, *, state: str = "open") -> Row:
    return Row(contact.reference, contact.received_at, NOW, state, False, glance_of(contact))


def made(
    number: int, *, agency: str = "Pinfold Primary School", sender: str | None = None, decided: timedelta | None = None, **given: Any
) -> Contact:
    received = NOW - timedelta(days=number % 20)
    record = factory.record(referrer=factory.record().referrer.model_copy(update={"agency": agency}))
    contact = factory.contact(
        reference=f"LE-26-{number:04}", received_at=received, record=record, fields=factory.fields_of(record),
        deadlines=(Deadline(what="decide", due_at=received + timedelta(days=1)),), **given,
    )  # fmt: skip
    contact = contact.model_copy(update={"message": contact.message.model_copy(update={"sender": sender})})
    if decided is None:
        return contact
    return contact.model_copy(
        update={"screening": contact.screening.model_copy(update={"outcome": Outcome(by="local:sam", at=received + decided, pathway="advice")})}
    )


def test_read_clearly_is_measured_on_decided_referrals_alone(hub: Desk) -> None:
    """Two decided referrals; in one a person put one clear value right. The one still open says nothing of what stands."""
    right = made(1, decided=timedelta(hours=2))
    wrong = made(2, decided=timedelta(hours=3))
    wrong = wrong.model_copy(
        update={
            "screening": wrong.screening.model_copy(
                update={"settled": (Settled(by="local:sam", at=NOW, path="children.0.given_names", how="corrected"),)}
            )
        }
    )
    still = made(3)
    act = Correction(
        reference=wrong.reference,
        number=1,
        kind="value",
        at=NOW,
        by="local:sam",
        path="children.0.given_names",
        before="Oria",
        after="Orla",
        confidence=0.97,
    )
    again = act.model_copy(update={"number": 2, "before": "Orla", "after": "Orlagh"})
    undone = act.model_copy(update={"reference": right.reference, "undone": True})
    found = figures([row(right, state="decided"), row(wrong, state="decided"), row(still)], [act, again, undone], hub.intake.authority, NOW)
    values = len(right.fields)
    assert (found.checked, found.stood) == (2 * values, 2 * values - 1)
    assert found.accuracy == pytest.approx((2 * values - 1) / (2 * values))
    assert (found.referrals, found.decided, found.open) == (3, 2, 1)


def test_a_persons_own_typing_is_no_reading_that_was_wrong(hub: Desk) -> None:
    """A blank was filled by hand, and the typing put right: the program read nothing there, clearly or otherwise."""
    right = made(1, decided=timedelta(hours=2))
    act = Correction(reference=right.reference, number=1, kind="value", at=NOW, by="local:sam", path="children.0.gp", after="Dr Farow")
    typed = Source(document="typed by a screener", text="Dr Farow")
    again = act.model_copy(update={"number": 2, "before": "Dr Farow", "after": "Dr Farrow", "confidence": 1.0, "source": typed})
    found = figures([row(right, state="decided")], [act, again], hub.intake.authority, NOW)
    assert (found.checked, found.stood) == (len(right.fields), len(right.fields))
    assert figures([row(right, state="decided")], [again], hub.intake.authority, NOW).accuracy == 1.0


def test_nothing_decided_is_no_accuracy(hub: Desk) -> None:
    found = figures([row(made(1))], [], hub.intake.authority, NOW)
    assert (found.accuracy, found.in_time, found.middle) == (None, None, None)
    assert figures([], [], hub.intake.authority, NOW).clear is None


def test_in_time_is_told_of_those_decided(hub: Desk) -> None:
    rows = [row(made(1, decided=timedelta(hours=2)), state="decided"), row(made(2, decided=timedelta(days=3)), state="decided"), row(made(3))]
    assert figures(rows, [], hub.intake.authority, NOW).in_time == 50


def test_an_agency_of_few_referrals_is_not_named(hub: Desk) -> None:
    gap = Gap(field="children.0.gp", kind="missing", message="GP: not stated.", question="Which GP?")
    rows = [row(made(number, sender="a@school.example", gaps=(gap,))) for number in range(6)]
    rows += [row(made(number, sender="b@surgery.example", agency="Fernbank Surgery")) for number in range(6, 10)]
    rows += [row(made(10, sender="c@court.example", agency="A court"))]
    agencies = figures(rows, [], hub.intake.authority, NOW).agencies
    assert [(one.name, one.referrals) for one in agencies] == [("school.example", 6), (OTHERS, 5)]
    assert agencies[0].blanks[0][1] == 100
    assert agencies[1].blanks == ()


def test_a_member_of_the_public_is_no_agency(hub: Desk) -> None:
    public = factory.record(referrer=factory.record().referrer.model_copy(update={"kind": "public", "agency": None}))
    rows = [row(made(number).model_copy(update={"record": public})) for number in range(8)]
    assert figures(rows, [], hub.intake.authority, NOW).agencies == ()


def test_quiet_weeks_are_shown(hub: Desk) -> None:
    rows = [row(made(0)), row(made(19))]
    assert [bar.number for bar in figures(rows, [], hub.intake.authority, NOW).weeks] == [1, 0, 0, 1]


def test_every_bar_stands_beside_its_number(hub: Desk) -> None:
    for number in range(12):
        hub.save(made(number, decided=timedelta(hours=number)), state="decided")
    page = hub.as_user("mo").get("/team").text
    rows = re.findall(r'<tr class="govuk-table__row"><th scope="row".*?</tr>', page, re.DOTALL)
    bars = [one for one in rows if "<svg" in one]
    assert len(bars) >= 3
    assert all(re.search(r'--numeric">\d+%?</td>', one) for one in bars)
    assert all('aria-hidden="true"' in one for one in bars)
    assert "style=" not in page


def test_the_page_is_worked_out_anew_when_something_changed(hub: Desk) -> None:
    hub.save(made(1))
    browser = hub.as_user("mo")
    assert _referrals(browser.get("/team").text) == 1
    hub.save(made(2))
    assert _referrals(browser.get("/team").text) == 2
    assert _referrals(browser.get("/team?weeks=52").text) == 2
    assert browser.get("/team?weeks=7").status_code == 200


def _referrals(page: str) -> int:
    found = re.search(r"<dt>Referrals</dt><dd>(\d+)</dd>", page)
    assert found
    return int(found.group(1))
