"""Workers killed with -9, hundreds of times, at random moments and at named points, while mails keep coming."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.faults import worker
from benchmarks.faults.check import Findings, drain, examine
from benchmarks.faults.points import POINTS
from benchmarks.faults.worker import Life
from benchmarks.faults.world import World
from pipeline.app import App

SLACK = 2.5


@dataclass
class Killing:
    """What was killed, and what came of it."""

    points: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    findings: Findings = field(default_factory=Findings)

    @property
    def kills(self) -> int:
        """How many workers died."""
        return self.points.total()

    def __str__(self) -> str:
        where = ", ".join(f"{count} {point}" for point, count in self.points.most_common())
        ended = f"; ended otherwise: {dict(self.ended)}" if self.ended else ""
        return f"{self.kills} kills in {self.seconds:.0f} s{ended}\n  {self.findings}\n  killed at: {where}"


@dataclass(frozen=True)
class Plan:
    """How much: kills, mails, workers that live at one time; how many of the kills hit a real `mash-intake poll`, and how many a real sandbox."""

    kills: int = 1000
    mails: int = 2000
    workers: int = 1
    commands: int = 0
    sandboxed: float = 0.01
    seed: int = 1
    life: float = 0.8
    """The longest life in seconds of a worker that dies at some moment: more on a busy machine, or none would come to anything."""


def run(world: World, plan: Plan) -> Killing:
    """Kill, and kill again; then let one worker finish, and look."""
    chance, told, begun = random.Random(plan.seed), Killing(), time.monotonic()
    log = world.folder / "said"
    App.open(world.settings()).close()  # no life is long enough to make the tables
    arriving = Counter(chance.choices(range(plan.kills), k=plan.mails))
    while told.kills < plan.kills:
        if due := sum(arriving.pop(number) for number in [number for number in arriving if number <= told.kills]):
            world.deliver(due)
        if plan.commands and told.points["a command"] < plan.commands * (told.kills + 1) / plan.kills:
            _kill_command(world, chance, told)
        else:
            _kill_workers(world, plan, chance, told)
        if told.kills % 50 < plan.workers:
            sys.stderr.write(f"{told.kills} kills, {time.monotonic() - begun:.0f} s, {len(set(world.sink.took()))} letters\n")
    world.deliver(plan.mails - len(world.delivered))
    drain(world, log)
    told.findings, told.seconds = examine(world), time.monotonic() - begun
    return told


def _kill_workers(world: World, plan: Plan, chance: random.Random, told: Killing) -> None:
    """So many workers at once, each dying in its own way."""
    lives = [_life(chance, plan) for _ in range(plan.workers)]
    children = {worker.start(world.settings(), life, world.folder / "said"): life for life in lives}
    for child, life in children.items():
        moment = chance.uniform(0.02, plan.life)
        code = worker.finish(child, SLACK if life.point else moment)
        if code is None:
            worker.kill(child)
            told.points["at some moment"] += 1
        elif code == -signal.SIGKILL:
            told.points[life.point or "?"] += 1
        else:
            told.ended[f"exit {code}"] += 1
            if code == 3 or told.ended.total() > 50:
                raise RuntimeError(f"a worker ended by itself: {(world.folder / 'said').read_text()[-4000:]}")


def _life(chance: random.Random, plan: Plan) -> Life:
    sandboxed = chance.random() < plan.sandboxed
    if chance.random() < 0.5 or sandboxed:
        return Life(sandboxed=sandboxed, turn=chance.randrange(3))
    return Life(point=chance.choice(list(POINTS)), times=chance.randint(1, 3), turn=chance.randrange(3))


def _kill_command(world: World, chance: random.Random, told: Killing) -> None:
    """The command a hand or a timer would run, through the Prefect flows, with its own server and sandbox."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, **world.environment()}
    process = subprocess.Popen([sys.executable, "-m", "pipeline.cli", "poll", "--once"], env=environment, cwd=world.folder, **quiet)  # type: ignore[call-overload]
    try:
        process.wait(chance.uniform(4.0, 30.0))
        told.ended["a command done"] += 1
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    told.points["a command"] += 1
