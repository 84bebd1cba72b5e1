"""The labelled narratives: a sentence a line, labelled by the project's annotation guidelines; all people are fictitious."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Labelled:
    """A narrative as one text, with each labelled sentence's offsets."""

    id: str
    voice: str
    text: str
    rows: tuple[dict[str, Any], ...]
    places: tuple[tuple[int, int], ...]

    @property
    def raised(self) -> set[str]:
        """Categories that any sentence has affirmed or possible."""
        return {concern["category"] for row in self.rows for concern in row["concerns"] if concern["status"] in ("affirmed", "possible")}


def load(path: Path) -> list[Labelled]:
    """The narratives of a file, sentences joined as a form would hold them: by a space, or a new line where no full stop ends them."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        grouped.setdefault(row["narrative_id"], []).append(row)
    return [_join(key, rows) for key, rows in grouped.items()]


def _join(key: str, rows: list[dict[str, Any]]) -> Labelled:
    text = ""
    places = []
    for row in rows:
        if text:
            text += " " if text[-1] in ".!?\"'”" else "\n"
        places.append((len(text), len(text) + len(row["text"])))
        text += row["text"]
    return Labelled(key, rows[0].get("voice") or rows[0].get("role", ""), text, tuple(rows), tuple(places))
