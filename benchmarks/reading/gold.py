"""What a careful person would transcribe, gathered while the form is being filled in."""

from __future__ import annotations

from typing import Any

JsonDict = dict[str, Any]


class Gold:
    """The record so far, with notes for the scorer: what is optional, not judged, also right, or has no place in the record."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.optional: set[str] = set()
        self.ignore: set[str] = {"children.*.in_household"}
        self.alt: dict[str, list[Any]] = {}
        self.unassigned: list[str] = []
        self.boxes: list[JsonDict] = []
        self.ticks: list[JsonDict] = []
        self._people: dict[int, str] = {}
        self._agencies = 0

    def person(self, key: int) -> str:
        """The place of somebody who is no subject of the referral."""
        if key not in self._people:
            self._people[key] = f"people.{len(self._people)}"
        return self._people[key]

    def agency(self) -> str:
        """A new place among the agencies."""
        self._agencies += 1
        return f"agencies.{self._agencies - 1}"

    def set(self, path: str, value: Any, *, optional: bool = False) -> None:
        """State a value; the second statement of the same place becomes another right answer."""
        if value in (None, ""):
            return
        if path in self.values:
            if self.values[path] != value:
                self.alt.setdefault(path, []).append(value)
            if not optional:
                self.optional.discard(path)
            return
        self.values[path] = value
        if optional:
            self.optional.add(path)

    def tick(self, path: str, value: Any) -> None:
        """A question with options: the state that its marks show, None when nothing is marked."""
        self.ticks.append({"path": path, "value": value})

    def box(self, keys: list[str], text: str) -> None:
        """A free-text answer and the fields it may rightly go to."""
        self.boxes.append({"keys": keys, "text": text})

    def record(self) -> JsonDict:
        """The record in the contract's shape."""
        out: JsonDict = {}
        for path, value in self.values.items():
            parts = path.split(".")
            if parts[0] in {"children", "people", "agencies"}:
                items = out.setdefault(parts[0], [])
                while len(items) <= int(parts[1]):
                    items.append({})
                items[int(parts[1])][parts[2]] = value
            else:
                out.setdefault(parts[0], {})[parts[1]] = value
        narrative: JsonDict = {}
        for box in self.boxes:
            key = box["keys"][0]
            narrative[key] = f"{narrative[key]}\n{box['text']}" if key in narrative else box["text"]
        if narrative:
            out["narrative"] = narrative
        return out
