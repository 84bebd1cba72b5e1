"""One command for every figure: `python -m benchmarks.narrative [FILE ...]`; the report splits unless files are named. Aggregates only, never a sentence."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.narrative import baselines, measures
from benchmarks.narrative.data import FOLDER, Labelled, load
from benchmarks.narrative.measures import CATEGORIES, LABELS, Scored
from benchmarks.narrative.run import RAISING, score
from pipeline.extract.narrative import Narrator

Raiser = Callable[[str], set[str]]


def baseline(labelled: Labelled, raiser: Raiser) -> Scored:
    """A baseline's figures for one narrative, sentences taken as labelled."""
    labels, negated, historical = [], [], []
    said: set[str] = set()
    for row in labelled.rows:
        here = raiser(row["text"])
        said |= here
        labels.append((row["factuality"], baselines.cue_lexicon(row["text"]), 0.8))
        wanted = {concern["category"] for concern in row["concerns"] if concern["status"] in RAISING}
        negated += [
            concern["category"] in here for concern in row["concerns"] if concern["status"] == "negated" and concern["category"] not in wanted
        ]
        historical += [
            concern["category"] in here for concern in row["concerns"] if concern["status"] == "historical" and concern["category"] not in wanted
        ]
    return Scored(labelled.voice, tuple(labels), frozenset(labelled.raised), frozenset(said), tuple(negated), tuple(historical))


def line(name: str, found: Sequence[Scored], measure: Callable[[Sequence[Scored]], float]) -> str:
    """A figure with its interval."""
    low, high = measures.interval(found, measure)
    return f"  {name:44} {measure(found):.3f}  ({low:.3f} to {high:.3f})"


def show(title: str, found: Sequence[Scored]) -> None:
    """The headline figures of one system."""
    print(title)
    print(line("factuality macro-F1", found, measures.factuality_f1))
    print(line("opinion F1", found, lambda some: measures.label_counts(some, "opinion").f1))
    print(line("opinions passed as fact", found, measures.opinion_as_fact))
    print(line("core three raised, macro-F1", found, measures.core_f1))
    print(line("core three raised, recall", found, measures.core_recall))
    print(line("all fourteen raised, micro-F1", found, measures.micro_f1))
    print(line("negated mentions that raise", found, lambda some: measures.share(some, "negated_raising")))
    print(line("historical-only mentions that raise", found, lambda some: measures.share(some, "historical_raising")))


def details(found: Sequence[Scored]) -> None:
    """Ours, class by class, category by category and voice by voice."""
    print(f"  kappa of the labels {measures.kappa(found):.3f}; calibration error {measures.calibration_error(found):.3f}")
    print(f"  calibration error of the chances in raised {measures.raised_calibration_error(found):.3f}, Brier {measures.raised_brier(found):.3f}")
    for label in LABELS:
        counts = measures.label_counts(found, label)
        print(f"  {label:20} P {counts.precision:.2f}  R {counts.recall:.2f}  F1 {counts.f1:.2f}")
    for category in CATEGORIES:
        counts = measures.raised_counts(found, [category])
        print(f"  {category:20} P {counts.precision:.2f}  R {counts.recall:.2f}  F1 {counts.f1:.2f}  ({counts.hit + counts.missed} narratives)")
    mentions = [mention for one in found for mention in one.mentions]
    seen = [(gold.split(), said.split()) for gold, _, said in mentions if said is not None]
    status = sum(gold[1] == said[0] for gold, said in seen) / max(len(seen), 1)
    who = sum(gold[2] == said[1] for gold, said in seen) / max(len(seen), 1)
    print(f"  mentions {len(mentions)}: found {len(seen) / max(len(mentions), 1):.2f}; of those status right {status:.2f}, whom right {who:.2f}")
    voices: dict[str, list[Scored]] = {}
    for one in found:
        voices.setdefault(one.voice.split(",")[0], []).append(one)
    for voice, some in sorted(voices.items()):
        print(f"  {voice[:34]:34} factuality {measures.factuality_f1(some):.2f}  raised micro-F1 {measures.micro_f1(some):.2f}  ({len(some)})")


def kinds_of_error(found: Sequence[Scored]) -> None:
    """The ten commonest errors, by kind."""
    kinds: Counter[str] = Counter()
    for one in found:
        kinds.update(f"{gold} read as {said}" for gold, said, _ in one.labels if gold != said)
        kinds.update(f"{category} missed" for category in one.gold - one.said)
        kinds.update(f"{category} raised without cause" for category in one.said - one.gold)
    for kind, count in kinds.most_common(10):
        print(f"  {count:3}  {kind}")


def speed(narrator: Narrator, narratives: Sequence[Labelled]) -> None:
    """Processor time for 200 words, warm."""
    words = " ".join(one.text for one in narratives).split(" ")
    pieces = [" ".join(words[start : start + 200]) for start in range(0, len(words) - 200, 200)]
    times = []
    for piece in pieces:
        begun = time.process_time()
        narrator.read("speed", piece)
        times.append(1000 * (time.process_time() - begun))
    print(f"  200 words: median {statistics.median(times):.1f} ms of processor time over {len(times)} pieces")


_LOAD = """
import resource
from pipeline.extract.narrative import Narrator
Narrator().read("load", "Mum was seen at home.")
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def load_cost(times: int = 5) -> None:
    """Processor time and memory of a fresh process up to its first reading, the least of several."""
    runs = [subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout.split() for _ in range(times)]
    print(
        f"\nload and first reading, fresh process: {min(float(run[0]) for run in runs):.2f} s of processor time, {min(float(run[1]) for run in runs):.0f} MB"
    )


def figures(name: str, narratives: Sequence[Labelled], narrator: Narrator) -> None:
    """Everything about one lot of narratives."""
    found = [score(narrator, one)[0] for one in narratives]
    print(f"\n{name}: {len(narratives)} narratives, {sum(len(one.rows) for one in narratives)} sentences")
    show("keywords and cue lexicon", [baseline(one, baselines.keywords) for one in narratives])
    show("keywords with negation and cue lexicon", [baseline(one, baselines.keywords_with_negation) for one in narratives])
    show("ours", found)
    details(found)
    print("commonest errors")
    kinds_of_error(found)
    speed(narrator, narratives)


def main(arguments: list[str]) -> None:
    """Print everything, file by file, and all together when there are several."""
    paths = [Path(one) for one in arguments] or [path for path in (FOLDER / "report.jsonl", FOLDER / "report2.jsonl") if path.exists()]
    narrator = Narrator()
    lots = {path.stem: load(path) for path in paths}
    for name, narratives in lots.items():
        figures(name, narratives, narrator)
    if len(lots) > 1:
        figures(" and ".join(lots), [one for narratives in lots.values() for one in narratives], narrator)
    load_cost()


if __name__ == "__main__":
    main(sys.argv[1:])
