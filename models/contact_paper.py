"""What a structured contact record says when it comes back: read by the tags of its places to fill in, whatever else happened to the paper."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Control, Document
from models.paths import is_path

REFERENCE = "reference"
ANSWER = "answer."


def read_answers(document: Document) -> dict[str, str]:
    """What is filled in, by tag and as written: paths of a record, and `answer.N` for question N. Empty for a paper that is not ours."""
    if reference_in(document) is None:
        return {}
    return {tag: words for tag, words in _filled(document) if tag.startswith(ANSWER) or (is_path(tag) and "*" not in tag)}


def reference_in(document: Document) -> str | None:
    """The reference of the contact that a contact record belongs to; None for any other paper."""
    return next((words for tag, words in _filled(document) if tag == REFERENCE), None)


def _filled(document: Document) -> Iterator[tuple[str, str]]:
    for line in document.lines():
        for item in line.items:
            if isinstance(item, Control) and item.label and item.value and item.value.strip():
                yield item.label, item.value.strip()
