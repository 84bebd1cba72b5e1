"""A long backlog drained by one worker: what it holds in memory, and whether the last thousand go as fast as the first."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.faults import worker
from benchmarks.faults.check import Findings, drain, examine
from benchmarks.faults.worker import Life
from benchmarks.faults.world import World
from pipeline.store.engine import Store, open_store

MOST_MEGABYTES = 400
LOOK_SECONDS = 2.0
AT_ONCE = 500


@dataclass
class Draining:
    """How it went: mails worked through and megabytes held, by seconds since the start."""

    taken_in: float = 0.0
    seconds: float = 0.0
    steps: list[tuple[float, int, float]] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)

    @property
    def most(self) -> float:
        """The most memory held at one moment."""
        return max((megabytes for *_, megabytes in self.steps), default=0.0)

    @property
    def good(self) -> bool:
        """Whether nothing was lost, and memory stayed within bounds."""
        return self.findings.good and self.most < MOST_MEGABYTES

    def __str__(self) -> str:
        tenths = _tenths(self.steps)
        rates = ", ".join(f"{rate:.1f}" for rate, _ in tenths)
        memory = ", ".join(f"{megabytes:.0f}" for _, megabytes in tenths)
        told = f"taken in after {self.taken_in:.0f} s, drained after {self.seconds:.0f} s; at most {self.most:.0f} MB"
        return f"{told}\n  mails a second, by tenths of the backlog: {rates}\n  MB held at each tenth's end: {memory}\n  {self.findings}"


def run(world: World, mails: int) -> Draining:
    """Let them all lie in the inbox, then start one worker."""
    while len(world.delivered) < mails:
        world.deliver(min(AT_ONCE, mails - len(world.delivered)))
    log, told, begun = world.folder / "said", Draining(), time.monotonic()
    child = worker.start(world.settings(), Life(rounds=mails // 1000 + 2), log)
    store = None
    while worker.finish(child, LOOK_SECONDS) is None:
        since = time.monotonic() - begun
        store = store or _opened(world)
        done, waiting = _counted(store) if store else (0, 0)
        if done + waiting >= mails and not told.taken_in:
            told.taken_in = since
        told.steps.append((since, done, _megabytes(child)))
        if done >= mails and not told.seconds:
            told.seconds = since
    if store:
        store.close()
    drain(world, log)
    told.findings = examine(world)
    return told


def _opened(world: World) -> Store | None:
    settings = world.settings()
    ready = settings.database_url or (settings.data_dir / "mash-intake.sqlite3").exists()
    from pipeline.edges import keys_of

    return open_store(settings.store_url, keys_of(settings)) if ready else None


def _counted(store: Store) -> tuple[int, int]:
    from pipeline.store import ledger

    with store.reading() as session:
        counts = ledger.counts(session)
    return counts["done"] + counts["person"], counts["received"] + counts["working"]


def _megabytes(pid: int) -> float:
    """What a process holds for itself and shares with nobody, beside what it shares with the process that loaded everything: all of it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)


def _tenths(steps: list[tuple[float, int, float]]) -> list[tuple[float, float]]:
    """Rate and memory of each tenth of the mails."""
    last = max((done for _, done, _ in steps), default=0)
    found, before = list[tuple[float, float]](), next(((since, done) for since, done, _ in steps if done), (0.0, 0))
    for tenth in range(1, 11):
        reached = next(((since, done, held) for since, done, held in steps if done >= last * tenth / 10 and done), None)
        if reached is None or reached[0] == before[0]:
            continue
        found.append(((reached[1] - before[1]) / (reached[0] - before[0]), reached[2]))
        before = reached[:2]
    return found
