"""Reads a split with the product and scores it: `python -m benchmarks.reading.run --split work [--errors 40]`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.reading.family import TODAY
from benchmarks.reading.generate import FORMATS, HOME, write
from benchmarks.reading.judge import Judge, Score
from samples.load import MAILS, load_samples

JsonDict = dict[str, Any]
Reader = Callable[[Path], JsonDict | None]


@contextmanager
def product_reader() -> Iterator[Reader]:
    """The reader of this repository, with its sandbox, as `mash-intake extract` uses it."""
    from pipeline.settings import Settings
    from pipeline.shelf import FileShelf

    with FileShelf.open(Settings(), today=TODAY) as shelf:

        def read(path: Path) -> JsonDict | None:
            found = max(shelf.read_paths([path]), key=lambda one: len(one.fields), default=None)
            return None if found is None else json.loads(found.model_dump_json())

        yield read


def command_reader(command: str, paths: list[Path]) -> Reader:
    """Any reader that answers paths with one JSON line each on standard output."""
    import shlex
    import subprocess

    lines = subprocess.run([*shlex.split(command), *map(str, paths)], stdout=subprocess.PIPE, text=True, check=False).stdout.splitlines()
    answers: dict[str, JsonDict] = {}
    for line in lines:
        answer = json.loads(line)
        name = Path(answer["path"].split("!")[0]).name
        name = next((p.name for p in paths if p.name in answer["path"]), name)
        if name not in answers or len(answer.get("fields") or []) > len(answers[name].get("fields") or []):
            answers[name] = answer
    return lambda path: answers.get(path.name)


def calibration(pairs: list[tuple[float, bool]]) -> tuple[float, float, float]:
    """Expected calibration error over ten bins, precision at 0.95 and above, and the share of values there."""
    if not pairs:
        return 0.0, 0.0, 0.0
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, fine in pairs:
        bins[min(9, int(confidence * 10))].append((confidence, fine))
    error = sum(abs(sum(c for c, _ in b) - sum(f for _, f in b)) for b in bins.values()) / len(pairs)
    sure = [fine for confidence, fine in pairs if confidence >= 0.95]
    return error, sum(sure) / max(1, len(sure)), len(sure) / len(pairs)


def table(groups: dict[str, Score]) -> str:
    """One line a group."""
    lines = [
        f"{'':34s} {'n':>3s} {'P':>6s} {'R':>6s} {'F1':>6s} {'crit':>6s} {'invent':>6s} {'marks':>6s} {'form':>5s} {'unread':>6s} {'ECE':>6s} {'P.95':>6s} {'cover':>6s}"
    ]
    for name, score in groups.items():
        (precision, recall, f1), (_, _, critical) = score.f1(), score.f1("critical_")
        error, sure, share = calibration(score.confidences)
        forms = max(1, score.counts["forms"])
        marks = f"{score.marks:6.3f}" if score.marks is not None else "     -"
        lines.append(
            f"{name:34s} {forms:3d} {precision:6.3f} {recall:6.3f} {f1:6.3f} {critical:6.3f} {score.invented:6.3f} {marks} {score.counts['known_form'] / forms:5.2f} {score.counts['unread']:6d} {error:6.3f} {sure:6.3f} {share:6.3f}"
        )
    return "\n".join(lines)


def generated(folder: Path) -> list[tuple[JsonDict, Path]]:
    """The gold of generated files, each with its file."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [(gold, folder / gold["file"]) for gold in golds]


def sample_mails() -> list[tuple[JsonDict, Path]]:
    """The repository's own sample mails that hold a form."""
    found = []
    for sample in load_samples():
        expected, file = sample.expected, MAILS / f"{sample.name}.eml"
        if expected["form_type"] in {None, "OTHER"} or expected["duplicate_of"] or expected["answers"]:
            continue
        found.append(
            ({**expected, "file": file.name, "form_type_ok": [expected["form_type"]], "ticks": [], "format": "mail", "layout": sample.name}, file)
        )
    return found


def evaluate(golds: list[tuple[JsonDict, Path]], read: Reader) -> tuple[dict[str, Score], Score]:
    """Scores by format and layout, and over all."""
    groups: dict[str, Score] = defaultdict(Score)
    for gold, path in golds:
        score = Judge(gold, read(path)).judge()
        kind = "known forms" if gold.get("known") else "other forms"
        for name in ("all", kind, f"format {gold['format']}", f"layout {gold['layout']}"):
            groups[name].add(score)
    ordered = dict(sorted(groups.items(), key=lambda item: (item[0] != "all", not item[0].endswith("forms"), item[0])))
    return ordered, groups["all"]


def show_errors(total: Score, limit: int) -> None:
    """The commonest mistakes by field, then the first of them one by one."""
    import re

    kinds = Counter((what, re.sub(r"\.\+?\d+", "", path)) for _, what, path, _, _ in total.errors)
    print("\n".join(f"  {count:4d} {what:9s} {path}" for (what, path), count in kinds.most_common(25)))
    for file, what, path, gold, got in total.errors[:limit]:
        print(f"  {file} | {what} | {path} | {str(gold)[:60]!r} | {str(got)[:60]!r}")


def _files(options: argparse.Namespace) -> list[tuple[JsonDict, Path]]:
    folder = options.files / options.split
    if options.fresh or not folder.is_dir() or not any(folder.glob("*.json")):
        write(options.split, options.per_layout, options.seed, options.files, tuple(options.formats.split(",")), options.only)
    return generated(folder)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Score the reader on generated forms.")
    parser.add_argument("--split", default="work", choices=["fit", "work", "report", "samples"])
    parser.add_argument("--per-layout", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only layouts whose name contains this; `known` for the forms that have definitions")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--fresh", action="store_true", help="make the files again")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--cmd", default="", help="a command that answers paths with JSON lines, instead of the reader in this process")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--files", type=Path, default=HOME)
    options = parser.parse_args()
    golds = sample_mails() if options.split == "samples" else _files(options)
    started = time.perf_counter()
    if options.cmd:
        groups, total = evaluate(golds, command_reader(options.cmd, [path for _, path in golds]))
    else:
        with product_reader() as read:
            groups, total = evaluate(golds, read)
    print(table(groups))
    print(f"{len(golds)} forms in {time.perf_counter() - started:.1f} s")
    if options.errors:
        show_errors(total, options.errors)
    if options.json:
        figures = {
            name: {
                "f1": score.f1()[2],
                "critical": score.f1("critical_")[2],
                "invented": score.invented,
                "marks": score.marks,
                "calibration": calibration(score.confidences),
            }
            for name, score in groups.items()
        }
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
