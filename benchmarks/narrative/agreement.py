"""How far two annotators agree: `python -m benchmarks.narrative.agreement [--differences]`.

`data/second_labels.jsonl` holds labels given to whole narratives of `report` and `work` by one who was shown the sentences without their labels.
Figures: kappa and macro-F1 of factuality, F1 of the headings raised per narrative, F1 of single mentions; the first annotator is taken as right, though
none but macro-F1 depends on it. `--differences` lists the sentences of `work` labelled differently; those of `report` are nobody's to read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.narrative import measures
from benchmarks.narrative.data import FOLDER, Labelled, load
from benchmarks.narrative.measures import Scored
from benchmarks.narrative.run import RAISING

READABLE = "work"
SPLITS = ("report", READABLE)
SECOND = FOLDER / "second_labels.jsonl"
Row = dict[str, Any]


@dataclass(frozen=True)
class Twice:
    """A narrative of a split, and the second annotator's rows in the order of its sentences."""

    split: str
    narrative: Labelled
    second: tuple[Row, ...]

    @property
    def pairs(self) -> list[tuple[Row, Row]]:
        """Each sentence's first and second row."""
        return list(zip(self.narrative.rows, self.second, strict=True))

    @property
    def scored(self) -> Scored:
        """The second annotator's labels as if a system had said them."""
        labels = tuple((first["factuality"], second["factuality"], 1.0) for first, second in self.pairs)
        raised = {concern["category"] for row in self.second for concern in row["concerns"] if concern["status"] in RAISING}
        return Scored(self.narrative.voice, labels, frozenset(self.narrative.raised), frozenset(raised))


def labelled_twice() -> list[Twice]:
    """Every narrative that the second annotator labelled; a label for a sentence that no split has is an error."""
    second: dict[str, Row] = {row["id"]: row for row in map(json.loads, SECOND.read_text(encoding="utf-8").splitlines())}
    both = [(split, narrative) for split in SPLITS for narrative in load(FOLDER / f"{split}.jsonl") if narrative.rows[0]["id"] in second]
    found = [Twice(split, narrative, tuple(second.pop(row["id"]) for row in narrative.rows)) for split, narrative in both]
    if second:
        raise SystemExit(
            f"{SECOND.name} labels sentences that no split has: {', '.join(sorted(second))}. Take them out, or name their split in SPLITS."
        )
    return found


def mentions(row: Row, parts: Sequence[str]) -> set[tuple[str, ...]]:
    """A sentence's mentions, told apart by these parts only."""
    return {tuple(concern[part] for part in parts) for concern in row["concerns"]}


def mention_f1(narratives: Sequence[Twice], parts: Sequence[str]) -> float:
    """F1 of mentions in the same sentence that are alike in these parts."""
    sides = [(mentions(first, parts), mentions(second, parts)) for twice in narratives for first, second in twice.pairs]
    said = sum(len(first) + len(second) for first, second in sides)
    return 2 * sum(len(first & second) for first, second in sides) / said if said else 1.0


def figures(title: str, narratives: Sequence[Twice]) -> list[str]:
    """The figures of these narratives, a line each."""
    scored = [twice.scored for twice in narratives]
    asked: dict[str, Callable[[Sequence[Scored]], float]] = {
        "factuality, kappa": measures.kappa,
        "factuality, macro-F1": measures.factuality_f1,
        "raised per narrative, F1": measures.micro_f1,
    }
    lines = [f"{title}: {len(scored)} narratives, {sum(len(one.labels) for one in scored)} sentences"]
    for name, measure in asked.items():
        low, high = measures.interval(scored, measure)
        lines.append(f"  {name}: {measure(scored):.2f} ({low:.2f} to {high:.2f})")
    alike = (("category",), ("category", "status"), ("category", "status", "who"))
    lines += [f"  mentions alike in {', '.join(parts)}, F1: {mention_f1(narratives, parts):.2f}" for parts in alike]
    confused = Counter((first, second) for one in scored for first, second, _ in one.labels if first != second)
    lines.append("  first / second: " + ", ".join(f"{first} / {second} {count}" for (first, second), count in confused.most_common()))
    return lines


def differences(narratives: Sequence[Twice]) -> list[str]:
    """The sentences that may be read where the two differ, with both labels."""
    pairs = [pair for twice in narratives if twice.split == READABLE for pair in twice.pairs]
    return [f"{first['id']} {first['text']}\n    {_said(first)}\n    {_said(second)}" for first, second in pairs if _said(first) != _said(second)]


def _said(row: Row) -> str:
    return "; ".join([row["factuality"], *(" ".join(mention) for mention in sorted(mentions(row, ("category", "status", "who"))))])


def main(arguments: Sequence[str]) -> None:
    """Print the figures over all and by split, and the differences if asked for."""
    narratives = labelled_twice()
    lines = figures("all", narratives)
    for split in SPLITS:
        lines += figures(split, [twice for twice in narratives if twice.split == split])
    print("\n".join(lines + (differences(narratives) if "--differences" in arguments else [])))


if __name__ == "__main__":
    main(sys.argv[1:])
