"""The samples as the demonstration and the tests use them. Needs nothing but the files in `samples/mails`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAILS = Path(__file__).parent / "mails"
RECORDS = Path(__file__).parent / "records.csv"
_LETTER = re.compile(rb"@LETTER:[\w-]+@")
_REFERENCE = re.compile(rb"@REFERENCE:[\w-]+@")


@dataclass(frozen=True)
class Sample:
    """One mail. `answers` names the earlier sample it replies to; `authority` the council whose inbox it was sent to."""

    name: str
    raw: bytes
    expected: dict[str, Any]
    authority: str
    answers: str | None


def load_samples() -> list[Sample]:
    """All samples in the order they arrive."""
    samples = []
    for path in sorted(MAILS.glob("*.eml")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        samples.append(Sample(path.stem, path.read_bytes(), expected, expected["authority"], expected.get("answers")))
    return samples


def fill_placeholders(raw: bytes, message_id: str, reference: str) -> bytes:
    """A reply's stand-ins for our letter's Message-ID and the contact's reference, replaced by what they were in this run."""
    raw = _LETTER.sub(message_id.strip("<>").encode(), raw)
    return _REFERENCE.sub(reference.encode(), raw)
