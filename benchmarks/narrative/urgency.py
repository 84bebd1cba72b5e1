"""How well urgency is told: `python -m benchmarks.narrative.urgency`. One text a line, some that must fire and some that must not; rules were made on `fit`."""

from __future__ import annotations

import json
from collections import Counter

from benchmarks.narrative.data import FOLDER
from pipeline.extract.narrative import Narrator


def main() -> None:
    """Recall, false alarms, kinds, and how often each rule spoke rightly and wrongly."""
    rows = [json.loads(line) for line in (FOLDER / "urgency.jsonl").read_text(encoding="utf-8").splitlines()]
    narrator = Narrator()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for split in ("fit", "held"):
        chosen = [(row, narrator.read(row["id"], row["text"]).urgent) for row in rows if row["split"] == split]
        must = [(row, urgent) for row, urgent in chosen if row["kind"]]
        fired = [(row, urgent) for row, urgent in must if urgent]
        kind = sum(any(signal.kind == row["kind"] for signal in urgent) for row, urgent in fired)
        false = [urgent for row, urgent in chosen if not row["kind"] and urgent]
        right.update(signal.rule for _, urgent in fired for signal in urgent)
        wrong.update(signal.rule for urgent in false for signal in urgent)
        print(f"{split:5} fired {len(fired)} of {len(must)}, {kind} of the right kind; false alarms {len(false)} of {len(chosen) - len(must)}")
    for rule, count in (right + wrong).most_common():
        print(f"  {rule:18} {count:3}  right {right[rule] / count:.2f}")


if __name__ == "__main__":
    main()
