"""Are the labels, headings and options of real forms known? `python -m benchmarks.reading.labels [--errors 40]`.

`labels.csv` holds wordings as public forms print them, with what each asks for. A part called report would be for figures that are quoted; what has been
looked at is work. A wording with no place in the record has the target `nothing`; words that are no label at all have none.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract.labels import find_heading, find_label, find_statement
from pipeline.extract.printed import follow_up

HERE = Path(__file__).parent / "labels.csv"
_ALIKE = {"mother": "carer", "father": "carer", "allocated": "role"}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of one form. `block` is whom the words themselves name; `target` lists what is right, with `|` between."""

    source: str
    part: str
    kind: str
    wording: str
    block: str
    target: str


def wordings(part: str = "") -> list[Wording]:
    """All wordings, or those of one part."""
    with HERE.open(encoding="utf-8", newline="") as lines:
        rows = [Wording(**row) for row in csv.DictReader(lines)]
    return [row for row in rows if not part or row.part == part]


def _alike(block: str | None) -> str:
    return _ALIKE.get(block or "", block or "")


def _label(row: Wording) -> tuple[str, str]:
    """What the reader makes of a label, and whether that is right, wrong or missed."""
    found = find_label(row.wording)
    if found is None and "consent.reason" in row.target and follow_up(row.wording) is not None:
        return "right", "follow up"
    if found is None or found.field == "nothing" or found.slots == ("nothing",):
        quiet = row.kind == "none" or "nothing" in row.target.split("|")
        return ("quiet", "") if quiet else ("missed", "")
    if row.kind == "none":
        return "invented", found.field or "+".join(found.slots)
    said = found.field or "+".join(found.slots)
    for target in row.target.split("|"):
        here, _, slot = target.partition(".")
        if said == target or (slot and (found.block, said) == (here, slot)) or set(target.split("+")) == set(said.split("+")):
            fits = found.field is not None or not row.block or _alike(found.block) == _alike(row.block) or (slot != "" and found.block == here)
            return ("right" if fits else "wrong"), f"{found.block}.{said}"
    return "wrong", f"{found.block}.{said}"


def _heading(row: Wording) -> tuple[str, str]:
    found = find_heading(row.wording)
    block = found[0] if found else "body"
    if row.target in {"body", "none"}:
        return ("quiet", "") if block in {"body", "consent"} else ("wrong", block)
    if _alike(block) in {_alike(target) for target in row.target.split("|")}:
        return "right", block
    return ("missed" if found is None else "wrong"), block


def _statement(row: Wording) -> tuple[str, str]:
    found = find_statement(row.wording)
    path, _, value = row.target.partition("=")
    if found is None:
        label = find_label(row.wording)
        return ("right", path) if label is not None and label.field == path else ("missed", "")
    right = found[0] == path and (not value or found[1] == value)
    return ("right" if right else "wrong"), f"{found[0]}={found[1]}"


_JUDGES = {"label": _label, "none": _label, "heading": _heading, "statement": _statement}


def judge(row: Wording) -> tuple[str, str]:
    """`right`, `wrong`, `missed`, `quiet` (rightly nothing) or `invented`, and what was found."""
    return _JUDGES[row.kind](row)


def figures(rows: list[Wording]) -> dict[str, Counter[str]]:
    """Counts of verdicts by kind of wording."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.kind, Counter())[judge(row)[0]] += 1
    return counts


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--part", default="work", choices=["work", "report"])
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    rows = wordings(options.part)
    print(f"{len(rows)} wordings of {len({row.source for row in rows})} forms")
    for kind, count in figures(rows).items():
        found = count["right"] + count["wrong"] + count["invented"]
        asked = count["right"] + count["wrong"] + count["missed"]
        print(
            f"{kind:10s} {sum(count.values()):4d}  precision {count['right'] / max(1, found):.3f}  recall {count['right'] / max(1, asked):.3f}  {dict(count)}"
        )
    wrong = [(row, *judge(row)) for row in rows]
    for row, verdict, said in [one for one in wrong if one[1] in {"wrong", "missed", "invented"}][: options.errors]:
        print(f"  {verdict:8s} {row.kind:8s} {row.block}.{row.target} | {said} | {row.wording[:110]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
