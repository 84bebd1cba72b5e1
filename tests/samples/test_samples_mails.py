"""The samples hold together: every mail has its expectation, parses, and says only what is fictitious."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message

import pytest

from models.record import Record
from samples.load import MAILS, RECORDS, Sample, fill_placeholders, load_samples
from samples.mailbag import build
from samples.records import as_csv, records

SAMPLES = load_samples()
BY_NAME = {sample.name: sample for sample in SAMPLES}


def parts(sample: Sample) -> list[Message]:
    return list(email.message_from_bytes(sample.raw, policy=email.policy.compat32).walk())


def test_there_are_enough_and_each_has_its_expectation() -> None:
    assert len(SAMPLES) >= 16
    assert {path.stem for path in MAILS.glob("*.json")} == {sample.name for sample in SAMPLES}
    assert {sample.authority for sample in SAMPLES} == {"tower-hamlets", "lewisham", "hertfordshire", "thurrock"}


def body(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


@pytest.mark.parametrize("kind", ["IAF", "MARF", "SSR", "CAF"])
def test_each_form_comes_as_word_and_as_pdf(kind: str) -> None:
    found = set()
    for sample in SAMPLES:
        if sample.expected["form_type"] != kind:
            continue
        for part in parts(sample):
            payload = body(part)
            found |= {"docx"} if payload.startswith(b"PK") else {"pdf"} if payload.startswith(b"%PDF") else set()
    assert found == {"docx", "pdf"}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_expected_record_speaks_the_words_of_the_contract(sample: Sample) -> None:
    record = Record.model_validate(sample.expected["record"])
    assert [child.family_name or child.given_names for child in record.children] == [
        child.get("family_name") or child.get("given_names") for child in sample.expected["record"].get("children", [])
    ]
    assert sample.expected["decision"] in {None, "screen", "screen_urgently", "return_to_referrer", "allocated_worker", "manual"}
    assert sample.expected["letter"] in {None, "acknowledgement", "incomplete", "wrong_form", "could_not_open", "completed"}
    assert sample.expected["decision"] in sample.expected["decision_ok"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_only_numbers_and_domains_kept_for_fiction(sample: Sample) -> None:
    words = " ".join(body(part).decode("utf-8", "replace") for part in parts(sample) if part.get_content_maintype() == "text")
    headers = " ".join(str(sample_part.items()) for sample_part in parts(sample))
    text = words + headers + str(sample.expected)
    for address in re.findall(r"[\w.+-]+@([\w.-]+\.\w+)", text):
        assert re.search(r"(^|\.)example(\.(com|org|net))?$|\.example$", address), address
    for number in re.findall(r"\b0\d{2,4}[ ]?\d{3}[ ]?\d{3,4}\b", text):
        digits = number.replace(" ", "")
        assert digits.startswith(("07700900", "02079460", "01632960", "0113496", "0161496")), number
    for person in [*sample.expected["record"].get("children", []), *sample.expected["record"].get("people", [])]:
        assert str(person.get("nhs_number", "999")).startswith("999")


def test_an_answer_refers_to_our_letter_of_this_run() -> None:
    answer = BY_NAME["18-answer"]
    assert answer.answers == "04-gp-incomplete"
    filled = fill_placeholders(answer.raw, "<letter-1@example-council.example>", "MASH-2026-000004")
    mail = email.message_from_bytes(filled)
    assert mail["In-Reply-To"] == "<letter-1@example-council.example>"
    assert "<letter-1@example-council.example>" in str(mail["References"])
    assert b"Ref: MASH-2026-000004" in filled
    assert b"@LETTER" not in filled
    assert b"@REFERENCE" not in filled


def test_the_duplicate_is_exact() -> None:
    assert BY_NAME["17-duplicate"].raw == BY_NAME["01-school-complete"].raw
    assert BY_NAME["17-duplicate"].expected["duplicate_of"] == "01-school-complete"


def test_records_are_as_committed_and_hold_the_people_the_samples_expect() -> None:
    assert RECORDS.read_text(encoding="utf-8") == as_csv(records())
    known = {row["record_id"] for row in records()}
    assert {found for sample in SAMPLES for found in sample.expected["matches"].values()} <= known


def test_mails_are_made_the_same_every_time() -> None:
    from samples.answers import ANSWERS
    from samples.forms import LAYOUTS

    documents = {f"{name}.docx": LAYOUTS[layout](answers) for name, (layout, answers) in ANSWERS.items()}
    stand_ins = {f"{name}.pdf": b"%PDF-" for name in ANSWERS} | {"15-photo-of-form.jpg": b"jpg"}
    made = build(documents | stand_ins)
    word_only = [name for name in made if f"{name}.docx" in documents and b"application/pdf" not in made[name] and b"MARF.pdf" not in made[name]] + [
        "10-form-in-body",
        "11-neighbour",
        "16-out-of-office",
        "18-answer",
    ]
    for name in word_only:
        assert made[name] == BY_NAME[name].raw, name


def test_all_samples_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in MAILS.parent.rglob("*") if path.is_file()) < 3_000_000
