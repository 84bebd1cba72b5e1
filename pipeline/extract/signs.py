"""How well a form as a whole was understood: the signs by which a value read off a form of unknown wording is doubted more than its own box says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from models.document import Document, Mark, Table
from models.extraction import FieldValue, FormIdentity
from pipeline.extract.labels import Finder, find_heading, is_guidance

_LONGEST = 110
_HALF = 0.25
"""From this share of unknown labels on, doubt grows faster."""
_MOST = 400
"""Label-like texts looked at: the first pages tell enough, and a hostile document must not take long."""

_ANCHORS: tuple[tuple[str, ...], ...] = (
    ("children.0.given_names", "children.0.family_name", "children.0.unborn"),
    ("children.0.date_of_birth", "children.0.expected_delivery_date", "children.0.age"),
    ("children.0.address", "children.0.postcode"),
    ("referrer.name",),
    ("referrer.phone", "referrer.email"),
    ("narrative.reason", "narrative.worries"),
)
"""What almost every form asks: each that was not found is a sign that the form was not understood."""


def signs(document: Document, find: Finder, form: FormIdentity, fields: Iterable[FieldValue]) -> dict[str, float]:
    """Named amounts from 0 to 1, the same for every value of the document: `strange` labels and how far beyond a quarter of all (`stranger`), `thin` anchors, a `form=` known or not."""
    found = {field.path: field for field in fields if field.value is not None}
    thin = sum(not any(path in found for path in paths) for paths in _ANCHORS) / len(_ANCHORS)
    strange = _strange(document, find)
    return {
        "strange": round(strange, 3),
        "thin": round(thin, 3),
        "stranger": round(max(0.0, strange - _HALF), 3),
        "form=known" if form.definition else "form=unknown": 1.0,
    }


def _strange(document: Document, find: Finder) -> float:
    """The share of texts in a label's place that no label, heading or guidance of ours fits."""
    texts = list(dict.fromkeys(_label_like(document)))[:_MOST]
    if not texts:
        return 0.5
    return sum(find(text) is None and find_heading(text) is None and not is_guidance(text) for text in texts) / len(texts)


def _label_like(document: Document) -> Iterable[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _of_table(block)
        else:
            text = block.text.strip()
            if text.endswith((":", "?")) and len(text) <= _LONGEST:
                yield text


def _of_table(table: Table) -> Iterable[str]:
    """What ends like a label, is wholly bold or stands on a shaded ground, and every first cell of a row of two or more."""
    for cell in table.cells:
        text = cell.text
        if not text or len(text) > _LONGEST or "\n" in text or any(isinstance(item, Mark) for line in cell.lines for item in line.items):
            continue
        if text.endswith((":", "?")) or cell.shaded or (cell.column == 0 and table.columns > 1 and cell.column_span < table.columns):
            yield text


def company(paths: Iterable[str]) -> dict[str, float]:
    """For what is said of a person or an agency, how little else is said of them: somebody of whom one word is known may be nobody at all."""
    owners = {path: _owner(path) for path in paths}
    held = Counter(owners.values())
    return {path: round(1 / held[owner], 3) for path, owner in owners.items() if owner}


def _owner(path: str) -> str:
    parts = path.split(".")
    return ".".join(parts[:2]) if parts[0] in {"children", "people", "agencies"} else parts[0] if parts[0] == "referrer" else ""
