"""Every sample mail, from its bytes to its contact, beside what a careful person expected of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from models.contact import Contact
from pipeline.app import App
from pipeline.extract.narrative import Narrator
from pipeline.ingest.message import thread_ids
from pipeline.settings import Settings
from pipeline.store import ledger
from samples.load import RECORDS, Sample, fill_placeholders, load_samples

SAMPLES = {sample.name: sample for sample in load_samples()}
ARRIVED = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


class Hubs:
    """A hub for each council of the samples, and the mails put through it in order, straight into the ledger: the wire has tests of its own."""

    def __init__(self, apps: dict[str, App]) -> None:
        self.apps = apps
        self.identities: dict[str, str | None] = {}
        self.then: dict[str, Contact] = {}
        """Each sample's contact as it stood when the sample had been worked through."""

    def take(self, number: int, sample: Sample) -> None:
        raw, app = sample.raw, self.apps[sample.authority]
        if sample.answers:
            earlier = self.contact(sample.answers)
            raw = fill_placeholders(raw, earlier.correspondence[-1].message_id, earlier.reference)
        message_id, answers = thread_ids(raw)
        self.identities[sample.name] = message_id
        arrived = ledger.Arrived(
            account="samples",
            folder="INBOX",
            uid_validity=1,
            uid=number,
            sha256=app.blobs.put(raw),
            size=len(raw),
            received_at=ARRIVED + timedelta(minutes=number),
            message_id=message_id,
            in_reply_to=answers,
        )
        with app.store.session() as session:
            ledger.record(session, arrived)
        for ledger_id in app.pending():
            app.process(ledger_id)
        self.then[sample.name] = self.contact(sample.name)

    def contact(self, name: str) -> Contact:
        wanted = self.identities[name]
        found = self.apps[SAMPLES[name].authority].contacts()
        return next(one for one in found if any(message.message_id == wanted for message in one.messages))


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hubs]:
    folder, narrator = tmp_path_factory.mktemp("hubs"), Narrator()
    apps: dict[str, App] = {}
    for authority in dict.fromkeys(sample.authority for sample in SAMPLES.values()):
        settings = Settings(
            authority=authority, data_dir=folder / authority, smtp_from="mash@example-council.example", authserv_id="mx.example-council.example"
        )
        apps[authority] = App.open(settings, clock=lambda: ARRIVED + timedelta(hours=1))
        apps[authority].narrator = narrator
        apps[authority].import_records(RECORDS, None, lambda _: None)
    made = Hubs(apps)
    for number, sample in enumerate(SAMPLES.values(), 1):
        made.take(number, sample)
    yield made
    for app in apps.values():
        app.close()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_sample(name: str, hubs: Hubs) -> None:
    expected, contact = SAMPLES[name].expected, hubs.then[name]
    decision = None if expected["mail_class"] != "person" else contact.routing.decision
    assert decision in expected["decision_ok"]
    if expected["urgent"] is not None:
        assert (contact.routing.decision == "screen_urgently") == expected["urgent"]
    letters = [letter.kind.value for letter in contact.correspondence]
    if expected["duplicate_of"]:
        assert len(letters) == 1
    else:
        assert (letters[-1] if letters else None) in expected["letter_ok"]
    if expected["form_type"] not in (None, "OTHER"):
        assert expected["form_type"] in {one.form.type for one in contact.extractions}
    if expected["problem"]:
        assert expected["problem"] in {one.problem.code for one in contact.extractions if one.problem}
    assert set(expected["ask"]) <= {gap.field for gap in contact.gaps if gap.question}
    raised = set(contact.narrative.raised) if contact.narrative else set()
    assert set(expected["concerns"]) <= raised | {concern for concern in expected["concerns"] if expected["duplicate_of"]}
    first = {result.id: result.candidates[0].record_id for result in contact.matches if result.candidates}
    assert {path: first.get(path) for path in expected["matches"]} == expected["matches"]
