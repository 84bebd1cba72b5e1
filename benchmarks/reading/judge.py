"""Scores one reading against the gold: every leaf value is right, wrong, missed or invented; marks are judged apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from rapidfuzz import fuzz

from benchmarks.reading.compare import covered, overlap, right, tokens

JsonDict = dict[str, Any]
LISTS = ("children", "people", "agencies")
CRITICAL = (
    "children.*.given_names",
    "children.*.family_name",
    "children.*.date_of_birth",
    "children.*.expected_delivery_date",
    "children.*.address",
    "consent.status",
    "consent.parents_aware",
    "referrer.name",
    "referrer.phone",
    "referrer.email",
)
_FALSE_BY_DEFAULT = ("marked_urgent", "estimated", "unborn")


@dataclass
class Score:
    """Counts over one or more forms. `confidences` pairs what the reader said with what turned out; `errors` name each mistake."""

    counts: Counter[str] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[tuple[str, str, str, Any, Any]] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take in the counts of another."""
        self.counts.update(other.counts)
        self.confidences += other.confidences
        self.errors += other.errors

    def f1(self, prefix: str = "") -> tuple[float, float, float]:
        """Precision, recall and F1; of critical values with the prefix `critical_`."""
        hit, false, missed = (self.counts[prefix + k] for k in ("right", "false", "missing"))
        precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
        return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0

    @property
    def invented(self) -> float:
        """The share of values given where the form has none."""
        return self.counts["invented"] / max(1, self.counts["given"])

    @property
    def marks(self) -> float | None:
        """The share of marks, set and unset, read as they stand."""
        return self.counts["marks_right"] / self.counts["marks"] if self.counts["marks"] else None


def leaves(entity: JsonDict, prefix: str = "") -> JsonDict:
    """Values by path, without lists of people and the narrative."""
    out: JsonDict = {}
    for key, value in entity.items():
        if value in (None, "", [], {}) or (not prefix and key == "narrative"):
            continue
        if isinstance(value, dict):
            out.update(leaves(value, f"{prefix}{key}."))
        elif isinstance(value, list) and isinstance(value[0], dict):
            continue
        elif not (value is False and key in _FALSE_BY_DEFAULT):
            out[prefix + key] = value
    return out


def alike(kind: str, gold: JsonDict, read: JsonDict) -> float:
    """How much two people, or two agencies, look like the same."""
    names = [" ".join(tokens(" ".join(str(x.get(k) or "") for k in ("given_names", "family_name", "name")))) for x in (gold, read)]
    score = fuzz.token_sort_ratio(*names) / 100 if all(names) else 0.0
    keys = ("agency", "phone", "email") if kind == "agencies" else ("date_of_birth", "expected_delivery_date", "relationship_to_child")
    for key in keys:
        if gold.get(key) and read.get(key):
            score += 0.4 if right(key, gold[key], read[key]) else -0.05
    return score + (0.8 if gold.get("unborn") and read.get("unborn") else 0)


def pair_up(kind: str, gold: list[JsonDict], read: list[JsonDict]) -> dict[int, int]:
    """Gold entries with the readings they go with, the likest first."""
    ranked = sorted(((alike(kind, g, r), -i, -j) for i, g in enumerate(gold) for j, r in enumerate(read)), reverse=True)
    pairs: dict[int, int] = {}
    for score, i, j in ranked:
        if score >= 0.5 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


class Judge:
    """Scores one form."""

    def __init__(self, gold: JsonDict, reading: JsonDict | None) -> None:
        self.gold, self.reading = gold, reading or {}
        self.record: JsonDict = self.reading.get("record") or {}
        self.said = {f["path"]: f.get("confidence") for f in self.reading.get("fields") or []}
        self.score = Score()

    def judge(self) -> Score:
        """The score of the form."""
        gold_record = self.gold["record"]
        self._entity(leaves(gold_record), leaves(self.record), "", "")
        pairs = {kind: pair_up(kind, gold_record.get(kind) or [], self.record.get(kind) or []) for kind in LISTS}
        for kind in LISTS:
            read = self.record.get(kind) or []
            for i, entity in enumerate(gold_record.get(kind) or []):
                j = pairs[kind].get(i)
                self._entity(leaves(entity), leaves(read[j]) if j is not None else {}, f"{kind}.{i}.", f"{kind}.{j}.")
            for j in set(range(len(read))) - set(pairs[kind].values()):
                self._entity({}, leaves(read[j]), f"{kind}.+{j}.", f"{kind}.{j}.")
        self._narrative()
        self._marks(pairs)
        counts = self.score.counts
        counts["forms"] += 1
        counts["known_form"] += (self.reading.get("form") or {}).get("type") in self.gold["form_type_ok"]
        counts["unread"] += self.reading.get("status") != "read"
        return self.score

    def _is(self, path: str, patterns: list[str]) -> bool:
        return any(path == p or fnmatchcase(path, p) for p in patterns)

    def _note(self, what: str, path: str, gold: Any, read: Any, origin: str, *, critical: bool | None = None) -> None:
        counts = self.score.counts
        heavy = self._is(path, list(CRITICAL)) if critical is None else critical
        moves = {"right": ("right",), "wrong": ("false", "missing"), "invented": ("false",), "missed": ("missing",)}[what]
        for move in moves:
            counts[move] += 1
            counts[f"critical_{move}"] += heavy
        counts[what] += what in {"wrong", "invented", "missed"}
        if what != "missed":
            counts["given"] += 1
            confidence = self.said.get(origin, self.said.get(f"{origin}.0"))
            if confidence is not None:
                self.score.confidences.append((float(confidence), what == "right"))
        if what != "right":
            self.score.errors.append((self.gold["file"], what, path, gold, read))

    def _entity(self, gold: JsonDict, read: JsonDict, at: str, origin: str) -> None:
        for key in sorted(gold.keys() | read.keys()):
            path, wanted, got = at + key, gold.get(key), read.get(key)
            if self._is(path, self.gold["ignore"]):
                continue
            if key == "aliases":
                self._aliases(path, wanted or [], got or [], origin + key)
            elif got is None:
                if not self._is(path, self.gold["optional"]):
                    self._note("missed", path, wanted, None, origin + key)
            elif wanted is None:
                if not self._has_no_place(got) and not right(path, None, got, self.gold["alt"].get(path)):
                    self._note("invented", path, None, got, origin + key)
            else:
                self._note("right" if right(path, wanted, got, self.gold["alt"].get(path)) else "wrong", path, wanted, got, origin + key)

    def _aliases(self, path: str, gold: list[str], read: list[str], origin: str) -> None:
        wanted, got = {" ".join(tokens(x)): x for x in gold}, {" ".join(tokens(x)): x for x in read}
        for key, name in wanted.items():
            self._note("right" if key in got else "missed", path, name, got.get(key), origin)
        for key in got.keys() - wanted.keys():
            self._note("invented", path, None, got[key], origin)

    def _has_no_place(self, value: Any) -> bool:
        """Whether the value is something the form does say, but the contract has no field for."""
        return isinstance(value, str) and any(covered(value, said) >= 0.9 for said in self.gold["unassigned"])

    def _narrative(self) -> None:
        boxes, seen = self.gold["narrative_boxes"], set()
        for key, text in sorted((self.record.get("narrative") or {}).items()):
            if not text:
                continue
            mine = [n for n, box in enumerate(boxes) if key in box["keys"] and covered(box["text"], text) >= 0.9]
            whole = " ".join(boxes[n]["text"] for n in mine)
            path = f"narrative.{key}"
            heavy = any(boxes[n]["keys"][0] in {"reason", "worries"} for n in mine) or (not mine and key in {"reason", "worries"})
            if mine and max(overlap(whole, text), *(overlap(boxes[n]["text"], text) for n in mine)) >= 0.9:
                fresh = [n for n in mine if n not in seen]
                seen.update(fresh)
                for _ in fresh:
                    self._note("right", path, None, None, path, critical=heavy)
            elif not self._has_no_place(text):
                near = any(overlap(box["text"], text) > 0.4 for box in boxes)
                self._note("invented", path, None, text[:100], path, critical=heavy)
                self.score.counts["invented"] -= near
        for n, box in enumerate(boxes):
            if n not in seen:
                self._note("missed", f"narrative.{box['keys'][0]}", box["text"][:100], None, "", critical=box["keys"][0] in {"reason", "worries"})

    def _settled(self, path: str) -> bool:
        """Whether the form says elsewhere what a question without a mark asks."""
        head, *rest = path.split(".")
        place: Any = self.gold["record"].get(head) or {}
        if head in LISTS:
            place, rest = (place[int(rest[0])] if place else {}), rest[1:]
        return isinstance(place, dict) and place.get(rest[0]) is not None

    def _marks(self, pairs: dict[str, dict[int, int]]) -> None:
        for tick in self.gold["ticks"]:
            head, *rest = tick["path"].split(".")
            entity: Any = self.record.get(head) or {}
            if head in LISTS:
                j = pairs[head].get(int(rest[0]))
                entity, rest = (self.record[head][j] if j is not None else {}), rest[1:]
            read, wanted = entity.get(rest[0]), tick["value"]
            if wanted is None and self._settled(tick["path"]):
                continue
            unset = wanted is None and (read is None or (read is False and rest[0] in _FALSE_BY_DEFAULT))
            fine = unset or (wanted is not None and right(rest[0], wanted, read))
            self.score.counts["marks"] += 1
            self.score.counts["marks_right"] += fine
            if not fine:
                self.score.errors.append((self.gold["file"], "mark", tick["path"], wanted, read))
